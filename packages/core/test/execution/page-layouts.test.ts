// Every way of reading gives every item once and in order, however the pages fall.
import {
  between,
  bucket,
  codec,
  connect,
  each,
  entity,
  IncompleteReadError,
  merge,
  type Page,
  type Readable,
  shard,
  table,
} from '@keyloom/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { fnv1a } from '../../src/model/text-formats.js'
import { fakeTable, type Row } from '../fake-table.js'

const layouts = Number(process.env['KEYLOOM_LAYOUTS'] ?? 1_000)

const events = table('events', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
})
const states = ['c', 'a', 'b'] as const
const Event = entity('Event', {
  table: events,
  schema: z.object({ id: z.string(), at: codec.date(), state: z.enum(states), rank: z.int().min(0).max(3) }),
  key: { partitionKey: 'E#{at:day}#{id:shard(3)}', sortKey: 'AT#{at}#{id}' },
  indexes: { byState: { index: 'gsi1', partitionKey: 'S#{state}', sortKey: '{rank:01}' } },
})
type Event = Parameters<typeof Event.put>[0]

function rowOf({ id, at, state, rank }: Event): Row {
  const iso = at.toISOString()
  return {
    pk: { S: `E#${iso.slice(0, 10)}#${fnv1a(id) % 3}` },
    sk: { S: `AT#${iso}#${id}` },
    gsi1pk: { S: `S#${state}` },
    gsi1sk: { S: String(rank) },
    _entity: { S: 'Event' },
    id: { S: id },
    at: { S: iso },
    state: { S: state },
    rank: { N: String(rank) },
  }
}

/** A row of another entity beside it. */
function neighbour(row: Row): Row {
  return { ...row, sk: { S: `${row['sk']!.S}#x` }, _entity: { S: 'Noise' } }
}

const first = Date.parse('2026-02-16T00:00:00.000Z')
const day = 86_400_000
const event = fc.record({
  id: fc.string({ unit: fc.constantFrom('a', 'é', '\uffff', '\u{1f600}'), minLength: 1, maxLength: 3 }),
  at: fc.integer({ min: 0, max: 9 }).map((half) => new Date(first + (half * day) / 2)),
  state: fc.constantFrom(...states),
  rank: fc.integer({ min: 0, max: 3 }),
})

type Order = (left: Event, right: Event) => number
const text = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right))
const byTime: Order = (a, b) => a.at.getTime() - b.at.getTime()
const shardOf = ({ id }: Event) => fnv1a(id) % 3
const dayOf = ({ at }: Event) => at.toISOString().slice(0, 10)
const byKey: Order = (a, b) => text(dayOf(a), dayOf(b)) || shardOf(a) - shardOf(b) || byTime(a, b) || text(a.id, b.id)
const byState =
  (list: readonly string[]): Order =>
  (a, b) =>
    list.indexOf(a.state) - list.indexOf(b.state)
const inTurn =
  (...orders: readonly Order[]): Order =>
  (a, b) =>
    orders.reduce((found, order) => found || order(a, b), 0)
const byRank: Order = (a, b) => a.rank - b.rank

interface Kind {
  readonly query: (reverse: boolean) => Readable<Event>
  readonly holds: (event: Event) => boolean
  /** Absent where there is none. */
  readonly order?: Order
  /** How many requests a page takes at least. */
  readonly width: number
}

const from = new Date(first + day / 2)
const to = new Date(first + 3 * day)
const kinds: Readonly<Record<string, Kind>> = {
  'one partition': {
    query: (reverse) => Event.query({ at: bucket('2026-02-17'), id: shard(1) }, { reverse }),
    holds: (item) => dayOf(item) === '2026-02-17' && shardOf(item) === 1,
    order: byKey,
    width: 1,
  },
  'buckets one after the other': {
    query: (reverse) => Event.query({ at: between(from, to), id: shard(2) }, { reverse }),
    holds: (item) => item.at >= from && item.at <= to && shardOf(item) === 2,
    order: byKey,
    width: 1,
  },
  'buckets of merged shards': {
    query: (reverse) => Event.query({ at: between(from, to), id: each() }, { reverse }),
    holds: (item) => item.at >= from && item.at <= to,
    order: inTurn(byTime, (a, b) => text(a.id, b.id)),
    width: 3,
  },
  'all values of an enum, with equal sort keys': {
    query: (reverse) => Event.query.byState({ state: each() }, { reverse }),
    holds: () => true,
    order: inTurn(byRank, byState(states), byKey),
    width: 3,
  },
  'partitions without a common order': {
    query: (reverse) => Event.query.byState({ state: each() }, { reverse, unordered: true }),
    holds: () => true,
    order: inTurn(byState(states), byRank, byKey),
    width: 1,
  },
  'merged queries': {
    query: (reverse) =>
      merge([
        Event.query.byState({ state: 'b', rank: between(1, 3) }, { reverse }),
        Event.query.byState({ state: 'a', rank: between(0, 2) }, { reverse }),
      ]),
    holds: ({ state, rank }) => (state === 'b' && rank >= 1) || (state === 'a' && rank <= 2),
    order: inTurn(byRank, byState(['b', 'a']), byKey),
    width: 2,
  },
  'a scan': { query: () => Event.scan(), holds: () => true, width: 1 },
  'a scan in segments': { query: () => Event.scan({ segments: 4, concurrency: 2 }), holds: () => true, width: 1 },
  'a scan of an index': { query: () => Event.scan.byState({ segments: 2 }), holds: () => true, width: 1 },
}

// One row a page, an end that is told with an empty one, and equal sort keys: pages that gave nothing once went round in a ring.
const at = new Date(first)
const ties: [Event[], boolean[], number[], boolean[], Bounds] = [
  [
    { id: 'a', at, state: 'b', rank: 1 },
    { id: 'b', at, state: 'a', rank: 1 },
    { id: 'c', at, state: 'c', rank: 0 },
    { id: 'd', at, state: 'c', rank: 1 },
  ],
  [],
  [1],
  [false, true],
  { reverse: true, take: 1, pageSize: undefined, pages: 0, prefetch: false, sealed: false },
]

interface Bounds {
  readonly reverse: boolean
  readonly take: number
  readonly pageSize: number | undefined
  readonly pages: number
  readonly prefetch: boolean
  readonly sealed: boolean
}

const keyOf = ({ id, at }: Event) => `${at.toISOString()} ${id}`

describe.each(Object.entries(kinds))('%s', (_, { query, holds, order, width }) => {
  test('all items once, in order, over pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(event, { maxLength: 40, selector: keyOf }),
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
        fc.record({
          reverse: fc.boolean(),
          take: fc.integer({ min: 1, max: 7 }),
          pageSize: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
          pages: fc.integer({ min: 0, max: 3 }),
          prefetch: fc.boolean(),
          sealed: fc.boolean(),
        }),
        async (items, noisy, sizes, ends, { reverse, take, pageSize, pages, prefetch, sealed }) => {
          let turn = 0
          const rows = items.map(rowOf).flatMap((row, index) => (noisy[index] === true ? [row, neighbour(row)] : [row]))
          const client = fakeTable(
            rows,
            { gsi1: ['gsi1pk', 'gsi1sk'] },
            () => sizes[turn++ % sizes.length]!,
            () => ends[turn % ends.length]!,
          )
          const db = connect({
            client,
            tables: { events: 'events' },
            ...(sealed && { cursorKey: 'a secret of thirty-two characters' }),
          })
          const read = query(reverse)
          const held = items.filter(holds)
          if (order !== undefined) held.sort((a, b) => (reverse ? -order(a, b) : order(a, b)))
          const expected = held.map(keyOf)
          const check = (found: readonly Event[]) => {
            const keys = found.map(keyOf)
            if (order === undefined) expect(keys.toSorted()).toEqual(expected.toSorted())
            else expect(keys).toEqual(expected)
          }

          check(await db.all(read, { pageSize }))
          expect(await db.count(read, { pageSize })).toBe(expected.length)
          const iterated: Event[] = []
          for await (const item of db.items(read, { pageSize, prefetch })) iterated.push(item)
          check(iterated)

          // So many items at a time: pages are full to the last.
          const taken: Event[] = []
          let cursor: string | undefined
          let scanned = 0
          do {
            const page: Page<Event> = await db.page(read, { take, pageSize, cursor })
            if (page.cursor !== undefined) expect(page.items).toHaveLength(take)
            scanned += page.scannedCount
            taken.push(...page.items)
            cursor = page.cursor
          } while (cursor !== undefined)
          check(taken)
          expect(scanned).toBeGreaterThanOrEqual(expected.length)

          // So many requests at a time: each page gets on.
          const bounded: Event[] = []
          let rounds = 0
          do {
            const page: Page<Event> = await db.page(read, { maxPages: width + pages, pageSize, cursor })
            bounded.push(...page.items)
            cursor = page.cursor
            expect(rounds++).toBeLessThan(500)
          } while (cursor !== undefined)
          check(bounded)

          // A cursor goes on in whichever way it is read.
          const mixed: Event[] = []
          let isTaken = false
          do {
            const bounds = isTaken ? { take } : { maxPages: width + pages }
            const page: Page<Event> = await db.page(read, { ...bounds, pageSize, cursor })
            mixed.push(...page.items)
            cursor = page.cursor
            isTaken = !isTaken
          } while (cursor !== undefined)
          check(mixed)

          // A bound is no end: what is left is read from where it was met.
          const parts = await db.all(read, { maxPages: width + pages, pageSize }).catch((error: unknown) => {
            if (!(error instanceof IncompleteReadError)) throw error
            return db.all(read, { cursor: error.cursor }).then((rest) => [...(error.items as Event[]), ...rest])
          })
          check(parts)
        },
      ),
      { numRuns: Math.ceil(layouts / Object.keys(kinds).length), examples: [ties] },
    )
  }, 60_000)
})
