// Entities with index keys of every style, and what those keys must be, worked out from a raw row without the library.
import { absent, codec, computed, entity, present, table } from '@keyloom/core'
import * as z from 'zod'

export const depot = table('depot', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    gsi2: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk' },
    gsi3: { partitionKey: 'gsi3pk', sortKey: { name: 'gsi3sk', type: 'number' } },
    gsi4: { partitionKey: 'gsi4pk' },
  },
})
/** Only a conformant engine has indexes of several attributes. */
export const yard = table('yard', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: ['gsi1a', 'gsi1b'], sortKey: ['gsi1c', { name: 'gsi1d', type: 'number' }] } },
})

const schema = z.object({
  id: z.string(),
  state: z.enum(['open', 'late', 'done']),
  region: z.string(),
  archived: z.boolean().default(false),
  weight: z.int().min(0).max(99_999).optional(),
  carrier: z.string().optional(),
  at: codec.date().optional(),
  place: z.object({ city: z.string().optional() }).optional(),
  count: z.number().optional(),
  note: z.string().optional(),
  tags: z.set(z.string()).optional(),
})

type Value = Readonly<{ S?: string; N?: string; BOOL?: boolean; M?: Record<string, Value> }>
export type Row = Readonly<Record<string, Value>>

interface IndexOf {
  readonly index: string
  readonly partitionKey: string | readonly string[]
  readonly sortKey?: string | readonly string[]
  readonly when?: object
  /** The same as `when`, of a raw row. */
  readonly holds?: (row: Row) => boolean
}

interface StyleOptions {
  readonly storedAs?: Readonly<Record<string, string>>
  readonly computed?: object
  readonly version?: string
  readonly createdAt?: string
  readonly updatedAt?: string
  readonly nonce?: string
}

/** An entity of some style, as plain as the tests need it: its types are tested elsewhere. */
export interface Style {
  readonly entity: Readonly<Record<string, (...values: unknown[]) => never>>
  readonly isVersioned: boolean
  readonly keyOf: (id: string) => { pk: { S: string }; sk: { S: string } }
  readonly expected: (row: Row) => object
  readonly keysIn: (row: Row) => object
}

const sizeOf = (weight: number | undefined) =>
  weight === undefined ? undefined : weight < 1_000 ? 'small' : weight > 90_000 ? undefined : 'large'

const attributesOf: Readonly<Record<string, readonly string[]>> = {
  gsi1: ['gsi1pk', 'gsi1sk'],
  gsi2: ['gsi2pk', 'gsi2sk'],
  gsi3: ['gsi3pk', 'gsi3sk'],
  gsi4: ['gsi4pk'],
}

/** What a template gives for a row, from the rules alone: `undefined` where a component is absent. */
function fill(template: string, row: Row, stored: (name: string) => string): Value | undefined {
  const missing: string[] = []
  const read = (path: string): Value | undefined => {
    if (path === 'size') {
      const weight = row[stored('weight')]?.N
      const size = sizeOf(weight === undefined ? undefined : Number(weight))
      return size === undefined ? undefined : { S: size }
    }
    const [name = '', ...rest] = path.split('.')
    return rest.reduce<Value | undefined>((value, part) => value?.M?.[part], row[stored(name)])
  }
  const [, alone] = /^\{([\w.]+)\}$/.exec(template) ?? []
  if (alone !== undefined) return read(alone)
  const text = template.replace(/\{([\w.]+)(?::(\w+))?\}/g, (_, path: string, format?: string) => {
    const value = read(path)
    if (value === undefined) missing.push(path)
    const plain = value?.S ?? value?.N ?? String(value?.BOOL)
    if (format === 'lower') return escaped(plain.toLowerCase())
    if (format === 'day') return plain.slice(0, 10)
    return format === undefined ? escaped(plain) : plain.padStart(Number(format), '0')
  })
  return missing.length === 0 ? { S: text } : undefined
}

function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0024]/g, (unit) => `$${unit.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

function style(
  name: string,
  indexes: Readonly<Record<string, IndexOf>>,
  options: StyleOptions = {},
  attributes = attributesOf,
  of: object = depot,
): Style {
  const stored = (attribute: string) => options.storedAs?.[attribute] ?? attribute
  const literal = name.toUpperCase()
  const made = entity(name, {
    table: of,
    schema,
    key: { partitionKey: `${literal}#{id}`, sortKey: literal },
    indexes: Object.fromEntries(Object.entries(indexes).map(([index, { holds: _, ...spec }]) => [index, spec])),
    ...options,
  } as never) as unknown as Style['entity']
  const composed = [...new Set(Object.values(attributes).flat())]
  return {
    entity: made,
    isVersioned: options.version !== undefined,
    keyOf: (id) => ({ pk: { S: `${literal}#${id}` }, sk: { S: literal } }),
    expected: (row) =>
      Object.fromEntries(
        Object.values(indexes)
          .filter(({ holds }) => holds?.(row) !== false)
          .flatMap(({ index, partitionKey, sortKey = [] }) =>
            [partitionKey, sortKey]
              .flat()
              .map((template, place) => [attributes[index]?.[place] ?? '', template] as const),
          )
          .map(([attribute, template]) => [attribute, fill(template, row, stored)] as const)
          .filter(([, value]) => value !== undefined),
      ),
    keysIn: (row) => Object.fromEntries(composed.filter((key) => row[key] !== undefined).map((key) => [key, row[key]])),
  }
}

const isArchived = (row: Row) => row['archived']?.BOOL === true

export const styles: readonly Style[] = [
  // Templates that share components, sparse ones among them, of attributes that are stored under other names.
  style(
    'Plain',
    {
      byState: { index: 'gsi1', partitionKey: 'STATE#{state}#{region}', sortKey: '{weight:06}#{id}' },
      byRegion: { index: 'gsi2', partitionKey: 'REGION#{region:lower}', sortKey: '{at:day}#{state}' },
      byCarrier: { index: 'gsi3', partitionKey: '{carrier}', sortKey: '{weight}' },
      byCity: { index: 'gsi4', partitionKey: 'CITY#{place.city}#{region}' },
    },
    { storedAs: { weight: 'w', region: 'r', place: 'p' } },
  ),
  style(
    'Computed',
    {
      bySize: { index: 'gsi1', partitionKey: 'SIZE#{size}#{state}', sortKey: '{region}#{at}' },
      small: { index: 'gsi4', partitionKey: 'S#{size}' },
    },
    {
      computed: {
        size: computed(['weight'], z.enum(['small', 'large']), ({ weight }: { weight?: number | undefined }) =>
          sizeOf(weight),
        ),
      },
    },
  ),
  style('When', {
    todo: {
      index: 'gsi1',
      partitionKey: 'TODO#{region}',
      sortKey: '{id}',
      when: { state: ['open', 'late'], archived: false },
      holds: (row) => row['state']?.S !== 'done' && !isArchived(row),
    },
    done: {
      index: 'gsi1',
      partitionKey: 'DONE#{region}',
      sortKey: '{state}',
      when: { state: 'done' },
      holds: (row) => row['state']?.S === 'done',
    },
    carried: {
      index: 'gsi2',
      partitionKey: 'CARRIED#{carrier}',
      sortKey: '{region}#{state}',
      when: { carrier: present, note: absent },
      holds: (row) => row['carrier'] !== undefined && row['note'] === undefined,
    },
    orphaned: {
      index: 'gsi2',
      partitionKey: 'ORPHANED#{region}',
      sortKey: '{id}',
      when: { carrier: absent },
      holds: (row) => row['carrier'] === undefined,
    },
  }),
  style(
    'Stamped',
    {
      byChange: { index: 'gsi1', partitionKey: 'STATE#{state}', sortKey: '{updatedAt}#{id}' },
      byDay: { index: 'gsi2', partitionKey: 'REGION#{region}', sortKey: '{updatedAt:day}#{carrier}' },
    },
    { version: 'version', createdAt: 'createdAt', updatedAt: 'updatedAt', nonce: 'nonce' },
  ),
  style(
    'Created',
    {
      byState: { index: 'gsi1', partitionKey: 'STATE#{state}', sortKey: '{createdAt}' },
      byCreation: { index: 'gsi2', partitionKey: 'MADE#{createdAt:day}', sortKey: '{createdAt}#{region}' },
    },
    { version: 'version', createdAt: 'createdAt' },
  ),
]

export const severalAttributes: readonly Style[] = [
  style(
    'Several',
    {
      byPlace: {
        index: 'gsi1',
        partitionKey: ['{region:lower}#', 'S#{state}'],
        sortKey: ['{at:day}#{carrier}', '{weight}'],
      },
    },
    {},
    { gsi1: ['gsi1a', 'gsi1b', 'gsi1c', 'gsi1d'] },
    yard,
  ),
]
