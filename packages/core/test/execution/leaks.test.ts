// Calls that are aborted or time out leave nothing behind: no timer, no listener, no socket, no unhandled rejection.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { connect, type Client } from '@keyloom/core'
import { getEventListeners } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { key, Order, order } from '../orders.js'

/** `KEYLOOM_LEAK_CALLS` raises the number of calls over sockets. */
const socketCalls = Number(process.env['KEYLOOM_LEAK_CALLS'] ?? 200)
const calls = 10_000
const tables = { shop: 'shop-1' }
const rejections: unknown[] = []
const note = (reason: unknown) => rejections.push(reason)

const warnings: unknown[] = []
const warn = (warning: unknown) => warnings.push(warning)

beforeAll(() => process.on('unhandledRejection', note).on('warning', warn))
afterAll(() => process.off('unhandledRejection', note).off('warning', warn))

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Never answers, and fails late with what the signal says, as the SDK does. */
const silent: Client = {
  send: (_, options) =>
    new Promise((__, reject) => {
      options?.abortSignal?.addEventListener('abort', () => {
        setImmediate(() => {
          reject(new DOMException('late', 'AbortError'))
        })
      })
    }),
}

test(`${calls} calls that end early leave no timer, listener or rejection`, async () => {
  const before = timers()
  const lasting = new AbortController()
  const db = connect({ client: silent, tables, retry: { attempts: 1, attemptTimeout: 5 } })
  const slow = connect({ client: silent, tables })
  const outcomes = new Set<string>()
  const delays: number[] = []
  for (let done = 0; done < calls; done += 100) {
    const aborted = Array.from({ length: 50 }, () => new AbortController())
    const running = [
      ...Array.from({ length: 50 }, () => db.run(Order.get(key), { signal: lasting.signal })),
      ...aborted.map(({ signal }) => slow.run(Order.put(order), { signal })),
    ].map((call) => call.catch((error: unknown) => outcomes.add((error as { awsName: string }).awsName)))
    const start = performance.now()
    for (const controller of aborted) controller.abort()
    await Promise.all(running.slice(50))
    delays.push(performance.now() - start)
    await Promise.all(running)
  }
  await turn()
  await turn()
  expect(outcomes).toEqual(new Set(['TimeoutError', 'AbortError']))
  expect(getEventListeners(lasting.signal, 'abort')).toHaveLength(0)
  expect(timers()).toBeLessThanOrEqual(before)
  expect(rejections).toEqual([])
  expect(warnings).toEqual([])
  // The median: a machine that does other things too has its slow moments.
  expect(delays.sort((a, b) => a - b)[delays.length / 2]).toBeLessThan(50)
}, 60_000)

test(`${socketCalls} calls over sockets leave none open`, async () => {
  // Takes requests and never answers.
  const server = createServer(() => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const connections = () =>
    new Promise<number>((resolve, reject) => {
      server.getConnections((error, count) => {
        if (error === null) resolve(count)
        else reject(error)
      })
    })
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  })
  const db = connect({ client, tables, retry: { attempts: 1, attemptTimeout: 20 } })
  const before = timers()
  for (let done = 0; done < socketCalls; done += 20) {
    const controllers = Array.from({ length: 10 }, () => new AbortController())
    const running = [
      ...Array.from({ length: 10 }, () => db.run(Order.get(key))),
      ...controllers.map(({ signal }) => db.run(Order.put(order), { signal, timeout: 1_000 })),
    ]
    const ended = Promise.allSettled(running)
    await turn()
    for (const controller of controllers) controller.abort()
    for (const { status } of await ended) expect(status).toBe('rejected')
  }
  await vi.waitFor(async () => {
    expect(await connections()).toBe(0)
  })
  await vi.waitFor(() => {
    expect(timers()).toBeLessThanOrEqual(before)
  })
  expect(rejections).toEqual([])
  client.destroy()
  server.close()
}, 60_000)
