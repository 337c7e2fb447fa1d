import type { Input, Item, Key, Operation, Patch } from '@keyloom/core'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { connect } from '@keyloom/core'
import { describe, expectTypeOf, test } from 'vitest'
import { db, key, Order, orders, placedAt } from './shop.js'

interface OrderItem {
  customerId: string
  orderId: string
  placedAt: Date
  status: 'pending' | 'paid'
  urgent: boolean
  region: string
  total: number
  weight?: number | undefined
  note?: string | undefined
  address: { city: string; geo?: { latitude: number } | undefined }
  lines: { sku: string; quantity: number }[]
  tags?: Set<string> | undefined
}

describe('the types of an entity are plain objects', () => {
  test('Item, Key', () => {
    expectTypeOf<Item<typeof Order>>().toEqualTypeOf<OrderItem>()
    expectTypeOf<Key<typeof Order>>().toEqualTypeOf<{ customerId: string; placedAt: Date; orderId: string }>()
  })

  test('Input: application values, with defaults optional at every depth', () => {
    expectTypeOf<Input<typeof Order>['orderId']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<Input<typeof Order>['placedAt']>().toEqualTypeOf<Date>()
    expectTypeOf<Input<typeof Order>['lines']>().toEqualTypeOf<{ sku: string; quantity?: number | undefined }[]>()
    expectTypeOf<Input<typeof Order>['address']>().toEqualTypeOf<OrderItem['address']>()
    // What was read can be put again.
    expectTypeOf<OrderItem>().toExtend<Input<typeof Order>>()
  })

  test('Patch: all but the table key, and never undefined', () => {
    expectTypeOf<Patch<typeof Order>['note']>().toEqualTypeOf<string>()
    expectTypeOf<keyof Patch<typeof Order>>().toEqualTypeOf<Exclude<keyof OrderItem, keyof typeof key>>()
  })
})

describe('results', () => {
  const item = {} as Input<typeof Order>

  test('promises and operations have the same', async () => {
    expectTypeOf(orders.get(key)).resolves.toEqualTypeOf<OrderItem | undefined>()
    expectTypeOf(Order.get(key)).toEqualTypeOf<Operation<OrderItem | undefined, 'get'>>()
    expectTypeOf(db.run(Order.get(key))).resolves.toEqualTypeOf<OrderItem | undefined>()
  })

  test('by the option returning', () => {
    expectTypeOf(orders.put(item)).resolves.toEqualTypeOf<OrderItem>()
    expectTypeOf(orders.create(item)).resolves.toEqualTypeOf<OrderItem>()
    expectTypeOf(orders.put(item, { returning: 'old' })).resolves.toEqualTypeOf<OrderItem | undefined>()
    expectTypeOf(orders.delete(key)).resolves.toEqualTypeOf<undefined>()
    expectTypeOf(orders.delete(key, { returning: 'old' })).resolves.toEqualTypeOf<OrderItem | undefined>()
    expectTypeOf(orders.update(key, { set: { note: '' } })).resolves.toEqualTypeOf<undefined>()
    expectTypeOf(orders.update(key, { set: { note: '' }, returning: 'new' })).resolves.toEqualTypeOf<OrderItem>()
    expectTypeOf(orders.update(key, { set: { note: '' }, returning: 'old' })).resolves.toEqualTypeOf<OrderItem>()
    expectTypeOf(orders.update(key, { set: { note: '' }, returning: 'updatedNew' })).resolves.toEqualTypeOf<
      Partial<OrderItem>
    >()
  })

  test('of queries', () => {
    expectTypeOf(orders.query({ customerId: 'c' }).all()).resolves.toEqualTypeOf<OrderItem[]>()
    expectTypeOf(orders.query.byTotal({ customerId: 'c' }).first()).resolves.toEqualTypeOf<OrderItem | undefined>()
    expectTypeOf(db.items(Order.query({ customerId: 'c' }))).toEqualTypeOf<AsyncIterable<OrderItem>>()
  })
})

describe('what must not compile', () => {
  test('keys', () => {
    // @ts-expect-error half a key
    orders.get({ customerId: 'c', placedAt })
    // @ts-expect-error a date is a Date
    orders.get({ ...key, placedAt: '2026-02-16' })
    // @ts-expect-error no such attribute
    orders.get({ customerId: 'c', placedAt, orderId: 'o', id: 1 })
  })

  test('items', () => {
    // @ts-expect-error attributes are missing
    orders.put({ ...key })
    const item = {} as Input<typeof Order>
    // @ts-expect-error another status
    orders.put({ ...item, status: 'lost' })
  })

  test('changes', () => {
    // @ts-expect-error no such attribute
    orders.update(key, { set: { noet: 'x' } })
    // @ts-expect-error another type
    orders.update(key, { set: { note: 1 } })
    // @ts-expect-error undefined is not absence: use remove
    orders.update(key, { set: { note: undefined } })
    // @ts-expect-error part of the table key
    orders.update(key, { set: { orderId: 'x' } })
    // @ts-expect-error not optional
    orders.update(key, { remove: ['region'] })
    // @ts-expect-error no number
    orders.update(key, { add: { note: 1 } })
    // @ts-expect-error no such result
    orders.update(key, { set: { note: 'x' }, returning: 'all' })
    orders.update(key, { add: { weight: 1 } })
  })

  test('a component of an index key without its siblings', () => {
    // @ts-expect-error region is missing
    orders.update(key, { set: { status: 'paid' } })
    // @ts-expect-error status is missing
    orders.update(key, { set: { region: 'eu' } })
    // @ts-expect-error arithmetic on a component
    orders.update(key, { add: { total: 1 } })
    orders.update(key, { set: { status: 'paid', region: 'eu' } })
    orders.update(key, { set: { status: 'paid' }, given: { region: 'eu' } })
    orders.update(key, { set: { total: 1 } })
    const order = {} as Item<typeof Order>
    orders.update(key, { set: { status: 'paid' }, given: order })
  })

  test('operations where promises are expected, and the other way round', () => {
    // @ts-expect-error a query is not run, it is read
    db.run(Order.query({ customerId: 'c' }))
    // @ts-expect-error an operation has no pages
    db.page(Order.get(key))
  })
})

test('clients', () => {
  const client = new DynamoDBClient({})
  connect({ client, tables: {} })
  connect({ client: DynamoDBDocumentClient.from(client), tables: {} })
  // @ts-expect-error no client
  connect({ client: {}, tables: {} })
})

describe('once', () => {
  const item = {} as Input<typeof Order>

  test('takes a token or makes one, on every write', () => {
    expectTypeOf(orders.put(item, { once: true })).resolves.toEqualTypeOf<OrderItem>()
    expectTypeOf(orders.create(item, { once: { token: 'x' } })).resolves.toEqualTypeOf<OrderItem>()
    expectTypeOf(orders.update(key, { set: { note: '' }, once: true })).resolves.toEqualTypeOf<undefined>()
    expectTypeOf(orders.delete(key, { once: true })).resolves.toEqualTypeOf<undefined>()
    orders.put(item, { returning: 'new', once: true })
    orders.update(key, { set: { note: '' }, returning: 'none', once: true })
  })

  test('returns nothing of what is stored', () => {
    // @ts-expect-error a transaction returns nothing of what was stored
    orders.put(item, { returning: 'old', once: true })
    // @ts-expect-error a transaction returns nothing of what was stored
    orders.update(key, { set: { note: '' }, returning: 'new', once: true })
    // @ts-expect-error a transaction returns nothing of what was stored
    orders.delete(key, { returning: 'old', once: true })
    // @ts-expect-error a get has nothing to do once
    orders.get(key, { once: true })
    // @ts-expect-error no token
    orders.put(item, { once: {} })
  })
})
