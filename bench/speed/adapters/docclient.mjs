// What a careful user writes by hand: DocumentClient + hand-written keys + zod parse on write and on read.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { docToAV } from '../doc.mjs'
import { gpkOf, gskOf, pkOf, skOf, STATUSES } from '../workload.mjs'
const makeSchema = () =>
  z.object({
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
  })
// (copied where passed: lib-dynamodb writes into the object it is given)
const marshallOptions = { removeUndefinedValues: true }
const adapter = {
  name: 'docclient+zod',
  level: 'doc',
  create({ config, table }) {
    const Schema = makeSchema()
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(config), { marshallOptions: { ...marshallOptions } })
    const key = (k) => ({ pk: pkOf(k.customerId), sk: skOf(k.orderDate, k.orderId) })
    const item = (o) => ({
      ...key(o),
      gsi1pk: gpkOf(o.status),
      gsi1sk: gskOf(o.orderDate),
      ...Schema.parse(o),
    })
    const put = (o) => ({ TableName: table, Item: item(o) })
    const get = (k) => ({ TableName: table, Key: key(k) })
    const update = (u) => ({
      TableName: table,
      Key: key(u),
      UpdateExpression: 'SET notes = :n, updatedAt = :u, isGift = :g ADD version :a REMOVE couponCode',
      ConditionExpression: 'version = :e',
      ExpressionAttributeValues: {
        ':n': u.notes,
        ':u': u.updatedAt,
        ':g': u.isGift,
        ':a': u.addVersion,
        ':e': u.expectVersion,
      },
    })
    const query = (q) => ({
      TableName: table,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :p AND gsi1sk BETWEEN :a AND :b',
      FilterExpression: 'totalCents > :m',
      ExpressionAttributeValues: { ':p': gpkOf(q.status), ':a': gskOf(q.from), ':b': gskOf(q.to), ':m': q.minTotal },
    })
    const batch = (os) => ({ RequestItems: { [table]: os.map((o) => ({ PutRequest: { Item: item(o) } })) } })
    const transact = (ops) => ({
      TransactItems: ops.map((op) => {
        switch (op.t) {
          case 'put':
            return { Put: put(op.order) }
          case 'update':
            return { Update: update(op.u) }
          case 'delete':
            return { Delete: get(op.key) }
          case 'check':
            return {
              ConditionCheck: {
                ...get(op.key),
                ConditionExpression: '#s = :s',
                ExpressionAttributeNames: { '#s': 'status' },
                ExpressionAttributeValues: { ':s': op.status },
              },
            }
        }
      }),
    })
    return {
      build: { put, get, update, query, batch, transact },
      toAV: docToAV(marshallOptions),
      run: {
        put: (o) => client.send(new PutCommand(put(o))),
        get: async (k) => {
          const r = await client.send(new GetCommand(get(k)))
          return r.Item === undefined ? undefined : Schema.parse(r.Item)
        },
        update: (u) => client.send(new UpdateCommand(update(u))),
        query: async (q) => (await client.send(new QueryCommand(query(q)))).Items.map((x) => Schema.parse(x)),
        batch: (os) => client.send(new BatchWriteCommand(batch(os))),
        transact: (ops) => client.send(new TransactWriteCommand(transact(ops))),
      },
    }
  },
  define: () => makeSchema(),
  firstUse: (s, o) => s.parse(o),
}
export default adapter
