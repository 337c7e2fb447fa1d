// The SDK's own retries are off for what Keyloom sends, and for nothing else.
import { connect, RequestError, type Client } from '@keyloom/core'
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { key, Order, order, row } from '../orders.js'
import { refusal, sdkClient } from '../sdk-client.js'
import { virtualTime } from '../virtual-time.js'

const throttled = refusal('ThrottlingException')
const tables = { shop: 'shop-1' }
const once = (client: Client) => connect({ client, tables, retry: { attempts: 1 } }).for(Order)

describe.each<[string, object]>([
  ['a plain client', {}],
  ['a client with cached middleware', { cacheMiddleware: true }],
  ['a client in adaptive mode', { retryMode: 'adaptive' }],
  ['a client with many attempts', { maxAttempts: 9 }],
  [
    'a client with a retry strategy of the old kind',
    { retryStrategy: { retry: () => Promise.reject(new Error('x')) } },
  ],
])('%s', (_, config) => {
  test('sends once', async () => {
    const { client, requests } = sdkClient(() => throttled, config)
    await expect(once(client).get(key)).rejects.toMatchObject({ awsName: 'ThrottlingException', attempts: 1 })
    await expect(once(client).put(order)).rejects.toThrow(RequestError)
    expect(requests).toHaveLength(2)
  })

  test('as a document client too', async () => {
    // Document clients refuse to be made of a client with cached middleware.
    const { client, requests } = sdkClient(() => throttled, { ...config, cacheMiddleware: false })
    await expect(once(DynamoDBDocumentClient.from(client)).put(order)).rejects.toMatchObject({ attempts: 1 })
    expect(requests).toHaveLength(1)
  })
})

test('a wrapper that hands commands on sends once', async () => {
  const { client, requests } = sdkClient(() => throttled)
  const wrapper: Client = { send: (command, options) => client.send(command as GetItemCommand, options) }
  await expect(once(wrapper).get(key)).rejects.toMatchObject({ attempts: 1 })
  expect(requests).toHaveLength(1)
})

test('a wrapper that repeats is found out', async () => {
  const { client } = sdkClient((count) => (count === 1 ? new Error('socket hang up') : throttled))
  const wrapper: Client = {
    send: (command, options) =>
      client.send(command as GetItemCommand, options).catch(() => client.send(command as GetItemCommand, options)),
  }
  await expect(once(wrapper).put(order)).rejects.toMatchObject({ outcome: 'unknown', attempts: 2 })
})

test("the client's own commands keep its retries", async () => {
  const { client, requests } = sdkClient(() => refusal('InternalServerError', 500), {
    maxAttempts: 2,
    cacheMiddleware: true,
  })
  await expect(once(client).get(key)).rejects.toThrow(RequestError)
  expect(requests).toHaveLength(1)
  await expect(client.send(new GetItemCommand({ TableName: 'x', Key: {} }))).rejects.toThrow()
  expect(requests).toHaveLength(3)
})

test('a document client reads and writes what the client does', async () => {
  const { client, requests } = sdkClient(() => ({ status: 200, body: { Item: row } }))
  const orders = connect({ client: DynamoDBDocumentClient.from(client), tables }).for(Order)
  const plain = connect({ client, tables }).for(Order)
  expect(await orders.get(key)).toEqual(await plain.get(key))
  expect(await orders.put(order)).toEqual(await plain.put(order))
  expect(requests[0]?.body).toEqual(requests[1]?.body)
  expect(requests[2]?.body).toEqual(requests[3]?.body)
})

test("middleware and metadata of the user's see every attempt", async () => {
  const scheduler = virtualTime()
  const { client, requests } = sdkClient((count) => (count < 3 ? throttled : { status: 200, body: { Item: row } }))
  const seen: unknown[] = []
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      seen.push(result.output.$metadata.attempts)
      return result
    },
    { step: 'initialize', name: 'observer' },
  )
  let starts = 0
  client.middlewareStack.add((next) => (args) => (starts++, next(args)), { step: 'build', name: 'counter' })
  await connect({ client, tables, retry: { scheduler } }).for(Order).get(key)
  expect(requests.map(({ headers }) => headers['amz-sdk-request'])).toEqual([
    'attempt=1; max=8',
    'attempt=2; max=8',
    'attempt=3; max=8',
  ])
  expect(starts).toBe(3)
  expect(seen).toEqual([3])
})
