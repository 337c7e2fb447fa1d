// Random items and random reads of entities in several key styles on a real engine, judged by a model in memory.
import {
  beginsWith,
  between,
  codec,
  collection,
  connect,
  type Db,
  entity,
  type Fields,
  gt,
  gte,
  isError,
  lt,
  lte,
  type Operators,
  type Readable,
  table,
} from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test } from '@keyloom/testing/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import * as z from 'zod'
import { compareKeyValues } from '../src/model/key-order.js'

const queries = Number(process.env['KEYLOOM_QUERIES'] ?? 2000)
const seed = Number(process.env['KEYLOOM_SEED'] ?? Date.now() % 2 ** 31)

const store = table('store', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    whole: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    keys: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk', projection: 'keys' },
  },
})

const schema = z.object({
  group: z.string(),
  name: z.string(),
  rank: z.int(),
  at: codec.date(),
  state: z.enum(['off', 'on']),
  note: z.string().optional(),
  place: z.object({ city: z.string(), zip: z.string().optional() }),
  marks: z.record(z.string(), z.number()),
  list: z.array(z.number()).default([]),
})
type Thing = z.infer<typeof schema>

const Padded = entity('Padded', {
  table: store,
  schema,
  key: { partitionKey: 'P#{group}', sortKey: 'A#{name}#{rank:+05}' },
  indexes: {
    first: { index: 'whole', partitionKey: 'P#{group}', sortKey: 'A#{state}#{at}#{name}#{rank:+05}' },
    second: { index: 'keys', partitionKey: 'STATE#{state}', sortKey: 'A#{rank:number}#{name}#{group}' },
  },
  storedAs: { note: 'n' },
  keyOnly: ['name'],
})

const Dated = entity('Dated', {
  table: store,
  schema,
  key: { partitionKey: 'P#{group}', sortKey: 'B#{at}#{rank:number}#{name}' },
  indexes: {
    first: { index: 'whole', partitionKey: 'P#{group}', sortKey: 'B#{rank:-05}#{name}#{at}' },
    second: { index: 'keys', partitionKey: 'STATE#{state}', sortKey: 'B#{name}#{at}#{rank:number}#{group}' },
  },
})

const Only = entity('Only', {
  table: store,
  schema,
  key: { partitionKey: 'P#{group}', sortKey: 'C' },
  indexes: { first: { index: 'whole', partitionKey: 'P#{group}', sortKey: 'C#{at}' } },
  entityAttribute: false,
})

const all = collection({ Padded, Dated, Only })
const labels = ['Padded', 'Dated', 'Only'] as const

/** A way to read an entity: what its partition and its sort key are made of, in order. */
interface Way {
  readonly entity: 'Padded' | 'Dated'
  readonly index: 'first' | 'second' | undefined
  readonly partition: 'group' | 'state'
  readonly sort: readonly (keyof Thing)[]
  readonly descending?: keyof Thing
  /** What an index holds that does not hold all. */
  readonly held?: readonly (keyof Thing)[]
}

const ways: readonly Way[] = [
  { entity: 'Padded', index: undefined, partition: 'group', sort: ['name', 'rank'] },
  { entity: 'Padded', index: 'first', partition: 'group', sort: ['state', 'at', 'name', 'rank'] },
  {
    entity: 'Padded',
    index: 'second',
    partition: 'state',
    sort: ['rank', 'name', 'group'],
    held: ['group', 'name', 'rank', 'state'],
  },
  { entity: 'Dated', index: undefined, partition: 'group', sort: ['at', 'rank', 'name'] },
  { entity: 'Dated', index: 'first', partition: 'group', sort: ['rank', 'name', 'at'], descending: 'rank' },
  {
    entity: 'Dated',
    index: 'second',
    partition: 'state',
    sort: ['name', 'at', 'rank', 'group'],
    held: ['group', 'name', 'rank', 'state', 'at'],
  },
]

const troubling = fc.string({
  unit: fc.constantFrom('#', '$', '!', 'a', 'é', '\uffff', '\u{10ffff}'),
  minLength: 1,
  maxLength: 2,
})
const thing: fc.Arbitrary<Thing> = fc.record(
  {
    group: fc.constantFrom('x', 'x#'),
    name: troubling,
    rank: fc.integer({ min: 0, max: 12 }),
    at: fc.constantFrom(0, 1, 999, 1000, 86_400_000).map((time) => new Date(time)),
    state: fc.constantFrom('off', 'on'),
    note: troubling,
    place: fc.record({ city: troubling, zip: troubling }, { requiredKeys: ['city'] }),
    marks: fc.dictionary(fc.constantFrom('a.b', 'c', '#0'), fc.integer(), { maxKeys: 2 }),
    list: fc.array(fc.integer(), { maxLength: 3 }),
  },
  { requiredKeys: ['group', 'name', 'rank', 'at', 'state', 'place', 'marks', 'list'], noNullPrototype: true },
)

type Value = Thing[keyof Thing]

function compareValues(left: Value, right: Value): number {
  if (typeof left === 'string') return compareKeyValues({ S: left }, { S: right as string })
  return Number(left) - Number(right)
}

function compareBy(way: Pick<Way, 'sort' | 'descending'>, left: Thing, right: Thing): number {
  for (const name of way.sort) {
    const order = compareValues(left[name], right[name]) * (way.descending === name ? -1 : 1)
    if (order !== 0) return order
  }
  return 0
}

type Items = Readonly<Record<(typeof labels)[number], readonly Thing[]>>

const identities = {
  Padded: ({ group, name, rank }: Thing) => JSON.stringify([group, name, rank]),
  Dated: ({ group, at, rank, name }: Thing) => JSON.stringify([group, at, rank, name]),
  Only: ({ group }: Thing) => group,
}

/** One of each key: the last, as a table has it. */
function distinct(label: (typeof labels)[number], items: readonly Thing[]): readonly Thing[] {
  return [...new Map(items.map((item) => [identities[label](item), item])).values()]
}

const ranges = ['between', 'gt', 'gte', 'lt', 'lte', 'beginsWith'] as const
const read = fc.record({
  way: fc.constantFrom(...ways),
  like: thing,
  other: thing,
  depth: fc.nat(3),
  range: fc.option(fc.constantFrom(...ranges), { freq: 1 }),
  filter: fc.constantFrom(undefined, 'note', 'place', 'rank'),
  select: fc.constantFrom(
    undefined,
    ['name'],
    ['state', 'rank'],
    ['place.city', 'note'],
    ['marks.a.b', 'list.1', 'at'],
  ),
  hydrate: fc.boolean(),
  reverse: fc.boolean(),
  take: fc.option(fc.integer({ min: 2, max: 9 }), { freq: 1 }),
  pageSize: fc.option(fc.integer({ min: 3, max: 12 }), { freq: 1 }),
})
type Read = typeof read extends fc.Arbitrary<infer Value> ? Value : never

function rangeOf(
  range: (typeof ranges)[number],
  low: never,
  high: never,
): { range: object; holds: (value: Value) => boolean } {
  const at = (bound: Value) => (value: Value) => compareValues(value, bound)
  const [fromLow, fromHigh] = [at(low), at(high)]
  switch (range) {
    case 'between':
      return { range: between(low, high), holds: (value) => fromLow(value) >= 0 && fromHigh(value) <= 0 }
    case 'gt':
      return { range: gt(low), holds: (value) => fromLow(value) > 0 }
    case 'gte':
      return { range: gte(low), holds: (value) => fromLow(value) >= 0 }
    case 'lt':
      return { range: lt(high), holds: (value) => fromHigh(value) < 0 }
    case 'lte':
      return { range: lte(high), holds: (value) => fromHigh(value) <= 0 }
    case 'beginsWith':
      return { range: beginsWith(low), holds: (value) => typeof value === 'string' && value.startsWith(low) }
  }
}

const filters = {
  note: {
    ask: (o: Fields<Thing>, { exists }: Operators) => exists(o.note),
    holds: ({ note }: Thing) => note !== undefined,
  },
  place: {
    ask: (o: Fields<Thing>, { gt: above }: Operators) => above(o.place.city, 'a'),
    holds: ({ place }: Thing) => compareValues(place.city, 'a') > 0,
  },
  rank: {
    ask: (o: Fields<Thing>, { not, lt: below }: Operators) => not(below(o.rank, 4)),
    holds: ({ rank }: Thing) => rank >= 4,
  },
}

/** The object of `true`s for some paths. */
function selectionOf(paths: readonly string[]): object {
  const selection: Record<string, unknown> = {}
  for (const path of paths) {
    const [name = '', ...rest] = path.split('.')
    selection[name] = rest.length === 0 ? true : { [rest.join('.')]: true }
  }
  return selection
}

function selected(item: Thing, paths: readonly string[]): object {
  const result: Record<string, unknown> = {}
  for (const path of paths) {
    const [name = '', ...rest] = path.split('.')
    const value: unknown = item[name as keyof Thing]
    const inner = rest.join('.')
    if (value === undefined) continue
    if (rest.length === 0) result[name] = value
    else if (Array.isArray(value)) result[name] = value.slice(Number(inner), Number(inner) + 1)
    else result[name] = Object.fromEntries(Object.entries(value as object).filter(([key]) => key === inner))
  }
  return result
}

/** A read as a query, and what it should give. */
function planned(asked: Read, items: Items): { query: Readable<unknown>; expected: readonly object[] } {
  const { way, like, other, reverse, hydrate } = asked
  const depth = Math.min(asked.depth, way.sort.length)
  const key: Record<string, unknown> = { [way.partition]: like[way.partition] }
  const tests: ((item: Thing) => boolean)[] = []
  for (const name of [way.partition, ...way.sort.slice(0, depth)]) {
    key[name] = like[name]
    tests.push((item) => compareValues(item[name], like[name]) === 0)
  }
  const next = way.sort[depth]
  const isText = next === 'name' || next === 'group' || next === 'state'
  if (next !== undefined && asked.range !== null && (asked.range !== 'beginsWith' || isText)) {
    const [low, high] = [like[next], other[next]].toSorted(compareValues) as [never, never]
    const { range, holds } = rangeOf(asked.range, low, high)
    key[next] = range
    tests.push((item) => holds(item[next]))
  }
  const filter = way.held === undefined && asked.filter !== undefined ? filters[asked.filter] : undefined
  const isPart = way.held !== undefined && !hydrate
  const paths = asked.select?.filter((path) => !isPart || way.held.includes(path.split('.')[0] as keyof Thing))
  const select = paths === undefined || paths.length === 0 ? undefined : paths
  const options = {
    ...(reverse && { reverse }),
    ...(filter && { filter: filter.ask }),
    ...(select && { select: selectionOf(select) }),
    ...(way.held !== undefined && hydrate && { hydrate }),
  }
  const of = { Padded, Dated }[way.entity]
  const ask = (way.index === undefined ? of.query : of.query[way.index]) as (
    key: object,
    options: object,
  ) => Readable<unknown>
  const found = items[way.entity]
    .filter((item) => tests.every((holds) => holds(item)) && (filter?.holds(item) ?? true))
    .toSorted((left, right) => compareBy(way, left, right))
  const given = select ?? (isPart ? way.held : undefined)
  const shaped = (reverse ? found.toReversed() : found).map((item) =>
    given === undefined ? item : selected(item, given),
  )
  return { query: ask(key, options), expected: shaped }
}

/** All items of a query, by as many pages as it takes. */
async function paged(db: Db, query: Readable<unknown>, { take, pageSize }: Read | CollectionRead): Promise<unknown[]> {
  const items: unknown[] = []
  let cursor: string | undefined
  do {
    const page = await db.page(query, { take: take ?? undefined, pageSize: pageSize ?? undefined, cursor })
    if (take !== null) expect(page.items.length).toBeLessThanOrEqual(take)
    items.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return items
}

const place = fc.record({ label: fc.constantFrom(...labels), like: thing, depth: fc.nat(3) })
const collectionRead = fc.record({
  group: fc.constantFrom('x', 'x#'),
  lower: fc.option(fc.tuple(fc.constantFrom('from', 'after'), place)),
  upper: fc.option(fc.tuple(fc.constantFrom('to', 'before'), place)),
  stars: fc.boolean(),
  reverse: fc.boolean(),
  take: fc.option(fc.integer({ min: 2, max: 9 }), { freq: 1 }),
  pageSize: fc.option(fc.integer({ min: 3, max: 12 }), { freq: 1 }),
})
type CollectionRead = typeof collectionRead extends fc.Arbitrary<infer Value> ? Value : never

const sorts = { Padded: ['name', 'rank'], Dated: ['at', 'rank', 'name'], Only: [] } as const

/** Where a row lies: its entity first, then what its sort key is made of. */
function tupleOf(label: (typeof labels)[number], item: Thing, depth: number): readonly Value[] {
  return [labels.indexOf(label), ...sorts[label].slice(0, depth).map((name) => item[name])]
}

function compareTuples(row: readonly Value[], place: readonly Value[]): number {
  for (const [index, value] of place.entries()) {
    const order = compareValues(row[index], value)
    if (order !== 0) return order
  }
  return 0
}

function plannedCollection(
  asked: CollectionRead,
  items: Items,
): { query: Readable<unknown>; expected: readonly object[] } {
  const { group, reverse, stars } = asked
  const bounds: Record<string, unknown> = {}
  const tests: ((row: readonly Value[]) => boolean)[] = []
  for (const bound of [asked.lower, asked.upper]) {
    if (bound === null) continue
    const [side, { label, like, depth }] = bound
    const given = Object.fromEntries(sorts[label].slice(0, depth).map((name) => [name, like[name]]))
    const at = { Padded, Dated, Only }[label].at as (key: object) => unknown
    bounds[side] = at({ group, ...given })
    const place = tupleOf(label, like, depth)
    tests.push((row) => {
      const order = compareTuples(row, place)
      return { from: order >= 0, after: order > 0, to: order <= 0, before: order < 0 }[side]
    })
  }
  const filter = stars ? { Padded: filters.rank.ask, Dated: filters.note.ask } : undefined
  const holds = { Padded: filters.rank.holds, Dated: filters.note.holds, Only: () => true }
  const rows = labels.flatMap((label) =>
    items[label]
      .filter((item) => item.group === group && (!stars || holds[label](item)))
      .map((item) => ({ entity: label, item, tuple: tupleOf(label, item, 3) })),
  )
  const found = rows
    .filter(({ tuple }) => tests.every((test) => test(tuple)))
    .toSorted((left, right) => compareTuples(left.tuple, right.tuple))
    .map(({ entity, item }) => ({ entity, item }))
  const query = all.query({ group }, { ...bounds, reverse, ...(filter && { filter }) } as never)
  return { query, expected: reverse ? found.toReversed() : found }
}

/** Whether bounds were refused because nothing lies between them. */
function isReversed(error: unknown): boolean {
  return isError(error, 'input') && /reversed|not greater/.test(error.message)
}

test('what random reads give is what a model in memory gives', async ({ dynamodb }) => {
  const name = await dynamodb.createTable(createTableInput(store, { tableName: 'store' }))
  const db = connect({ client: dynamodb.client, tables: { store: name } })
  const counts = { asked: 0, refused: 0, found: 0 }
  const made = fc.sample(fc.array(thing, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed })[0] ?? []
  const items = {
    Padded: distinct('Padded', made.slice(0, 30)),
    Dated: distinct('Dated', made.slice(30, 58)),
    Only: distinct('Only', made.slice(58)),
  }
  for (const label of labels)
    await db.batchWrite(items[label].map((item) => ({ Padded, Dated, Only })[label].put(item)))
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 3, arbitrary: read }, { weight: 1, arbitrary: collectionRead }),
      async (asked) => {
        counts.asked++
        let plan
        try {
          plan = 'way' in asked ? planned(asked, items) : plannedCollection(asked, items)
        } catch (error) {
          if (!isReversed(error)) throw error
          counts.refused++
          return
        }
        counts.found += plan.expected.length
        expect(await paged(db, plan.query, asked)).toEqual(plan.expected)
      },
    ),
    { numRuns: queries, seed },
  )
  console.info(`[figures] reads: ${JSON.stringify(counts)}, KEYLOOM_SEED=${seed}`)
  expect(counts.refused).toBeLessThan(counts.asked / 4)
  expect(counts.found).toBeGreaterThan(counts.asked)
}, 300_000)
