import { connect, DecodeError, IncompleteBatchError, InputError, isError } from '@keyloom/core'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Counter, ledger, Receipt } from '../ledger.js'
import { key, Order, order, row } from '../orders.js'
import { serviceError, stubClient } from '../stub-client.js'
import { Ticket } from '../tickets.js'
import { type VirtualTime, virtualTime } from '../virtual-time.js'
import { batchStore } from './batch-store.js'

const tables = { shop: 'shop-1', ledger: 'ledger-1', desk: 'desk-1' }

function connected(client: ReturnType<typeof stubClient>, scheduler: VirtualTime = virtualTime(), random = () => 0.5) {
  return connect({ client, tables, random, retry: { scheduler } })
}

async function incomplete(work: Promise<unknown>): Promise<IncompleteBatchError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  if (error instanceof IncompleteBatchError) return error
  throw new Error('the batch did not end early', { cause: error })
}

const counters = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => Counter.put({ name: `n-${from + index}`, count: index }))
const gets = (count: number) => Array.from({ length: count }, (_, index) => Counter.get({ name: `n-${index}` }))

describe('batchGet', () => {
  test('gives each item its place: other entities and tables, holes and repeats', async () => {
    const store = batchStore()
    const db = connected(store.client)
    await db.batchWrite([Order.put(order), Counter.put({ name: 'a', count: 1 })])
    const [a, none, first, again] = await db.batchGet([
      Counter.get({ name: 'a' }),
      Counter.get({ name: 'nobody' }),
      Order.get(key),
      Order.get(key),
    ])
    expect(a).toEqual({ name: 'a', count: 1 })
    expect(none).toBeUndefined()
    expect(first).toEqual({ ...order, lines: [] })
    expect(again).toEqual(first)
    expect(again).not.toBe(first)
    expect(store.client.sent.at(-1)?.input).toEqual({
      RequestItems: {
        'ledger-1': { Keys: [expect.anything(), expect.anything()] },
        'shop-1': { Keys: [{ pk: row.pk, sk: row.sk }] },
      },
    })
  })

  test('reads that a request can not make together are made apart', async () => {
    const { client } = batchStore()
    await connected(client).batchGet([Order.get(key), Order.get(key, { consistent: true }), Counter.get({ name: 'a' })])
    const requests = client.sent.map(({ input }) => input['RequestItems'])
    expect(requests).toEqual([
      { 'shop-1': { Keys: [expect.anything()] }, 'ledger-1': { Keys: [expect.anything()] } },
      { 'shop-1': { Keys: [expect.anything()], ConsistentRead: true } },
    ])
  })

  test('chunks of a hundred', async () => {
    const store = batchStore()
    const db = connected(store.client)
    await db.batchWrite(counters(150))
    const before = store.client.sent.length
    const items = await db.batchGet(gets(250))
    expect(items.map((item) => item?.name)).toEqual(
      Array.from({ length: 250 }, (_, index) => (index < 150 ? `n-${index}` : undefined)),
    )
    expect(store.client.sent.length - before).toBe(3)
  })

  test('nothing to read sends nothing', async () => {
    const { client } = batchStore()
    expect(await connected(client).batchGet([])).toEqual([])
    expect(await connected(client).batchWrite([])).toEqual([])
    expect(client.sent).toEqual([])
  })

  test('a gap is never passed off as absence: what is left is said, with the items so far', async () => {
    const store = batchStore()
    const time = virtualTime()
    const db = connected(store.client, time)
    await db.batchWrite([Counter.put({ name: 'n-0', count: 7 }), Counter.put({ name: 'n-1', count: 8 })])
    store.leave = (identity) => identity.includes('n-1')
    const error = await incomplete(db.batchGet([...gets(3), Counter.get({ name: 'n-1' })]))
    expect(error).toMatchObject({ code: 'incomplete-batch', awsName: 'UnprocessedItems', retryable: true })
    expect(error.message).toBe(
      'db.batchGet: of 4 operations 2 are done, 0 unknown and 2 left. Go on with `error.left`; look before repeating `error.unknown`.',
    )
    expect(error.outcomes).toEqual(['done', 'left', 'done', 'left'])
    expect(error.items).toEqual([{ name: 'n-0', count: 7 }, undefined, undefined, undefined])
    expect(error.left).toHaveLength(2)
    store.leave = () => false
    expect(await db.batchGet(error.left)).toEqual([
      { name: 'n-1', count: 8 },
      { name: 'n-1', count: 8 },
    ])
    expect(time.pending()).toBe(0)
  })

  test('a row that does not fit its schema', async () => {
    const client = stubClient(() => ({ Responses: { 'shop-1': [{ ...row, total: { S: 'SECRET' } }] } }))
    await expect(connected(client).batchGet([Order.get(key)])).rejects.toThrow(DecodeError)
  })
})

describe('batchWrite', () => {
  test('chunks of twenty-five, and the results of the verbs', async () => {
    const store = batchStore()
    const db = connected(store.client)
    const results = await db.batchWrite([...counters(60), Order.delete(key), Receipt.put({ account: 'a', amount: 1 })])
    expect(store.client.sent.map(({ operation }) => operation)).toEqual(Array(3).fill('BatchWriteItem'))
    expect(results[3]).toEqual({ name: 'n-3', count: 3 })
    expect(results[60]).toBeUndefined()
    expect(results[61]).toMatchObject({ account: 'a', receiptId: expect.stringMatching(/^\w{26}$/) as unknown })
    expect(store.rows.size).toBe(61)
  })

  test('only what came back unprocessed is sent again, after waits that grow', async () => {
    const store = batchStore()
    const time = virtualTime()
    let refusals = 0
    store.leave = (identity) => identity.includes('"COUNTER#n-2"') && ++refusals <= 3
    const db = connected(store.client, time)
    await db.batchWrite(counters(5))
    expect(
      store.client.sent.map(({ input }) => (input['RequestItems'] as Record<string, unknown[]>)['ledger-1']?.length),
    ).toEqual([5, 1, 1, 1])
    expect(time.waited).toEqual([12.5, 100, 200])
    expect(store.rows.size).toBe(5)
  })

  test('a chunk whose answer was lost is unknown as a whole, and the others are known', async () => {
    const store = batchStore()
    let count = 0
    store.fault = () => {
      // Each request may fail before and after it is carried out: this is the second, after.
      if (++count === 4) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    }
    const error = await incomplete(connected(store.client).batchWrite(counters(80), { concurrency: 1 }))
    expect(error).toMatchObject({ awsName: 'ECONNRESET', retryable: true })
    expect([error.done, error.unknown, error.left].map(({ length }) => length)).toEqual([25, 25, 30])
    expect(error.failure).toMatchObject({ outcome: 'unknown' })
  })

  test('with repeatUnknown it is repeated; what the repeat leaves is unknown as long as it is not done', async () => {
    const store = batchStore()
    let count = 0
    store.fault = () => {
      if (++count === 1) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    }
    const db = connected(store.client)
    await db.batchWrite(counters(3), { repeatUnknown: true })
    expect(store.rows.size).toBe(3)
    count = 0
    store.leave = (identity) => identity.includes('n-1')
    const error = await incomplete(db.batchWrite(counters(3), { repeatUnknown: true }))
    expect(error.outcomes).toEqual(['done', 'unknown', 'done'])
  })

  test('progress, and a callback that ends the batch', async () => {
    const store = batchStore()
    const told: number[] = []
    const onProgress = ({ done, total }: { done: number; total: number }): void => {
      told.push(done)
      if (total === 60) throw new Error('enough')
    }
    await connected(store.client).batchWrite(counters(50), { onProgress, concurrency: 1 })
    const error = await incomplete(connected(store.client).batchWrite(counters(60), { onProgress, concurrency: 1 }))
    expect(told).toEqual([25, 50, 25])
    expect([error.done.length, error.left.length]).toEqual([25, 35])
    expect(error.failure).toMatchObject({ message: 'enough' })
  })

  test('an aborted batch says what it has done, and nothing new is sent', async () => {
    const store = batchStore()
    const controller = new AbortController()
    const error = await incomplete(
      connected(store.client).batchWrite(counters(60), {
        concurrency: 1,
        signal: controller.signal,
        onProgress: () => controller.abort(),
      }),
    )
    expect(error).toMatchObject({ awsName: 'AbortError' })
    expect([error.done.length, error.unknown.length, error.left.length]).toEqual([25, 0, 35])
    expect(store.client.sent).toHaveLength(1)
    const early = await incomplete(connected(store.client).batchWrite(counters(2), { signal: AbortSignal.abort() }))
    expect(early.left).toHaveLength(2)
  })

  test('an answer about other items says nothing about these', async () => {
    const client = stubClient(() => ({
      UnprocessedItems: { 'ledger-1': [{ DeleteRequest: { Key: { pk: { S: 'x' }, sk: { S: 'y' } } } }] },
    }))
    expect((await incomplete(connected(client).batchWrite(counters(2)))).unknown).toHaveLength(2)
  })
})

describe('what a batch refuses before it sends anything', () => {
  const condition = (o: never, { exists }: { exists: (o: never) => never }) => exists(o)
  test.each<[string, (db: never) => Promise<unknown>, string]>([
    [
      'no array',
      (db: Loose) => db.batchWrite({}),
      'db.batchWrite: expected an array of operations, received an object.',
    ],
    [
      'no operation',
      (db: Loose) => db.batchGet([undefined]),
      'db.batchGet: [0]: expected a get, such as Order.get(key), received undefined.',
    ],
    [
      'a write',
      (db: Loose) => db.batchGet([Order.get(key), Order.delete(key)]),
      'db.batchGet: [1]: expected a get, such as Order.get(key), received Order.delete.',
    ],
    [
      'a get',
      (db: Loose) => db.batchWrite([Order.get(key)]),
      'db.batchWrite: [0]: expected a put or a delete: a batch can do nothing else, received Order.get.',
    ],
    ['an update', (db: Loose) => db.batchWrite([Order.update(key, { set: { carrier: 'x' } })]), 'a put or a delete'],
    ['create', (db: Loose) => db.batchWrite([Order.create(order)]), 'a write without a condition'],
    [
      'a condition',
      (db: Loose) => db.batchWrite([Order.put(order, { condition } as never)]),
      'a write without a condition',
    ],
    [
      'returning',
      (db: Loose) => db.batchWrite([Order.delete(key, { returning: 'old' })]),
      'returns nothing of what was stored',
    ],
    [
      'a version',
      (db: Loose) => db.batchWrite([Ticket.put({ ticketId: 't' })]),
      'db.batchWrite: [0]: expected no write of an entity with a version, which a batch can not check, received Ticket.put.',
    ],
    ['a version that is deleted', (db: Loose) => db.batchWrite([Ticket.delete({ ticketId: 't' })]), 'Ticket.delete'],
    [
      'an item twice',
      (db: Loose) => db.batchWrite([Order.put(order), Counter.put({ name: 'a' }), Order.delete(key)]),
      'db.batchWrite: [2]: expected one write of an item, received a second one, after 0.',
    ],
    [
      'no bound',
      (db: Loose) => db.batchWrite([], { concurrency: 0 }),
      'concurrency: expected a whole number from 1 to 256',
    ],
    ['an option that is none', (db: Loose) => db.batchWrite([], { concurency: 1 }), 'concurency'],
    ['no callback', (db: Loose) => db.batchGet([], { onProgress: 1 }), 'onProgress: expected a callback'],
  ] as never)('%s', async (_, work, message) => {
    const { client } = batchStore()
    const error: unknown = await work(connected(client) as never).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InputError)
    expect((error as Error).message).toContain(message)
    expect(client.sent).toEqual([])
  })

  test('a table without a physical name', async () => {
    const { client } = batchStore()
    const db = connect({ client, tables: { shop: 'shop-1' } })
    await expect(db.batchGet([Order.get(key), Counter.get({ name: 'a' })])).rejects.toThrow(`tables.${ledger.name}`)
    expect(client.sent).toEqual([])
  })
})

interface Loose {
  batchGet(gets: unknown, options?: object): Promise<unknown>
  batchWrite(writes: unknown, options?: object): Promise<unknown>
}

test('no value is shown by the error of a batch', async () => {
  const client = stubClient(() => {
    throw serviceError('AccessDeniedException')
  })
  const error = await incomplete(connected(client).batchWrite([Counter.put({ name: 'HIDDEN' })]))
  expect(isError(error, 'incomplete-batch')).toBe(true)
  expect([inspect(error, { depth: 9, showHidden: true }), error.stack, JSON.stringify(error)].join()).not.toMatch(
    /HIDDEN|SECRET/,
  )
  expect(error).toMatchObject({ awsName: 'AccessDeniedException', retryable: false })
})

test('the ledger holds: 10,000 writes and reads, 30 % left each time, and failures in the middle', async () => {
  const seed = Number(process.env['KEYLOOM_SEED'] ?? Date.now() % 2 ** 31)
  const size = Number(process.env['KEYLOOM_ITEMS'] ?? 10_000)
  console.info(`[figures] batch ledger: ${size} items, KEYLOOM_SEED=${seed}`)
  const random = randomOf(seed)
  for (const failsAfter of [Infinity, size / 60]) {
    const store = batchStore()
    const time = virtualTime()
    store.leave = () => random() < 0.3
    store.fault = (written) => {
      if (store.client.sent.length < failsAfter) return
      // Half of the lost answers are lost after the write.
      if (written !== random() < 0.5) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    }
    const db = connected(store.client, time, random)
    const writes = counters(size)
    const error: unknown = await db.batchWrite(writes, { concurrency: 7 }).catch((thrown: unknown) => thrown)
    const { done, unknown, left, outcomes } =
      error instanceof IncompleteBatchError ? error : { done: writes, unknown: [], left: [], outcomes: [] }
    expect(error instanceof IncompleteBatchError).toBe(failsAfter !== Infinity)
    expect(done.length + unknown.length + left.length).toBe(size)
    if (failsAfter !== Infinity) expect(Math.min(done.length, unknown.length, left.length)).toBeGreaterThan(0)
    for (const [index, outcome] of outcomes.entries())
      if (outcome !== 'unknown') expect(store.has(`n-${index}`)).toBe(outcome === 'done')
    if (failsAfter === Infinity) expect(store.rows.size).toBe(size)
    expect(store.mostInFlight).toBeLessThanOrEqual(7)
    expect(time.waited.filter((wait) => wait <= 0)).toEqual([])
    expect(time.pending()).toBe(0)
    store.fault = () => undefined
    const items = await db.batchGet(gets(size), { concurrency: 7 })
    expect(items.map((item) => item !== undefined)).toEqual(writes.map((_, index) => store.has(`n-${index}`)))
    expect(store.mostInFlight).toBeLessThanOrEqual(7)
  }
})

// A small generator of numbers from 0 to less than 1 (mulberry32): the same ones for the same seed.
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
