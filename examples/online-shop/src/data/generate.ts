// Makes the sample data: a shop with two years of orders behind it.
import type { Address } from '../entities/address.js'
import type { Cart } from '../entities/cart.js'
import type { Customer } from '../entities/customer.js'
import type { OrderLine } from '../entities/order-line.js'
import type { Order } from '../entities/order.js'
import type { Product } from '../entities/product.js'
import type { Shipment } from '../entities/shipment.js'
import { Random } from './random.js'
import { type ShopData, today } from './shop-data.js'
import { accountManagers, notes, type Place, places, type Shelf, shelves } from './words.js'

const day = 24 * 60 * 60 * 1000
const hour = day / 24

/** How many customers come back again and again. */
const regulars = 6

/** All of the data, from a seed: the same seed makes the same shop. */
export function generateShopData(seed = 2026): ShopData {
  const random = new Random(seed)
  const homes = dates(120, () => timeBetween(random, 900, 10)).map((date, index) => makeHome(random, index + 1, date))
  const products = shelves.flatMap((shelf) => makeProducts(random, shelf))
  // The last weeks were busier: there is something to pay and to ship.
  const orderDates = dates(420, () => timeBetween(random, random.percent(80) ? 730 : 30, 0))
  const purchases = orderDates.map((placedAt, index) => {
    const known = homes.filter(({ customer }) => customer.registeredAt < placedAt)
    const home = random.pick(random.percent(40) ? known.slice(0, regulars) : known)
    return makePurchase(random, { placedAt, number: index + 1, home, products })
  })
  return {
    customers: homes.map(({ customer }) => customer),
    addresses: homes.flatMap(({ addresses }) => addresses),
    products,
    orders: purchases.map(({ order }) => order),
    orderLines: purchases.flatMap(({ lines }) => lines),
    carts: random.sample(homes, 35).map(({ customer }) => makeCart(random, customer, products)),
    shipments: purchases.flatMap(({ shipments }) => shipments),
  }
}

interface Home {
  readonly customer: Customer
  readonly addresses: Address[]
}

function makeHome(random: Random, number: number, registeredAt: Date): Home {
  const place = random.pick(places)
  const name = `${random.pick(place.firstNames)} ${random.pick(place.lastNames)}`
  const customerId = `C-${digits(number, 4)}`
  const customer: Customer = {
    customerId,
    name,
    email: `${asciiOf(name)}.${number}@${place.domain}`,
    country: place.country,
    registeredAt,
    newsletter: random.percent(40),
    ...(random.percent(12) && { accountManager: random.pick(accountManagers) }),
  }
  const labels = random.sample(place.labels, random.between(1, 3))
  return { customer, addresses: labels.map((label) => makeAddress(random, { customerId, label, name, place })) }
}

interface AddressOf {
  readonly customerId: string
  readonly label: string
  readonly name: string
  readonly place: Place
}

function makeAddress(random: Random, { customerId, label, name, place }: AddressOf): Address {
  const [postcode, city] = random.pick(place.cities)
  const street = `${random.pick(place.streets)} ${random.between(1, 180)}`
  return { customerId, label, recipient: name, street, postcode, city, country: place.country }
}

function makeProducts(random: Random, { category, code, price, names, variants }: Shelf): Product[] {
  return names.flatMap((name, row) => {
    const smallest = random.between(price[0], price[1] / variants.length)
    return variants.map((variant, column) => {
      const stock = random.percent(15) ? random.between(1, 4) : random.between(5, 240)
      return {
        sku: `${code}-${digits(row * variants.length + column + 1, 3)}`,
        name: `${name} ${variant}`,
        category,
        price: Math.ceil((smallest * (column + 1)) / 10) * 10,
        stock,
        warehouse: random.pick(['Lyon', 'Malmö', 'Nürnberg']),
        ...(stock < 5 && { lowSince: timeBetween(random, 40, 0) }),
      }
    })
  })
}

interface PurchaseOf {
  readonly placedAt: Date
  readonly number: number
  readonly home: Home
  readonly products: readonly Product[]
}

interface Purchase {
  readonly order: Order
  readonly lines: OrderLine[]
  readonly shipments: Shipment[]
}

function makePurchase(random: Random, { placedAt, number, home, products }: PurchaseOf): Purchase {
  const { customerId } = home.customer
  const orderId = `O-${placedAt.getUTCFullYear()}-${digits(number, 5)}`
  const lines = random.sample(products, random.between(1, 4)).map(({ sku, name, price }, index) => {
    return { orderId, line: index + 1, sku, name, quantity: random.between(1, 3), unitPrice: price }
  })
  const { recipient, street, postcode, city, country } = random.pick(home.addresses)
  const payment = random.pick(['card', 'invoice', 'transfer'] as const)
  const status = statusOf(random, placedAt)
  const order: Order = {
    customerId,
    placedAt,
    orderId,
    status,
    payment,
    ...(status === 'pending' && { payBy: later(placedAt, payment === 'card' ? 1 : 14) }),
    total: lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0),
    shipTo: { recipient, street, postcode, city, country },
    ...(random.percent(10) && { note: random.pick(notes) }),
  }
  return { order, lines, shipments: makeShipments(random, order, lines.length) }
}

function statusOf(random: Random, placedAt: Date): Order['status'] {
  const age = (today.getTime() - placedAt.getTime()) / day
  if (random.percent(6)) return 'cancelled'
  if (age > 30) return 'delivered'
  if (age > 8) return random.pick(['pending', 'shipped', 'delivered', 'delivered'])
  if (age > 2) return random.pick(['pending', 'paid', 'paid', 'shipped'])
  return random.pick(['pending', 'paid'])
}

function makeShipments(random: Random, { orderId, placedAt, status }: Order, lines: number): Shipment[] {
  if (status !== 'shipped' && status !== 'delivered') return []
  const count = lines > 2 && random.percent(40) ? 2 : 1
  return Array.from({ length: count }, (_, index) => {
    const shippedAt = new Date(placedAt.getTime() + random.between(2, 30) * hour)
    return {
      orderId,
      shipmentId: `${orderId}-${index + 1}`,
      carrier: random.pick(['DHL', 'La Poste', 'PostNord']),
      parcel: `${random.between(100, 999)} ${random.between(1000, 9999)} ${random.between(1000, 9999)}`,
      shippedAt,
      ...(status === 'shipped'
        ? { dueAt: later(shippedAt, random.between(2, 6)) }
        : { deliveredAt: new Date(shippedAt.getTime() + random.between(20, 130) * hour) }),
    }
  })
}

function makeCart(random: Random, { customerId }: Customer, products: readonly Product[]): Cart {
  const updatedAt = timeBetween(random, 20, 0)
  const lines = random.sample(products, random.between(1, 4)).map(({ sku }, index) => {
    return { sku, quantity: random.between(1, 3), addedAt: new Date(updatedAt.getTime() - index * 5 * 60_000) }
  })
  return { customerId, lines, updatedAt }
}

/** So many dates, the oldest first. */
function dates(count: number, makeDate: () => Date): Date[] {
  return Array.from({ length: count }, makeDate).sort((one, other) => one.getTime() - other.getTime())
}

/** A moment between so many days ago and so many, to the second. */
function timeBetween(random: Random, daysAgo: number, toDaysAgo: number): Date {
  const seconds = random.between(toDaysAgo * 86_400, daysAgo * 86_400)
  return new Date(today.getTime() - seconds * 1000)
}

function later(date: Date, days: number): Date {
  return new Date(date.getTime() + days * day)
}

function digits(number: number, width: number): string {
  return String(number).padStart(width, '0')
}

/** "Żaneta Dąbrowski" as the local part of an e-mail address: `zaneta.dabrowski`. */
function asciiOf(name: string): string {
  const plain = name.replaceAll('ß', 'ss').replace(/[łŁ]/g, 'l').normalize('NFD')
  return plain
    .replace(/[^\x20-\x7e]/g, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')
}
