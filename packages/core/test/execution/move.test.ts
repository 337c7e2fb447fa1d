import { ConditionFailedError, connect, InputError } from '@keyloom/core'
import { describe, expect, test, vi } from 'vitest'
import { key, Order, order, placedAt, row } from '../orders.js'
import { serviceError, stubClient } from '../stub-client.js'
import { first, second, Ticket, ticketRow } from '../tickets.js'
import { User } from '../users.js'
import { virtualTime } from '../virtual-time.js'

const later = new Date('2026-03-01T00:00:00.000Z')
const moved = { ...order, placedAt: later, lines: [] }
const clock = () => second.getTime()
const tables = { shop: 'shop-1', desk: 'desk-1', accounts: 'accounts-1' }

interface Sent {
  readonly operation: string
}
const stored = (item: object) => (sent: Sent) => (sent.operation === 'GetItem' ? { Item: item } : {})

const refused = (...codes: readonly (string | object)[]) =>
  serviceError('TransactionCanceledException', 400, {
    CancellationReasons: codes.map((code) => (typeof code === 'string' ? { Code: code } : code)),
  })

describe('the request', () => {
  test('reads consistently, then deletes and puts in one transaction; what is not known goes along', async () => {
    const client = stubClient(stored({ ...row, extra: { M: { a: { N: '1' } } } }))
    const db = connect({ client, tables })
    expect(await db.move(Order, key, { placedAt: later })).toEqual(moved)
    const [get, write] = client.sent
    expect(get).toMatchObject({
      operation: 'GetItem',
      input: { ConsistentRead: true, Key: { pk: row.pk, sk: row.sk } },
    })
    expect(client.sent).toHaveLength(2)
    const { ClientRequestToken, TransactItems } = write?.input as {
      ClientRequestToken: string
      TransactItems: object[]
    }
    expect(ClientRequestToken).toMatch(/^.{1,36}$/)
    const sk = { S: `ORDER#${later.toISOString()}#o-1` }
    expect(TransactItems).toEqual([
      {
        Delete: expect.objectContaining({
          TableName: 'shop-1',
          Key: { pk: row.pk, sk: row.sk },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }) as object,
      },
      {
        Put: {
          TableName: 'shop-1',
          Item: {
            ...row,
            sk,
            placedAt: { S: later.toISOString() },
            gsi1sk: { S: `${later.toISOString()}#o-1` },
            extra: { M: { a: { N: '1' } } },
          },
          ConditionExpression: 'attribute_not_exists(#0)',
          ExpressionAttributeNames: { '#0': 'pk' },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ])
  })

  test('without a version every attribute that was read is guarded, and every absent one', async () => {
    const client = stubClient(stored({ ...row, extra: { S: 'x' } }))
    await connect({ client, tables }).move(Order, key, { placedAt: later, total: 13 })
    const [{ Delete }] = client.sent[1]?.input['TransactItems'] as [
      { Delete: { ConditionExpression: string; ExpressionAttributeNames: object; ExpressionAttributeValues: object } },
    ]
    const names = Object.values(Delete.ExpressionAttributeNames) as string[]
    const others = ['carrier', 'tags', 'address', 'gsi2pk']
    expect(new Set(names)).toEqual(new Set([...Object.keys(row).filter((name) => name !== 'sk'), 'extra', ...others]))
    expect(Object.values(Delete.ExpressionAttributeValues)).toContainEqual(row.total)
    expect(Delete.ConditionExpression.match(/attribute_not_exists/g)).toHaveLength(others.length)
  })

  test('with a version that is guarded alone, with createdAt; it rises, and createdAt is kept', async () => {
    const client = stubClient(stored(ticketRow))
    const db = connect({ client, tables, clock })
    expect(await db.move(Ticket, { ticketId: 't-1' }, { ticketId: 't-2', note: 'n' })).toMatchObject({
      ticketId: 't-2',
      note: 'n',
      version: 2,
      createdAt: first,
      updatedAt: second,
    })
    const [{ Delete }, { Put }] = client.sent[1]?.input['TransactItems'] as [
      { Delete: { ExpressionAttributeNames: object } },
      { Put: { Item: object } },
    ]
    expect(new Set(Object.values(Delete.ExpressionAttributeNames))).toEqual(
      new Set(['pk', 'ttl', 'version', 'createdAt']),
    )
    expect(Put.Item).toEqual({
      ...ticketRow,
      pk: { S: 'TICKET#t-2' },
      ticketId: { S: 't-2' },
      note: { S: 'n' },
      version: { N: '2' },
      updatedAt: { S: second.toISOString() },
      gsi1sk: { S: second.toISOString() },
      nonce: { S: client.sent[1]?.input['ClientRequestToken'] },
    })
  })
})

describe('a race', () => {
  const failing = (times: number) => {
    let writes = 0
    return stubClient(({ operation }) => {
      if (operation === 'GetItem') return { Item: { ...row, total: { N: String(writes) } } }
      if (++writes <= times) throw refused({ Code: 'ConditionalCheckFailed', Item: row }, 'None')
      return {}
    })
  }

  test('lost, it begins anew with what is stored then', async () => {
    const client = failing(3)
    const db = connect({ client, tables, retry: { scheduler: virtualTime() } })
    expect(await db.move(Order, key, { placedAt: later })).toEqual({ ...moved, total: 3 })
    expect(client.sent).toHaveLength(8)
  })

  test('it is bounded by the time', async () => {
    const scheduler = virtualTime()
    const db = connect({ client: failing(Infinity), tables, retry: { scheduler }, timeout: 1_000 })
    await expect(db.move(Order, key, { placedAt: later })).rejects.toMatchObject({ reason: 'condition' })
    expect(scheduler.now()).toBeLessThanOrEqual(1_000)
  })

  test('a new place that is taken is said, with what is there, and not tried again', async () => {
    const there = { ...row, sk: { S: `ORDER#${later.toISOString()}#o-1` }, placedAt: { S: later.toISOString() } }
    const client = stubClient(({ operation }) => {
      if (operation === 'GetItem') return { Item: row }
      throw refused('None', { Code: 'ConditionalCheckFailed', Item: there })
    })
    const error = await connect({ client, tables })
      .move(Order, key, { placedAt: later })
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConditionFailedError)
    expect(error).toMatchObject({
      reason: 'already-exists',
      operation: 'Order.move',
      outcome: 'not-applied',
      item: moved,
    })
    expect(client.sent).toHaveLength(2)
  })

  test('an item that is not there', async () => {
    const client = stubClient()
    await expect(connect({ client, tables }).move(Order, key, { placedAt: later })).rejects.toMatchObject({
      reason: 'not-found',
      operation: 'Order.move',
    })
    expect(client.sent).toHaveLength(1)
  })
})

describe('refused before anything is sent', () => {
  const client = stubClient()
  const db = connect({ client, tables })
  const anything = db.move.bind(db) as (...args: unknown[]) => Promise<unknown>

  test.each([
    ['no changes', [Order, key, undefined], ['changes']],
    ['no other key', [Order, key, { placedAt: new Date(placedAt) }], ['changes']],
    ['another attribute alone', [Order, key, { total: 1 }], ['changes']],
    ['an unknown name', [Order, key, { placedAt: later, nothing: 1 }], ['changes', 'nothing']],
    ['a wrong value', [Order, key, { placedAt: later, total: 'x' }], ['changes', 'total']],
    ['undefined', [Order, key, { placedAt: undefined }], ['changes', 'placedAt']],
    ['a version', [Ticket, { ticketId: 't-1' }, { ticketId: 't-2', version: 1 }], ['changes', 'version']],
    ['a half key', [Order, { customerId: 'c-1' }, { placedAt: later }], ['placedAt']],
    ['an option that is none', [Order, key, { placedAt: later }, { guard: ['total'] }], ['guard']],
    ['unique constraints', [User, { userId: 'u-1' }, { userId: 'u-2' }], []],
  ])('%s', async (_, args, path) => {
    const error = await anything(...args).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InputError)
    expect(error).toMatchObject({ path })
    expect(client.sent).toHaveLength(0)
  })

  test('a place out of reach', async () => {
    const bound = db.within({ customerId: 'c-1' })
    const reaching = bound.for(Order).move as (...args: unknown[]) => Promise<unknown>
    await expect(reaching(key, { customerId: 'c-2' })).rejects.toBeInstanceOf(InputError)
    expect(client.sent).toHaveLength(0)
  })
})

test('a repository has it, and modify, with its own defaults', async () => {
  const client = stubClient(stored(row))
  const tablesOf = vi.fn(() => ({ shop: 'shop-2' }))
  const orders = connect({ client, tables }).for(Order, { tables: tablesOf() })
  expect(await orders.move(key, { placedAt: later })).toEqual(moved)
  await orders.modify(key, () => undefined)
  expect(client.sent.filter(({ operation }) => operation === 'GetItem').map(({ input }) => input['TableName'])).toEqual(
    ['shop-2', 'shop-2'],
  )
})
