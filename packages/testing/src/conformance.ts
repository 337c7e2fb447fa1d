// Asks a server that we do not know whether it does what the embedded engine gets wrong.
import { PutItemCommand, QueryCommand, UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createClient, randomAccessKey } from './client.js'
import { temporaryTables } from './temporary-tables.js'

/**
 * Whether a server has index keys of several attributes, read through a query with three clauses, and returns nothing
 * old for an item that it has just created. An engine that knows neither is no measure for what needs them.
 */
export async function isConformant(endpoint: string): Promise<boolean> {
  const client = createClient(endpoint, randomAccessKey())
  const tables = temporaryTables(client)
  try {
    const name = await tables.create({
      TableName: 'keyloom-probe',
      AttributeDefinitions: ['pk', 'a', 'b', 'c'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
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
    return (await returnsNothingOld(client, name)) && (await queriesByThree(client, name))
  } catch {
    // What it refuses it does not have; a server that is gone shows at the first test.
    return false
  } finally {
    await tables.drop().catch(() => undefined)
    client.destroy()
  }
}

async function returnsNothingOld(client: DynamoDBClient, TableName: string): Promise<boolean> {
  const { Attributes } = await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { pk: { S: 'new' } },
      UpdateExpression: 'SET note = :note',
      ExpressionAttributeValues: { ':note': { S: 'first' } },
      ReturnValues: 'ALL_OLD',
    }),
  )
  return Attributes === undefined
}

async function queriesByThree(client: DynamoDBClient, TableName: string): Promise<boolean> {
  for (const c of ['1', '2']) {
    const Item = { pk: { S: c }, a: { S: 'a' }, b: { S: 'b' }, c: { S: c } }
    await client.send(new PutItemCommand({ TableName, Item }))
  }
  const { Count } = await client.send(
    new QueryCommand({
      TableName,
      IndexName: 'index',
      KeyConditionExpression: 'a = :a AND b = :b AND c > :c',
      ExpressionAttributeValues: { ':a': { S: 'a' }, ':b': { S: 'b' }, ':c': { S: '1' } },
    }),
  )
  return Count === 1
}
