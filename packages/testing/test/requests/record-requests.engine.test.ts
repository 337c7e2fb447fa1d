// What requests consume on an engine, as the record tells it.
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect } from 'vitest'
import { recordRequests } from '../../src/requests/record-requests.js'
import { test } from '../../src/vitest/index.js'
import '../../src/vitest/matchers.js'

test('a record costs what its requests have consumed', async ({ dynamodb }) => {
  const TableName = await dynamodb.createTable({
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  })
  const recorded = recordRequests(dynamodb.client, { tables: { shop: TableName } })
  await recorded.send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' }, text: { S: 'x'.repeat(1_500) } } }))
  const Key = { pk: { S: 'a' } }
  const { Item } = await recorded.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))
  await recorded.send(new GetItemCommand({ TableName, Key }))
  expect(Item).toMatchItem({ pk: 'a' })
  expect(recorded).toCost({ read: 1.5, write: 2 })
  expect(recorded).toHaveRequested({ operation: 'GetItem', table: 'shop', consistent: true }, { times: 1 })
})
