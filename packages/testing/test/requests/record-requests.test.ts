// What a record tells of requests: the same for the same request, whichever client and placeholders it was written with.
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  GetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import * as document from '@aws-sdk/lib-dynamodb'
import { AssertionError } from 'node:assert'
import { describe, expect, test } from 'vitest'
import { assertThat } from '../../src/matchers/assert-that.js'
import { recordRequests } from '../../src/requests/record-requests.js'
import '../../src/vitest/matchers.js'

interface Answers {
  send(command: object): Promise<Record<string, unknown>>
}

function answering(answer: Record<string, unknown> = {}, failure?: Error): Answers & { sent: object[] } {
  const sent: object[] = []
  return {
    sent,
    async send(command) {
      sent.push((command as { input: object }).input)
      if (failure !== undefined) throw failure
      return answer
    },
  }
}

const tables = { shop: 'shop-1a2b' }

function update(status: string, total: string): UpdateItemCommand {
  return new UpdateItemCommand({
    TableName: tables.shop,
    Key: { pk: { S: 'CUSTOMER#1' }, sk: { S: 'ORDER#1' } },
    UpdateExpression: `SET ${status} = ${status.replace('#', ':')} ADD ${total} ${total.replace('#', ':')}`,
    ConditionExpression: `attribute_exists(pk) AND ${status} <> ${status.replace('#', ':')}`,
    ExpressionAttributeNames: { [status]: 'status', [total]: 'total amount' },
    ExpressionAttributeValues: { [status.replace('#', ':')]: { S: 'paid' }, [total.replace('#', ':')]: { N: '5.0' } },
  })
}

const printed = `UpdateItem shop
  key { pk: "CUSTOMER#1", sk: "ORDER#1" }
  condition attribute_exists(pk) AND status <> "paid"
  update SET status = "paid" ADD "total amount" 5`

describe('the printed record', () => {
  test('does not depend on the numbers of placeholders', async () => {
    for (const [status, total] of [
      ['#0', '#1'],
      ['#1', '#0'],
      ['#status', '#10'],
    ] as const) {
      const recorded = recordRequests(answering(), { tables })
      await recorded.send(update(status, total))
      expect(recorded.print()).toBe(printed)
    }
  })

  test('does not depend on the client', async () => {
    const recorded = recordRequests(answering(), { tables })
    await recorded.send(
      new document.UpdateCommand({
        TableName: tables.shop,
        Key: { sk: 'ORDER#1', pk: 'CUSTOMER#1' },
        UpdateExpression: 'SET #s = :s ADD #t :t',
        ConditionExpression: 'attribute_exists(pk) AND #s <> :s',
        ExpressionAttributeNames: { '#s': 'status', '#t': 'total amount' },
        ExpressionAttributeValues: { ':s': 'paid', ':t': 5 },
      }),
    )
    expect(recorded.print()).toBe(printed)
  })

  test('has the parts of batches and transactions', async () => {
    const recorded = recordRequests(answering(), { tables })
    const Key = { pk: { S: 'a' } }
    const set = { NS: ['2', '1.0'] }
    await recorded.send(
      new BatchWriteItemCommand({
        RequestItems: { [tables.shop]: [{ PutRequest: { Item: { ...Key, set } } }, { DeleteRequest: { Key } }] },
      }),
    )
    await recorded.send(
      new BatchGetItemCommand({ RequestItems: { [tables.shop]: { Keys: [Key], ConsistentRead: true } } }),
    )
    const check = { TableName: 'other', Key, ConditionExpression: 'attribute_not_exists(#0)' }
    await recorded.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ ConditionCheck: { ...check, ExpressionAttributeNames: { '#0': 'pk' } } }],
      }),
    )
    expect(recorded.print()).toBe(`BatchWriteItem
  Put shop
    item { pk: "a", set: set(1, 2) }
  Delete shop
    key { pk: "a" }
BatchGetItem
  Get shop
    key { pk: "a" }
    consistent true
TransactWriteItems
  ConditionCheck other
    key { pk: "a" }
    condition attribute_not_exists(pk)`)
  })

  test('leaves alone a placeholder that nothing stands behind, and one that begins like another', async () => {
    const recorded = recordRequests(answering())
    const names = { '#1': 'a', '#10': 'b', '#__proto__': 'c' }
    await recorded.send(
      new QueryCommand({
        TableName: 'table',
        KeyConditionExpression: '#1 = :1 AND #10 = :10 AND #__proto__ = :constructor',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':1': { S: '#10 :10' }, ':10': { NULL: true } },
        ScanIndexForward: false,
        Limit: 2,
      }),
    )
    expect(recorded.requests[0]).toMatchObject({
      keyCondition: 'a = "#10 :10" AND b = null AND c = :constructor',
      limit: 2,
      reverse: true,
    })
  })
})

describe('a recording client', () => {
  test('asks for the capacity, and leaves the command as it was', async () => {
    const inner = answering({ ConsumedCapacity: { CapacityUnits: 0.5 } })
    const recorded = recordRequests(inner)
    const command = new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } } })
    await recorded.send(command)
    expect(inner.sent).toEqual([{ ...command.input, ReturnConsumedCapacity: 'TOTAL' }])
    expect(command.input).not.toHaveProperty('ReturnConsumedCapacity')
    await recordRequests(inner, { capacity: false }).send(command)
    expect(inner.sent[1]).toBe(command.input)
  })

  test('keeps what came back, and what was thrown', async () => {
    const failure = new Error('failed')
    const recorded = recordRequests(answering({}, failure))
    await expect(recorded.send(update('#0', '#1'))).rejects.toBe(failure)
    expect(recorded.requests).toMatchObject([{ operation: 'UpdateItem', error: failure }])
    recorded.clear()
    expect(recorded.requests).toEqual([])
  })
})

describe('toHaveRequested', () => {
  test('finds a request by its operation, by parts of it, and counts', async () => {
    const recorded = recordRequests(answering(), { tables })
    await recorded.send(update('#0', '#1'))
    await recorded.send(update('#0', '#1'))
    expect(recorded).toHaveRequested('UpdateItem')
    expect(recorded).not.toHaveRequested('GetItem')
    expect(recorded).toHaveRequested('UpdateItem', { times: 2 })
    expect(recorded).not.toHaveRequested('UpdateItem', { times: 1 })
    expect(recorded).toHaveRequested({ table: 'shop', key: { pk: 'CUSTOMER#1' } })
    expect(recorded).toHaveRequested({
      key: { pk: { S: 'CUSTOMER#1' } },
      update: expect.stringContaining('"paid"') as string,
    })
    expect(recorded).not.toHaveRequested({ table: 'shop', key: { pk: 'CUSTOMER#2' } })
    expect(recorded).not.toHaveRequested({ limit: 1 })
    expect(() => expect(recorded).toHaveRequested('GetItem')).toThrow(/GetItem[^]*UpdateItem shop/)
    expect(() => expect({}).toHaveRequested('GetItem')).toThrow(TypeError)
  })
})

describe('toCost', () => {
  test('adds up, and refuses to guess', async () => {
    const recorded = recordRequests(answering({ ConsumedCapacity: [{ CapacityUnits: 1 }, { CapacityUnits: 2 }] }))
    await recorded.send(new BatchGetItemCommand({ RequestItems: {} }))
    await recorded.send(new BatchWriteItemCommand({ RequestItems: {} }))
    await recorded.send(new BatchWriteItemCommand({ RequestItems: {} }))
    expect(recorded).toCost({ read: 3, write: 6 })
    expect(recorded).not.toCost({ read: 3 })
    const silent = recordRequests(answering())
    await silent.send(new GetItemCommand({ TableName: 'table', Key: {} }))
    expect(() => expect(silent).toCost({ read: 0 })).toThrow(TypeError)
  })
})

describe('toMatchItem', () => {
  const wire = {
    pk: { S: 'a' },
    n: { N: '1.50' },
    big: { N: '12345678901234567890123456789012345678' },
    tags: { SS: ['b', 'a'] },
    bytes: { B: new Uint8Array([1, 2]) },
    map: { M: { list: { L: [{ BOOL: true }, { NULL: true }] } } },
  }
  const native = {
    pk: 'a',
    n: 1.5,
    big: 12345678901234567890123456789012345678n,
    tags: new Set(['a', 'b']),
    bytes: new Uint8Array([1, 2]),
    map: { list: [true, null] },
  }

  test.each([
    [wire, native],
    [native, wire],
    [wire, wire],
    [native, native],
    [wire, { n: 1.5 }],
    [wire, { map: { list: [true, null] }, gone: undefined }],
    [wire, { pk: expect.any(String) as string, n: expect.closeTo(1.5, 3) as number }],
    [{}, {}],
  ])('%# is so', (item, expected) => {
    expect(item).toMatchItem(expected)
  })

  test.each([
    [wire, { n: '1.5' }],
    [wire, { big: 12345678901234567890123456789012345679n }],
    [wire, { tags: ['a', 'b'] }],
    [wire, { tags: new Set(['a']) }],
    [wire, { bytes: new Uint8Array([1, 3]) }],
    [wire, { map: { list: [true] } }],
    [wire, { pk: undefined }],
    [wire, { gone: null }],
    [undefined, {}],
  ])('%# is not', (item, expected) => {
    expect(item).not.toMatchItem(expected)
  })

  test('says where', () => {
    expect(() => expect(wire).toMatchItem({ map: { list: [true, false] } })).toThrow('map.list[1] is null, not false')
  })

  test('works without expect', () => {
    assertThat(wire).toMatchItem({ n: 1.5 })
    expect(() => {
      assertThat(wire).toMatchItem({ n: 2 })
    }).toThrow(AssertionError)
  })
})
