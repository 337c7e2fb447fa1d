// The engine of the run through the fixtures of `@keyloom/testing/vitest`.
import {
  DescribeTableCommand,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
  ScanCommand,
  type AttributeDefinition,
} from '@aws-sdk/client-dynamodb'
import { describe, expect } from 'vitest'
import { temporaryTables, type TableDefinition } from '../src/temporary-tables.js'
import { test } from '../src/vitest/index.js'

const definition: TableDefinition = {
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
}

describe('createTable', () => {
  let shared: string
  test.beforeAll(async ({ dynamodb }) => {
    shared = await dynamodb.createTable({ ...definition, TableName: 'shared' })
  })

  test('in a hook makes a table for the tests of the file', async ({ dynamodb }) => {
    expect(shared).toMatch(/^shared-/)
    await dynamodb.client.send(new PutItemCommand({ TableName: shared, Item: { pk: { S: '1' } } }))
    // Another client of the file sees the same tables.
    const { Count } = await dynamodb.createClient().send(new ScanCommand({ TableName: shared }))
    expect(Count).toBe(1)
  })

  test('makes another table each time, on demand unless told otherwise', async ({ dynamodb }) => {
    const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 }
    const names = await Promise.all([
      dynamodb.createTable(definition),
      dynamodb.createTable(definition),
      dynamodb.createTable({ ...definition, ProvisionedThroughput }),
    ])
    expect(new Set(names).size).toBe(3)
    const tables = await Promise.all(
      names.map((TableName) => dynamodb.client.send(new DescribeTableCommand({ TableName }))),
    )
    expect(tables.map(({ Table }) => Table?.TableStatus)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE'])
    expect(tables.map(({ Table }) => Table?.BillingModeSummary?.BillingMode ?? 'PROVISIONED')).toEqual([
      'PAY_PER_REQUEST',
      'PAY_PER_REQUEST',
      'PROVISIONED',
    ])
  })
})

describe('temporaryTables', () => {
  test('are gone when they are dropped, a protected one and one that is gone already too', async ({ dynamodb }) => {
    const { client } = dynamodb
    const tables = temporaryTables(client)
    const names = [
      await tables.create(definition),
      await tables.create({ ...definition, DeletionProtectionEnabled: true }),
    ]
    const twice = temporaryTables(client)
    await twice.create(definition)
    await Promise.all([tables.drop(), twice.drop()])
    await Promise.all([tables.drop(), twice.drop()])
    for (const TableName of names) {
      const described = client.send(new DescribeTableCommand({ TableName }))
      await expect(described).rejects.toBeInstanceOf(ResourceNotFoundException)
    }
  })
})

describe('a test that needs a conformant engine', { meta: { needs: 'conformant' } }, () => {
  test('is run on one: a key of several attributes sorts by all of them', async ({ dynamodb }) => {
    expect(dynamodb.conformant).toBe(true)
    const attribute = (AttributeName: string): AttributeDefinition => ({ AttributeName, AttributeType: 'S' })
    const TableName = await dynamodb.createTable({
      ...definition,
      AttributeDefinitions: ['pk', 'a', 'b', 'c'].map(attribute),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'index',
          KeySchema: [
            { AttributeName: 'a', KeyType: 'HASH' },
            { AttributeName: 'b', KeyType: 'RANGE' },
            { AttributeName: 'c', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    })
    for (const c of ['2', '1', '3']) {
      const Item = { pk: { S: c }, a: { S: 'a' }, b: { S: 'b' }, c: { S: c } }
      await dynamodb.client.send(new PutItemCommand({ TableName, Item }))
    }
    const { Items = [] } = await dynamodb.client.send(
      new QueryCommand({
        TableName,
        IndexName: 'index',
        KeyConditionExpression: 'a = :a AND b = :b AND c > :c',
        ExpressionAttributeValues: { ':a': { S: 'a' }, ':b': { S: 'b' }, ':c': { S: '1' } },
      }),
    )
    expect(Items.map(({ c }) => c?.S)).toEqual(['2', '3'])
  })
})
