// Keyloom, on a client that the user made and did not tune.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { between, connect, entity, table } from '@keyloom/core'
import * as z from 'zod'
import { STATUSES } from '../workload.mjs'

const makeTable = () =>
  table('app', {
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
  })

const makeEntity = (app, name, kind = 'ORDER') =>
  entity(name, {
    table: app,
    schema: z.object({
      customerId: z.string(),
      orderId: z.string(),
      orderDate: z.string(),
      status: z.enum(STATUSES),
      currency: z.string(),
      totalCents: z.number(),
      itemCount: z.number(),
      isGift: z.boolean(),
      notes: z.string().optional(),
      couponCode: z.string().optional(),
      tags: z.set(z.string()),
      shippingAddress: z.object({ street: z.string(), city: z.string(), zip: z.string(), country: z.string() }),
      lines: z.array(
        z.object({
          sku: z.string(),
          name: z.string(),
          qty: z.number(),
          priceCents: z.number(),
          giftWrap: z.boolean().optional(),
        }),
      ),
      createdAt: z.string(),
      updatedAt: z.string(),
      version: z.number(),
    }),
    key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: `${kind}#{orderDate}#{orderId}` },
    indexes: { byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}', sortKey: 'DATE#{orderDate}' } },
  })

export function makeKeyloom(name, prepare = () => undefined) {
  return {
    name,
    level: 'av',
    bookkeeping: { _entity: { S: 'Order' } },
    create({ config, table: physical }) {
      const client = new DynamoDBClient(config)
      prepare(client)
      const tables = { app: physical }
      const db = connect({ client, tables })
      const Order = makeEntity(makeTable(), 'Order')
      const orders = db.for(Order)
      const key = ({ customerId, orderDate, orderId }) => ({ customerId, orderDate, orderId })
      const changes = (update) => ({
        set: { notes: update.notes, updatedAt: update.updatedAt, isGift: update.isGift },
        add: { version: update.addVersion },
        remove: ['couponCode'],
        condition: (o, { eq }) => eq(o.version, update.expectVersion),
      })
      const range = ({ status, from, to }) => ({ status, orderDate: between(from, to) })
      const filter = ({ minTotal }) => ({ filter: (o, { gt }) => gt(o.totalCents, minTotal) })
      const operationOf = (step) => {
        if (step.t === 'put') return Order.put(step.order)
        if (step.t === 'update') return Order.update(key(step.u), changes(step.u))
        if (step.t === 'delete') return Order.delete(step.key)
        return Order.check(step.key, (o, { eq }) => eq(o.status, step.status))
      }
      const inputOf = (operation) => operation.request({ tables }).input
      return {
        build: {
          put: (order) => inputOf(Order.put(order)),
          get: (order) => inputOf(Order.get(order)),
          update: (update) => inputOf(Order.update(key(update), changes(update))),
          query: (query) => inputOf(Order.query.byStatus(range(query), filter(query))),
          batch: (batch) => ({
            RequestItems: {
              [physical]: batch.map((order) => ({ PutRequest: { Item: inputOf(Order.put(order)).Item } })),
            },
          }),
          transact: (steps) => ({
            TransactItems: steps.map((step) => {
              const { operation, input } = operationOf(step).request({ tables })
              return { [operation.replace('Item', '')]: input }
            }),
          }),
        },
        run: {
          put: (order) => orders.put(order),
          get: (order) => orders.get(order),
          update: (update) => orders.update(key(update), changes(update)),
          query: async (query) => (await orders.query.byStatus(range(query), filter(query)).page()).items,
          batch: (batch) => db.batchWrite(batch.map((order) => Order.put(order))),
          transact: (steps) => db.transactWrite(steps.map(operationOf)),
        },
      }
    },
    defineCtx: makeTable,
    // Two entities of one table may not have one key.
    define: (index, app) => makeEntity(app, `Order${index}`, `ORDER${index}`),
    firstUse: (made, order) => made.put(order).request().input,
  }
}

export default makeKeyloom('keyloom')
