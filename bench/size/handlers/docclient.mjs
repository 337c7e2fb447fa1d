import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } })
const TableName = process.env.TABLE ?? 'app'
const Order = z.object({
  customerId: z.string(),
  orderId: z.string(),
  orderDate: z.string(),
  status: z.enum(['PENDING', 'PAID']),
  totalCents: z.number(),
  tags: z.set(z.string()),
  lines: z.array(z.object({ sku: z.string(), qty: z.number() })),
  notes: z.string().optional(),
})
export const handler = async (e) => {
  if (e.op === 'put') {
    const o = Order.parse(e.order)
    return client.send(
      new PutCommand({
        TableName,
        Item: {
          pk: `CUSTOMER#${o.customerId}`,
          sk: `ORDER#${o.orderDate}#${o.orderId}`,
          gsi1pk: `STATUS#${o.status}`,
          gsi1sk: `DATE#${o.orderDate}`,
          ...o,
        },
      }),
    )
  }
  if (e.op === 'get') {
    const r = await client.send(
      new GetCommand({ TableName, Key: { pk: `CUSTOMER#${e.customerId}`, sk: `ORDER#${e.orderDate}#${e.orderId}` } }),
    )
    return r.Item && Order.parse(r.Item)
  }
  const r = await client.send(
    new QueryCommand({
      TableName,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :p AND gsi1sk BETWEEN :a AND :b',
      ExpressionAttributeValues: { ':p': `STATUS#${e.status}`, ':a': `DATE#${e.from}`, ':b': `DATE#${e.to}` },
    }),
  )
  return r.Items.map((i) => Order.parse(i))
}
