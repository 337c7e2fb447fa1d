import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Entity, Service } from 'electrodb'
import { docToAV } from '../doc.mjs'
import { STATUSES } from '../workload.mjs'
const model = (name) => ({
  model: { entity: name, version: '1', service: 'shop' },
  attributes: {
    customerId: { type: 'string', required: true },
    orderId: { type: 'string', required: true },
    orderDate: { type: 'string', required: true },
    status: { type: STATUSES, required: true },
    currency: { type: 'string', required: true },
    totalCents: { type: 'number', required: true },
    itemCount: { type: 'number', required: true },
    isGift: { type: 'boolean', required: true },
    notes: { type: 'string' },
    couponCode: { type: 'string' },
    tags: { type: 'set', items: 'string', required: true },
    shippingAddress: {
      type: 'map',
      required: true,
      properties: {
        street: { type: 'string', required: true },
        city: { type: 'string', required: true },
        zip: { type: 'string', required: true },
        country: { type: 'string', required: true },
      },
    },
    lines: {
      type: 'list',
      required: true,
      items: {
        type: 'map',
        properties: {
          sku: { type: 'string', required: true },
          name: { type: 'string', required: true },
          qty: { type: 'number', required: true },
          priceCents: { type: 'number', required: true },
          giftWrap: { type: 'boolean' },
        },
      },
    },
    createdAt: { type: 'string', required: true },
    updatedAt: { type: 'string', required: true },
    version: { type: 'number', required: true },
  },
  indexes: {
    primary: {
      pk: { field: 'pk', composite: ['customerId'], template: 'CUSTOMER#${customerId}', casing: 'none' },
      sk: {
        field: 'sk',
        composite: ['orderDate', 'orderId'],
        template: 'ORDER#${orderDate}#${orderId}',
        casing: 'none',
      },
    },
    byStatus: {
      index: 'gsi1',
      pk: { field: 'gsi1pk', composite: ['status'], template: 'STATUS#${status}', casing: 'none' },
      sk: { field: 'gsi1sk', composite: ['orderDate'], template: 'DATE#${orderDate}', casing: 'none' },
    },
  },
})
const adapter = {
  name: 'electrodb',
  level: 'doc',
  bookkeeping: { __edb_e__: { S: 'order' }, __edb_v__: { S: '1' } },
  create({ config, table }) {
    const client = new DynamoDBClient(config)
    const E = new Entity(model('order'), { client, table })
    const S = new Service({ order: E }, { client, table })
    // Electro's set items accept Set and array input
    const upd = (b, u) =>
      b
        .set({ notes: u.notes, updatedAt: u.updatedAt, isGift: u.isGift })
        .add({ version: u.addVersion })
        .remove(['couponCode'])
        .where((a, { eq }) => eq(a.version, u.expectVersion))
    const k = (x) => ({ customerId: x.customerId, orderDate: x.orderDate, orderId: x.orderId })
    const put = (o) => E.put(o)
    const get = (x) => E.get(x)
    const update = (u) => upd(E.update(k(u)), u)
    const query = (q) =>
      E.query
        .byStatus({ status: q.status })
        .between({ orderDate: q.from }, { orderDate: q.to })
        .where((a, { gt }) => gt(a.totalCents, q.minTotal))
    const batch = (os) => E.put(os)
    const tx = (ops) =>
      S.transaction.write(({ order }) =>
        ops.map((op) => {
          switch (op.t) {
            case 'put':
              return order.put(op.order).commit()
            case 'update':
              return upd(order.update(k(op.u)), op.u).commit()
            case 'delete':
              return order.delete(op.key).commit()
            case 'check':
              return order
                .check(op.key)
                .where((a, { eq }) => eq(a.status, op.status))
                .commit()
          }
        }),
      )
    return {
      build: {
        put: (o) => put(o).params(),
        get: (x) => get(x).params(),
        update: (u) => update(u).params(),
        query: (q) => query(q).params(),
        batch: (os) => batch(os).params()[0],
        transact: (ops) => tx(ops).params(),
      },
      // electrodb builds SS values through the DocumentClient's Set marshalling
      toAV: docToAV({ removeUndefinedValues: true }),
      run: {
        put: (o) => put(o).go(),
        get: async (x) => (await get(x).go()).data ?? undefined,
        update: (u) => update(u).go(),
        query: async (q) => (await query(q).go({ pages: 1 })).data,
        batch: (os) => batch(os).go(),
        transact: async (ops) => {
          const r = await tx(ops).go()
          if (r.canceled) throw new Error('canceled')
          return r
        }, // electro reports, does not throw
      },
    }
  },
  defineCtx: () => ({
    client: new DynamoDBClient({ region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
  }),
  define: (i, ctx) => new Entity(model('order' + i), { client: ctx.client, table: 'app' }),
  firstUse: (e, o) => e.put(o).params(),
}
export default adapter
