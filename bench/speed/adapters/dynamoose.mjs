// dynamoose has no composite-key templates: keys are hand-written, as its users do.
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import * as dynamooseNs from 'dynamoose'
import { gpkOf, gskOf, pkOf, skOf, STATUSES } from '../workload.mjs'
const dynamoose = dynamooseNs.default ?? dynamooseNs
const makeSchema = () =>
  new dynamoose.Schema({
    pk: { type: String, hashKey: true },
    sk: { type: String, rangeKey: true },
    gsi1pk: { type: String, index: { name: 'gsi1', type: 'global', rangeKey: 'gsi1sk' } },
    gsi1sk: String,
    customerId: { type: String, required: true },
    orderId: { type: String, required: true },
    orderDate: { type: String, required: true },
    status: { type: String, enum: [...STATUSES], required: true },
    currency: { type: String, required: true },
    totalCents: { type: Number, required: true },
    itemCount: { type: Number, required: true },
    isGift: { type: Boolean, required: true },
    notes: String,
    couponCode: String,
    tags: { type: Set, schema: [String], required: true },
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
      schema: [
        {
          type: Object,
          schema: {
            sku: { type: String, required: true },
            name: { type: String, required: true },
            qty: { type: Number, required: true },
            priceCents: { type: Number, required: true },
            giftWrap: Boolean,
          },
        },
      ],
    },
    createdAt: { type: String, required: true },
    updatedAt: { type: String, required: true },
    version: { type: Number, required: true },
  })
const opt = (table) => ({ tableName: table, create: false, waitForActive: false })
const adapter = {
  name: 'dynamoose',
  level: 'av',
  create({ config, table }) {
    dynamoose.aws.ddb.set(new DynamoDB(config))
    const M = dynamoose.model('Order', makeSchema(), opt(table))
    const T = dynamoose.transaction
    const req = { return: 'request' }
    const k = (x) => ({ pk: pkOf(x.customerId), sk: skOf(x.orderDate, x.orderId) })
    const doc = (o) => ({ ...k(o), gsi1pk: gpkOf(o.status), gsi1sk: gskOf(o.orderDate), ...o })
    const upd = (u) => ({
      $SET: { notes: u.notes, updatedAt: u.updatedAt, isGift: u.isGift },
      $ADD: { version: u.addVersion },
      $REMOVE: ['couponCode'],
    })
    const cond = (u) => new dynamoose.Condition().where('version').eq(u.expectVersion)
    const put = (o, s = {}) => M.create(doc(o), { overwrite: true, ...s })
    const get = (x, s = {}) => M.get(k(x), s)
    const update = (u, s = {}) => M.update(k(u), upd(u), { condition: cond(u), ...s })
    const query = (q) =>
      M.query('gsi1pk')
        .eq(gpkOf(q.status))
        .where('gsi1sk')
        .between(gskOf(q.from), gskOf(q.to))
        .using('gsi1')
        .filter('totalCents')
        .gt(q.minTotal)
    const batch = (os, s = {}) => M.batchPut(os.map(doc), s)
    const tx = (ops, s = {}) =>
      T(
        ops.map((op) => {
          switch (op.t) {
            case 'put':
              return M.transaction.create(doc(op.order), { overwrite: true })
            case 'update':
              return M.transaction.update(k(op.u), upd(op.u), { condition: cond(op.u) })
            case 'delete':
              return M.transaction.delete(k(op.key))
            case 'check':
              return M.transaction.condition(k(op.key), new dynamoose.Condition().where('status').eq(op.status))
          }
        }),
        s,
      )
    return {
      build: {
        put: (o) => put(o, req),
        get: (x) => get(x, req),
        update: (u) => update(u, req),
        query: (q) => query(q).getRequest(),
        batch: (os) => batch(os, req),
        transact: (ops) => tx(ops, req),
      },
      run: {
        put: (o) => put(o),
        get: (x) => get(x),
        update: (u) => update(u),
        query: (q) => query(q).exec(),
        batch: (os) => batch(os),
        transact: (ops) => tx(ops, { type: 'write' }),
      },
    }
  },
  define: (i) => dynamoose.model('Order' + i, makeSchema(), opt('app')),
  defineCtx: () => {
    dynamoose.aws.ddb.set(
      new DynamoDB({ region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
    )
    return {}
  },
  firstUse: (m, o) =>
    m.create(
      { pk: pkOf(o.customerId), sk: skOf(o.orderDate, o.orderId), ...o },
      { return: 'request', overwrite: true },
    ),
}
export default adapter
