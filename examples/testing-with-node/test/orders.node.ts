// Orders against a real DynamoDB with nothing but Node: node --import tsx --test test/orders.node.ts
import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { createTableInput } from '@keyloom/core/infra'
import { assertThat, recordRequests, startDynamoDB, tableSet, type DynamoDB, type TableSet } from '@keyloom/testing'
import { orderBook, shop } from '../src/orders.js'

const key = { customerId: 'C-1', orderId: 'O-1' }
let dynamodb: DynamoDB
let set: TableSet<'shop'>

before(async () => {
  dynamodb = await startDynamoDB()
  set = await tableSet(dynamodb.client(), { shop: createTableInput(shop, { tableName: 'shop' }) })
})
afterEach(() => set.empty())
after(async () => {
  await set.drop()
  await dynamodb.stop()
})

void test('an order is paid once', async () => {
  const orders = orderBook(dynamodb.client(), set.names)
  await orders.place({ ...key, total: 20 })
  await orders.pay(key)
  assertThat(await orders.find(key)).toMatchItem({ status: 'paid', total: 20 })
  await assert.rejects(orders.pay(key), { code: 'condition-failed' })
})

void test('paying is one request', async () => {
  const recorded = recordRequests(dynamodb.client(), { tables: set.names })
  const orders = orderBook(recorded, set.names)
  await orders.place({ ...key, total: 20 })
  recorded.clear()
  await orders.pay(key)
  assertThat(recorded).toHaveRequested({ operation: 'UpdateItem', table: 'shop' }, { times: 1 })
  assertThat(recorded).toCost({ write: 1 })
})
