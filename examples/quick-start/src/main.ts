// The whole of it in one file: a table, an entity, a connection, and what one does with them.
import { fileURLToPath } from 'node:url'
import { codec, connect, entity, gte, isError, table, ulid } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { startDynamoDB, temporaryTables } from '@keyloom/testing'
import * as z from 'zod'

const shop = table('shop', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
})

const Order = entity('Order', {
  table: shop,
  schema: z.object({
    customerId: z.string(),
    orderId: z.string().default(() => ulid()),
    placedAt: codec.date(),
    status: z.enum(['pending', 'paid', 'shipped']),
    total: z.number(),
  }),
  key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'ORDER#{placedAt}#{orderId}' },
  indexes: { byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}', sortKey: '{placedAt}#{orderId}' } },
})

/** Places an order, pays it, fails to pay it again, and lists what is paid. */
export async function quickStart(print: (line: string) => void): Promise<void> {
  const dynamodb = await startDynamoDB()
  try {
    const client = dynamodb.client()
    const name = await temporaryTables(client).create(createTableInput(shop, { tableName: 'shop' }))
    const orders = connect({ client, tables: { shop: name } }).for(Order)

    const placedAt = new Date('2026-02-16T10:00:00Z')
    const { customerId, orderId } = await orders.create({ customerId: 'c-1', placedAt, status: 'pending', total: 40 })
    const key = { customerId, placedAt, orderId }

    const pay = () => orders.update(key, { set: { status: 'paid' }, condition: (o, { eq }) => eq(o.status, 'pending') })
    await pay()
    try {
      await pay()
    } catch (error) {
      if (!isError(error, 'condition-failed')) throw error
      print(`Paid already: ${error.message}`)
    }

    for await (const order of orders.query.byStatus({ status: 'paid', placedAt: gte(new Date('2026-01-01')) }))
      print(`${order.customerId} has paid ${order.total}`)
  } finally {
    await dynamodb.stop()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await quickStart(console.log)
