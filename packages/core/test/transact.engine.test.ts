import { connect, TransactionCanceledError } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import { Counter, ledger, Receipt } from './ledger.js'
import { key, Order, order, shop } from './orders.js'

async function connected(dynamodb: FileDynamoDB) {
  const tables = {
    shop: await dynamodb.createTable(createTableInput(shop, { tableName: 'shop' })),
    ledger: await dynamodb.createTable(createTableInput(ledger, { tableName: 'ledger' })),
  }
  return connect({ client: dynamodb.client, tables })
}

const stored = { ...order, lines: [] }

describe('transactions', () => {
  test('all of it, over two tables, and read at one moment', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    await db.run(Counter.put({ name: 'old', count: 1 }))
    const made = await db.transactWrite({
      order: Order.create(order),
      receipt: Receipt.put({ account: 'a', amount: 3 }),
      counter: Counter.put({ name: 'n', count: 4 }),
      old: Counter.delete({ name: 'old' }),
    })
    expect(made.order).toEqual(stored)
    await db.transactWrite([Counter.update({ name: 'n' }, { add: { count: 3 } })])
    expect(
      await db.transactGet({
        order: Order.get(key),
        receipt: Receipt.get(made.receipt),
        counter: Counter.get({ name: 'n' }),
        old: Counter.get({ name: 'old' }),
      }),
    ).toEqual({ order: stored, receipt: made.receipt, counter: { name: 'n', count: 7 }, old: undefined })
  })

  test('nothing of it, and each label says why', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    await db.run(Order.put(order))
    const error: unknown = await db
      .transactWrite({
        fine: Counter.put({ name: 'n' }),
        there: Order.create({ ...order, total: 99 }),
        gone: Counter.update({ name: 'gone' }, { add: { count: 1 } }),
      })
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TransactionCanceledError)
    expect((error as TransactionCanceledError).reasons).toMatchObject({
      there: { reason: 'already-exists', item: stored, itemEntity: 'Order' },
      gone: { reason: 'not-found', item: undefined },
    })
    expect(Object.keys((error as TransactionCanceledError).reasons)).toEqual(['there', 'gone'])
    expect(await db.transactGet([Counter.get({ name: 'n' }), Order.get(key)])).toEqual([undefined, stored])
  })

  test('under one token it happens once', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    await db.run(Counter.put({ name: 'n' }))
    const writes = [Counter.update({ name: 'n' }, { add: { count: 1 } })]
    await db.transactWrite(writes, { token: 'once' })
    await db.transactWrite(writes, { token: 'once' })
    expect(await db.run(Counter.get({ name: 'n' }))).toMatchObject({ count: 1 })
    await db.transactWrite(writes)
    expect(await db.run(Counter.get({ name: 'n' }))).toMatchObject({ count: 2 })
  })
})
