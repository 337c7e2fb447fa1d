// What the sample data is made of: people, places and goods, spelt as they are at home.

/** A country's people and places. */
export interface Place {
  readonly country: string
  readonly domain: string
  readonly firstNames: readonly string[]
  readonly lastNames: readonly string[]
  readonly cities: readonly (readonly [postcode: string, city: string])[]
  readonly streets: readonly string[]
  readonly labels: readonly string[]
}

/** Goods of one kind. Every name comes in every variant, from the smallest to the largest. */
export interface Shelf {
  readonly category: string
  readonly code: string
  readonly price: readonly [from: number, to: number]
  readonly names: readonly string[]
  readonly variants: readonly string[]
}

export const places: readonly Place[] = [
  {
    country: 'FR',
    domain: 'courriel.example',
    firstNames: ['Chloé', 'Élodie', 'François', 'Gaëlle', 'Jérôme', 'Maëlys', 'Noël', 'Solène', 'Théo', 'Zoé'],
    lastNames: ['Béranger', 'Château', 'Desprès', 'Lefèvre', 'Le Goff', "L'Hôte", 'Mérimée', 'Peña', 'Saint-Cyr'],
    cities: [
      ['69001', 'Lyon'],
      ['31000', 'Toulouse'],
      ['42000', 'Saint-Étienne'],
      ['25000', 'Besançon'],
    ],
    streets: ['rue de la République', 'allée des Érables', 'place Jean Jaurès', 'quai d’Été'],
    labels: ['Maison', 'Bureau', 'Chez Mémé', 'Résidence d’été', 'Appartement #12'],
  },
  {
    country: 'DE',
    domain: 'post.example',
    firstNames: ['Änne', 'Björn', 'Günter', 'Jörg', 'Käthe', 'Lüder', 'Sören', 'Traudl', 'Ursel', 'Zoë'],
    lastNames: ['Böhm', 'Groß', 'Jäger', 'Köhler', 'Müller', 'Schäfer', 'Schröder', 'Strauß', 'von Bülow', 'Weiß'],
    cities: [
      ['90402', 'Nürnberg'],
      ['80331', 'München'],
      ['50667', 'Köln'],
      ['99084', 'Erfurt'],
    ],
    streets: ['Königstraße', 'Am Mühlbach', 'Bahnhofstraße', 'Große Gasse'],
    labels: ['Zuhause', 'Büro', 'Büro #2', 'Oma & Opa', 'Gartenhäuschen'],
  },
  {
    country: 'SE',
    domain: 'brev.example',
    firstNames: ['Åsa', 'Björg', 'Göran', 'Håkan', 'Märta', 'Örjan', 'Pär', 'Sölve', 'Viggo', 'Ylva'],
    lastNames: ['Ågren', 'Åström', 'Bäck', 'Dahlström', 'Hägg', 'Lindqvist', 'Nyström', 'Öberg', 'Sjögren'],
    cities: [
      ['211 20', 'Malmö'],
      ['411 03', 'Göteborg'],
      ['903 26', 'Umeå'],
    ],
    streets: ['Södra Förstadsgatan', 'Ågatan', 'Björkvägen', 'Östra Hamngatan'],
    labels: ['Hemma', 'Jobbet', 'Sommarstugan', 'Port #4'],
  },
  {
    country: 'ES',
    domain: 'correo.example',
    firstNames: ['Ángel', 'Begoña', 'Íñigo', 'José María', 'Lucía', 'Martín', 'Nuño', 'Sofía', 'Úrsula'],
    lastNames: ['Álamo', 'Domínguez', 'Fernández', 'Ibáñez', 'Muñoz', 'Núñez', 'Ordóñez', 'Peña y Lillo'],
    cities: [
      ['15001', 'A Coruña'],
      ['14001', 'Córdoba'],
      ['26001', 'Logroño'],
    ],
    streets: ['Calle de la Peña', 'Avenida de América', 'Plaza de España'],
    labels: ['Casa', 'Oficina', 'Piso #3', 'La casa del pueblo'],
  },
  {
    country: 'PL',
    domain: 'poczta.example',
    firstNames: ['Błażej', 'Grażyna', 'Józef', 'Łucja', 'Małgorzata', 'Paweł', 'Stanisław', 'Żaneta'],
    lastNames: ['Brzęczyszczykiewicz', 'Dąbrowski', 'Gołąb', 'Kamiński', 'Łukasik', 'Wójcik', 'Źrebiec'],
    cities: [
      ['90-001', 'Łódź'],
      ['30-001', 'Kraków'],
      ['80-001', 'Gdańsk'],
    ],
    streets: ['ul. Świętojańska', 'ul. Długa', 'al. Niepodległości'],
    labels: ['Dom', 'Praca', 'Działka #7', 'U Babci'],
  },
  {
    country: 'JP',
    domain: 'tegami.example',
    firstNames: ['Hanako', 'Jun’ichirō', 'Kyōko', 'Ryōta', 'Shō', 'Yūko'],
    lastNames: ['Andō', 'Katō', 'Ōno', 'Satō', 'Tōgō', 'Yūki'],
    cities: [
      ['530-0001', 'Ōsaka'],
      ['600-8001', 'Kyōto'],
      ['060-0001', 'Sapporo'],
    ],
    streets: ['Chūō-dōri', 'Shijō-dōri', 'Ōtemachi'],
    labels: ['自宅', '実家 #1', '会社'],
  },
]

export const accountManagers: readonly string[] = ['Siân O’Neill', 'Zoë Müller-Lüdenscheidt', 'José Núñez']

export const notes: readonly string[] = [
  'Ring at the neighbour’s: 3ᵉ étage',
  'Gift wrap, please ♥',
  'Leave it at door #2, not #1',
  'Bitte nicht knicken!',
  'Llamar antes de las 20:00 h',
]

export const shelves: readonly Shelf[] = [
  {
    category: 'Café & Thé',
    code: 'CAF',
    price: [390, 2900],
    names: ['Café de Olla', 'Darjeeling „Erste Pflückung“', 'Genmaicha 玄米茶', 'Kaffee Nº 5', 'Rooibos à la crème'],
    variants: ['100 g', '250 g', '500 g', '1 kg'],
  },
  {
    category: 'Crème de soin',
    code: 'CRE',
    price: [590, 4900],
    names: ['Beurre de karité', 'Crème à l’abricot', 'Gel d’aloès', 'Savon noir', 'Håndcreme'],
    variants: ['mini', '50 ml', '100 ml', '200 ml'],
  },
  {
    category: 'Küche',
    code: 'KUE',
    price: [450, 12900],
    names: ['Brotmesser', 'Crêpière', 'Käsereibe', 'Nussknacker „König“', 'Paellera', 'Schneebesen'],
    variants: ['20 cm', '28 cm', '34 cm', 'XXL'],
  },
  {
    category: 'Papier & Stifte',
    code: 'PAP',
    price: [150, 3900],
    names: ['Agenda à spirale', 'Füller', 'Notizbuch kariert', 'Papel de seda', 'Skissbok A5', 'Washi 和紙'],
    variants: ['10er', '25 pièces', '×50', 'en gros'],
  },
  {
    category: 'Comics from #1',
    code: 'COM',
    price: [350, 2400],
    names: ['Astrônomo', 'Capitaine Crème', 'Die Übermäuse', 'Piñata Girl', 'Räven & Ugglan', 'Żółw'],
    variants: ['#1', '#2', '#3', '#1–#3'],
  },
  {
    category: 'Jardín',
    code: 'JAR',
    price: [190, 8900],
    names: ['Arrosoir en zinc', 'Gartenhandschuhe „Größe #9“', 'Maceta de barro', 'Plantskola', 'Tomatenstäbe'],
    variants: ['S', 'M', 'L', 'Set'],
  },
]
