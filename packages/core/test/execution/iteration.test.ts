// How a read goes on and how it ends: back-pressure, reading ahead, leaving, aborting, loops of the service.
import { connect, each, type Readable, RequestError } from '@keyloom/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CycleDetector } from '../../src/execution/advance.js'
import { fakeTable } from '../fake-table.js'
import { Order, row } from '../orders.js'
import { stubClient } from '../stub-client.js'

const customerId = 'c-1'
const names = Array.from({ length: 12 }, (_, index) => String.fromCharCode(97 + index))
const rows = names.map((orderId, index) => ({
  ...row,
  sk: { S: `ORDER#2026-02-16T10:00:00.000Z#${orderId}` },
  gsi1pk: { S: `STATUS#${['pending', 'paid', 'shipped'][index % 3] ?? ''}#eu` },
  gsi1sk: { S: `2026-02-16T10:00:00.000Z#${orderId}` },
  orderId: { S: orderId },
}))
const query = Order.query({ customerId })
const reads: [string, Readable<{ orderId: string }>][] = [
  ['a query', query],
  ['merged partitions', Order.query.byStatus({ status: each(), region: 'eu' })],
  ['a scan', Order.scan({ segments: 3 })],
]
const pages = (size: number) => fakeTable(rows as never, { gsi1: ['gsi1pk', 'gsi1sk'] }, () => size)
const dbOf = (client: ReturnType<typeof stubClient>) =>
  connect({ client, tables: { shop: 'shop-1' }, retry: { attempts: 1 } })

async function failure(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  )
}

const turns = async () => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

/** Answers as another client does, but only so many times; then it waits until the request is aborted. */
function stalling(answers: ReturnType<typeof stubClient>, most: number) {
  const open = new Set<object>()
  const client = stubClient(({ operation, input, signal }, count) => {
    const command = new {
      [operation]: class {
        input = input
      },
    }[operation]!()
    if (count <= most) return answers.send(command)
    open.add(command)
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        open.delete(command)
        reject(signal.reason as Error)
      })
    })
  })
  return { client, open }
}

describe('reading ahead', () => {
  test.each([
    [true, [1, 1, 1, 3, 3, 3, 4, 4, 4, 4, 4, 4]],
    [false, [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]],
  ])('%s: begins when the first page is used up, and is one page at most', async (prefetch, expected) => {
    const client = pages(3)
    const sent: number[] = []
    for await (const { orderId } of dbOf(client).items(query, { prefetch })) {
      await turns()
      expect(names[sent.length]).toBe(orderId)
      sent.push(client.sent.length)
    }
    expect(sent).toEqual(expected)
  })

  test('asks for nothing that take or maxPages leave out', async () => {
    const taking = pages(3)
    const seen: string[] = []
    for await (const { orderId } of dbOf(taking).items(query, { take: 6 })) seen.push(orderId)
    expect(seen).toEqual(names.slice(0, 6))
    expect(taking.sent.map(({ input }) => input['Limit'])).toEqual([6, 3])
    const bounded = pages(3)
    for await (const { orderId } of dbOf(bounded).items(query, { maxPages: 3 })) seen.push(orderId)
    expect(bounded.sent).toHaveLength(3)
  })

  test('an error of the page ahead comes when its turn comes', async () => {
    const client = stubClient((_, count) => {
      if (count === 3) throw Object.assign(new Error('no'), { name: 'ValidationException', $metadata: { attempts: 1 } })
      return { Items: [rows[count]], LastEvaluatedKey: { pk: rows[count]!.pk, sk: rows[count]!.sk } }
    })
    const seen: string[] = []
    const error = await failure(async () => {
      for await (const { orderId } of dbOf(client).items(query)) {
        seen.push(orderId)
        await turns()
      }
    })
    expect(error).toBeInstanceOf(RequestError)
    expect(seen).toEqual(['b', 'c'])
  })
})

describe.each(reads)('%s', (_, read) => {
  test('that is left asks for nothing more, and ends what is under way', async () => {
    const { client, open } = stalling(pages(1), 6)
    for await (const { orderId } of dbOf(client).items(read)) {
      await turns()
      expect(names).toContain(orderId)
      if (open.size > 0) break
    }
    expect(open.size).toBe(0)
    const sent = client.sent.length
    await turns()
    expect(client.sent).toHaveLength(sent)
  })

  test('that is left while an item is awaited ends at once', async () => {
    const { client, open } = stalling(pages(1), 0)
    const iterator = dbOf(client).items(read)[Symbol.asyncIterator]()
    const next = iterator.next()
    await turns()
    expect(open.size).toBeGreaterThan(0)
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined })
    expect(await next).toEqual({ done: true, value: undefined })
    expect(open.size).toBe(0)
  })

  test('that is aborted ends within 50 ms, whoever ignores the signal', async () => {
    for (const waits of [stalling(pages(1), 4).client, stubClient(() => new Promise(() => undefined))]) {
      const controller = new AbortController()
      const reading = failure(() => dbOf(waits).all(read, { signal: controller.signal }))
      await turns()
      const begin = performance.now()
      controller.abort()
      expect(await reading).toMatchObject({ code: 'request', awsName: 'AbortError', outcome: 'not-applied' })
      expect(performance.now() - begin).toBeLessThan(50)
    }
  })

  test('that is aborted gives no more of the items that are there', async () => {
    const controller = new AbortController()
    const seen: string[] = []
    const error = await failure(async () => {
      for await (const { orderId } of dbOf(pages(5)).items(read, { signal: controller.signal })) {
        seen.push(orderId)
        if (seen.length === 2) controller.abort()
      }
    })
    expect(error).toMatchObject({ code: 'request', awsName: 'AbortError' })
    expect(seen).toHaveLength(2)
  })
})

test('where one of several requests fails the others are ended', async () => {
  for (const [, read] of reads.slice(1)) {
    let open = 0
    const client = stubClient(({ signal }, count) => {
      if (count === 2) throw Object.assign(new Error('no'), { name: 'ValidationException', $metadata: { attempts: 1 } })
      open++
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          open--
          reject(signal.reason as Error)
        })
      })
    })
    expect(await failure(() => dbOf(client).all(read))).toMatchObject({ awsName: 'ValidationException' })
    expect(open).toBe(0)
  }
})

describe('a read with a rate', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('waits until what was read is paid off', async () => {
    let now = 0
    const later: { at: number; run: () => void }[] = []
    const scheduler = {
      now: () => now,
      after(milliseconds: number, run: () => void) {
        const entry = { at: now + milliseconds, run }
        later.push(entry)
        return () => {
          later.splice(later.indexOf(entry), 1)
        }
      },
    }
    // A page of 3 rows takes 1.5 units; at 10 a second that is 150 ms.
    const sentAt: number[] = []
    const table = pages(3)
    const client = stubClient((sent) => {
      sentAt.push(now)
      return table.send(
        new {
          [sent.operation]: class {
            input = sent.input
          },
        }[sent.operation]!(),
      )
    })
    const db = connect({ client, tables: { shop: 'shop-1' }, retry: { scheduler } })
    const reading = db.all(query, { readUnitsPerSecond: 10 })
    for (let round = 0; round < 20; round++) {
      await turns()
      const next = later.filter(({ at }) => at < now + 5_000).toSorted((a, b) => a.at - b.at)[0]
      if (next === undefined) continue
      now = next.at
      next.run()
    }
    expect(await reading).toHaveLength(12)
    expect(sentAt).toEqual([0, 150, 300, 450])
  })

  test('is aborted while it waits', async () => {
    const controller = new AbortController()
    const reading = failure(() => dbOf(pages(3)).all(query, { readUnitsPerSecond: 0.001, signal: controller.signal }))
    await turns()
    controller.abort()
    expect(await reading).toMatchObject({ code: 'request', awsName: 'AbortError' })
  })

  test.each([0, -1, NaN, '5' as never])('of %j is refused', async (readUnitsPerSecond) => {
    expect(await failure(() => dbOf(pages(3)).all(query, { readUnitsPerSecond }))).toMatchObject({ code: 'input' })
  })
})

describe('progress', () => {
  test.each(reads)('of %s is told when the items of a page are used up, and goes on from there', async (_, read) => {
    const db = dbOf(pages(2))
    const seen: string[] = []
    const cursors: [string[], () => Promise<string | undefined>][] = []
    const sums: object[] = []
    for await (const { orderId } of db.items(read, {
      onProgress({ items, scannedCount, consumedCapacity, cursor }) {
        expect(items).toBe(seen.length)
        sums.push({ scannedCount, consumedCapacity })
        cursors.push([[...seen], cursor])
      },
    }))
      seen.push(orderId)
    expect(seen.toSorted()).toEqual(names)
    expect(sums.at(-1)).toEqual({ scannedCount: 12, consumedCapacity: 6 })
    for (const [before, cursor] of cursors) {
      const from = await cursor()
      const rest = from === undefined ? [] : await db.all(read, { cursor: from })
      expect([...before, ...rest.map(({ orderId }) => orderId)].toSorted()).toEqual(names)
    }
  })
})

describe('a service that goes round in circles', () => {
  const keyAt = (position: number) => ({ pk: row.pk, sk: { S: `ORDER#${String(position).padStart(5, '0')}` } })
  const circling = (length: number, begin = 0) =>
    stubClient((_, count) => ({
      Items: [],
      LastEvaluatedKey: keyAt(count <= begin ? 50_000 + count : (count - begin - 1) % length),
    }))

  test.each([1, 2, 3, 10, 100])('of %i pages is found by a query when it turns back', async (length) => {
    const client = circling(length)
    expect(await failure(() => dbOf(client).all(query))).toMatchObject({ code: 'request', retryable: false })
    expect(client.sent).toHaveLength(length + 1)
  })

  test('a query that begins at a cursor may not go back before it', async () => {
    const { cursor } = await dbOf(pages(5)).page(query)
    const client = stubClient(() => ({ Items: [], LastEvaluatedKey: keyAt(0) }))
    expect(await failure(() => dbOf(client).all(query, { cursor }))).toMatchObject({ code: 'request' })
    expect(client.sent).toHaveLength(1)
  })

  test.each([
    [1, 0],
    [2, 3],
    [100, 7],
    [256, 0],
  ])('of %i pages, after %i others, is found by a scan within one round', async (length, begin) => {
    const client = circling(length, begin)
    expect(await failure(() => dbOf(client).all(Order.scan()))).toMatchObject({ code: 'request', retryable: false })
    expect(client.sent).toHaveLength(begin + length + 1)
  })

  test('longer circles are found in bounded memory', () => {
    for (const [length, begin] of [
      [257, 0],
      [1_000, 400],
      [10_000, 5],
    ] as const) {
      const detector = new CycleDetector()
      let steps = 0
      const position = () => (steps < begin ? `x${steps}` : String((steps - begin) % length))
      while (!detector.isRepeated(position())) steps++
      expect(steps).toBeLessThanOrEqual(begin + 3 * length + 1)
    }
  })

  test('equal sort keys of an index are no circle', async () => {
    const tied = rows.map((found) => ({ ...found, gsi1pk: { S: 'STATUS#paid#eu' }, gsi1sk: { S: '2026' } }))
    const client = fakeTable(tied as never, { gsi1: ['gsi1pk', 'gsi1sk'] }, () => 1)
    expect(await dbOf(client).all(Order.query.byStatus({ status: 'paid', region: 'eu' }))).toHaveLength(12)
    const circle = stubClient((_, count) => ({
      Items: [],
      LastEvaluatedKey: { gsi1pk: tied[0]!.gsi1pk, gsi1sk: tied[0]!.gsi1sk, ...keyAt(count % 3) },
    }))
    expect(await failure(() => dbOf(circle).all(Order.query.byStatus({ status: 'paid', region: 'eu' })))).toMatchObject(
      { code: 'request' },
    )
    expect(circle.sent).toHaveLength(4)
  })
})
