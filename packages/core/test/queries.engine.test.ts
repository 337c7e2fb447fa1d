// Random entities, random rows and random queries on a real engine, judged by a model in memory.
import { between, codec, connect, entity, gt, gte, lt, lte, type Query, range, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test } from '@keyloom/testing/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import * as z from 'zod'

/** `KEYLOOM_QUERIES` raises the number of queries, `KEYLOOM_SEED` repeats a run. */
const queries = Number(process.env['KEYLOOM_QUERIES'] ?? 2_000)
const seed = Number(process.env['KEYLOOM_SEED'] ?? Date.now() % 2 ** 31)
const perEntity = 50

type Value = string | number | Date | boolean

interface Part {
  readonly placeholder: string
  readonly values: fc.Arbitrary<Value>
  /** Absent where a range makes no sense. */
  readonly compare?: (left: never, right: never) => number
  /** The greatest comes first. */
  readonly descends?: boolean
}

const utf8 = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right))
const byValue = (left: number, right: number) => left - right
// Text that is full of what has a meaning in keys, and of what UTF-16 sorts wrongly.
const text = fc.string({
  unit: fc.constantFrom('#', '$', '!', ' ', '2', 'a', 'é', '\uffff', '\u{10ffff}'),
  minLength: 1,
  maxLength: 2,
})
const parts: Readonly<Record<string, Part>> = {
  s: { placeholder: '{s}', values: text, compare: utf8 },
  t: { placeholder: '{t}', values: text, compare: utf8 },
  n: { placeholder: '{n:04}', values: fc.nat({ max: 12 }), compare: byValue },
  z: { placeholder: '{z:+04}', values: fc.integer({ min: -6, max: 6 }), compare: byValue },
  d: { placeholder: '{d:-04}', values: fc.nat({ max: 12 }), compare: byValue, descends: true },
  x: {
    placeholder: '{x:number}',
    values: fc.constantFrom(-1e20, -12.5, -12, -1, -0.001, 0, 0.001, 0.5, 1, 9, 10, 1e20),
    compare: byValue,
  },
  at: {
    placeholder: '{at}',
    values: fc.integer({ min: -3, max: 3 }).map((step) => new Date(Date.UTC(2026, 1, 16) + step * 86_399_999)),
    compare: (left: Date, right: Date) => left.getTime() - right.getTime(),
  },
  e: { placeholder: '{e}', values: fc.constantFrom('b', 'a', 'ab'), compare: utf8 },
  b: { placeholder: '{b}', values: fc.boolean() },
}
const schema = z.object({
  p: z.string(),
  s: z.string(),
  t: z.string(),
  n: z.number(),
  z: z.number(),
  d: z.number(),
  x: z.number(),
  at: codec.date(),
  e: z.enum(['b', 'a', 'ab']),
  b: z.boolean(),
})
type Item = z.infer<typeof schema>

const things = table('things', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gpk', sortKey: 'gsk' } },
})

const shape = fc
  .record({
    names: fc.shuffledSubarray(Object.keys(parts), { minLength: 1, maxLength: 4 }),
    literal: fc.constantFrom('', 'T#', 'a'),
  })
  // Alone a boolean would be the key itself, and DynamoDB has no such key.
  .filter(({ names, literal }) => literal !== '' || names.join() !== 'b')
const item = fc.record(
  Object.fromEntries([
    ['p', fc.constantFrom('one', 'two')] as const,
    ...Object.entries(parts).map(([name, { values }]) => [name, values] as const),
  ]),
) as fc.Arbitrary<Item>

const ranges = {
  gt: (a: Value) => gt(a as never),
  gte: (a: Value) => gte(a as never),
  lt: (a: Value) => lt(a as never),
  lte: (a: Value) => lte(a as never),
  between: (a: Value, b: Value) => between(a as never, b as never),
  open: (a: Value, b: Value) => range({ gt: a as never, lt: b as never }),
  half: (a: Value, b: Value) => range({ gte: a as never, lt: b as never }),
}
const holds: Readonly<Record<keyof typeof ranges, (toA: number, toB: number) => boolean>> = {
  gt: (toA) => toA > 0,
  gte: (toA) => toA >= 0,
  lt: (toA) => toA < 0,
  lte: (toA) => toA <= 0,
  between: (toA, toB) => toA >= 0 && toB <= 0,
  open: (toA, toB) => toA > 0 && toB < 0,
  half: (toA, toB) => toA >= 0 && toB < 0,
}
const question = fc.record({
  p: fc.constantFrom('one', 'two'),
  depth: fc.nat(),
  like: fc.nat(),
  kind: fc.option(fc.constantFrom(...(Object.keys(ranges) as (keyof typeof ranges)[])), { nil: undefined }),
  ends: fc.tuple(fc.nat(), fc.nat()),
  reverse: fc.boolean(),
  byIndex: fc.boolean(),
  take: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  pageSize: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
})

function compareParts(names: readonly string[], left: Item, right: Item): number {
  for (const name of names) {
    const { compare = (a: boolean, b: boolean) => utf8(String(a), String(b)), descends } = parts[name]!
    const order = (compare as (a: unknown, b: unknown) => number)(left[name as keyof Item], right[name as keyof Item])
    if (order !== 0) return descends === true ? -order : order
  }
  return 0
}

test(`${queries} random queries of random entities give what a model gives`, async ({ dynamodb }) => {
  console.info(`[figures] queries beside a model: ${queries} on ${dynamodb.description}, KEYLOOM_SEED=${seed}`)
  const table = await dynamodb.createTable(createTableInput(things, { tableName: 'things' }))
  const db = connect({ client: dynamodb.client, tables: { things: table } })
  const entities = fc.sample(shape, { numRuns: Math.ceil(queries / perEntity), seed })
  for (const [index, { names, literal }] of entities.entries()) {
    const sortKey = literal + names.map((name) => parts[name]!.placeholder).join('#')
    const Thing = entity(`Thing${index}`, {
      table: things,
      schema,
      key: { partitionKey: `E${index}#{p}` as 'E#{p}', sortKey: sortKey as '{s}' },
      indexes: { again: { index: 'gsi1', partitionKey: `G${index}#{p}` as 'G#{p}', sortKey: sortKey as '{s}' } },
    })
    const generated = fc.sample(item, { numRuns: 40, seed: seed + index })
    const keyOf = (one: Item) => JSON.stringify([one.p, ...names.map((name) => one[name as keyof Item])])
    const items = [...new Map(generated.map((one) => [keyOf(one), one])).values()]
    await Promise.all(items.map((one) => db.run(Thing.put(one))))

    for (const { p, depth, like, kind, ends, reverse, byIndex, take, pageSize } of fc.sample(question, {
      numRuns: perEntity,
      seed: seed + index,
    })) {
      const given = names.slice(0, depth % (names.length + 1))
      const model = items[like % items.length]!
      const key: Record<string, unknown> = { p }
      for (const name of given) key[name] = model[name as keyof Item]
      const next = names[given.length]
      const { compare } = (next === undefined ? undefined : parts[next]) ?? {}
      let isInside = (_: Item) => true
      if (next !== undefined && kind !== undefined && compare !== undefined) {
        const order = compare as (left: unknown, right: unknown) => number
        const [a, b] = ends.map((end) => items[end % items.length]![next as keyof Item]).toSorted(order) as [
          Value,
          Value,
        ]
        if (order(a, b) < 0 || !['open', 'half'].includes(kind)) {
          key[next] = ranges[kind](a, b)
          isInside = (one) => holds[kind](order(one[next as keyof Item], a), order(one[next as keyof Item], b))
        }
      }
      const expected = items
        .filter((one) => one.p === p && isInside(one) && compareParts(given, one, model) === 0)
        .toSorted((left, right) => (reverse ? -1 : 1) * compareParts(names, left, right))
      const query = (byIndex ? Thing.query.again : Thing.query) as unknown as (
        key: object,
        options: object,
      ) => Query<Item>
      const found = await db.all(query(key, { reverse }), { take, pageSize })
      const asked = JSON.stringify({ sortKey, key: Object.keys(key), kind, reverse, byIndex, take, pageSize })
      expect(found.map(keyOf), asked).toEqual(expected.slice(0, take).map(keyOf))
    }
  }
}, 120_000)
