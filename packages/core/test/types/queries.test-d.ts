import { beginsWith, between, gt, gte, range } from '@keyloom/core'
import { describe, test } from 'vitest'
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
