// Requests in words: whatever a value contains, it stands where its placeholder stood.
import { expect, test } from 'vitest'
import { describeExchange } from '../src/demo/describe-exchange.js'

const $metadata = {}

test('a query: a line for each key, the filter, the order, and what it cost', () => {
  const input = {
    TableName: 'shop',
    IndexName: 'gsi1',
    KeyConditionExpression: '#0 = :0 AND #1 BETWEEN :1 AND :2',
    FilterExpression: '#2 >= :3',
    ExpressionAttributeNames: { '#0': 'pk', '#1': 'sk', '#2': 'stock' },
    ExpressionAttributeValues: { ':0': { S: 'A AND :1 #1' }, ':1': { S: 'B' }, ':2': { S: 'C' }, ':3': { N: '10' } },
    ScanIndexForward: false,
    Limit: 5,
  }
  const output = { $metadata, Count: 1, ScannedCount: 3, ConsumedCapacity: { CapacityUnits: 0.5 } }
  expect(describeExchange({ operation: 'Query', input, output })).toEqual([
    'Query on gsi1',
    "  key       pk = 'A AND :1 #1'",
    "            AND sk BETWEEN 'B' AND 'C'",
    '  filter    stock >= 10',
    '  order     from the last to the first',
    '  limit     5',
    '→ 3 read, 1 returned, 0.5 read units',
  ])
})

test('an update: a line for each clause, and its condition', () => {
  const input = {
    TableName: 'shop',
    Key: { pk: { S: 'P' } },
    UpdateExpression: 'SET #0 = :0 REMOVE #1',
    ConditionExpression: 'attribute_exists(#2)',
    ExpressionAttributeNames: { '#0': 'note', '#1': 'payBy', '#2': 'pk' },
    ExpressionAttributeValues: { ':0': { S: 'please REMOVE it' } },
  }
  const output = { $metadata, ConsumedCapacity: { CapacityUnits: 2 } }
  expect(describeExchange({ operation: 'UpdateItem', input, output })).toEqual([
    'UpdateItem',
    "  key       pk = 'P'",
    "  update    SET note = 'please REMOVE it'",
    '            REMOVE payBy',
    '  condition attribute_exists(pk)',
    '→ 2 write units',
  ])
})

test('a get that finds nothing read nothing', () => {
  const input = { TableName: 'shop', Key: { pk: { S: 'P' }, sk: { N: '1' } } }
  const output = { $metadata, ConsumedCapacity: { CapacityUnits: 0.5 } }
  expect(describeExchange({ operation: 'GetItem', input, output })).toEqual([
    'GetItem',
    "  key       pk = 'P', sk = 1",
    '→ 0 read, 0 returned, 0.5 read units',
  ])
})
