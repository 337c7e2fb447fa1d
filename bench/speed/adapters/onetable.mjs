import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Table } from 'dynamodb-onetable'
import { Dynamo } from 'dynamodb-onetable/Dynamo'
import { gskOf, STATUSES } from '../workload.mjs'
const modelDef = () => ({
  pk: { type: String, value: 'CUSTOMER#${customerId}' },
  sk: { type: String, value: 'ORDER#${orderDate}#${orderId}' },
  gsi1pk: { type: String, value: 'STATUS#${status}' },
  gsi1sk: { type: String, value: 'DATE#${orderDate}' },
  customerId: { type: String, required: true },
  orderId: { type: String, required: true },
  orderDate: { type: String, required: true },
  status: { type: String, enum: [...STATUSES], required: true },
  currency: { type: String, required: true },
  totalCents: { type: Number, required: true },
  itemCount: { type: Number, required: true },
  isGift: { type: Boolean, required: true },
  notes: { type: String },
  couponCode: { type: String },
  tags: { type: Set, required: true },
  shippingAddress: {
    type: Object,
    required: true,
    schema: {
      street: { type: String, required: true },
      city: { type: String, required: true },
      zip: { type: String, required: true },
      country: { type: String, required: true },
    },
  },
  lines: {
    type: Array,
    required: true,
    items: {
      type: Object,
      schema: {
        sku: { type: String, required: true },
        name: { type: String, required: true },
        qty: { type: Number, required: true },
        priceCents: { type: Number, required: true },
        giftWrap: { type: Boolean },
      },
    },
  },
  createdAt: { type: String, required: true },
  updatedAt: { type: String, required: true },
  version: { type: Number, required: true },
})
const indexes = { primary: { hash: 'pk', sort: 'sk' }, gsi1: { hash: 'gsi1pk', sort: 'gsi1sk' } }
const makeTable = (name, client, models) =>
  new Table({
    client: new Dynamo({ client }),
    name,
    partial: true,
    logger: false,
    schema: {
      format: 'onetable:1.1.0',
      version: '0.0.1',
      indexes,
      models,
      params: { timestamps: false, isoDates: true },
    },
  })
const adapter = {
  name: 'onetable',
  level: 'av',
  bookkeeping: { _type: { S: 'Order' } },
  create({ config, table }) {
    const T = makeTable(table, new DynamoDBClient(config), { Order: modelDef() })
    const M = T.getModel('Order')
    const k = (x) => ({ customerId: x.customerId, orderDate: x.orderDate, orderId: x.orderId })
    const put = (o, p = {}) => M.create(o, { exists: null, ...p })
    const get = (x, p = {}) => M.get(x, p)
    const update = (u, p = {}) =>
      M.update(
        { ...k(u), notes: u.notes, updatedAt: u.updatedAt, isGift: u.isGift },
        {
          add: { version: u.addVersion },
          remove: ['couponCode'],
          where: '${version} = {' + u.expectVersion + '}',
          exists: null,
          ...p,
        },
      )
    const query = (q, p = {}) =>
      M.find(
        { status: q.status, gsi1sk: { between: [gskOf(q.from), gskOf(q.to)] } },
        { index: 'gsi1', where: '${totalCents} > {' + q.minTotal + '}', maxPages: 1, ...p },
      )
    const batchOf = async (os) => {
      const batch = {}
      for (const o of os) await M.create(o, { batch, exists: null })
      return batch
    }
    const txOf = async (ops) => {
      const transaction = {}
      for (const op of ops) {
        switch (op.t) {
          case 'put':
            await put(op.order, { transaction })
            break
          case 'update':
            await update(op.u, { transaction })
            break
          case 'delete':
            await M.remove(k(op.key), { transaction, exists: null })
            break
          case 'check':
            await M.check(k(op.key), { transaction, where: '${status} = {' + op.status + '}' })
            break
        }
      }
      return transaction
    }
    const no = { execute: false }
    return {
      build: {
        put: (o) => put(o, no),
        get: (x) => get(x, no),
        update: (u) => update(u, no),
        query: (q) => query(q, no),
        batch: batchOf,
        transact: txOf,
      },
      run: {
        put: (o) => put(o),
        get: (x) => get(x),
        update: (u) => update(u),
        query: (q) => query(q),
        batch: async (os) => T.batchWrite(await batchOf(os)),
        transact: async (ops) => T.transact('write', await txOf(ops)),
      },
    }
  },
  defineCtx: () => ({
    t: makeTable(
      'app',
      new DynamoDBClient({ region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
      {},
    ),
  }),
  define: (i, ctx) => {
    ctx.t.addModel('Order' + i, modelDef())
    return ctx.t.getModel('Order' + i)
  },
  firstUse: (m, o) => m.create(o, { execute: false, exists: null }),
}
export default adapter
