import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Table } from 'dynamodb-onetable'
import { Dynamo } from 'dynamodb-onetable/Dynamo'
const table = new Table({
  client: new Dynamo({ client: new DynamoDBClient({}) }),
  name: process.env.TABLE ?? 'app',
  partial: true,
  schema: {
    format: 'onetable:1.1.0',
    version: '0.0.1',
    indexes: { primary: { hash: 'pk', sort: 'sk' }, gsi1: { hash: 'gsi1pk', sort: 'gsi1sk' } },
    models: {
      Order: {
        pk: { type: String, value: 'CUSTOMER#${customerId}' },
        sk: { type: String, value: 'ORDER#${orderDate}#${orderId}' },
        gsi1pk: { type: String, value: 'STATUS#${status}' },
        gsi1sk: { type: String, value: 'DATE#${orderDate}' },
        customerId: { type: String, required: true },
        orderId: { type: String, required: true },
        orderDate: { type: String, required: true },
        status: { type: String, enum: ['PENDING', 'PAID'], required: true },
        totalCents: { type: Number, required: true },
        tags: { type: Set },
        lines: { type: Array, items: { type: Object, schema: { sku: { type: String }, qty: { type: Number } } } },
        notes: { type: String },
      },
    },
  },
})
const Order = table.getModel('Order')
export const handler = async (e) => {
  if (e.op === 'put') return Order.create(e.order, { exists: null })
  if (e.op === 'get') return Order.get({ customerId: e.customerId, orderDate: e.orderDate, orderId: e.orderId })
  return Order.find({ status: e.status, gsi1sk: { between: [`DATE#${e.from}`, `DATE#${e.to}`] } }, { index: 'gsi1' })
}
