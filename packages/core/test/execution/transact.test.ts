import { AmbiguousWriteError, connect, InputError, isError, TransactionCanceledError } from '@keyloom/core'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Counter, ledger, Receipt } from '../ledger.js'
import { key, Order, order, row } from '../orders.js'
import { serviceError, type StubClient, stubClient } from '../stub-client.js'
import { virtualTime } from '../virtual-time.js'

const tables = { shop: 'shop-1', ledger: 'ledger-1' }
const lost = Object.assign(new Error('reset'), { code: 'ECONNRESET', $metadata: { attempts: 1 } })
const canceled = (...reasons: (string | object)[]) =>
  serviceError('TransactionCanceledException', 400, {
    CancellationReasons: reasons.map((reason) => (typeof reason === 'string' ? { Code: reason } : reason)),
  })
const connected = (client: StubClient, more: object = {}) =>
  connect({ client, tables, retry: { scheduler: virtualTime() }, ...more })
const tokens = (client: StubClient) => client.sent.map(({ input }) => input['ClientRequestToken'])

function failing(...failures: readonly unknown[]): StubClient {
  return stubClient((_, count) => {
    const failure = failures[count - 1]
    if (failure instanceof Error) throw failure
    return failure ?? {}
  })
}

async function failure(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('transactWrite', () => {
  test('sends the requests of its operations as one, and gives what the verbs return by label', async () => {
    const client = stubClient()
    const operations = {
      order: Order.put(order, { condition: (o, { notExists }) => notExists(o) }),
      receipt: Receipt.create({ account: 'a', amount: 3 }),
      counter: Counter.update({ name: 'n' }, { add: { count: 1 } }),
      old: Counter.delete({ name: 'old' }),
    }
    const results = await connected(client).transactWrite(operations)
    expect(results).toEqual({
      order: { ...order, lines: [] },
      receipt: { account: 'a', amount: 3, receiptId: expect.any(String) as string },
      counter: undefined,
      old: undefined,
    })
    expect(client.sent).toMatchObject([
      {
        operation: 'TransactWriteItems',
        input: {
          ClientRequestToken: expect.any(String) as string,
          TransactItems: [
            { Put: operations.order.request({ tables }).input },
            { Put: operations.receipt.request({ tables }).input },
            { Update: { TableName: 'ledger-1', UpdateExpression: 'ADD #0 :0' } },
            { Delete: operations.old.request({ tables }).input },
          ],
        },
      },
    ])
  })

  test('an array gives an array, nothing gives nothing', async () => {
    const client = stubClient()
    expect(await connected(client).transactWrite([Counter.put({ name: 'n' })])).toEqual([{ name: 'n', count: 0 }])
    expect(await connected(client).transactWrite([])).toEqual([])
    expect(await connected(client).transactWrite({})).toEqual({})
    expect(client.sent).toHaveLength(1)
  })

  test('one token over all attempts, another for the next call; or the one that is given', async () => {
    const client = failing(lost, serviceError('TransactionInProgressException'), {}, {}, lost, {})
    const db = connected(client)
    const writes = [Counter.update({ name: 'n' }, { add: { count: 1 } })]
    await db.transactWrite(writes)
    await db.transactWrite(writes)
    await db.transactWrite(writes, { token: 'mine' })
    const [first, second, third, fourth, ...others] = tokens(client)
    expect([second, third]).toEqual([first, first])
    expect(fourth).not.toBe(first)
    expect(others).toEqual(['mine', 'mine'])
    expect(client.sent[0]?.input).toEqual(client.sent[2]?.input)
  })

  test('conflicts are repeated within the bounds, failed conditions never', async () => {
    const conflict = canceled('None', 'TransactionConflict')
    const writes = [Counter.put({ name: 'a' }), Counter.put({ name: 'b' })]
    const passing = failing(conflict, canceled('ThrottlingError', 'None'), serviceError('ThrottlingException'))
    await connected(passing).transactWrite(writes)
    expect(passing.sent).toHaveLength(4)
    const always = stubClient(() => {
      throw conflict
    })
    const error = await failure(() => connected(always).transactWrite(writes))
    expect(error).toMatchObject({ code: 'transaction-canceled', retryable: true, attempts: 8, outcome: 'not-applied' })
    expect((error as TransactionCanceledError).reasons).toMatchObject({ 1: { reason: 'conflict' } })
    const condition = failing(canceled('TransactionConflict', 'ConditionalCheckFailed'))
    expect(await failure(() => connected(condition).transactWrite(writes))).toMatchObject({ retryable: false })
    expect(condition.sent).toHaveLength(1)
  })

  test('a reason for each label, with the stored item', async () => {
    const client = failing(
      canceled(
        { Code: 'ConditionalCheckFailed', Item: row },
        'None',
        { Code: 'ConditionalCheckFailed' },
        'ItemCollectionSizeLimitExceeded',
        'ValidationError',
        'Strange',
        { Code: 'ConditionalCheckFailed', Item: { ...row, sk: { S: 'x' }, total: { S: 'SECRET' } } },
      ),
    )
    const error = await failure(() =>
      connected(client).transactWrite({
        order: Order.create(order),
        fine: Counter.put({ name: 'fine' }),
        gone: Counter.update({ name: 'gone' }, { add: { count: 1 } }),
        full: Counter.put({ name: 'full' }),
        wrong: Counter.put({ name: 'wrong' }),
        other: Counter.put({ name: 'other' }),
        spoilt: Order.delete({ ...key, orderId: 'o-2' }, { condition: (o, { eq }) => eq(o.total, 1) }),
      }),
    )
    expect(error).toBeInstanceOf(TransactionCanceledError)
    expect((error as TransactionCanceledError).reasons).toEqual({
      order: {
        reason: 'already-exists',
        awsName: 'ConditionalCheckFailed',
        item: { ...order, lines: [] },
        itemEntity: 'Order',
      },
      gone: { reason: 'not-found', awsName: 'ConditionalCheckFailed', item: undefined, itemEntity: undefined },
      full: { reason: 'collection-full', awsName: 'ItemCollectionSizeLimitExceeded', item: undefined },
      wrong: { reason: 'invalid', awsName: 'ValidationError', item: undefined },
      other: { reason: 'other', awsName: 'Strange', item: undefined },
      spoilt: { reason: 'condition', awsName: 'ConditionalCheckFailed', item: undefined, itemEntity: undefined },
    })
    expect((error as Error).message).toBe(
      'db.transactWrite was canceled: Order.create (already-exists), Counter.update (not-found), Counter.put (collection-full), ' +
        'Counter.put (invalid), Counter.put (other), Order.delete (condition). See `error.reasons`.',
    )
    const shown = [inspect(error, { depth: 9, showHidden: true }), (error as Error).stack, JSON.stringify(error)].join()
    expect(shown).not.toMatch(/SECRET|c-1|spoilt/)
    expect(isError(error, 'transaction-canceled')).toBe(true)
  })

  test('a lost answer that stays lost is unknown, and one item of its own proves all', async () => {
    const writes = { counter: Counter.put({ name: 'n' }), receipt: Receipt.put({ account: 'a', amount: 1 }) }
    const stored = writes.receipt.request({ tables }).input as { Item: object }
    for (const [Item, outcome] of [
      [stored.Item, 'applied'],
      [undefined, 'unknown'],
    ] as const) {
      const client = stubClient(({ operation, input }) => {
        if (operation === 'GetItem') return JSON.stringify(input['Key']).includes('RECEIPT') ? { Item } : {}
        throw lost
      })
      const error = await failure(() => connected(client).transactWrite(writes))
      expect(error).toBeInstanceOf(AmbiguousWriteError)
      expect(error).toMatchObject({ outcome: 'unknown', attempts: 8, token: tokens(client)[0] })
      expect(new Set(tokens(client)).size).toBe(1)
      expect(await (error as AmbiguousWriteError).check()).toMatchObject({ outcome })
    }
  })

  test('a canceled repeat of a lost attempt was not carried out', async () => {
    const error = await failure(() =>
      connected(failing(lost, canceled('ConditionalCheckFailed'))).transactWrite([Counter.create({ name: 'n' })]),
    )
    expect(error).toMatchObject({ code: 'transaction-canceled', outcome: 'not-applied' })
  })
})

describe('transactGet', () => {
  test('items by label or place, and holes', async () => {
    const client = stubClient(() => ({ Responses: [{ Item: row }, {}] }))
    const stored = { ...order, lines: [] }
    const db = connected(client)
    expect(await db.transactGet({ order: Order.get(key), counter: Counter.get({ name: 'n' }) })).toEqual({
      order: stored,
      counter: undefined,
    })
    expect(await db.transactGet([Order.get(key), Counter.get({ name: 'n' })])).toEqual([stored, undefined])
    expect(client.sent[0]).toMatchObject({
      operation: 'TransactGetItems',
      input: { TransactItems: [{ Get: { TableName: 'shop-1' } }, { Get: { TableName: 'ledger-1' } }] },
    })
  })

  test('conflicts are repeated, then thrown', async () => {
    const conflict = canceled('TransactionConflict')
    const db = connected(failing(conflict, { Responses: [{}] }))
    expect(await db.transactGet([Counter.get({ name: 'n' })])).toEqual([undefined])
    const always = connected(failing(...Array.from({ length: 9 }, () => conflict)))
    const error = await failure(() => always.transactGet({ n: Counter.get({ name: 'n' }) }))
    expect((error as TransactionCanceledError).reasons).toMatchObject({ n: { reason: 'conflict' } })
  })
})

describe('what is refused before anything is sent', () => {
  const counters = (count: number) => Array.from({ length: count }, (_, index) => Counter.put({ name: `n-${index}` }))
  const large = (count: number) =>
    Array.from({ length: count }, (_, index) => Counter.put({ name: `n-${index}`, last: 'x'.repeat(390_000) }))
  type Loose = Record<'transactWrite' | 'transactGet', (given: unknown, options?: object) => Promise<unknown>>
  test.each<[string, (db: Loose) => Promise<unknown>, string]>([
    ['no object', (db) => db.transactWrite(1), 'expected an object or an array of operations, received a number'],
    ['no operation', (db) => db.transactWrite({ a: {} }), 'db.transactWrite: a: expected an operation'],
    [
      'a get',
      (db) => db.transactWrite({ a: Order.get(key) }),
      'a: expected a write or a check: use transactGet to read, received Order.get',
    ],
    [
      'a write',
      (db) => db.transactGet([Order.put(order)]),
      '[0]: expected a get, such as Order.get(key), received Order.put',
    ],
    [
      '101 writes',
      (db) => db.transactWrite(counters(101)),
      'expected at most 100 items in a transaction, received 101 of them',
    ],
    [
      '101 gets',
      (db) => db.transactGet(counters(101).map((_, index) => Counter.get({ name: `n-${index}` }))),
      'at most 100',
    ],
    ['more than 4 MB', (db) => db.transactWrite(large(11)), 'at most 4 MB'],
    [
      'an item twice',
      (db) => db.transactWrite({ a: Order.put(order), b: Counter.put({ name: 'n' }), c: Order.delete(key) }),
      'c: expected one operation on an item, received a second one, after a',
    ],
    ['a get twice', (db) => db.transactGet([Order.get(key), Order.get(key)]), '[1]: expected one operation on an item'],
    [
      'an old item',
      (db) => db.transactWrite({ a: Order.put(order, { returning: 'old' }) }),
      'a.returning: expected no such option',
    ],
    [
      'a changed item',
      (db) => db.transactWrite([Order.update(key, { set: { carrier: 'x' }, returning: 'new' })]),
      '[0].returning',
    ],
    [
      'a token of its own',
      (db) => db.transactWrite([Order.put(order, { once: { token: 't' } })]),
      '[0].once: expected no token of its own',
    ],
    [
      'a look at what is stored',
      (db) =>
        db.transactWrite([
          Order.update(key, {
            apply: (o, { merge }) => [merge(o.address, { zip: '1' }, { orCreate: { city: 'Bonn' } })],
          }),
        ]),
      '[0]: expected no merge with orCreate',
    ],
    [
      'no token',
      (db) => db.transactWrite([], { token: undefined }),
      'token: expected a value: leave it out if there is none, received undefined',
    ],
    ['too long a token', (db) => db.transactWrite([], { token: 'x'.repeat(37) }), 'token'],
    ['an unknown option', (db) => db.transactWrite([], { tokn: 'x' }), 'tokn'],
  ])('%s', async (_, work, message) => {
    const client = stubClient()
    const error = await failure(() => work(connected(client) as unknown as Loose))
    expect(error).toBeInstanceOf(InputError)
    expect((error as Error).message).toContain(message)
    expect(client.sent).toEqual([])
  })

  test('a table without a physical name', async () => {
    const db = connect({ client: stubClient(), tables: {} })
    await expect(db.transactWrite([Counter.put({ name: 'n' })])).rejects.toThrow(`tables.${ledger.name}`)
  })

  test('100 writes, and a write that happens once, are fine', async () => {
    const client = stubClient()
    await connected(client).transactWrite(counters(100))
    await connected(client).transactWrite([Order.put(order, { once: true })])
    expect(client.sent[1]?.input).toMatchObject({ TransactItems: [{ Put: {} }] })
  })
})
