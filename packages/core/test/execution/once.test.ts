// once: a write as a transaction of its own, whose token all attempts of a run share.
import { AmbiguousWriteError, connect, ConditionFailedError, InputError, RequestError } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import { Counter } from '../ledger.js'
import { key, Order, order, row } from '../orders.js'
import { serviceError, type StubClient, stubClient } from '../stub-client.js'
import { virtualTime } from '../virtual-time.js'

const tables = { shop: 'shop-1', ledger: 'ledger-1' }
const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', $metadata: { attempts: 1 } })
const db = (client: StubClient, more: object = {}) =>
  connect({ client, tables, retry: { scheduler: virtualTime() }, ...more })
const canceled = (...reasons: object[]) =>
  serviceError('TransactionCanceledException', 400, { CancellationReasons: reasons })
const tokens = (client: StubClient) => client.sent.map(({ input }) => input['ClientRequestToken'])

/** A client that fails with each of these in turn, and then answers. */
function failing(...failures: readonly Error[]): StubClient {
  return stubClient((_, count) => {
    const failure = failures[count - 1]
    if (failure !== undefined) throw failure
    return {}
  })
}

describe('what is sent', () => {
  test('the same write, as the only part of a transaction', async () => {
    const client = stubClient()
    const orders = db(client).for(Order)
    await orders.put(order, { once: true })
    await orders.create(order, { once: true })
    await orders.update(key, { set: { carrier: 'UPS' }, once: true })
    await orders.delete(key, { condition: (o, { eq }) => eq(o.region, 'eu'), once: true })
    expect(client.sent.map(({ operation }) => operation)).toEqual(Array(4).fill('TransactWriteItems'))
    const [put, create, update, remove] = client.sent.map(({ input }) => (input['TransactItems'] as object[])[0])
    const plain = { tables }
    expect(put).toEqual({ Put: Order.put(order).request(plain).input })
    expect(create).toEqual({ Put: Order.create(order).request(plain).input })
    const { ReturnValues: _, ...input } = Order.update(key, { set: { carrier: 'UPS' } }).request(plain).input as {
      ReturnValues?: string
    }
    expect(update).toEqual({ Update: input })
    expect(remove).toMatchObject({
      Delete: { ConditionExpression: '#0 = :0', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
    })
    expect(new Set(tokens(client)).size).toBe(4)
  })

  test('put and create give the item as stored', async () => {
    const orders = db(stubClient()).for(Order)
    expect(await orders.put(order, { once: true })).toEqual({ ...order, lines: [] })
    expect(await orders.create(order, { once: true })).toEqual({ ...order, lines: [] })
  })

  test("the caller's token, or the run's: a new one each time", async () => {
    const client = stubClient()
    const mine = Order.put(order, { once: { token: 'mine' } })
    const own = Order.put(order, { once: true })
    for (const operation of [mine, mine, own, own]) await db(client).run(operation)
    const [first, second, third, fourth] = tokens(client)
    expect([first, second]).toEqual(['mine', 'mine'])
    expect(third).not.toBe(fourth)
    expect(own.request({ nonce: 'n' }).input).toMatchObject({ ClientRequestToken: 'n' })
    expect(own.request().input).not.toHaveProperty('ClientRequestToken')
  })

  test('a connection whose chance repeats itself has new tokens all the same', async () => {
    const client = stubClient()
    const operation = Order.put(order, { once: true })
    for (let run = 0; run < 2; run++) await db(client, { random: () => 0.25, clock: () => 1 }).run(operation)
    expect(tokens(client)[0]).not.toBe(tokens(client)[1])
  })

  test('once: false is an ordinary write', async () => {
    const client = stubClient()
    await db(client).for(Order).put(order, { once: false })
    expect(client.sent[0]?.operation).toBe('PutItem')
  })
})

describe('after a failure', () => {
  test('it is repeated under one token, arithmetic too', async () => {
    const client = failing(
      lost,
      serviceError('TransactionInProgressException'),
      serviceError('InternalServerError', 500),
      canceled({ Code: 'TransactionConflict' }),
      serviceError('ThrottlingException'),
    )
    await db(client)
      .for(Counter)
      .update({ name: 'c' }, { add: { count: 1 }, once: true })
    expect(client.sent).toHaveLength(6)
    expect(new Set(tokens(client)).size).toBe(1)
    for (const sent of client.sent) expect(sent.input).toEqual(client.sent[0]?.input)
  })

  test('a failed condition is final, also after a lost answer', async () => {
    for (const before of [[], [lost]]) {
      const client = failing(...before, canceled({ Code: 'ConditionalCheckFailed', Item: row }))
      const error = await db(client)
        .for(Order)
        .create(order, { once: true })
        .catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(ConditionFailedError)
      expect(error).toMatchObject({ reason: 'already-exists', outcome: 'not-applied', itemEntity: 'Order' })
      expect(client.sent).toHaveLength(before.length + 1)
    }
  })

  test('a cancellation for any other reason is not repeated', async () => {
    const client = failing(canceled({ Code: 'ItemCollectionSizeLimitExceeded' }))
    const error = await db(client)
      .for(Order)
      .put(order, { once: true })
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RequestError)
    expect(error).toMatchObject({ awsName: 'TransactionCanceledException', outcome: 'not-applied', retryable: false })
    expect(client.sent).toHaveLength(1)
  })

  test('what never gets an answer is unknown, and its token can be read', async () => {
    const client = failing(...Array<Error>(20).fill(lost))
    const error = await db(client)
      .run(Order.put(order, { once: { token: 'mine' } }))
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AmbiguousWriteError)
    expect(error).toMatchObject({ outcome: 'unknown', attempts: 8, token: 'mine' })
  })

  test('a refusal that is not about the transaction says nothing of the attempt before', async () => {
    const client = failing(lost, serviceError('AccessDeniedException'))
    await expect(db(client).run(Order.put(order, { once: true }))).rejects.toMatchObject({ outcome: 'unknown' })
  })

  test('no repeat comes after DynamoDB has forgotten the token', async () => {
    const scheduler = virtualTime()
    const client = stubClient(() => new Promise(() => undefined))
    const retry = { scheduler, attempts: 100, attemptTimeout: 60_000, maxDelay: 60_000, budget: 100 }
    const ended = db(client, { retry }).run(Order.put(order, { once: true }), { timeout: 3_600_000 })
    await expect(ended).rejects.toBeInstanceOf(AmbiguousWriteError)
    expect(scheduler.now()).toBeLessThan(600_000)
  })
})

test.each<[string, () => unknown, string]>([
  [
    'returning',
    () => Order.put(order, { returning: 'old', once: true } as never),
    'Order.put: returning: expected no such option beside once',
  ],
  [
    'returning of an update',
    () => Order.update(key, { set: { carrier: 'x' }, returning: 'new', once: true } as never),
    'Order.update: returning',
  ],
  [
    'returning of a delete',
    () => Order.delete(key, { returning: 'old', once: true } as never),
    'Order.delete: returning',
  ],
  ['once that has got lost', () => Order.put(order, { once: undefined } as never), 'Order.put: once: expected a value'],
  [
    'a token that has got lost',
    () => Order.put(order, { once: { token: undefined } } as never),
    'Order.put: token: expected a value',
  ],
  [
    'no token',
    () => Order.create(order, { once: {} } as never),
    'Order.create: once.token: expected a string of 1 to 36 characters, received undefined.',
  ],
  ['an empty token', () => Order.create(order, { once: { token: '' } }), 'received a string'],
  ['a long token', () => Order.create(order, { once: { token: 'x'.repeat(37) } }), 'received a string'],
  [
    'another name',
    () => Order.create(order, { once: { Token: 'x' } } as never),
    'Order.create: Token: expected one of the options token',
  ],
  [
    'no boolean',
    () => Order.delete(key, { once: 'yes' } as never),
    'Order.delete: once: expected true, or an object with a token, received a string.',
  ],
])('%s is refused', (_, work, message) => {
  expect(work).toThrow(InputError)
  expect(work).toThrow(message)
})
