import {
  beginsWith,
  between,
  bucket,
  codec,
  connect,
  each,
  entity,
  gt,
  gte,
  type Item,
  merge,
  type Query,
  range,
  shard,
  table,
} from '@keyloom/core'
import { describe, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { key, Order, placedAt } from './shop.js'

const customerId = 'c'

describe('query keys', () => {
  test('the partition key, then the sort key from the left, then one range at most', () => {
    Order.query({ customerId })
    Order.query({ customerId, placedAt })
    Order.query({ customerId, placedAt, orderId: 'o' })
    Order.query({ customerId, placedAt: gte(placedAt) })
    Order.query({ customerId, placedAt: range({ gte: placedAt, lt: placedAt }) })
    Order.query({ customerId, placedAt, orderId: beginsWith('o') })
    Order.query.byStatus({ status: 'paid', region: 'eu', placedAt: between(placedAt, placedAt) })
    Order.query.byRegion({ region: 'eu', total: gt(5) })
    Order.query.byTotal({ customerId, total: gt(5) })
  })

  test('what must not compile', () => {
    // @ts-expect-error no partition key
    Order.query({})
    // @ts-expect-error half a partition key
    Order.query.byStatus({ status: 'paid' })
    // @ts-expect-error a hole
    Order.query({ customerId, orderId: 'o' })
    // @ts-expect-error something after a range
    Order.query({ customerId, placedAt: gt(placedAt), orderId: 'o' })
    // @ts-expect-error a range on the partition key
    Order.query({ customerId: gt('c') })
    // @ts-expect-error another type
    Order.query({ customerId, placedAt: gt('2026') })
    // @ts-expect-error present, but undefined
    Order.query({ customerId, placedAt: undefined })
    // @ts-expect-error no component
    Order.query({ customerId, region: 'eu' })
    // @ts-expect-error a prefix of a number
    Order.query.byTotal({ customerId, total: beginsWith('1') })
    // @ts-expect-error no such index
    Order.query.byNothing({ customerId })
  })

  test('consistent reads are there on the table and on local indexes only', () => {
    Order.query({ customerId }, { consistent: true })
    Order.query.byTotal({ customerId }, { consistent: true })
    // @ts-expect-error a global index has none
    Order.query.byRegion({ region: 'eu' }, { consistent: true })
  })
})

describe('conditions and filters', () => {
  test('values are checked against the field', () => {
    Order.query({ customerId }, { filter: (o, { and, eq, gt }) => and(eq(o.status, 'paid'), gt(o.total, 5)) })
    Order.delete(key, { condition: (o, { eq, exists }) => (eq(o.urgent, true), exists(o)) })
    Order.delete(key, { condition: (o, { lt }) => lt(o.placedAt, placedAt) })
    Order.delete(key, { condition: (o, { eq }) => eq(o.address.geo.latitude, 1) })
    Order.delete(key, { condition: (o, { eq }) => eq(o.tags, new Set(['x'])) })
  })

  test('what must not compile', () => {
    // @ts-expect-error another status
    Order.delete(key, { condition: (o, { eq }) => eq(o.status, 'lost') })
    // @ts-expect-error another type
    Order.delete(key, { condition: (o, { gt }) => gt(o.total, '5') })
    // @ts-expect-error no such field
    Order.delete(key, { condition: (o, { eq }) => eq(o.totl, 5) })
    // @ts-expect-error booleans have no order
    Order.delete(key, { condition: (o, { gt }) => gt(o.urgent, false) })
    // @ts-expect-error a prefix of a number
    Order.delete(key, { condition: (o, { beginsWith }) => beginsWith(o.total, '1') })
    // @ts-expect-error no condition
    Order.delete(key, { condition: () => true })
    // @ts-expect-error a vanished part
    Order.delete(key, { condition: (o, { and, eq }) => and(eq(o.total, 5), undefined) })
    // @ts-expect-error no object
    Order.delete(key, { condition: { status: 'paid' } })
  })
})

describe('several partitions', () => {
  const Event = entity('Event', {
    table: table('events', { partitionKey: 'pk', sortKey: 'sk', indexes: { gsi1: { partitionKey: 'gsi1pk' } } }),
    schema: z.object({ id: z.string(), at: codec.date(), level: z.enum(['info', 'warn']), rank: z.int() }),
    key: { partitionKey: 'E#{at:day}#{id:shard(4)}', sortKey: '{at}' },
    indexes: { byLevel: { index: 'gsi1', partitionKey: '{level}#{rank:02}' } },
  })
  const db = connect({ client: { send: () => Promise.resolve({}) }, tables: {} })

  test('where a component has finitely many values, buckets or shards', () => {
    Event.query({ at: between(placedAt, placedAt), id: each() }, { exact: true, maxBuckets: 5 })
    Event.query({ at: bucket('2026-02-16'), id: shard(3) }, { unordered: true, concurrency: 2 })
    Event.query({ at: placedAt, id: 'i' })
    Event.query.byLevel({ level: each(), rank: each() })
    // @ts-expect-error a date has infinitely many values
    Event.query({ at: each(), id: each() })
    // @ts-expect-error no range over shards
    Event.query({ at: placedAt, id: between('a', 'b') })
    // @ts-expect-error no bucket
    Event.query.byLevel({ level: bucket('2026'), rank: 1 })
    // @ts-expect-error no shard
    Event.query.byLevel({ level: 'info', rank: shard(1) })
    // @ts-expect-error text has infinitely many values
    Order.query({ customerId: each() })
    // @ts-expect-error a part of the sort key is read from the left
    Order.query({ customerId, placedAt: each() })
  })

  test('merged queries give items of all of them', () => {
    const both = merge([Event.query({ at: placedAt, id: each() }), Order.query({ customerId })])
    expectTypeOf(both).toEqualTypeOf<Query<Item<typeof Event> | Item<typeof Order>>>()
    expectTypeOf(db.all(both)).resolves.toEqualTypeOf<(Item<typeof Event> | Item<typeof Order>)[]>()
    // @ts-expect-error a scan has no order
    merge([Order.scan()])
  })

  test('scans', () => {
    expectTypeOf(db.all(Event.scan({ segments: 4 }))).resolves.toEqualTypeOf<Item<typeof Event>[]>()
    Event.scan({ filter: (e, { gt }) => gt(e.rank, 1), consistent: true })
    Order.scan.byTotal({ consistent: true })
    // @ts-expect-error a global index has no consistent reads
    Order.scan.byRegion({ consistent: true })
    // @ts-expect-error no such index
    Order.scan.byNothing()
  })

  test('run takes one item, not many', () => {
    // @ts-expect-error a query
    void db.run(Event.query({ at: placedAt, id: each() }))
    // @ts-expect-error a scan
    void db.run(Event.scan())
    expectTypeOf(db.count(Event.scan())).resolves.toEqualTypeOf<number>()
  })
})
