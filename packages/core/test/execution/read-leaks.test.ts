// Reads that are aborted, time out or are left behind leave nothing: no timer, no listener, no request, no unhandled rejection.
import { type Client, connect, each } from '@keyloom/core'
import { getEventListeners } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Order, row } from '../orders.js'

const reads = 10_000
const tables = { shop: 'shop-1' }
const rejections: unknown[] = []
const note = (reason: unknown) => rejections.push(reason)

beforeAll(() => process.on('unhandledRejection', note))
afterAll(() => process.off('unhandledRejection', note))

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Gives two pages, then never answers; fails late with what the signal says, as the SDK does. */
function stalling(): Client & { open: number } {
  const { pk, sk, gsi1pk, gsi1sk } = row
  const client = {
    open: 0,
    send(command: object, options?: { abortSignal?: AbortSignal }): Promise<unknown> {
      const { ExclusiveStartKey: start } = (command as { input: { ExclusiveStartKey?: { sk: { S: string } } } }).input
      if (start === undefined || start.sk.S === sk.S) {
        const last = start === undefined ? sk : { S: `${sk.S}z` }
        return Promise.resolve({ Items: [row, row], LastEvaluatedKey: { pk, sk: last, gsi1pk, gsi1sk } })
      }
      client.open++
      return new Promise((_, reject) => {
        options?.abortSignal?.addEventListener('abort', () => {
          client.open--
          setImmediate(() => {
            reject(new DOMException('late', 'AbortError'))
          })
        })
      })
    },
  }
  return client
}

test(`${reads} reads that end early leave nothing`, async () => {
  const before = timers()
  const client = stalling()
  const lasting = new AbortController()
  const { signal } = lasting
  const quick = connect({ client, tables, retry: { attempts: 1, attemptTimeout: 5 } })
  const slow = connect({ client, tables })
  const queries = [
    Order.query({ customerId: 'c-1' }),
    Order.query.byStatus({ status: each(), region: 'eu' }),
    Order.scan({ segments: 3 }),
  ]
  const ended: string[] = []
  const failed = (error: unknown) => ended.push((error as { awsName: string }).awsName)
  const ways: ((query: (typeof queries)[number]) => Promise<unknown>)[] = [
    // Times out on its third page.
    (query) => quick.all(query, { signal }).catch(failed),
    // Is aborted on its third page.
    async (query) => {
      const controller = new AbortController()
      const reading = slow.all(query, { signal: controller.signal }).catch(failed)
      await turn()
      controller.abort()
      await reading
    },
    // Is broken out of while a page is read ahead.
    async (query) => {
      let seen = 0
      for await (const _ of slow.items(query, { signal })) if (++seen > 2) break
      ended.push('left')
    },
    // Is left while the next item is awaited.
    async (query) => {
      const iterator = slow.items(query, { signal })[Symbol.asyncIterator]()
      for (let item = 0; item < 4; item++) await iterator.next()
      const pending = iterator.next()
      await turn()
      await iterator.return?.()
      await pending
      ended.push('left')
    },
    // Is dropped: nobody says that no more is wanted.
    async (query) => {
      await slow.items(query, { signal })[Symbol.asyncIterator]().next()
      ended.push('left')
    },
  ]
  for (let done = 0; done < reads; done += 150)
    await Promise.all(
      Array.from({ length: 150 }, (_, index) => ways[index % ways.length]!(queries[index % queries.length]!)),
    )
  await turn()
  await turn()
  expect(new Set(ended)).toEqual(new Set(['TimeoutError', 'AbortError', 'left']))
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  expect(client.open).toBe(0)
  expect(timers()).toBeLessThanOrEqual(before)
  expect(rejections).toEqual([])
}, 60_000)
