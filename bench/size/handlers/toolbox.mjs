import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
// per-path imports: the smallest way to import dynamodb-toolbox
import { Entity } from 'dynamodb-toolbox/entity'
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get'
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put'
import { item } from 'dynamodb-toolbox/schema/item'
import { list } from 'dynamodb-toolbox/schema/list'
import { map } from 'dynamodb-toolbox/schema/map'
import { number } from 'dynamodb-toolbox/schema/number'
import { set } from 'dynamodb-toolbox/schema/set'
import { string } from 'dynamodb-toolbox/schema/string'
import { Table } from 'dynamodb-toolbox/table'
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query'
const table = new Table({
  name: process.env.TABLE ?? 'app',
  documentClient: DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  }),
  partitionKey: { name: 'pk', type: 'string' },
  sortKey: { name: 'sk', type: 'string' },
  indexes: {
    gsi1: {
      type: 'global',
      partitionKey: { name: 'gsi1pk', type: 'string' },
      sortKey: { name: 'gsi1sk', type: 'string' },
    },
  },
})
const Order = new Entity({
  name: 'Order',
  table,
  timestamps: false,
  schema: item({
    customerId: string().key(),
    orderId: string().key(),
    orderDate: string().key(),
    status: string().enum('PENDING', 'PAID'),
    totalCents: number(),
    tags: set(string()),
    lines: list(map({ sku: string(), qty: number() })),
    notes: string().optional(),
  }).and(() => ({
    gsi1pk: string()
      .hidden()
      .link(({ status }) => `STATUS#${status}`),
    gsi1sk: string()
      .hidden()
      .link(({ orderDate }) => `DATE#${orderDate}`),
  })),
  computeKey: ({ customerId, orderDate, orderId }) => ({
    pk: `CUSTOMER#${customerId}`,
    sk: `ORDER#${orderDate}#${orderId}`,
  }),
})
export const handler = async (e) => {
  if (e.op === 'put') return Order.build(PutItemCommand).item(e.order).send()
  if (e.op === 'get')
    return (
      await Order.build(GetItemCommand)
        .key({ customerId: e.customerId, orderDate: e.orderDate, orderId: e.orderId })
        .send()
    ).Item
  return (
    await table
      .build(QueryCommand)
      .entities(Order)
      .query({ index: 'gsi1', partition: `STATUS#${e.status}`, range: { between: [`DATE#${e.from}`, `DATE#${e.to}`] } })
      .send()
  ).Items
}
