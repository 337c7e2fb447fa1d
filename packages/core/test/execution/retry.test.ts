// The retry loop: what is repeated, how often, after which waits; and what is known of a write in the end.
import { AmbiguousWriteError, connect, type ConnectOptions, InputError, type RetryOptions } from '@keyloom/core'
import { describe, expect, test, vi } from 'vitest'
import { Counter } from '../ledger.js'
import { key, Order, order, row } from '../orders.js'
import { serviceError, type StubClient, stubClient } from '../stub-client.js'
import { virtualTime } from '../virtual-time.js'

const tables = { shop: 'shop-1', ledger: 'ledger-1' }
const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', $metadata: { attempts: 1 } })
const unsent = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', $metadata: { attempts: 1 } })
const broken = serviceError('InternalServerError', 500)
const throttled = serviceError('ProvisionedThroughputExceededException')
const conflict = serviceError('TransactionConflictException')
const stored = { ...order, lines: [] }
const set = { carrier: 'UPS' }

function ordersOn(client: StubClient, retry: RetryOptions = {}, more: Partial<ConnectOptions> = {}) {
  return connect({ client, tables, random: () => 0.5, ...more, retry: { scheduler: virtualTime(), ...retry } }).for(
    Order,
  )
}

/** A client that fails with each of these in turn, and then answers. */
function failing(failures: readonly Error[], answer: object = {}): StubClient {
  return stubClient((_, count) => {
    const failure = failures[count - 1]
    if (failure !== undefined) throw failure
    return answer
  })
}

describe('what is repeated', () => {
  test.each<[string, Error, boolean]>([
    ['throttled', throttled, true],
    ['ThrottlingException', serviceError('ThrottlingException'), true],
    ['RequestLimitExceeded', serviceError('RequestLimitExceeded'), true],
    ['in conflict with a transaction', conflict, true],
    ['in conflict with another region', serviceError('ReplicatedWriteConflictException'), true],
    ['not sent', unsent, true],
    ['signed by a wrong clock', serviceError('RequestTimeTooSkewed', 403), true],
    ['lost', lost, false],
    ['broken', broken, false],
    ['timed out by the service', serviceError('RequestTimeout', 408), false],
    ['no error at all', 'boom' as never, false],
    ['refused', serviceError('ValidationException'), false],
    ['too large a collection', serviceError('ItemCollectionSizeLimitExceededException'), false],
    ['of expired credentials', serviceError('ExpiredTokenException'), false],
    ['forbidden', serviceError('AccessDeniedException'), false],
  ])('an unconditional write that is %s', async (_, failure, isRepeated) => {
    const client = failing([failure])
    const ended = await ordersOn(client)
      .put(order)
      .catch((error: unknown) => error)
    expect(client.sent).toHaveLength(isRepeated ? 2 : 1)
    if (isRepeated) expect(ended).toEqual(stored)
    else expect(ended).toMatchObject({ attempts: 1 })
  })

  test('reads, whatever happened', async () => {
    const client = failing([lost, throttled, broken, unsent, conflict], { Item: row })
    expect(await ordersOn(client).get(key)).toEqual(stored)
    expect(client.sent).toHaveLength(6)
    const queried = failing([lost, broken], { Items: [row] })
    expect(await ordersOn(queried).query({ customerId: 'c-1' }).all()).toEqual([stored])
    expect(queried.sent).toHaveLength(3)
  })

  test('the same request each time', async () => {
    const client = failing([throttled, throttled])
    await ordersOn(client).put({ ...order, orderId: undefined })
    expect(client.sent[1]?.input).toEqual(client.sent[0]?.input)
    expect(client.sent[2]?.input).toEqual(client.sent[0]?.input)
  })

  test('a wrong clock once', async () => {
    const skewed = serviceError('InvalidSignatureException', 403)
    const client = failing([skewed, throttled, skewed])
    await expect(ordersOn(client).put(order)).rejects.toMatchObject({
      awsName: 'InvalidSignatureException',
      outcome: 'not-applied',
      attempts: 3,
    })
  })

  test('never arithmetic whose answer was lost', async () => {
    const client = failing([throttled, lost])
    const db = connect({ client, tables, retry: { scheduler: virtualTime() }, repeatUnknown: true })
    await expect(db.for(Counter).update({ name: 'c' }, { add: { count: 1 } })).rejects.toMatchObject({
      code: 'ambiguous-write',
      attempts: 2,
    })
    expect(client.sent).toHaveLength(2)
  })

  test.each<[string, (orders: ReturnType<typeof ordersOn>) => Promise<unknown>]>([
    ['a delete', (orders) => orders.delete(key)],
    ['an update', (orders) => orders.update(key, { set })],
    ['a conditional put', (orders) => orders.put(order, { condition: (o, { exists }) => exists(o) })],
  ])('never %s whose answer was lost', async (_, write) => {
    const client = failing([throttled, lost])
    const error = await write(ordersOn(client)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AmbiguousWriteError)
    expect(error).toMatchObject({ outcome: 'unknown', attempts: 2, awsName: 'ECONNRESET', keyAttributes: ['pk', 'sk'] })
    expect((error as AmbiguousWriteError).serviceError).toBe(lost)
    expect(client.sent).toHaveLength(2)
  })

  test('what overwrites, where the connection, the repository or the call says so', async () => {
    const db = (client: StubClient, more: object = {}) =>
      connect({ client, tables, retry: { scheduler: virtualTime() }, ...more })
    const write = async (work: (client: StubClient) => Promise<unknown>) => {
      const client = failing([lost])
      const ended = await work(client).catch((error: unknown) => error)
      return [client.sent.length, ended]
    }
    const repeatUnknown = true
    expect(await write((client) => db(client, { repeatUnknown }).for(Order).put(order))).toEqual([2, stored])
    expect(await write((client) => db(client).for(Order, { repeatUnknown }).update(key, { set }))).toEqual([
      2,
      undefined,
    ])
    expect(await write((client) => db(client).run(Order.delete(key), { repeatUnknown }))).toEqual([2, undefined])
    const [, undone] = await write((client) =>
      db(client, { repeatUnknown }).run(Order.delete(key), { repeatUnknown: false }),
    )
    expect(undone).toBeInstanceOf(AmbiguousWriteError)
  })

  test('a repeated write that overwrote itself is applied, and its old item lost', async () => {
    const orders = ordersOn(failing([lost], { Attributes: row }), {}, { repeatUnknown: true })
    await expect(orders.put(order, { returning: 'old' })).rejects.toMatchObject({
      code: 'ambiguous-write',
      outcome: 'applied',
      attempts: 2,
    })
    await expect(ordersOn(failing([throttled], { Attributes: row })).put(order, { returning: 'old' })).resolves.toEqual(
      stored,
    )
  })
})

describe('bounds', () => {
  test('attempts', async () => {
    for (const attempts of [1, 3]) {
      const client = failing(Array<Error>(9).fill(throttled))
      await expect(ordersOn(client, { attempts }).put(order)).rejects.toMatchObject({
        awsName: 'ProvisionedThroughputExceededException',
        outcome: 'not-applied',
        retryable: true,
        attempts,
      })
      expect(client.sent).toHaveLength(attempts)
    }
  })

  test('waits double up to their bound, longer after throttling, and are any part of it', async () => {
    const waits = async (failure: Error, random: () => number) => {
      const scheduler = virtualTime()
      const client = failing(Array<Error>(5).fill(failure))
      await ordersOn(client, { scheduler, maxDelay: 300 }, { random }).get(key)
      return scheduler.waited
    }
    expect(await waits(lost, () => 0.5)).toEqual([12.5, 25, 50, 100, 150])
    expect(await waits(throttled, () => 0.5)).toEqual([50, 100, 150, 150, 150])
    // Never none at all.
    expect(await waits(lost, () => 0)).toEqual([1, 1, 1, 1, 1])
  })

  test('waits are spread evenly', async () => {
    const scheduler = virtualTime()
    const client = stubClient((_, count) => {
      if (count % 2 === 1) throw lost
      return {}
    })
    const orders = connect({ client, tables, retry: { scheduler, baseDelay: 100 } }).for(Order)
    const calls = 2_000
    for (let call = 0; call < calls; call++) await orders.get(key)
    const tenths = Array<number>(10).fill(0)
    for (const wait of scheduler.waited) tenths[Math.floor(wait / 10)]!++
    // Chi square with 9 degrees of freedom: below 33.7 in 9,999 of 10,000 runs.
    const chi = tenths.reduce((sum, count) => sum + (count - calls / 10) ** 2 / (calls / 10), 0)
    expect(chi).toBeLessThan(45)
  })

  test('an attempt has its own time, and the call has all of it', async () => {
    const scheduler = virtualTime()
    const client = stubClient(() => new Promise(() => undefined))
    await expect(ordersOn(client, { scheduler }).get(key)).rejects.toMatchObject({
      awsName: 'TimeoutError',
      retryable: true,
      outcome: 'not-applied',
      attempts: 6,
    })
    expect(scheduler.now()).toBeLessThanOrEqual(30_000)
    expect(client.sent.every(({ signal }) => signal?.aborted)).toBe(true)
    expect(scheduler.pending()).toBe(0)
  })

  test('a wait that would end after the deadline is not begun', async () => {
    const scheduler = virtualTime()
    const client = failing(Array<Error>(9).fill(throttled))
    await expect(ordersOn(client, { scheduler }, { timeout: 100 }).get(key)).rejects.toMatchObject({ attempts: 2 })
    expect(scheduler.now()).toBe(50)
  })

  test('a client has a budget of repeats, over all connections', async () => {
    const client = failing(Array<Error>(1_000).fill(throttled))
    const count = 100
    for (let call = 0; call < count; call++)
      await ordersOn(client)
        .get(key)
        .catch(() => undefined)
    // 20 in hand, and a tenth of the calls.
    expect(client.sent.length).toBe(count + 20 + 9)
  })

  test('a repeat that helped costs nothing, unless against throttling', async () => {
    const every = (failure: Error) =>
      stubClient((_, count) => {
        if (count % 2 === 1) throw failure
        return {}
      })
    const [unlucky, full] = [every(lost), every(throttled)]
    for (let call = 0; call < 100; call++) await ordersOn(unlucky).get(key)
    expect(unlucky.sent).toHaveLength(200)
    for (let call = 0; call < 100; call++)
      await ordersOn(full)
        .get(key)
        .catch(() => undefined)
    expect(full.sent.length).toBeLessThan(140)
  })

  test('what is no bound is refused', () => {
    const refused = (retry: object) => () => connect({ client: stubClient(), tables, retry })
    expect(refused({ attempts: 0 })).toThrow(InputError)
    expect(refused({ attempts: Infinity })).toThrow('connect.retry: attempts: expected a whole number from 1 to 100')
    expect(refused({ attemptTimeout: 0 })).toThrow('connect.retry: attemptTimeout: expected milliseconds, more than 0')
    expect(refused({ baseDelay: Number.NaN })).toThrow('received NaN')
    expect(refused({ maxDelay: '5' })).toThrow('received a string')
    expect(refused({ budget: -1 })).toThrow('connect.retry: budget')
    expect(refused({ scheduler: {} })).toThrow('connect.retry: scheduler')
    expect(refused({ scheduler: null })).toThrow('received null')
    expect(refused({ tries: 3 })).toThrow('connect.retry: tries: expected one of the options attempts,')
    expect(() => connect({ client: stubClient(), tables, retry: null as never })).toThrow(InputError)
    expect(() => connect({ client: stubClient(), tables, timeout: 0 })).toThrow(InputError)
    expect(() => connect({ client: stubClient(), tables, repeatUnknown: 1 as never })).toThrow(InputError)
    expect(refused({ attempts: undefined, scheduler: undefined })).not.toThrow()
  })
})

describe('aborting', () => {
  test('ends a wait at once, and says what is known', async () => {
    const scheduler = virtualTime()
    const controller = new AbortController()
    const client = failing([throttled])
    const db = connect({ client, tables, retry: { scheduler, baseDelay: 20_000, maxDelay: 20_000 }, random: () => 0.9 })
    const ended = db.run(Order.put(order), { signal: controller.signal })
    await vi.waitFor(() => {
      expect(client.sent).toHaveLength(1)
    })
    controller.abort(new Error('enough'))
    await expect(ended).rejects.toMatchObject({ awsName: 'AbortError', outcome: 'not-applied', attempts: 1 })
    expect(client.sent).toHaveLength(1)
    expect(scheduler.pending()).toBe(0)
  })

  test('during a write leaves its outcome unknown, during a read does no harm', async () => {
    const client = stubClient(() => new Promise(() => undefined))
    const db = connect({ client, tables })
    const ended = (operation: Parameters<typeof db.run>[0]) => {
      const controller = new AbortController()
      const promise = db.run(operation, { signal: controller.signal })
      controller.abort()
      return promise
    }
    await expect(ended(Order.put(order))).rejects.toMatchObject({ code: 'ambiguous-write', awsName: 'AbortError' })
    await expect(ended(Order.get(key))).rejects.toMatchObject({
      code: 'request',
      outcome: 'not-applied',
      retryable: false,
    })
  })
})

describe('a client that can not be proven to send once', () => {
  test('is warned about once; what it refuses is unknown', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const client = stubClient(() => {
      throw Object.assign(new Error('x'), { name: 'ValidationException', $fault: 'client' })
    })
    const orders = ordersOn(client)
    await expect(orders.get(key)).rejects.toMatchObject({ outcome: 'not-applied' })
    expect(warn).not.toHaveBeenCalled()
    await expect(orders.put(order)).rejects.toMatchObject({ outcome: 'unknown', attempts: 1 })
    await expect(orders.put(order)).rejects.toMatchObject({ outcome: 'unknown' })
    expect(warn).toHaveBeenCalledTimes(1)
    warn.mockRestore()
  })

  test('still says which condition failed', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const client = stubClient(() => {
      throw Object.assign(new Error('x'), { name: 'ConditionalCheckFailedException', Item: row })
    })
    await expect(ordersOn(client).create(order)).rejects.toMatchObject({
      code: 'condition-failed',
      reason: 'already-exists',
      outcome: 'unknown',
    })
    warn.mockRestore()
  })

  test('a stubbed client of the SDK is believed', async () => {
    const client = Object.assign(
      stubClient(() => {
        throw Object.assign(new Error('x'), { name: 'ConditionalCheckFailedException' })
      }),
      { middlewareStack: {} },
    )
    await expect(ordersOn(client).create(order)).rejects.toMatchObject({ outcome: 'not-applied' })
  })
})
