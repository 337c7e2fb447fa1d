import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { between, connect, entity, table } from '@keyloom/core'
import * as z from 'zod'

const app = table('app', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
})
const Order = entity('Order', {
  table: app,
  schema: z.object({
    customerId: z.string(),
    orderId: z.string(),
    orderDate: z.string(),
    status: z.enum(['PENDING', 'PAID']),
    totalCents: z.number(),
    tags: z.set(z.string()),
    lines: z.array(z.object({ sku: z.string(), qty: z.number() })),
    notes: z.string().optional(),
  }),
  key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'ORDER#{orderDate}#{orderId}' },
  indexes: { byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}', sortKey: 'DATE#{orderDate}' } },
})
const orders = connect({ client: new DynamoDBClient({}), tables: { app: process.env.TABLE ?? 'app' } }).for(Order)

export const handler = async ({ op, order, status, from, to, ...key }) => {
  if (op === 'put') return orders.put(order)
  if (op === 'get') return orders.get(key)
  return orders.query.byStatus({ status, orderDate: between(from, to) }).all()
}
