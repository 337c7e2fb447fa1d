// An order is paid: its place in the index of statuses follows, and it leaves the index of unpaid orders.
import assert from 'node:assert/strict'
import { type AttributeValue, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { connect } from '@keyloom/core'
import { describeExchange, describeValue } from '../demo/describe-exchange.js'
import type { Row } from '../access-patterns.js'
import { Order, type OrderKey } from '../entities/order.js'
import { onlineShop } from '../shop.js'
import type { Demonstration, Stage } from './demonstration.js'

const key: OrderKey = {
  customerId: 'C-0002',
  placedAt: new Date('2026-10-08T07:35:35.000Z'),
  orderId: 'O-2026-00346',
}

export const indexKeyFollows: Demonstration = {
  title: 'An index key follows an update',
  async run({ client, tableName, recorder, screen }) {
    const tables = { shop: tableName }
    const shop = onlineShop(connect({ client, tables }))
    const idsOf = async (status: Order['status']): Promise<string[]> =>
      (await shop.ordersByStatus(status, key.placedAt)).map(({ orderId }) => orderId)

    const before = await storedRow({ client, tableName })
    assert.ok((await idsOf('pending')).includes(key.orderId))
    recorder.take()
    await shop.payOrder(key)
    const [update] = recorder.take()
    assert.ok(update)
    const after = await storedRow({ client, tableName })

    screen.details(['shop.payOrder(key) names no index, and sends one request:', ...describeExchange(update)])
    screen.print()
    screen.table(comparison(before, after), Infinity)

    screen.print()
    assert.equal(after['gsi1pk']?.S, 'STATUS#paid')
    assert.ok((await idsOf('paid')).includes(key.orderId))
    screen.check(`${key.orderId} is found among the paid orders`)
    assert.ok(!(await idsOf('pending')).includes(key.orderId))
    screen.check('and no longer among the pending ones: nothing stale is left behind')
    assert.equal(after['gsi2sk'], undefined)
    const overdue = await shop.overdueOrders('card', new Date('2027-01-01T00:00:00.000Z'))
    assert.ok(!overdue.some(({ orderId }) => orderId === key.orderId))
    screen.check('it left the sparse index of unpaid orders with its deadline')
  },
}

/** The row as DynamoDB has it: the SDK's own GetItem, with the request that the mapper would send. */
async function storedRow({ client, tableName }: Pick<Stage, 'client' | 'tableName'>) {
  const request = Order.get(key, { consistent: true }).request({ tables: { shop: tableName } })
  assert.equal(request.operation, 'GetItem')
  const { Item = {} } = await client.send(new GetItemCommand(request.input))
  return Item
}

const shown = ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk', 'status', 'payBy']

function comparison(before: Record<string, AttributeValue>, after: Record<string, AttributeValue>): Row[] {
  return shown.map((attribute) => {
    const [was, is] = [describeValue(before[attribute]), describeValue(after[attribute])]
    return { attribute, before: was, after: was === is ? '(the same)' : is }
  })
}
