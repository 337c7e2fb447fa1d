import {
  beginsWith,
  between,
  bucket,
  codec,
  computed,
  each,
  entity,
  gt,
  gte,
  InputError,
  lt,
  lte,
  merge,
  type Query,
  range,
  shard,
  table,
} from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { readPlan } from '../../src/operations/read-plan.js'
import { filled } from '../expressions-of.js'
import { Order } from '../orders.js'

const events = table('events', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    gsi2: { partitionKey: ['level', 'hot'], sortKey: 'gsi2sk' },
    gsi3: { partitionKey: 'gsi3pk' },
    gsi4: { partitionKey: 'gsi4pk', sortKey: 'gsi4sk' },
    gsi5: { partitionKey: 'gsi5pk', sortKey: { name: 'rank', type: 'number' } },
  },
})

const Event = entity('Event', {
  table: events,
  schema: z.object({
    id: z.string(),
    at: codec.date(),
    day: z.string().optional(),
    level: z.enum(['info', 'warn', 'error']),
    hot: z.enum(['yes', 'no']),
    rank: z.int().min(1).max(4),
    many: z.number(),
  }),
  computed: {
    parity: computed(['rank'], z.enum(['odd', 'even']), ({ rank }: { rank: number }) => (rank % 2 ? 'odd' : 'even')),
  },
  key: { partitionKey: 'E#{at:day}#{id:shard(3)}', sortKey: 'AT#{at}#{id}' },
  indexes: {
    byHour: { index: 'gsi1', partitionKey: 'H#{at:month}#{at:hour}', sortKey: '{id}#{at}' },
    byLevel: { index: 'gsi2', partitionKey: ['{level}', '{hot}'], sortKey: '{level}#{at}' },
    byRank: { index: 'gsi3', partitionKey: 'R#{rank:02}#{parity}' },
    byDay: { index: 'gsi4', partitionKey: 'D#{day:day}', sortKey: '{day}' },
    byMany: { index: 'gsi5', partitionKey: 'M#{many:raw}', sortKey: '{rank}' },
  },
})

/** The key conditions of all partitions that a query reads, in the order in which it does. */
function partitions(query: Query<unknown>): (string | undefined)[] {
  const plan = readPlan('test', query)
  return Array.from({ length: plan.count }, (_, ordinal) => {
    const input = plan.source(ordinal).request()?.input as never
    return filled(input, (input as { KeyConditionExpression: string }).KeyConditionExpression)
  })
}
const widthOf = (query: Query<unknown>) => readPlan('test', query).width
const filterOf = (query: Query<unknown>) => {
  const input = query.request().input as never
  return filled(input, (input as { FilterExpression?: string }).FilterExpression)
}

const time = (text: string) => new Date(`2026-02-${text}Z`)
const noon = time('16T12:00:00.000')

describe('time buckets', () => {
  const days = (range: Parameters<typeof Event.query>[0]['at'], options = {}) =>
    partitions(Event.query({ at: range, id: shard(1) }, options)).map((text) => /E#([\dT-]*)#1/.exec(text ?? '')?.[1])

  test('exactly those that the range touches', () => {
    const night = time('18T00:00:00.000')
    const last = time('17T23:59:59.999')
    expect(days(between(noon, night))).toEqual(['2026-02-16', '2026-02-17', '2026-02-18'])
    expect(days(range({ gte: noon, lt: night }))).toEqual(['2026-02-16', '2026-02-17'])
    expect(days(range({ gt: last, lte: night }))).toEqual(['2026-02-18'])
    expect(days(range({ gte: last, lt: night }))).toEqual(['2026-02-17'])
    // Nothing lies between these two: one bucket says so.
    expect(days(range({ gt: last, lt: night }))).toHaveLength(1)
  })

  test('the newest first in reverse', () => {
    expect(days(between(noon, time('18T01:00:00.000')), { reverse: true })).toEqual([
      '2026-02-18',
      '2026-02-17',
      '2026-02-16',
    ])
  })

  test('over the ends of months and years', () => {
    const from = new Date('2027-12-31T05:00:00.000Z')
    expect(days(between(from, new Date('2028-01-01T00:00:00.000Z')))).toEqual(['2027-12-31', '2028-01-01'])
    const february = days(between(new Date('2028-02-01'), new Date('2028-03-01')))
    expect(february).toHaveLength(30)
    expect(february[28]).toBe('2028-02-29')
  })

  test('one end and maxBuckets', () => {
    expect(days(gte(noon), { maxBuckets: 2 })).toEqual(['2026-02-16', '2026-02-17'])
    expect(days(lte(noon), { maxBuckets: 2 })).toEqual(['2026-02-15', '2026-02-16'])
    expect(days(lt(time('16T00:00:00.000')), { maxBuckets: 2 })).toEqual(['2026-02-14', '2026-02-15'])
    expect(days(gt(new Date('9999-12-31T01:00:00.000Z')), { maxBuckets: 5 })).toEqual(['9999-12-31'])
  })

  test('each with its range where the time is the next part of the sort key', () => {
    expect(partitions(Event.query({ at: between(noon, time('17T01:00:00.000')), id: shard(1) }))).toEqual([
      'pk = "E#2026-02-16#1" AND sk BETWEEN "AT#2026-02-16T12:00:00.000Z" AND "AT#2026-02-17T01:00:00.000Z$"',
      'pk = "E#2026-02-17#1" AND sk BETWEEN "AT#2026-02-16T12:00:00.000Z" AND "AT#2026-02-17T01:00:00.000Z$"',
    ])
  })

  test('whole buckets where it is not, or a filter', () => {
    const at = range({ gte: noon, lt: time('16T14:00:00.000') })
    const keys = ['gsi1pk = "H#2026-02#2026-02-16T12"', 'gsi1pk = "H#2026-02#2026-02-16T13"']
    expect(partitions(Event.query.byHour({ at }))).toEqual(keys)
    expect(filterOf(Event.query.byHour({ at }))).toBe('_entity = "Event"')
    const exact = Event.query.byHour({ at }, { exact: true })
    expect(partitions(exact)).toEqual(keys)
    expect(filterOf(exact)).toBe(
      '(_entity = "Event") AND ((at >= "2026-02-16T12:00:00.000Z") AND (at < "2026-02-16T14:00:00.000Z"))',
    )
    expect(filterOf(Event.query({ at, id: shard(1) }, { exact: true }))).toBeUndefined()
  })

  test('one by its text', () => {
    expect(partitions(Event.query({ at: bucket('2026-02-16'), id: shard(2) }))).toEqual([
      'pk = "E#2026-02-16#2" AND begins_with(sk, "AT#")',
    ])
    expect(partitions(Event.query.byHour({ at: bucket('2026-02-16T10') }))).toEqual([
      'gsi1pk = "H#2026-02#2026-02-16T10"',
    ])
  })

  test('of texts, which have no last moment', () => {
    const keys = (day: never) =>
      partitions(Event.query.byDay({ day })).map((text) => /D#([\d-]*)/.exec(text ?? '')?.[1])
    expect(keys(range({ gte: '2026-02-16', lt: '2026-02-18' }) as never)).toEqual(['2026-02-16', '2026-02-17'])
    expect(keys(range({ gt: '2026-02-16T23:59:59.999Z', lt: '2026-02-18T00:00:00Z' }) as never)).toHaveLength(3)
  })
})

describe('each', () => {
  const at = bucket('2026-02-16')

  test('all shards, padded as the keys are', () => {
    expect(partitions(Event.query({ at, id: each() })).map((text) => text?.slice(0, 21))).toEqual([
      'pk = "E#2026-02-16#0"',
      'pk = "E#2026-02-16#1"',
      'pk = "E#2026-02-16#2"',
    ])
    expect(widthOf(Event.query({ at, id: each() }))).toBe(3)
  })

  test('buckets of shards: one bucket after the other', () => {
    const query = Event.query({ at: between(noon, time('17T01:00:00.000')), id: each() })
    expect(partitions(query)).toHaveLength(6)
    expect(widthOf(query)).toBe(3)
  })

  test('all values of several components; a sort component that is known by it is filled in', () => {
    const query = Event.query.byLevel({ level: each(), hot: each() })
    expect(partitions(query).slice(0, 3)).toEqual([
      'level = "info" AND hot = "yes" AND begins_with(gsi2sk, "info#")',
      'level = "info" AND hot = "no" AND begins_with(gsi2sk, "info#")',
      'level = "warn" AND hot = "yes" AND begins_with(gsi2sk, "warn#")',
    ])
    expect(widthOf(query)).toBe(6)
  })

  test('whole numbers between bounds, and computed values; without a sort key one after the other', () => {
    const query = Event.query.byRank({ rank: each(), parity: 'odd' })
    expect(partitions(query)).toEqual([1, 2, 3, 4].map((rank) => `gsi3pk = "R#0${rank}#odd"`))
    expect(widthOf(query)).toBe(1)
    expect(partitions(Event.query.byRank({ rank: 2, parity: each() }))).toHaveLength(2)
  })

  test('unordered', () => {
    const query = Event.query({ at, id: each() }, { unordered: true })
    expect(partitions(query)).toHaveLength(3)
    expect(widthOf(query)).toBe(1)
  })

  test('the first request is the first of its partitions', () => {
    const [first] = partitions(Event.query({ at, id: each() }))
    const input = Event.query({ at, id: each() }).request().input as never
    expect(filled(input, (input as { KeyConditionExpression: string }).KeyConditionExpression)).toBe(first)
  })
})

describe('what can not be read as several partitions is refused before anything is sent', () => {
  const loose = Event.query as unknown as Record<string, (key: object, options?: object) => Query<unknown>> &
    ((key: object, options?: object) => Query<unknown>)
  const merged = merge as unknown as (queries: unknown) => unknown
  const id = shard(1)
  test.each<[string, () => unknown, RegExp]>([
    ['half a range', () => loose({ at: gte(noon), id }), /at: expected both ends of the range, or maxBuckets/],
    [
      'more buckets than allowed',
      () => loose({ at: between(noon, time('20T00:00:00.000')), id }, { maxBuckets: 2 }),
      /at: expected a range over 2 buckets at most/,
    ],
    ['a reversed range', () => loose({ at: between(noon, time('15T00:00:00.000')), id }), /at: .*reversed bounds/],
    ['an empty range', () => loose({ at: range({ gte: noon, lt: noon }), id }), /at: .*reversed bounds/],
    ['a prefix', () => loose({ at: beginsWith('2026'), id }), /at: expected a range of times/],
    ['a bucket of another length', () => loose({ at: bucket('2026-02'), id }), /at: expected a bucket of one day/],
    ['all buckets', () => loose({ at: each(), id }), /at: expected a value: it has not finitely many/],
    ['a shard too many', () => loose({ at: noon, id: shard(3) }), /id: expected a shard from 0 to 2/],
    [
      'a shard of what is none',
      () => loose['byLevel']!({ level: shard(1), hot: 'yes' }),
      /level: expected a value: its template is no shard/,
    ],
    ['a bucket of what is none', () => loose['byLevel']!({ level: bucket('2026'), hot: 'yes' }), /level: /],
    [
      'all values of a number',
      () => loose['byMany']!({ many: each() }),
      /many: expected a value: it has not finitely many/,
    ],
    ['each in the sort key', () => loose['byMany']!({ many: 1, rank: each() }), /rank: /],
    ['a range on what is no bucket', () => loose({ at: noon, id: between('a', 'b') }), /id: /],
    [
      'a day that no calendar has',
      () => loose['byDay']!({ day: between('2026-02-30', '2026-03-01') }),
      /day: expected a time whose day the calendar has/,
    ],
    ['no bucket', () => bucket('2026-2-1'), /bucket: expected a bucket such as/],
    ['no shard', () => shard(-1), /shard: expected a whole number from 0/],
    [
      'maxBuckets of 0',
      () => loose({ at: gte(noon), id }, { maxBuckets: 0 }),
      /maxBuckets: expected a whole number from 1/,
    ],
    ['a merge of nothing', () => merged([]), /merge: expected a list of queries/],
    ['a merge of no query', () => merged([{}]), /expected a query/],
    ['a merge with a scan', () => merged([Event.scan()]), /a query, whose items have an order/],
    [
      'a merge of buckets',
      () => merged([Event.query({ at: between(noon, time('18T00:00:00.000')), id })]),
      /a query of one partition/,
    ],
    [
      'a merge of other kinds of sort keys',
      () => merged([Event.query.byMany({ many: 1 }), Event.query({ at: noon, id })]),
      /sort keys of the kinds of the first query/,
    ],
    [
      'a merge of both directions',
      () => merged([Event.query.byMany({ many: 1 }), Event.query.byMany({ many: 2 }, { reverse: true })]),
      /the direction of the first query/,
    ],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(InputError)
    expect(work).toThrow(message)
  })

  test('more than 256 partitions', () => {
    const Wide = entity('Wide', {
      table: table('wide', { partitionKey: 'pk' }),
      schema: z.object({ id: z.string(), other: z.string() }),
      key: { partitionKey: 'W#{id:shard(100)}#{other:shard(3)}' },
    })
    expect(() => Wide.query({ id: each(), other: each() })).toThrow('at most 256 partitions')
    expect(partitions(Wide.query({ id: each(), other: shard(0) }))).toHaveLength(100)
  })
})

test('merged queries may be of different entities and indexes', () => {
  const query = merge([Event.query({ at: noon, id: shard(0) }), Order.query({ customerId: 'c' })])
  expect(widthOf(query)).toBe(2)
  expect(query.entity).toBe('Event | Order')
})
