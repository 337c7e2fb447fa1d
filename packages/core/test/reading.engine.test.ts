// Reading on a real engine: every kind of read gives every item once and in order, judged by a model in memory.
import {
  between,
  bucket,
  codec,
  connect,
  each,
  entity,
  gt,
  lte,
  merge,
  type Page,
  type Readable,
  shard,
  table,
} from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test } from '@keyloom/testing/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import * as z from 'zod'
import { fnv1a } from '../src/model/text-formats.js'

const events = table('events', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    gsi1: { partitionKey: 'gsi1pk', sortKey: { name: 'rank', type: 'number' } },
    gsi2: { partitionKey: 'gsi2pk', sortKey: { name: 'hash', type: 'binary' } },
    byNote: { sortKey: 'note' },
  },
})
const states = ['c', 'a', 'b'] as const
const schema = z.object({
  id: z.string(),
  at: codec.date(),
  state: z.enum(states),
  hot: z.boolean(),
  rank: z.number(),
  hash: codec.bytes(),
  note: z.string(),
})
const Event = entity('Event', {
  table: events,
  schema,
  key: { partitionKey: 'E#{at:day}#{id:shard(3)}', sortKey: 'AT#{at}#{id}' },
  indexes: {
    byState: { index: 'gsi1', partitionKey: 'S#{state}', sortKey: '{rank}' },
    byHash: { index: 'gsi2', partitionKey: 'H#{hot}', sortKey: '{hash}' },
    byNote: { index: 'byNote', sortKey: '{note}' },
  },
})
const Noise = entity('Noise', {
  table: events,
  schema: schema.pick({ id: true, at: true, state: true, rank: true }),
  key: { partitionKey: 'E#{at:day}#{id:shard(3)}', sortKey: 'AT#{at}#{id}#x' },
  indexes: { byState: { index: 'gsi1', partitionKey: 'S#{state}', sortKey: '{rank}' } },
})
type Event = z.infer<typeof schema>

const first = Date.parse('2026-02-16T00:00:00.000Z')
const hours = (count: number) => new Date(first + count * 3_600_000)
const text = fc.string({ unit: fc.constantFrom('a', '#', 'é', '\uffff', '\u{1f600}'), minLength: 1, maxLength: 3 })
const made = fc.sample(
  fc.record({
    id: text,
    at: fc.integer({ min: 0, max: 7 }).map((count) => hours(count * 6)),
    state: fc.constantFrom(...states),
    hot: fc.boolean(),
    rank: fc.constantFrom(-10, -1.5, 0, 0.001, 2, 10, 9e20),
    hash: fc.uint8Array({ minLength: 1, maxLength: 2 }),
    note: text,
  }),
  { numRuns: 110, seed: 20261125 },
)
const keyOf = ({ id, at }: Pick<Event, 'id' | 'at'>) => `${at.toISOString()} ${id}`
const items = [...new Map(made.map((item) => [keyOf(item), item])).values()]

type Order = (left: Event, right: Event) => number
const bytes = (left: string | Uint8Array, right: string | Uint8Array) =>
  Buffer.compare(Buffer.from(left), Buffer.from(right))
const shardOf = ({ id }: Event) => fnv1a(id) % 3
const dayOf = ({ at }: Event) => at.toISOString().slice(0, 10)
const inTurn =
  (...orders: readonly Order[]): Order =>
  (a, b) =>
    orders.reduce((found, order) => found || order(a, b), 0)
const byTime: Order = (a, b) => a.at.getTime() - b.at.getTime() || bytes(escaped(a.id), escaped(b.id))
const escaped = (id: string) => id.replaceAll('#', '$23')

interface Kind {
  readonly read: (reverse: boolean) => Readable<Event>
  readonly holds: (item: Event) => boolean
  /** What says where an item stands; those that it puts in one place come in DynamoDB's own order. */
  readonly order?: Order
  readonly width: number
}

const from = hours(6)
const to = hours(36)
const inRange = ({ at }: Event) => at >= from && at <= to
const kinds: Readonly<Record<string, Kind>> = {
  'one partition': {
    read: (reverse) => Event.query({ at: bucket('2026-02-17'), id: shard(1) }, { reverse }),
    holds: (item) => dayOf(item) === '2026-02-17' && shardOf(item) === 1,
    order: byTime,
    width: 1,
  },
  'a local index': {
    read: (reverse) => Event.query.byNote({ at: bucket('2026-02-17'), id: shard(1) }, { reverse, consistent: true }),
    holds: (item) => dayOf(item) === '2026-02-17' && shardOf(item) === 1,
    order: (a, b) => bytes(a.note, b.note),
    width: 1,
  },
  'time buckets': {
    read: (reverse) => Event.query({ at: between(from, to), id: shard(0) }, { reverse }),
    holds: (item) => inRange(item) && shardOf(item) === 0,
    order: byTime,
    width: 1,
  },
  'time buckets of all shards': {
    read: (reverse) => Event.query({ at: between(from, to), id: each() }, { reverse }),
    holds: inRange,
    order: byTime,
    width: 3,
  },
  'numbers of all states': {
    read: (reverse) => Event.query.byState({ state: each(), rank: lte(2) }, { reverse }),
    holds: ({ rank }) => rank <= 2,
    order: inTurn(
      (a, b) => a.rank - b.rank,
      (a, b) => states.indexOf(a.state) - states.indexOf(b.state),
    ),
    width: 3,
  },
  'bytes of both booleans': {
    read: (reverse) => Event.query.byHash({ hot: each() }, { reverse, filter: (e, { gt }) => gt(e.rank, -5) }),
    holds: ({ rank }) => rank > -5,
    order: inTurn(
      (a, b) => bytes(a.hash, b.hash),
      (a, b) => Number(a.hot) - Number(b.hot),
    ),
    width: 2,
  },
  'merged queries': {
    read: (reverse) =>
      merge([
        Event.query.byState({ state: 'b', rank: gt(-5) }, { reverse }),
        Event.query.byState({ state: 'a', rank: lte(5) }, { reverse }),
      ]),
    holds: ({ state, rank }) => (state === 'b' && rank > -5) || (state === 'a' && rank <= 5),
    order: inTurn(
      (a, b) => a.rank - b.rank,
      (a, b) => bytes(b.state, a.state),
    ),
    width: 2,
  },
  'one after the other': {
    read: (reverse) => Event.query.byState({ state: each() }, { reverse, unordered: true }),
    holds: () => true,
    order: inTurn(
      (a, b) => states.indexOf(a.state) - states.indexOf(b.state),
      (a, b) => a.rank - b.rank,
    ),
    width: 1,
  },
  'a scan': { read: () => Event.scan({ consistent: true }), holds: () => true, width: 1 },
  'a scan in segments': {
    read: () => Event.scan({ segments: 5, concurrency: 2, filter: (e, { lt }) => lt(e.rank, 5) }),
    holds: ({ rank }) => rank < 5,
    width: 1,
  },
  'a scan of an index': { read: () => Event.scan.byState({ segments: 2 }), holds: () => true, width: 1 },
}

test('every way of reading gives every item once and in order', async ({ dynamodb }) => {
  const name = await dynamodb.createTable(createTableInput(events, { tableName: 'events' }))
  const secret = 'a secret of thirty-two characters'
  const db = connect({ client: dynamodb.client, tables: { events: name }, cursorKey: secret })
  await Promise.all(items.map((item) => db.run(Event.put(item))))
  await Promise.all(items.slice(0, 30).map(({ id, at, state, rank }) => db.run(Noise.put({ id, at, state, rank }))))

  for (const [kind, { read, holds, order, width }] of Object.entries(kinds))
    for (const reverse of order === undefined ? [false] : [false, true]) {
      const held = items.filter(holds)
      expect(held.length, kind).toBeGreaterThan(3)
      const check = (found: readonly Event[], how: string) => {
        const place = `${kind}, ${how}${reverse ? ', in reverse' : ''}`
        expect(found.map(keyOf).toSorted(), place).toEqual(held.map(keyOf).toSorted())
        if (order === undefined) return
        const inOrder = found.every((item, index) => {
          const next = found[index + 1]
          return next === undefined || (reverse ? -order(item, next) : order(item, next)) <= 0
        })
        expect(inOrder, `${place}: in order`).toBe(true)
      }
      const of = read(reverse)
      const whole = await db.all(of)
      check(whole, 'all')
      expect(await db.count(of), kind).toBe(held.length)
      const first = await db.first(of)
      if (order === undefined) expect(held.map(keyOf), kind).toContain(first && keyOf(first))
      else expect(first, kind).toEqual(whole[0])

      const iterated: Event[] = []
      for await (const item of db.items(of, { pageSize: 9 })) iterated.push(item)
      check(iterated, 'items')

      for (const [how, bounds] of [
        ['20 at a time', { take: 20 }],
        ['9 at a time of pages of 5', { take: 9, pageSize: 5 }],
        ['by requests', { maxPages: width + 1, pageSize: 8 }],
      ] as const) {
        const paged: Event[] = []
        let cursor: string | undefined
        do {
          const page: Page<Event> = await db.page(of, { ...bounds, cursor })
          expect(page.scannedCount).toBeGreaterThanOrEqual(page.items.length)
          paged.push(...page.items)
          cursor = page.cursor
        } while (cursor !== undefined)
        check(paged, how)
      }
    }
}, 120_000)

test('few items of many partitions cost few reads', async ({ dynamodb }) => {
  const name = await dynamodb.createTable(createTableInput(events, { tableName: 'events' }))
  const db = connect({ client: dynamodb.client, tables: { events: name } })
  const many = Array.from({ length: 120 }, (_, index) => ({
    id: `i${index}`,
    at: new Date(first + index),
    state: states[index % 3]!,
    hot: true,
    rank: index,
    hash: Uint8Array.of(index),
    note: 'n',
  }))
  await Promise.all(many.map((item) => db.run(Event.put(item))))
  const page = await db.page(Event.query({ at: bucket('2026-02-16'), id: each() }), { take: 5 })
  expect(page.items.map(({ id }) => id)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4'])
  expect(page.scannedCount).toBeLessThanOrEqual(15)
  expect(page.consumedCapacity).toBeGreaterThan(0)
})
