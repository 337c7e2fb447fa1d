// The fast way through a client does what its `send` does, and gives way where it can't know.
import { connect, RequestError } from '@keyloom/core'
import { ConditionalCheckFailedException, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { channelOf } from '../../src/execution/channel.js'
import { key, Order, order, row } from '../orders.js'
import { refusal, sdkClient } from '../sdk-client.js'

const tables = { shop: 'shop-1' }
const answer = {
  status: 200,
  body: { Item: { ...row, bytes: { B: 'AQID' } }, ConsumedCapacity: { CapacityUnits: 0.5 } },
}
const connected = (client: DynamoDBClient) => connect({ client, tables, retry: { attempts: 1 } }).for(Order)
const passage = () => ({ attempt: 1, attempts: 1, passes: 0 })
const input = { TableName: 'shop-1', Key: { pk: { S: 'é"\\' }, sk: { B: new Uint8Array([1, 2, 3]) } } }
const { signal } = new AbortController()

afterEach(() => vi.restoreAllMocks())

/** How often the SDK puts its middleware together: once for each call that goes through `send`. */
const resolutions = () => vi.spyOn(GetItemCommand.prototype, 'resolveMiddleware')

async function viaChannel(client: DynamoDBClient, given: object = input): Promise<unknown> {
  const channel = channelOf(client, 'GetItem')
  const sent = channel?.send(given, passage(), signal)
  if (sent === undefined) throw new Error('no channel')
  return sent
}

test('sends what the client sends, and gives what it gives', async () => {
  const { client, requests } = sdkClient(() => answer)
  const plain = await client.send(new GetItemCommand(input))
  // What the SDK's own retries tell.
  delete plain.$metadata.totalRetryDelay
  const first = await viaChannel(client)
  const second = await viaChannel(client)
  expect(first).toEqual(plain)
  expect(second).toEqual(plain)
  const [theirs, ...ours] = requests.map(({ headers, body }) => {
    const { authorization, 'amz-sdk-invocation-id': _id, 'amz-sdk-request': _request, ...rest } = headers
    expect(authorization).toContain('Signature=')
    return { ...rest, 'x-amz-date': 0, 'content-length': Number(rest['content-length']), body: String(body) }
  })
  for (const request of ours) expect(request).toEqual({ ...theirs, body: theirs?.body })
})

test('puts the middleware together once', async () => {
  const { client } = sdkClient(() => answer)
  await viaChannel(client)
  const spy = resolutions()
  for (let count = 0; count < 5; count++) await viaChannel(client)
  expect(spy).not.toHaveBeenCalled()
  await client.send(new GetItemCommand(input))
  expect(spy).toHaveBeenCalledTimes(1)
})

test('a repository goes this way', async () => {
  const { client } = sdkClient(() => answer)
  const orders = connected(client)
  const item = await orders.get(key)
  const spy = resolutions()
  expect(await orders.get(key)).toEqual(item)
  expect(spy).not.toHaveBeenCalled()
})

test('a document client goes this way too', async () => {
  const { client, requests } = sdkClient(() => answer)
  const orders = connect({ client: DynamoDBDocumentClient.from(client), tables }).for(Order)
  const item = await orders.get(key)
  const spy = resolutions()
  expect(await orders.get(key)).toEqual(item)
  expect(spy).not.toHaveBeenCalled()
  expect(requests).toHaveLength(2)
})

describe("the owner's middleware", () => {
  test('is run where it stands, with what it would see', async () => {
    const { client } = sdkClient(() => answer)
    const seen: unknown[] = []
    client.middlewareStack.add(
      (next) => async (args) => {
        seen.push(args.input)
        const result = await next(args)
        seen.push(result.output)
        return result
      },
      { step: 'initialize', name: 'observer' },
    )
    await viaChannel(client)
    const output = await viaChannel(client)
    expect(seen.slice(2)).toEqual([input, output])
  })

  test('may change the input', async () => {
    const { client, requests } = sdkClient(() => answer)
    client.middlewareStack.add((next) => (args) => next({ ...args, input: { ...args.input, TableName: 'shop-2' } }), {
      step: 'initialize',
      name: 'renamer',
    })
    await viaChannel(client)
    await viaChannel(client)
    for (const { body } of requests) expect(JSON.parse(String(body))).toMatchObject({ TableName: 'shop-2' })
  })

  test('may change the headers of a request', async () => {
    const { client, requests } = sdkClient(() => answer)
    client.middlewareStack.add(
      (next) => (args) => {
        ;(args.request as { headers: Record<string, string> }).headers['x-mine'] = 'yes'
        return next(args)
      },
      { step: 'build', name: 'header' },
    )
    await viaChannel(client)
    await viaChannel(client)
    for (const { headers } of requests) expect(headers['x-mine']).toBe('yes')
  })

  test('is seen when it comes later, and when it goes', async () => {
    const { client } = sdkClient(() => answer)
    await viaChannel(client)
    let count = 0
    client.middlewareStack.add((next) => (args) => (count++, next(args)), { step: 'build', name: 'late' })
    await viaChannel(client)
    expect(count).toBe(1)
    client.middlewareStack.remove('late')
    await viaChannel(client)
    expect(count).toBe(1)
  })

  test.each(['serialize', 'deserialize'] as const)('in the step %s sends through `send`', async (step) => {
    const { client } = sdkClient(() => answer)
    let bodies = 0
    // After the SDK has written the request, and before it reads the answer.
    const inner =
      (next: (args: object) => Promise<{ response: { body?: unknown } }>) => async (args: { request?: unknown }) => {
        const result = await next(args)
        if (step === 'serialize' ? args.request !== undefined : result.response.body instanceof Readable) bodies++
        return result
      }
    client.middlewareStack.add(inner as never, { step, name: 'inner' } as never)
    expect(channelOf(client as never, 'GetItem')?.send(input, passage(), signal)).toBeUndefined()
    expect(await connected(client).get(key)).toBeDefined()
    expect(bodies).toBe(1)
  })
})

test('a `send` that is replaced is the one that is called', async () => {
  const { client, requests } = sdkClient(() => answer)
  const orders = connected(client)
  await orders.get(key)
  const send = vi.spyOn(client, 'send').mockImplementation(() => Promise.resolve({ Item: row }) as never)
  expect(await orders.get(key)).toMatchObject(order)
  expect(send).toHaveBeenCalledTimes(1)
  expect(requests).toHaveLength(1)
  send.mockRestore()
  await orders.get(key)
  expect(requests).toHaveLength(2)
})

test('a logger of the owner is told', async () => {
  const info = vi.fn()
  const logger = { trace: info, debug: info, info: (entry: unknown) => void info(entry), warn: info, error: info }
  const { client } = sdkClient(() => answer, { logger })
  await viaChannel(client)
  info.mockClear()
  await viaChannel(client)
  expect(info).toHaveBeenCalledTimes(1)
  expect(info.mock.calls[0]?.[0]).toMatchObject({ commandName: 'GetItemCommand', output: { Item: { pk: row.pk } } })
})

describe('errors', () => {
  test("are the SDK's own exceptions", async () => {
    const refused = refusal('ConditionalCheckFailedException', 400, { Item: row })
    const { client } = sdkClient(() => refused)
    const theirs: unknown = await client.send(new GetItemCommand(input)).catch((error: unknown) => error)
    for (let count = 0; count < 2; count++) {
      const ours: unknown = await viaChannel(client).catch((error: unknown) => error)
      expect(ours).toBeInstanceOf(ConditionalCheckFailedException)
      expect({ ...(ours as object), $metadata: 0 }).toEqual({ ...(theirs as object), $metadata: 0 })
      expect(ours).toMatchObject({ Item: row, $metadata: { httpStatusCode: 400 } })
    }
  })

  test('of the network are what the transport throws', async () => {
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    const { client } = sdkClient((count) => (count === 1 ? answer : reset))
    await viaChannel(client)
    await expect(viaChannel(client)).rejects.toBe(reset)
  })

  test('an answer that is no JSON', async () => {
    const { client } = withBody(() => '<html>')
    await expect(connected(client).get(key)).rejects.toThrow(RequestError)
    await expect(connected(client).get(key)).rejects.toThrow(RequestError)
  })
})

function withBody(bodyOf: () => unknown, headers = {}): { client: DynamoDBClient; signals: unknown[] } {
  const signals: unknown[] = []
  const requestHandler = {
    handle(_: unknown, options: { abortSignal?: unknown }) {
      signals.push(options.abortSignal)
      return Promise.resolve({ response: { statusCode: 200, headers, body: bodyOf() } })
    },
  }
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  return { client: new DynamoDBClient({ region: 'x', credentials, requestHandler: requestHandler as never }), signals }
}

const text = JSON.stringify({ Item: { name: { S: 'Zoë 😀' } } })
const bytes = Buffer.from(text)
const cut = bytes.indexOf('ë') + 1

test.each<[string, () => unknown]>([
  ['bytes', () => new Uint8Array(bytes)],
  ['a stream', () => Readable.from([bytes])],
  ['a stream cut inside of a character', () => Readable.from([bytes.subarray(0, cut), bytes.subarray(cut)])],
  ['a web stream', () => new Blob([text]).stream()],
])('a body that is %s', async (_, bodyOf) => {
  const { client } = withBody(bodyOf, { 'x-amzn-requestid': 'r-1' })
  for (let count = 0; count < 2; count++)
    expect(await viaChannel(client)).toMatchObject({
      Item: { name: { S: 'Zoë 😀' } },
      $metadata: { httpStatusCode: 200, requestId: 'r-1' },
    })
})

test('the signal of a call reaches the transport', async () => {
  const { client, signals } = withBody(() => new Uint8Array(bytes))
  await viaChannel(client)
  await viaChannel(client)
  expect(signals).toEqual([signal, signal])
})

test('where the SDK writes something else, its `send` is used', async () => {
  const { client, requests } = sdkClient(() => answer)
  const another =
    (next: (args: object) => unknown, context: { endpointV2?: { url: URL } }) => (args: { input: object }) =>
      next({
        ...args,
        request: {
          method: 'POST',
          protocol: 'https:',
          hostname: context.endpointV2?.url.hostname,
          path: '/',
          query: {},
          headers: { 'content-type': 'application/cbor' },
          body: 'another protocol',
        },
      })
  const options = { step: 'serialize', name: 'serializerMiddleware', override: true }
  client.middlewareStack.add(another as never, options as never)
  await viaChannel(client)
  expect(requests[0]?.body).toBe('another protocol')
  expect(channelOf(client as never, 'GetItem')?.send(input, passage(), signal)).toBeUndefined()
})
