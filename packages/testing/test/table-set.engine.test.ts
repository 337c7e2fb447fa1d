// The tables of an application: of their own, empty for every test, gone in the end.
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb'
import { describe, expect } from 'vitest'
import { faultClient } from '../src/faults/fault-client.js'
import { tableSet } from '../src/table-set.js'
import type { TableDefinition } from '../src/temporary-tables.js'
import { test } from '../src/vitest/index.js'
import { testWithTables } from '../src/vitest/test-with-tables.js'

const shop: TableDefinition = {
  AttributeDefinitions: ['pk', 'size'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    // A reserved word.
    { AttributeName: 'size', KeyType: 'RANGE' },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
}
const audit: TableDefinition = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
}

const countOf = async (client: DynamoDBClient, TableName: string): Promise<number> =>
  (await client.send(new ScanCommand({ TableName, Select: 'COUNT', ConsistentRead: true }))).Count ?? 0

const fill = async (client: DynamoDBClient, TableName: string, count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) {
    const Item = { pk: { S: `${index}` }, size: { S: 'XL' }, text: { S: 'more than the key' } }
    await client.send(new PutItemCommand({ TableName, Item }))
  }
}

describe('a table set', () => {
  test('has streams and expiry, is emptied, and dropped', async ({ dynamodb }) => {
    const { client } = dynamodb
    const set = await tableSet(client, { shop, audit })
    expect(set.names.shop).toMatch(/^shop-[0-9a-f]{12}$/)
    const { Table } = await client.send(new DescribeTableCommand({ TableName: set.names.shop }))
    expect(Table?.StreamSpecification).toMatchObject({ StreamEnabled: true })
    const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: set.names.shop }))
    expect(ttl.TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' })

    await fill(client, set.names.shop, 60)
    await client.send(new PutItemCommand({ TableName: set.names.audit, Item: { id: { N: '1' } } }))
    await set.empty()
    expect([await countOf(client, set.names.shop), await countOf(client, set.names.audit)]).toEqual([0, 0])
    await set.drop()
    const { TableNames = [] } = await client.send(new ListTablesCommand())
    expect(TableNames).not.toContain(set.names.shop)
    expect(TableNames).not.toContain(set.names.audit)
  })

  test('never meets another of the same definitions', async ({ dynamodb }) => {
    const sets = await Promise.all([1, 2, 3].map(() => tableSet(dynamodb.client, { shop, audit })))
    expect(new Set(sets.flatMap(({ names }) => Object.values(names))).size).toBe(6)
    await Promise.all(sets.map((set) => set.drop()))
  })

  test('is emptied although parts of batches are left undone', async ({ dynamodb }) => {
    const script = [
      { operation: 'Scan', nth: 1, fault: 'empty-page' },
      { operation: 'BatchWriteItem', nth: 1, fault: 'unprocessed' },
      { operation: 'BatchWriteItem', nth: 2, fault: 'unprocessed' },
    ] as const
    const broken = faultClient(dynamodb.client, { seed: 1, script })
    const set = await tableSet(broken, { shop })
    await fill(dynamodb.client, set.names.shop, 30)
    await set.empty()
    expect(await countOf(dynamodb.client, set.names.shop)).toBe(0)
    expect(broken.log).toHaveLength(3)
    await set.drop()
  })

  test('leaves no table when one of them can not be made', async ({ dynamodb }) => {
    const client = dynamodb.createClient()
    const broken = { KeySchema: audit.KeySchema, AttributeDefinitions: [] } as TableDefinition
    const before = (await client.send(new ListTablesCommand())).TableNames
    await expect(tableSet(client, { audit, broken })).rejects.toThrow()
    expect((await client.send(new ListTablesCommand())).TableNames).toEqual(before)
  })
})

// A fixture of a file or a worker can be defined at the top alone.
const ofFile = testWithTables({ shop, audit })
const ofWorker = testWithTables({ shop, audit }, { per: 'worker' })

describe.each([
  ['file', ofFile],
  ['worker', ofWorker],
] as const)('the tables of a %s', (_per, withTables) => {
  const seen: string[] = []

  withTables('are there, and empty', async ({ dynamodb, tables }) => {
    seen.push(tables.shop)
    expect(await countOf(dynamodb.client, tables.shop)).toBe(0)
    await fill(dynamodb.client, tables.shop, 3)
  })

  withTables('are the same and empty again', async ({ dynamodb, tables }) => {
    expect(tables.shop).toBe(seen[0])
    expect(await countOf(dynamodb.client, tables.shop)).toBe(0)
  })
})

describe('the tables of a test', () => {
  const withTables = testWithTables({ audit }, { per: 'test' })
  const seen = new Set<string>()

  for (const number of [1, 2, 3]) {
    withTables.concurrent(`are its own: ${number}`, async ({ dynamodb, tables }) => {
      seen.add(tables.audit)
      await dynamodb.client.send(new PutItemCommand({ TableName: tables.audit, Item: { id: { N: `${number}` } } }))
      expect(await countOf(dynamodb.client, tables.audit)).toBe(1)
    })
  }

  test.afterAll(() => {
    expect(seen.size).toBe(3)
  })
})
