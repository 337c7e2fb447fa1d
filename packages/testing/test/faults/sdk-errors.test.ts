// What callers see of a fault is what the SDK itself throws: the same faults above and below its own deserializer.
import {
  DynamoDBClient,
  DynamoDBServiceException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Fault } from '../../src/faults/fault.js'
import { faultClient } from '../../src/faults/fault-client.js'
import { faultHandler } from '../../src/faults/fault-handler.js'

const config = { region: 'eu-west-1', credentials: { accessKeyId: 'key', secretAccessKey: 'secret' }, maxAttempts: 1 }
const unsent = { handle: () => Promise.reject(new Error('sent')) }
const update = new UpdateItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } } })
const key = { TableName: 'table', Key: { pk: { S: 'a' } }, ConditionExpression: 'attribute_exists(pk)' }
const transaction = new TransactWriteItemsCommand({
  TransactItems: [{ ConditionCheck: key }, { ConditionCheck: key }],
  ClientRequestToken: 'token',
})

async function thrownBy(sent: Promise<unknown>): Promise<Error & { $metadata?: object }> {
  return sent.then(
    () => expect.unreachable(),
    (error: unknown) => error as Error,
  )
}

/** What a caller can look at, but for the request's id. */
function seen(error: Error & { $metadata?: object }): object {
  const {
    stack: _stack,
    __type: _type,
    $response: _response,
    $metadata,
    ...own
  } = Object.fromEntries(Object.getOwnPropertyNames(error).map((name) => [name, Reflect.get(error, name) as unknown]))
  const metadata = Object.fromEntries(Object.entries($metadata ?? {}).filter(([name]) => !/id$/i.test(name)))
  return { ...own, metadata }
}

const refusals: [Fault, UpdateItemCommand | TransactWriteItemsCommand, new (...args: never[]) => Error][] = [
  ['server-error-before', update, InternalServerError],
  ['throughput-exceeded', update, ProvisionedThroughputExceededException],
  ['throttling', update, DynamoDBServiceException],
  ['clock-skew', update, DynamoDBServiceException],
  ['transaction-conflict', update, TransactionConflictException],
  ['transaction-conflict', transaction, TransactionCanceledException],
  ['transaction-in-progress', transaction, TransactionInProgressException],
]

describe('what the service refuses', () => {
  test.each(refusals)('%s of %o', async (fault, command, errorClass) => {
    const options = { seed: 1, script: [{ nth: 1, fault }] }
    const above = faultClient(new DynamoDBClient(config), options)
    const below = new DynamoDBClient({ ...config, requestHandler: faultHandler(unsent, options) as never })
    const [made, real] = [await thrownBy(above.send(command as never)), await thrownBy(below.send(command as never))]
    expect(real).toBeInstanceOf(errorClass)
    expect(made).toBeInstanceOf(errorClass)
    expect(made.constructor).toBe(real.constructor)
    expect(seen(made)).toEqual(seen(real))
  })
})

describe('a connection that fails', () => {
  test('is reset as Node resets it', async () => {
    const server = createServer((request) => request.socket.resetAndDestroy())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const client = new DynamoDBClient({ ...config, endpoint: `http://127.0.0.1:${port}` })
    const real = await thrownBy(client.send(update))
    const broken = faultClient(client, { script: [{ nth: 1, fault: 'lost-answer-before' }] })
    const made = await thrownBy(broken.send(update))
    client.destroy()
    server.close()
    expect(seen(made)).toEqual(seen(real))
    expect(made.name).toBe('TimeoutError')
  })

  test('is refused as Node refuses it', async () => {
    const client = new DynamoDBClient({ ...config, endpoint: 'http://127.0.0.1:1' })
    const real = await thrownBy(client.send(update))
    const made = await thrownBy(faultClient(client, { script: [{ nth: 1, fault: 'connection-refused' }] }).send(update))
    expect(Object.keys(seen(made)).sort()).toEqual(Object.keys(seen(real)).sort())
    expect(made).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', errno: -111 })
    expect(real).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', errno: -111 })
  })

  test('gives no answer in time as the SDK says it', async () => {
    const server = createServer(() => undefined)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const requestHandler = { requestTimeout: 30, throwOnRequestTimeout: true }
    const client = new DynamoDBClient({ ...config, endpoint: `http://127.0.0.1:${port}`, requestHandler })
    const real = await thrownBy(client.send(update))
    const made = await thrownBy(faultClient(client, { script: [{ nth: 1, fault: 'timeout-before' }] }).send(update))
    client.destroy()
    server.closeAllConnections()
    server.close()
    const { message: _made, ...madeRest } = seen(made) as { message: string }
    const { message: _real, ...realRest } = seen(real) as { message: string }
    expect(madeRest).toEqual(realRest)
  })
})
