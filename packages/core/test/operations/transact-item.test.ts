import type { Request } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import { transactGetItem, transactWriteItems } from '../../src/operations/transact-item.js'
import { key, Order, order } from '../orders.js'

const options = { tables: { shop: 'shop-1' } }

describe('a write as a part of a transaction is its request without what it returns', () => {
  const set = { carrier: 'DHL' }
  test.each<[string, Request]>([
    ['Put', Order.put(order, { condition: (o, { exists }) => exists(o), returning: 'old' }).request(options)],
    ['Put', Order.put(order).request(options)],
    ['Update', Order.update(key, { set, returning: 'new' }).request(options)],
    ['Delete', Order.delete(key, { condition: (o, { exists }) => exists(o) }).request(options)],
    ['Delete', Order.delete(key).request(options)],
  ])('%s', (name, request) => {
    const { ReturnValues: _, ...rest } = request.input as unknown as Record<string, unknown>
    expect(transactWriteItems(request)).toStrictEqual([{ [name]: rest }])
  })

  test('a write that is a transaction itself brings all of its parts', () => {
    const parts = [
      ...transactWriteItems(Order.put(order).request()),
      ...transactWriteItems(Order.delete(key).request()),
    ]
    expect(transactWriteItems({ operation: 'TransactWriteItems', input: { TransactItems: parts } })).toEqual(parts)
  })

  test('a read is no part of it', () => {
    expect(transactWriteItems(Order.get(key).request())).toEqual([])
  })
})

test('a get as a part of a transaction is consistent without saying so', () => {
  const request = Order.get(key, { consistent: true }).request(options) as Extract<Request, { operation: 'GetItem' }>
  const { TableName, Key } = request.input
  expect(transactGetItem(request)).toStrictEqual({ Get: { TableName, Key } })
  const projected = { ProjectionExpression: '#0', ExpressionAttributeNames: { '#0': 'total' } }
  expect(transactGetItem({ operation: 'GetItem', input: { TableName, Key, ...projected } })).toStrictEqual({
    Get: { TableName, Key, ...projected },
  })
  expect(transactGetItem(Order.put(order).request())).toBeUndefined()
})
