import {
  AmbiguousWriteError,
  ConditionFailedError,
  connect,
  DecodeError,
  InputError,
  isError,
  KeyloomError,
  RequestError,
} from '@keyloom/core'
import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { key, Order, order, row } from '../orders.js'
import { serviceError, stubClient } from '../stub-client.js'

const stored = { ...order, lines: [] }
// One attempt: what repeats do is another file's.
const retry = { attempts: 1 }
const connected = (client: ReturnType<typeof stubClient>) => connect({ client, tables: { shop: 'shop-1' }, retry })

async function failure(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('results', () => {
  test('an operation is sent to the physical table', async () => {
    const client = stubClient(() => ({ Item: row }))
    expect(await connected(client).run(Order.get(key))).toEqual(stored)
    expect(client.sent).toMatchObject([{ operation: 'GetItem', input: { TableName: 'shop-1' } }])
  })

  test('the repository does the same', async () => {
    const client = stubClient(() => ({ Item: row }))
    expect(await connected(client).for(Order).get(key)).toEqual(stored)
  })

  test('nothing stored, or a row of another entity, is undefined', async () => {
    expect(await connected(stubClient()).run(Order.get(key))).toBeUndefined()
    const foreign = stubClient(() => ({ Item: { ...row, _entity: { S: 'Customer' } } }))
    expect(await connected(foreign).run(Order.get(key))).toBeUndefined()
  })

  test('put and create give the item as stored, and not the object that was given', async () => {
    const orders = connected(stubClient()).for(Order)
    const { customerId, status, region, total } = order
    const made = await orders.put({ customerId, placedAt: order.placedAt, status, region, total })
    expect(made).toEqual({ ...stored, orderId: 'generated' })
    expect(await orders.create(order)).toEqual(stored)
  })

  test('an operation may run twice', async () => {
    const client = stubClient()
    const db = connected(client)
    const put = Order.put(order)
    await db.run(put)
    await db.run(put)
    expect(client.sent[0]?.input).toEqual(client.sent[1]?.input)
  })

  test('old items', async () => {
    const orders = connected(stubClient(() => ({ Attributes: row }))).for(Order)
    expect(await orders.put(order, { returning: 'old' })).toEqual(stored)
    expect(await orders.delete(key, { returning: 'old' })).toEqual(stored)
    expect(await orders.delete(key)).toBeUndefined()
    expect(await connected(stubClient()).for(Order).delete(key, { returning: 'old' })).toBeUndefined()
  })

  test('what an update returns', async () => {
    const whole = connected(stubClient(() => ({ Attributes: row }))).for(Order)
    const set = { carrier: 'UPS' }
    expect(await whole.update(key, { set, returning: 'new' })).toEqual(stored)
    expect(await whole.update(key, { set, returning: 'old' })).toEqual(stored)
    expect(await whole.update(key, { set })).toBeUndefined()
    const part = connected(stubClient(() => ({ Attributes: { carrier: { S: 'UPS' }, gsi2pk: { S: 'CARRIER#UPS' } } })))
    expect(await part.for(Order).update(key, { set, returning: 'updatedNew' })).toEqual({ carrier: 'UPS' })
    expect(await connected(stubClient()).for(Order).update(key, { set, returning: 'updatedOld' })).toEqual({})
  })
})

describe('a failed condition', () => {
  const refused = (Item?: object) =>
    stubClient(() => {
      throw serviceError('ConditionalCheckFailedException', 400, Item && { Item })
    })

  test.each<[string, object | undefined, (orders: ReturnType<typeof repository>) => Promise<unknown>, string]>([
    ['create', row, (orders) => orders.create(order), 'already-exists'],
    ['update of nothing', undefined, (orders) => orders.update(key, { set: { carrier: 'x' } }), 'not-found'],
    ['update', row, (orders) => orders.update(key, { set: { carrier: 'x' } }), 'condition'],
    [
      'delete of nothing',
      undefined,
      (orders) => orders.delete(key, { condition: (o, { exists }) => exists(o) }),
      'not-found',
    ],
    ['put', row, (orders) => orders.put(order, { condition: (o, { notExists }) => notExists(o) }), 'condition'],
  ])('%s says why, with the stored item', async (_, Item, work, reason) => {
    const error = await failure(() => work(repository(refused(Item))))
    expect(error).toBeInstanceOf(ConditionFailedError)
    expect(error).toMatchObject({ reason, outcome: 'not-applied', code: 'condition-failed' })
    expect((error as ConditionFailedError).item).toEqual(Item && stored)
    expect((error as ConditionFailedError).itemEntity).toEqual(Item && 'Order')
  })

  test('a stored row of an unknown entity, or one that does not fit, is no item', async () => {
    for (const Item of [{ ...row, _entity: { S: 'Ghost' } }, { ...row, total: { S: 'x' } }, { pk: row.pk }]) {
      const error = await failure(() => repository(refused(Item)).create(order))
      expect(error).toMatchObject({ reason: 'already-exists', item: undefined, itemEntity: undefined })
    }
  })

  test('after the client had sent the write before, the outcome is unknown', async () => {
    const client = stubClient(() => {
      throw serviceError('ConditionalCheckFailedException', 400, { $metadata: { httpStatusCode: 400, attempts: 2 } })
    })
    const error = await failure(() => repository(client).create(order))
    expect(error).toBeInstanceOf(AmbiguousWriteError)
    expect(error).toMatchObject({ outcome: 'unknown', attempts: 2, awsName: 'ConditionalCheckFailedException' })
  })
})

function repository(client: ReturnType<typeof stubClient>) {
  return connected(client).for(Order)
}

describe('failures of the service and the network', () => {
  const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
  const refusedConnection = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', $metadata: { attempts: 1 } })
  test.each<
    [string, unknown, { awsName: string; retryable?: boolean; requestId?: string | undefined }, { outcome: string }]
  >([
    [
      'refused',
      serviceError('ValidationException'),
      { awsName: 'ValidationException', retryable: false, requestId: 'r-1' },
      { outcome: 'not-applied' },
    ],
    [
      'throttled',
      serviceError('ThrottlingException'),
      { awsName: 'ThrottlingException', retryable: true },
      { outcome: 'not-applied' },
    ],
    [
      'broken',
      serviceError('InternalServerError', 500),
      { awsName: 'InternalServerError', retryable: true },
      { outcome: 'unknown' },
    ],
    ['lost', lost, { awsName: 'ECONNRESET', retryable: true, requestId: undefined }, { outcome: 'unknown' }],
    ['never sent', refusedConnection, { awsName: 'ECONNREFUSED', retryable: true }, { outcome: 'not-applied' }],
    ['no error at all', 'boom', { awsName: 'UnknownError' }, { outcome: 'unknown' }],
  ])('%s', async (_, thrown, both, written) => {
    const client = stubClient(() => {
      throw thrown as Error
    })
    const write = await failure(() => repository(client).put(order))
    expect(write).toBeInstanceOf(written.outcome === 'unknown' ? AmbiguousWriteError : RequestError)
    expect(write).toMatchObject({ operation: 'Order.put', attempts: 1, awsName: both.awsName, ...written })
    expect((write as RequestError).serviceError).toBe(thrown)
    expect(await failure(() => repository(client).get(key))).toMatchObject({ ...both, outcome: 'not-applied' })
  })

  test('a row that does not fit its schema', async () => {
    const error = await failure(() =>
      repository(stubClient(() => ({ Item: { ...row, total: { S: 'SECRET' } } }))).get(key),
    )
    expect(error).toBeInstanceOf(DecodeError)
    expect(error).toMatchObject({
      message: "Order: a stored row doesn't fit the schema at total: expected a number, found a value of type S.",
      keyAttributes: ['pk', 'sk'],
    })
  })
})

describe('bounds of time', () => {
  test('a client that never answers is given up at the timeout, and told to stop', async () => {
    vi.useFakeTimers()
    const client = stubClient(() => new Promise(() => undefined))
    const ended = failure(() => repository(client).put(order))
    await vi.advanceTimersByTimeAsync(4_999)
    expect(client.sent[0]?.signal?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await ended).toMatchObject({ awsName: 'TimeoutError', outcome: 'unknown', code: 'ambiguous-write' })
    expect(client.sent[0]?.signal?.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  test('an aborted call ends at once', async () => {
    const controller = new AbortController()
    const client = stubClient(() => new Promise(() => undefined))
    const ended = failure(() => connected(client).run(Order.put(order), { signal: controller.signal }))
    controller.abort()
    expect(await ended).toMatchObject({ awsName: 'AbortError', outcome: 'unknown' })
  })

  test('a call that is aborted before it begins sends nothing', async () => {
    const client = stubClient()
    const orders = connected(client).for(Order, { signal: AbortSignal.abort() })
    expect(await failure(() => orders.put(order))).toMatchObject({
      awsName: 'AbortError',
      outcome: 'not-applied',
      attempts: 0,
    })
    expect(client.sent).toEqual([])
  })

  test('a finished call leaves no timer', async () => {
    vi.useFakeTimers()
    await repository(stubClient()).put(order)
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})

describe('connections that are refused', () => {
  const looseConnect = connect as (options: object) => ReturnType<typeof connect>
  const client = stubClient()
  test.each<[string, () => unknown, string]>([
    [
      'no client',
      () => looseConnect({ tables: {} }),
      'connect: client: expected a DynamoDBClient, or an object that sends commands, received undefined.',
    ],
    [
      'an unknown option',
      () => looseConnect({ client, tables: {}, cursorKeys: 'x' }),
      'connect: cursorKeys: expected one of the options client, tables, timeout, retry, repeatUnknown, clock, random, cursorKey, received another name.',
    ],
    [
      'a secret that can be guessed',
      () => looseConnect({ client, tables: {}, cursorKey: 'x' }),
      'connect: cursorKey: expected a secret of 32 random bytes or more, received a string of fewer.',
    ],
    [
      'a secret that has got lost',
      () => looseConnect({ client, tables: {}, cursorKey: undefined }),
      'connect: cursorKey: expected a secret: leave it out if there is none, received undefined.',
    ],
    [
      'no entity',
      () => connected(client).for({} as never),
      'db.for: expected an entity, made by entity() of the same copy of the package, received an object.',
    ],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(InputError)
    expect(work).toThrow(message)
  })

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'no physical table',
      () => connect({ client, tables: {} }).run(Order.get(key)),
      'Order.get: tables.shop: expected the physical name of the table: connect({ tables: { shop: … } }), received undefined.',
    ],
    [
      'no operation',
      () => connected(client).run({ kind: 'get' } as never),
      'db.run: expected an operation, such as Order.get(key), received an object.',
    ],
    [
      'a query',
      () => connected(client).run(Order.query({ customerId: 'x' }) as never),
      'db.run: expected an operation, such as Order.get(key), received an object.',
    ],
    [
      'an unknown option',
      () => connected(client).run(Order.get(key), { retry: 1 } as never),
      'Order.get: retry: expected one of the options signal, timeout, client, tables, repeatUnknown, received another name.',
    ],
    [
      'no time',
      () => connected(client).run(Order.get(key), { timeout: 0 }),
      'Order.get: timeout: expected milliseconds, more than 0, received a number.',
    ],
    [
      'input of a repository',
      () =>
        connected(client)
          .for(Order)
          .get({} as never),
      'Order.get: customerId: expected a value, received undefined.',
    ],
  ])('%s rejects', async (_, work, message) => {
    const error = await failure(work)
    expect(error).toBeInstanceOf(InputError)
    expect((error as Error).message).toBe(message)
  })

  test('nothing was sent', () => {
    expect(client.sent).toEqual([])
  })
})

test("no error shows an item's values", async () => {
  const secret = 'SECRET'
  const stored = { ...row, customerId: { S: secret }, total: { S: secret } }
  const condition = serviceError('ConditionalCheckFailedException', 400, { Item: { ...row, region: { S: secret } } })
  const works = [
    () => repository(stubClient(() => ({ Item: stored }))).get(key),
    () => repository(stubClient(() => { throw condition })).create(order), // prettier-ignore
    () => repository(stubClient(() => { throw serviceError('InternalServerError', 500) })).put(order), // prettier-ignore
    () => repository(stubClient()).put({ ...order, status: secret as never }),
    () => repository(stubClient()).put({ ...order, customerId: secret.repeat(1000) }),
    () => repository(stubClient()).query({ customerId: secret }).page({ cursor: secret }),
  ]
  for (const work of works) {
    const error = (await failure(work)) as Error
    expect(isError(error)).toBe(true)
    for (const shown of [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: 9 })])
      expect(shown).not.toContain(secret)
  }
})

test('isError knows its own, by code, over two copies of the package', async () => {
  const error = await failure(() => repository(stubClient()).get({} as never))
  expect(isError(error)).toBe(true)
  expect(isError(error, 'input')).toBe(true)
  expect(isError(error, 'request')).toBe(false)
  expect(isError(new Error('x'))).toBe(false)
  expect(isError({ code: 'input', name: 'InputError' })).toBe(false)
  expect(isError(null)).toBe(false)
  const copy = '../../src/errors/keyloom-error.js?copy'
  const { KeyloomError: OtherError } = (await import(copy)) as { KeyloomError: typeof KeyloomError }
  expect(OtherError).not.toBe(KeyloomError)
  class OtherInputError extends OtherError {
    readonly code = 'input'
  }
  expect(isError(new OtherInputError('x'), 'input')).toBe(true)
})
