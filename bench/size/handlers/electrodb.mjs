import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Entity } from 'electrodb'
const Order = new Entity(
  {
    model: { entity: 'order', version: '1', service: 'shop' },
    attributes: {
      customerId: { type: 'string', required: true },
      orderId: { type: 'string', required: true },
      orderDate: { type: 'string', required: true },
      status: { type: ['PENDING', 'PAID'], required: true },
      totalCents: { type: 'number', required: true },
      tags: { type: 'set', items: 'string' },
      lines: { type: 'list', items: { type: 'map', properties: { sku: { type: 'string' }, qty: { type: 'number' } } } },
      notes: { type: 'string' },
    },
    indexes: {
      primary: {
        pk: { field: 'pk', composite: ['customerId'], template: 'CUSTOMER#${customerId}' },
        sk: { field: 'sk', composite: ['orderDate', 'orderId'], template: 'ORDER#${orderDate}#${orderId}' },
      },
      byStatus: {
        index: 'gsi1',
        pk: { field: 'gsi1pk', composite: ['status'], template: 'STATUS#${status}' },
        sk: { field: 'gsi1sk', composite: ['orderDate'], template: 'DATE#${orderDate}' },
      },
    },
  },
  { client: new DynamoDBClient({}), table: process.env.TABLE ?? 'app' },
)
export const handler = async (e) => {
  if (e.op === 'put') return Order.put(e.order).go()
  if (e.op === 'get')
    return (await Order.get({ customerId: e.customerId, orderDate: e.orderDate, orderId: e.orderId }).go()).data
  return (await Order.query.byStatus({ status: e.status }).between({ orderDate: e.from }, { orderDate: e.to }).go())
    .data
}
