import { DynamoDB } from '@aws-sdk/client-dynamodb'
import dynamoose from 'dynamoose'
dynamoose.aws.ddb.set(new DynamoDB({}))
const Order = dynamoose.model(
  'Order',
  new dynamoose.Schema({
    pk: { type: String, hashKey: true },
    sk: { type: String, rangeKey: true },
    gsi1pk: { type: String, index: { name: 'gsi1', type: 'global', rangeKey: 'gsi1sk' } },
    gsi1sk: String,
    customerId: { type: String, required: true },
    orderId: { type: String, required: true },
    orderDate: { type: String, required: true },
    status: { type: String, enum: ['PENDING', 'PAID'], required: true },
    totalCents: { type: Number, required: true },
    tags: { type: Set, schema: [String] },
    lines: { type: Array, schema: [{ type: Object, schema: { sku: String, qty: Number } }] },
    notes: String,
  }),
  { tableName: process.env.TABLE ?? 'app', create: false, waitForActive: false },
)
export const handler = async (e) => {
  if (e.op === 'put')
    return Order.create(
      {
        pk: `CUSTOMER#${e.order.customerId}`,
        sk: `ORDER#${e.order.orderDate}#${e.order.orderId}`,
        gsi1pk: `STATUS#${e.order.status}`,
        gsi1sk: `DATE#${e.order.orderDate}`,
        ...e.order,
      },
      { overwrite: true },
    )
  if (e.op === 'get') return Order.get({ pk: `CUSTOMER#${e.customerId}`, sk: `ORDER#${e.orderDate}#${e.orderId}` })
  return Order.query('gsi1pk')
    .eq(`STATUS#${e.status}`)
    .where('gsi1sk')
    .between(`DATE#${e.from}`, `DATE#${e.to}`)
    .using('gsi1')
    .exec()
}
