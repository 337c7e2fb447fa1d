// What each fault does to the data, on an engine: in front of the SDK's clients, and under their retries.
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  GetItemCommand,
  QueryCommand as ItemQueryCommand,
  PutItemCommand,
  ProvisionedThroughputExceededException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { describe, expect } from 'vitest'
import type { Fault } from '../../src/faults/fault.js'
import { faultClient } from '../../src/faults/fault-client.js'
import { faultHandler } from '../../src/faults/fault-handler.js'
import type { FaultOptions } from '../../src/faults/fault-options.js'
import type { FaultReport } from '../../src/faults/fault-run.js'
import { test } from '../../src/vitest/index.js'

let TableName: string
test.beforeAll(async ({ dynamodb }) => {
  TableName = await dynamodb.createTable({
    AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  })
})

let keys = 0
function freshKey(sk = 'a'): { pk: AttributeValue.SMember; sk: AttributeValue.SMember } {
  keys += 1
  return { pk: { S: `key ${keys}` }, sk: { S: sk } }
}

const increment = (Key: Record<string, AttributeValue>): UpdateItemCommand =>
  new UpdateItemCommand({
    TableName,
    Key,
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  })

async function countOf(client: DynamoDBClient, Key: Record<string, AttributeValue>): Promise<number> {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))
  return Number(Item?.['n']?.N ?? 0)
}

interface Broken {
  readonly client: DynamoDBClient
  readonly report: FaultReport
}

// The two places, each with one attempt: what comes out must be the same.
const places: [string, (make: (config?: object) => DynamoDBClient, options: FaultOptions) => Broken][] = [
  [
    'faultClient',
    (make, options) => {
      const client = faultClient(make({ maxAttempts: 1 }), options)
      return { client, report: client }
    },
  ],
  [
    'faultHandler',
    (make, options) => {
      const report = faultHandler(make().config.requestHandler, options)
      return { client: make({ maxAttempts: 1, requestHandler: report }), report }
    },
  ],
]

describe.each(places)('%s', (_place, broken) => {
  test.for<[Fault, number, number]>([
    ['connection-refused', 0, 0],
    ['lost-answer-before', 0, 0],
    ['lost-answer-after', 1, 1],
    ['timeout-before', 0, 0],
    ['timeout-after', 1, 1],
    ['server-error-before', 0, 0],
    ['server-error-after', 1, 1],
    ['late-write', 0, 1],
    ['late-duplicate', 1, 2],
    ['delay', 1, 1],
    ['late-answer', 1, 1],
    ['throughput-exceeded', 0, 0],
    ['throttling', 0, 0],
    ['transaction-conflict', 0, 0],
    ['clock-skew', 0, 0],
  ])('%s: an increment is applied %i times, and %i in the end', async ([fault, now, end], { dynamodb }) => {
    const Key = freshKey()
    const script = [{ operation: 'UpdateItem', nth: 1, fault }]
    const { client, report } = broken((config) => dynamodb.createClient(config), { script, delay: 1 })
    const isAnswered = ['delay', 'late-answer', 'late-duplicate'].includes(fault)
    const sent = client.send(increment(Key))
    await (isAnswered ? sent : expect(sent).rejects.toThrow())
    expect(await countOf(dynamodb.client, Key)).toBe(now)
    await report.settle()
    expect(await countOf(dynamodb.client, Key)).toBe(end)
    const late = end > now ? { late: 'applied' } : {}
    expect(report.log).toEqual([{ request: 1, operation: 'UpdateItem', nth: 1, fault, ...late }])
  })

  test('a late write arrives after the next request', async ({ dynamodb }) => {
    const Key = freshKey()
    const script = [{ operation: 'UpdateItem', nth: 1, fault: 'late-write' as const }]
    const { client } = broken((config) => dynamodb.createClient(config), { script })
    await expect(client.send(increment(Key))).rejects.toThrow()
    await client.send(increment(Key))
    expect(await countOf(dynamodb.client, Key)).toBe(2)
  })

  test('a late duplicate of a transaction has its token', async ({ dynamodb }) => {
    const Key = freshKey()
    const script = [{ nth: 1, fault: 'late-duplicate' as const }]
    const { client, report } = broken((config) => dynamodb.createClient(config), { script })
    await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Update: increment(Key).input as never }] }))
    await report.settle()
    expect(report.log).toMatchObject([{ fault: 'late-duplicate', late: 'applied' }])
    expect(await countOf(dynamodb.client, Key)).toBe(1)
  })

  test('what is unprocessed is not done, the rest is', async ({ dynamodb }) => {
    const script = [
      { operation: 'BatchWriteItem', nth: 1, fault: 'unprocessed' as const },
      { operation: 'BatchGetItem', nth: 1, fault: 'unprocessed' as const },
    ]
    const { client } = broken((config) => dynamodb.createClient(config), { script, seed: 1 })
    const items = Array.from({ length: 10 }, () => freshKey())
    const puts = items.map((Item) => ({ PutRequest: { Item } }))
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }))
    const left = UnprocessedItems?.[TableName]?.map((request) => request.PutRequest?.Item) ?? []
    expect(left.length).toBeGreaterThan(0)
    expect(left.length).toBeLessThan(10)

    const get = new BatchGetItemCommand({
      RequestItems: { [TableName]: { Keys: items, ConsistentRead: true, ProjectionExpression: 'pk, sk' } },
    })
    const { Responses, UnprocessedKeys } = await client.send(get)
    const unread = UnprocessedKeys?.[TableName]?.Keys ?? []
    expect(unread.length).toBeGreaterThan(0)
    expect(UnprocessedKeys?.[TableName]).toMatchObject({ ConsistentRead: true, ProjectionExpression: 'pk, sk' })
    const isIn = (list: unknown[]) => (item: unknown) =>
      list.some((one) => JSON.stringify(one) === JSON.stringify(item))
    const stored = items.filter((item) => !isIn(left)(item))
    expect(Responses?.[TableName]).toHaveLength(stored.filter((item) => !isIn(unread)(item)).length)
    const { Responses: all } = await dynamodb.client.send(get)
    expect(all?.[TableName]).toHaveLength(stored.length)
  })

  test('pages are empty, come twice or lead nowhere', async ({ dynamodb }) => {
    const { pk } = freshKey()
    for (const sk of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await dynamodb.client.send(new PutItemCommand({ TableName, Item: { pk, sk: { S: sk } } }))
    }
    const input: QueryCommandInput = {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      Limit: 2,
    }
    const read = async (...faults: [number, Fault][]): Promise<string[]> => {
      const script = faults.map(([nth, fault]) => ({ operation: 'Query', nth, fault }))
      const { client } = broken((config) => dynamodb.createClient(config), { script })
      const pages: string[] = []
      let start: QueryCommandInput['ExclusiveStartKey']
      do {
        const query = new ItemQueryCommand({ ...input, ...(start === undefined ? {} : { ExclusiveStartKey: start }) })
        const { Items = [], Count, LastEvaluatedKey } = await client.send(query).catch(() => client.send(query))
        expect(Count).toBe(Items.length)
        pages.push(`${Items.map(({ sk }) => sk?.S).join('')}>${LastEvaluatedKey?.['sk']?.S ?? ''}`)
        start = LastEvaluatedKey
      } while (start !== undefined && pages.length < 8)
      return pages
    }
    expect(await read()).toEqual(['ab>b', 'cd>d', 'ef>f', '>'])
    expect(await read([1, 'empty-page'])).toEqual(['>a', 'ab>b', 'cd>d', 'ef>f', '>'])
    // The rows after an empty page are still there when their answer was lost and the request is repeated.
    expect(await read([2, 'empty-page'], [3, 'delay'])).toEqual(['ab>b', '>c', 'cd>d', 'ef>f', '>'])
    expect(await read([2, 'empty-page'], [3, 'lost-answer-after'])).toEqual(['ab>b', '>c', 'cd>d', 'ef>f', '>'])
    expect(await read([2, 'empty-page'], [4, 'empty-page'])).toEqual(['ab>b', '>c', 'cd>d', '>e', 'ef>f', '>'])
    expect(await read([2, 'repeated-page'])).toEqual(['ab>b', 'ab>b', 'cd>d', 'ef>f', '>'])
    expect(await read([2, 'repeated-key'])).toEqual(['ab>b', 'cd>b', 'cd>d', 'ef>f', '>'])
    expect(await read([4, 'empty-page'], [1, 'repeated-page'])).toEqual(['ab>b', 'cd>d', 'ef>f', '>'])
  })
})

describe('the document client', () => {
  test('meets the same faults', async ({ dynamodb }) => {
    const script = [
      { operation: 'UpdateItem', nth: 1, fault: 'late-duplicate' as const },
      { operation: 'BatchWriteItem', nth: 1, fault: 'unprocessed' as const },
      { operation: 'BatchGetItem', nth: 1, fault: 'unprocessed' as const },
      { operation: 'Query', nth: 1, fault: 'empty-page' as const },
      { operation: 'PutItem', nth: 1, fault: 'throughput-exceeded' as const },
    ]
    const inner = DynamoDBDocumentClient.from(dynamodb.createClient())
    const client = faultClient(inner, { script, seed: 2 })
    const pk = freshKey().pk.S
    const update = { UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': 1 }, Key: { pk, sk: 'n' } }
    await client.send(new UpdateCommand({ TableName, ...update }))
    await client.settle()
    const { Item } = await client.send(new GetCommand({ TableName, Key: { pk, sk: 'n' } }))
    expect(Item).toEqual({ pk, sk: 'n', n: 2 })

    const Keys = ['a', 'b', 'c', 'd'].map((sk) => ({ pk, sk }))
    const puts = Keys.map((key) => ({ PutRequest: { Item: key } }))
    const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts } }))
    const left = UnprocessedItems?.[TableName] ?? []
    expect(puts).toEqual(expect.arrayContaining(left))
    await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: left } }))
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }),
    )
    const unread = UnprocessedKeys?.[TableName]?.Keys ?? []
    expect(unread.length).toBeGreaterThan(0)
    expect([...(Responses?.[TableName] ?? []), ...unread]).toEqual(expect.arrayContaining(Keys))

    const query = { TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } }
    const { Items, LastEvaluatedKey } = await client.send(new QueryCommand(query))
    expect(Items).toEqual([])
    const rest = await client.send(new QueryCommand({ ...query, ExclusiveStartKey: LastEvaluatedKey }))
    expect(rest.Items).toHaveLength(5)
    const put = client.send(new PutCommand({ TableName, Item: { pk, sk: 'z' } }))
    await expect(put).rejects.toBeInstanceOf(ProvisionedThroughputExceededException)
  })
})

describe('a fault handler', () => {
  test('leaves no connection in use, however many answers are lost', async ({ dynamodb }) => {
    const handler = faultHandler(dynamodb.createClient({ maxAttempts: 1 }).config.requestHandler, {
      seed: 1,
      rate: 1,
      faults: ['lost-answer-after', 'timeout-after', 'server-error-after', 'late-write'],
    })
    const client = dynamodb.createClient({ requestHandler: handler, maxAttempts: 1 })
    const Key = freshKey()
    // The SDK opens fifty connections at most.
    for (let write = 0; write < 120; write += 1) await expect(client.send(increment(Key))).rejects.toThrow()
    await handler.settle()
    expect(await countOf(dynamodb.client, Key)).toBe(120)
  })
})

describe("the SDK's own retries", () => {
  const options: FaultOptions = { seed: 11, rate: 0.1, faults: ['lost-answer-after'], operations: ['UpdateItem'] }

  test('double increments whose answers were lost, and report all of them as done once', async ({ dynamodb }) => {
    const Key = freshKey()
    const handler = faultHandler(dynamodb.createClient().config.requestHandler, options)
    const client = dynamodb.createClient({ requestHandler: handler, maxAttempts: 5 })
    const writes = Number(process.env['KEYLOOM_WRITES'] ?? 200)
    for (let write = 0; write < writes; write += 1) await client.send(increment(Key))
    const doubled = (await countOf(dynamodb.client, Key)) - writes
    expect(doubled).toBe(handler.log.length)
    expect(doubled).toBeGreaterThan(writes / 30)
  })
})
