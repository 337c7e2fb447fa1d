// Orders against a real DynamoDB, with Jest.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { createTableInput } from '@keyloom/core/infra'
import {
  matchers,
  recordRequests,
  startDynamoDB,
  tableSet,
  type Cost,
  type DynamoDB,
  type ExpectedRequest,
  type ExpectedTimes,
  type TableSet,
} from '@keyloom/testing'
import { orderBook, shop } from '../src/orders.js'

declare module 'expect' {
  interface Matchers<R> {
    toHaveRequested(expected: string | ExpectedRequest, times?: ExpectedTimes): R
    toCost(expected: Cost): R
    toMatchItem(expected: object): R
  }
}

expect.extend(matchers)

const key = { customerId: 'C-1', orderId: 'O-1' }
let dynamodb: DynamoDB
let set: TableSet<'shop'>

beforeAll(async () => {
  dynamodb = await startDynamoDB()
  set = await tableSet(dynamodb.client(), { shop: createTableInput(shop, { tableName: 'shop' }) })
}, 60_000)
afterEach(() => set.empty())
afterAll(async () => {
  await set.drop()
  await dynamodb.stop()
})

test('an order is paid once', async () => {
  const orders = orderBook(dynamodb.client(), set.names)
  await orders.place({ ...key, total: 20 })
  await orders.pay(key)
  expect(await orders.find(key)).toMatchItem({ status: 'paid', total: 20 })
  await expect(orders.pay(key)).rejects.toMatchObject({ code: 'condition-failed' })
})

test('paying is one request', async () => {
  const recorded = recordRequests(dynamodb.client(), { tables: set.names })
  const orders = orderBook(recorded, set.names)
  await orders.place({ ...key, total: 20 })
  recorded.clear()
  await orders.pay(key)
  expect(recorded).toHaveRequested({ operation: 'UpdateItem', table: 'shop' }, { times: 1 })
  expect(recorded).toCost({ write: 1 })
})
