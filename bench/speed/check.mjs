// Correctness: every adapter must do the same work. Two checks:
//  A. shape: decode the wire request of put/get/batch captured at the stub handler and compare with the reference
//  B. effect: run all operations against a real local server (dynoxide) and compare the stored state via the raw client
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { Buffer } from 'node:buffer'
import assert from 'node:assert/strict'
import { loadAdapter } from './adapters.mjs'
import { operations } from './compare.mjs'
import { startServer } from './server.mjs'
import { stubConfig } from './stub.mjs'
import {
  canon,
  CREATE_TABLE,
  keyOf,
  makeOrder,
  makeOrders,
  makeQuery,
  makeTx,
  makeUpdate,
  refItem,
  refKey,
  TABLE,
} from './workload.mjs'
const norm = (item, drop = []) => {
  const o = {}
  for (const k of Object.keys(item).sort())
    if (!drop.includes(k)) o[k] = item[k].SS ? { SS: [...item[k].SS].sort() } : item[k]
  return o
}
const sortDeep = (x) =>
  Array.isArray(x)
    ? x.map(sortDeep)
    : x && typeof x === 'object'
      ? Object.fromEntries(
          Object.keys(x)
            .sort()
            .map((k) => [k, sortDeep(x[k])]),
        )
      : x
const eq = (a, b, what) => assert.deepEqual(sortDeep(a), sortDeep(b), what)
const able = (adapter, operation) => adapter.unsupported?.[operation] === undefined

async function shape(a) {
  const { config, stub } = stubConfig(25, a.bookkeeping)
  stub.keep = true
  const inst = await a.create({ config, table: TABLE })
  const o = makeOrder(3),
    drop = Object.keys(a.bookkeeping ?? {})
  const orders = makeOrders(25, 100)
  const tx = makeTx(makeOrders(10, 200))
  const wire = () => JSON.parse(Buffer.from(stub.last.body).toString())
  await inst.run.put(o)
  let w = wire()
  eq(norm(w.Item, drop), norm(refItem(o)), 'put item')
  await inst.run.get(keyOf(o))
  eq(wire().Key, refKey(keyOf(o)), 'get key')
  await inst.run.update(makeUpdate(o))
  w = wire()
  eq(w.Key, refKey(keyOf(o)), 'update key')
  await inst.run.query(makeQuery())
  w = wire()
  assert.equal(w.IndexName, 'gsi1')
  if (able(a, 'batch')) {
    await inst.run.batch(orders)
    w = wire()
    const items = w.RequestItems[TABLE].map((r) => norm(r.PutRequest.Item, drop))
    eq(
      items,
      orders.map((x) => norm(refItem(x))),
      'batch',
    )
  }
  if (able(a, 'transact')) {
    await inst.run.transact(tx)
    w = wire()
    assert.equal(w.TransactItems.length, 10)
    eq(
      w.TransactItems.map((t) => Object.keys(t)[0]).join(),
      'Put,Put,Put,Put,Update,Update,Update,Delete,Delete,ConditionCheck',
      'transact',
    )
  }
  // build-level output equals the wire for put/batch (after marshalling)
  for (const op of operations.filter((operation) => able(a, operation))) {
    const args = { put: o, get: keyOf(o), update: makeUpdate(o), query: makeQuery(), batch: orders, transact: tx }
    let b = await inst.build[op](args[op])
    if (inst.toAV) b = inst.toAV(op, b)
    await inst.run[op](args[op])
    const ww = wire()
    if (op === 'put') eq(norm(b.Item, drop), norm(ww.Item, drop), 'build=wire put')
    if (op === 'get') eq(b.Key, ww.Key, 'build=wire get')
    if (op === 'update') {
      eq(b.UpdateExpression, ww.UpdateExpression, 'build=wire update')
      eq(b.ExpressionAttributeValues, ww.ExpressionAttributeValues, 'build=wire update values')
    }
    if (op === 'query') eq(b.KeyConditionExpression, ww.KeyConditionExpression, 'build=wire query')
    if (op === 'batch')
      eq(
        b.RequestItems[TABLE].map((r) => norm(r.PutRequest.Item)),
        ww.RequestItems[TABLE].map((r) => norm(r.PutRequest.Item)),
        'build=wire batch',
      )
    if (op === 'transact') eq(b.TransactItems.length, 10, 'build=wire tx')
  }
  // decode of a 1000-item page
  const s2 = stubConfig(1000, a.bookkeeping)
  const i2 = await a.create({ config: s2.config, table: TABLE })
  const page = await i2.run.query(makeQuery())
  assert.equal(page.length, 1000)
  eq(page.map(canon), makeOrders(1000, 1000).map(canon), 'decode 1000')
}
async function effect(a, endpoint) {
  const config = {
    region: 'eu-central-1',
    endpoint,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  }
  const admin = new DynamoDBClient(config)
  await admin.send(new DeleteTableCommand({ TableName: TABLE })).catch(() => {})
  await admin.send(new CreateTableCommand(CREATE_TABLE))
  const inst = await a.create({ config, table: TABLE })
  const drop = Object.keys(a.bookkeeping ?? {})
  const read = async (k) => {
    const r = await admin.send(new GetItemCommand({ TableName: TABLE, Key: refKey(k), ConsistentRead: true }))
    return r.Item && norm(r.Item, drop)
  }
  const o = makeOrder(4)
  await inst.run.put(o)
  eq(await read(keyOf(o)), norm(refItem(o)), 'stored put')
  eq(canon(await inst.run.get(keyOf(o))), canon(o), 'get')
  const u = makeUpdate(o)
  await inst.run.update(u)
  const want = { ...o, notes: u.notes, updatedAt: u.updatedAt, isGift: u.isGift, version: o.version + u.addVersion }
  delete want.couponCode
  eq(await read(keyOf(o)), norm(refItem(want)), 'stored update')
  await assert.rejects(async () => inst.run.update(u), 'condition must fail the second time')
  const os = makeOrders(25, 0)
  if (able(a, 'batch')) await inst.run.batch(os)
  else for (const x of os) await inst.run.put(x)
  for (const x of os) eq(await read(keyOf(x)), norm(refItem(x)), 'stored batch')
  const q = makeQuery()
  const got = (await inst.run.query(q)).map(canon).sort((x, y) => (x.orderId < y.orderId ? -1 : 1))
  const exp = os
    .filter((x) => x.status === q.status && x.totalCents > q.minTotal)
    .map(canon)
    .sort((x, y) => (x.orderId < y.orderId ? -1 : 1))
  assert.ok(exp.length > 2)
  eq(got, exp, 'query result')
  if (!able(a, 'transact')) return
  const t = makeOrders(10, 100)
  for (const x of t.slice(4)) await admin.send(new PutItemCommand({ TableName: TABLE, Item: refItem(x) }))
  await inst.run.transact(makeTx(t))
  for (const x of t.slice(0, 4)) eq(await read(keyOf(x)), norm(refItem(x)), 'tx put')
  for (const x of t.slice(4, 7)) {
    const r = await read(keyOf(x))
    assert.equal(r.notes.S, 'Updated: ring the bell')
    assert.equal(r.version.N, String(x.version + 1))
    assert.equal(r.couponCode, undefined)
  }
  for (const x of t.slice(7, 9)) assert.equal(await read(keyOf(x)), undefined, 'tx delete')
  const bad = makeTx(t)
  bad[9].status = 'CANCELLED'
  bad[9].status = t[9].status === 'CANCELLED' ? 'PAID' : 'CANCELLED'
  await assert.rejects(async () => inst.run.transact(bad), 'tx must fail on the check')
}
/** Throws where an adapter does other work than the reference: then its figures say nothing. */
export async function checkAll(ids) {
  const server = await startServer()
  for (const id of ids) {
    const adapter = await loadAdapter(id)
    await shape(adapter)
    await effect(adapter, server.endpoint)
    console.log(`${adapter.name} does the same work`)
  }
  server.stop()
}
