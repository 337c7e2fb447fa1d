import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import {
  $add,
  $remove,
  Entity,
  GetItemCommand,
  PutItemCommand,
  Table,
  UpdateItemCommand,
  boolean,
  item,
  list,
  map,
  number,
  set,
  string,
} from 'dynamodb-toolbox'
import { BatchPutRequest } from 'dynamodb-toolbox/entity/actions/batchPut'
import { ConditionCheck } from 'dynamodb-toolbox/entity/actions/transactCheck'
import { DeleteTransaction } from 'dynamodb-toolbox/entity/actions/transactDelete'
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut'
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate'
import { execute as executeTransactWrite } from 'dynamodb-toolbox/entity/actions/transactWrite'
import { BatchWriteCommand, execute as executeBatchWrite } from 'dynamodb-toolbox/table/actions/batchWrite'
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query'
import { docToAV } from '../doc.mjs'
import { gpkOf, gskOf, pkOf, skOf, STATUSES } from '../workload.mjs'
const makeTable = (name, documentClient) =>
  new Table({
    name,
    documentClient,
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
const makeEntity = (table, name) =>
  new Entity({
    name,
    table,
    timestamps: false,
    schema: item({
      customerId: string().key(),
      orderId: string().key(),
      orderDate: string().key(),
      status: string().enum(...STATUSES),
      currency: string(),
      totalCents: number(),
      itemCount: number(),
      isGift: boolean(),
      notes: string().optional(),
      couponCode: string().optional(),
      tags: set(string()),
      shippingAddress: map({ street: string(), city: string(), zip: string(), country: string() }),
      lines: list(
        map({ sku: string(), name: string(), qty: number(), priceCents: number(), giftWrap: boolean().optional() }),
      ),
      createdAt: string(),
      updatedAt: string(),
      version: number(),
    }).and(() => ({
      gsi1pk: string()
        .hidden()
        .link(({ status }) => gpkOf(status)),
      gsi1sk: string()
        .hidden()
        .link(({ orderDate }) => gskOf(orderDate)),
    })),
    computeKey: ({ customerId, orderDate, orderId }) => ({ pk: pkOf(customerId), sk: skOf(orderDate, orderId) }),
  })
const adapter = {
  name: 'dynamodb-toolbox',
  level: 'doc',
  bookkeeping: { _et: { S: 'Order' } },
  create({ config, table }) {
    const documentClient = DynamoDBDocumentClient.from(new DynamoDBClient(config), {
      marshallOptions: { removeUndefinedValues: true },
    })
    const T = makeTable(table, documentClient)
    const E = makeEntity(T, 'Order')
    const k = (x) => ({ customerId: x.customerId, orderDate: x.orderDate, orderId: x.orderId })
    const updItem = (u) => ({
      ...k(u),
      notes: u.notes,
      updatedAt: u.updatedAt,
      isGift: u.isGift,
      version: $add(u.addVersion),
      couponCode: $remove(),
    })
    const cond = (u) => ({ condition: { attr: 'version', eq: u.expectVersion } })
    const put = (o) => E.build(PutItemCommand).item(o)
    const get = (x) => E.build(GetItemCommand).key(x)
    const update = (u) => E.build(UpdateItemCommand).item(updItem(u)).options(cond(u))
    const query = (q) =>
      T.build(QueryCommand)
        .entities(E)
        .query({ index: 'gsi1', partition: gpkOf(q.status), range: { between: [gskOf(q.from), gskOf(q.to)] } })
        .options({ filters: { Order: { attr: 'totalCents', gt: q.minTotal } } })
    const batch = (os) => T.build(BatchWriteCommand).requests(...os.map((o) => E.build(BatchPutRequest).item(o)))
    const tx = (ops) =>
      ops.map((op) => {
        switch (op.t) {
          case 'put':
            return E.build(PutTransaction).item(op.order)
          case 'update':
            return E.build(UpdateTransaction).item(updItem(op.u)).options(cond(op.u))
          case 'delete':
            return E.build(DeleteTransaction).key(op.key)
          case 'check':
            return E.build(ConditionCheck).key(op.key).condition({ attr: 'status', eq: op.status })
        }
      })
    return {
      build: {
        put: (o) => put(o).params(),
        get: (x) => get(x).params(),
        update: (u) => update(u).params(),
        query: (q) => query(q).params(),
        batch: (os) => ({ RequestItems: { [table]: os.map((o) => E.build(BatchPutRequest).item(o).params()) } }),
        transact: (ops) => ({ TransactItems: tx(ops).map((t) => t.params()) }),
      },
      toAV: docToAV({ removeUndefinedValues: true }),
      run: {
        put: (o) => put(o).send(),
        get: async (x) => (await get(x).send()).Item,
        update: (u) => update(u).send(),
        query: async (q) => (await query(q).send()).Items,
        batch: (os) => executeBatchWrite(batch(os)),
        transact: (ops) => executeTransactWrite(...tx(ops)),
      },
    }
  },
  defineCtx: () => ({ table: makeTable('app') }),
  define: (i, ctx) => makeEntity(ctx.table, 'Order' + i),
  firstUse: (e, o) => e.build(PutItemCommand).item(o).params(),
}
export default adapter
