// The limit: hand-written AttributeValues straight to @aws-sdk/client-dynamodb.
import {
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
export function lineToAV(l) {
  const M = { sku: { S: l.sku }, name: { S: l.name }, qty: { N: '' + l.qty }, priceCents: { N: '' + l.priceCents } }
  if (l.giftWrap !== undefined) M.giftWrap = { BOOL: l.giftWrap }
  return { M }
}
export function orderToAV(o) {
  const a = o.shippingAddress
  const lines = o.lines
  const L = new Array(lines.length)
  for (let i = 0; i < lines.length; i++) L[i] = lineToAV(lines[i])
  const item = {
    pk: { S: 'CUSTOMER#' + o.customerId },
    sk: { S: 'ORDER#' + o.orderDate + '#' + o.orderId },
    gsi1pk: { S: 'STATUS#' + o.status },
    gsi1sk: { S: 'DATE#' + o.orderDate },
    customerId: { S: o.customerId },
    orderId: { S: o.orderId },
    orderDate: { S: o.orderDate },
    status: { S: o.status },
    currency: { S: o.currency },
    totalCents: { N: '' + o.totalCents },
    itemCount: { N: '' + o.itemCount },
    isGift: { BOOL: o.isGift },
    tags: { SS: [...o.tags] },
    shippingAddress: {
      M: { street: { S: a.street }, city: { S: a.city }, zip: { S: a.zip }, country: { S: a.country } },
    },
    lines: { L },
    createdAt: { S: o.createdAt },
    updatedAt: { S: o.updatedAt },
    version: { N: '' + o.version },
  }
  if (o.notes !== undefined) item.notes = { S: o.notes }
  if (o.couponCode !== undefined) item.couponCode = { S: o.couponCode }
  return item
}
export function orderFromAV(i) {
  const a = i.shippingAddress.M
  const L = i.lines.L
  const lines = new Array(L.length)
  for (let k = 0; k < L.length; k++) {
    const m = L[k].M
    const l = { sku: m.sku.S, name: m.name.S, qty: +m.qty.N, priceCents: +m.priceCents.N }
    if (m.giftWrap !== undefined) l.giftWrap = m.giftWrap.BOOL
    lines[k] = l
  }
  const o = {
    customerId: i.customerId.S,
    orderId: i.orderId.S,
    orderDate: i.orderDate.S,
    status: i.status.S,
    currency: i.currency.S,
    totalCents: +i.totalCents.N,
    itemCount: +i.itemCount.N,
    isGift: i.isGift.BOOL,
    tags: new Set(i.tags.SS),
    shippingAddress: { street: a.street.S, city: a.city.S, zip: a.zip.S, country: a.country.S },
    lines,
    createdAt: i.createdAt.S,
    updatedAt: i.updatedAt.S,
    version: +i.version.N,
  }
  if (i.notes !== undefined) o.notes = i.notes.S
  if (i.couponCode !== undefined) o.couponCode = i.couponCode.S
  return o
}
export const keyToAV = (k) => ({
  pk: { S: 'CUSTOMER#' + k.customerId },
  sk: { S: 'ORDER#' + k.orderDate + '#' + k.orderId },
})
export function makeBuild(table) {
  const put = (o) => ({ TableName: table, Item: orderToAV(o) })
  const get = (k) => ({ TableName: table, Key: keyToAV(k) })
  const update = (u) => ({
    TableName: table,
    Key: keyToAV(u),
    UpdateExpression: 'SET notes = :n, updatedAt = :u, isGift = :g ADD version :a REMOVE couponCode',
    ConditionExpression: 'version = :e',
    ExpressionAttributeValues: {
      ':n': { S: u.notes },
      ':u': { S: u.updatedAt },
      ':g': { BOOL: u.isGift },
      ':a': { N: '' + u.addVersion },
      ':e': { N: '' + u.expectVersion },
    },
  })
  const query = (q) => ({
    TableName: table,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :p AND gsi1sk BETWEEN :a AND :b',
    FilterExpression: 'totalCents > :m',
    ExpressionAttributeValues: {
      ':p': { S: 'STATUS#' + q.status },
      ':a': { S: 'DATE#' + q.from },
      ':b': { S: 'DATE#' + q.to },
      ':m': { N: '' + q.minTotal },
    },
  })
  const batch = (os) => {
    const reqs = new Array(os.length)
    for (let i = 0; i < os.length; i++) reqs[i] = { PutRequest: { Item: orderToAV(os[i]) } }
    return { RequestItems: { [table]: reqs } }
  }
  const transact = (ops) => ({
    TransactItems: ops.map((op) => {
      switch (op.t) {
        case 'put':
          return { Put: put(op.order) }
        case 'update':
          return { Update: update(op.u) }
        case 'delete':
          return { Delete: { TableName: table, Key: keyToAV(op.key) } }
        case 'check':
          return {
            ConditionCheck: {
              TableName: table,
              Key: keyToAV(op.key),
              ConditionExpression: '#s = :s',
              ExpressionAttributeNames: { '#s': 'status' },
              ExpressionAttributeValues: { ':s': { S: op.status } },
            },
          }
      }
    }),
  })
  return { put, get, update, query, batch, transact }
}
export function makeRaw(name, extra, prepare = () => undefined) {
  return {
    name,
    level: 'av',
    create({ config, table }) {
      const client = new DynamoDBClient({ ...config, ...extra })
      prepare(client)
      const build = makeBuild(table)
      return {
        build,
        run: {
          put: (o) => client.send(new PutItemCommand(build.put(o))),
          get: async (k) => {
            const r = await client.send(new GetItemCommand(build.get(k)))
            return r.Item === undefined ? undefined : orderFromAV(r.Item)
          },
          update: (u) => client.send(new UpdateItemCommand(build.update(u))),
          query: async (q) => {
            const items = (await client.send(new QueryCommand(build.query(q)))).Items
            const out = new Array(items.length)
            for (let i = 0; i < items.length; i++) out[i] = orderFromAV(items[i])
            return out
          },
          batch: (os) => client.send(new BatchWriteItemCommand(build.batch(os))),
          transact: (ops) => client.send(new TransactWriteItemsCommand(build.transact(ops))),
        },
      }
    },
    define: () => ({ toAV: orderToAV, fromAV: orderFromAV }),
    firstUse: (e, o) => e.toAV(o),
  }
}
export default makeRaw('raw', {})
