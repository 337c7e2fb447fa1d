// Orders against a real DynamoDB: with Vitest's fixtures, with a record of the requests, and with every fault there is.
import { isError } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { faultClient, recordRequests, requestsOf, singleFaults } from '@keyloom/testing'
import { testWithTables } from '@keyloom/testing/vitest/tables'
import '@keyloom/testing/vitest/matchers'
import { expect } from 'vitest'
import { orderBook, shop } from '../src/orders.js'

const test = testWithTables({ shop: createTableInput(shop, { tableName: 'shop' }) })
const key = { customerId: 'C-1', orderId: 'O-1' }

test('an order is paid once', async ({ dynamodb, tables }) => {
  const orders = orderBook(dynamodb.client, tables)
  await orders.place({ ...key, total: 20 })
  await orders.pay(key)
  expect(await orders.find(key)).toMatchItem({ status: 'paid', total: 20 })
  await expect(orders.pay(key)).rejects.toSatisfy((error: unknown) => isError(error, 'condition-failed'))
})

test('every test begins with empty tables', async ({ dynamodb, tables }) => {
  expect(await orderBook(dynamodb.client, tables).find(key)).toBeUndefined()
})

test('paying is one request, and asks for the state before', async ({ dynamodb, tables }) => {
  const recorded = recordRequests(dynamodb.client, { tables })
  const orders = orderBook(recorded, tables)
  await orders.place({ ...key, total: 20 })
  recorded.clear()
  await orders.pay(key)
  expect(recorded).toHaveRequested({ operation: 'UpdateItem', table: 'shop' }, { times: 1 })
  expect(recorded.requests[0]?.condition).toContain('status = "pending"')
  expect(recorded).toCost({ write: 1 })
})

test('whatever goes wrong, nobody is told that an order is paid which is not', async ({
  dynamodb,
  tableSet,
  tables,
}) => {
  const requests = await requestsOf(dynamodb.client, async (client) => {
    await orderBook(client, tables).place({ ...key, total: 20 })
    await orderBook(client, tables).pay(key)
  })
  for (const script of singleFaults(requests)) {
    await tableSet.empty()
    const broken = faultClient(dynamodb.client, { script, delay: 0 })
    const orders = orderBook(broken, tables)
    const isPaid = await orders
      .place({ ...key, total: 20 })
      .then(() => orders.pay(key))
      .then(
        () => true,
        () => false,
      )
    await broken.settle()
    const stored = await orderBook(dynamodb.client, tables).find(key)
    if (isPaid) expect(stored, broken.replay).toMatchItem({ status: 'paid' })
  }
})
