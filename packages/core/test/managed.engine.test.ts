// Managed attributes on an engine: versions that are checked, times that are kept, rows that have expired.
import { type ConditionFailedError, connect } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import { desk, first, second, Ticket, ticketRow } from './tickets.js'

async function connected(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(desk, { tableName: 'desk' }))
  const clock = { now: first.getTime() }
  const db = connect({ client: dynamodb.client, tables: { desk: name }, clock: () => clock.now })
  const Key = { pk: ticketRow.pk, sk: ticketRow.sk }
  const row = async () => (await dynamodb.client.send(new GetItemCommand({ TableName: name, Key }))).Item
  const mark = async () =>
    dynamodb.client.send(new PutItemCommand({ TableName: name, Item: { ...(await row()), unknown: { S: 'kept' } } }))
  return { db, clock, tickets: db.for(Ticket), row, mark }
}

async function refusal(work: Promise<unknown>): Promise<ConditionFailedError> {
  return work.then(
    () => {
      throw new Error('it was not refused')
    },
    (error: unknown) => error as ConditionFailedError,
  )
}

const key = { ticketId: 't-1' }

describe('versions', () => {
  test('rise with every write, and keep the time of creation', async ({ dynamodb }) => {
    const { tickets, clock, row } = await connected(dynamodb)
    const made = await tickets.put(key)
    expect(made).toEqual({ ...key, status: 'open', priority: 3, version: 1, createdAt: first, updatedAt: first })
    clock.now = second.getTime()
    const changed = await tickets.put({ ...made, note: 'a' })
    expect(changed).toEqual({ ...made, note: 'a', version: 2, updatedAt: second })
    expect(await tickets.get(key)).toEqual(changed)
    expect(await tickets.update(key, { set: { note: 'b' }, returning: 'new' })).toMatchObject({ version: 3 })
    expect(await tickets.replace({ ...changed, version: 3, status: 'closed' })).toMatchObject({
      status: 'closed',
      version: 4,
      createdAt: first,
    })
    expect(await tickets.upsert(key, { add: { visits: 2 }, returning: 'new' })).toMatchObject({ visits: 2, version: 5 })
    expect(await tickets.put({ ...key, status: 'open' }, { ignoreVersion: true })).toEqual({
      ...made,
      version: 6,
      updatedAt: second,
    })
    expect(await row()).toMatchObject({ gsi1pk: { S: 'STATUS#open' }, gsi1sk: { S: second.toISOString() } })
  })

  test('that have been overtaken are refused, with the item that is there', async ({ dynamodb }) => {
    const { tickets, clock } = await connected(dynamodb)
    const made = await tickets.create(key)
    const current = await tickets.update(key, { set: { note: 'x' }, returning: 'new' })
    for (const work of [
      () => tickets.put({ ...made, note: 'y' }),
      () => tickets.put({ ...key, note: 'y' }, { given: made }),
      () => tickets.replace({ ...made, note: 'y' }),
      () => tickets.update(key, { set: { note: 'y' }, given: made }),
      () => tickets.delete(made),
      () => tickets.delete(key, { given: made }),
    ]) {
      const error = await refusal(work())
      expect(error).toMatchObject({ code: 'condition-failed', reason: 'version', item: current })
      expect(error.itemOf(Ticket)?.version).toBe(2)
    }
    expect(await refusal(tickets.put(key))).toMatchObject({ reason: 'already-exists', item: current })
    expect(await refusal(tickets.create(key))).toMatchObject({ reason: 'already-exists' })
    // Deleted and made again, an item has version 1 again, and another creation.
    await tickets.delete(current)
    expect(await refusal(tickets.delete(current))).toMatchObject({ reason: 'not-found', item: undefined })
    clock.now = second.getTime()
    await tickets.create(key)
    expect(await refusal(tickets.delete(made))).toMatchObject({ reason: 'version' })
    expect(await refusal(tickets.replace({ ticketId: 't-2' }))).toMatchObject({ reason: 'not-found' })
  })

  test('replace keeps what it does not know, put does not', async ({ dynamodb }) => {
    const { tickets, row, mark } = await connected(dynamodb)
    await tickets.put({ ...key, note: 'a' })
    await mark()
    const replaced = await tickets.replace(key)
    expect(replaced).not.toHaveProperty('note')
    expect(await row()).toMatchObject({ unknown: { S: 'kept' }, version: { N: '2' } })
    await tickets.put(replaced)
    expect(await row()).not.toHaveProperty('unknown')
  })
})

describe('an upsert', () => {
  test('makes the item that a put would make, and keeps what is there', async ({ dynamodb }) => {
    const { tickets, row } = await connected(dynamodb)
    await tickets.upsert(key, { add: { visits: 1 } })
    const { nonce: _, ...made } = (await row()) ?? {}
    const { nonce: __, ...expected } = ticketRow
    expect(made).toEqual({ ...expected, visits: { N: '1' } })
    await tickets.update(key, { set: { status: 'closed', priority: 9 } })
    await tickets.upsert(key, { add: { visits: 1 } })
    expect(await tickets.get(key)).toMatchObject({ status: 'closed', priority: 9, visits: 2, version: 3 })
    expect(await row()).toMatchObject({ gsi1pk: { S: 'STATUS#closed' } })
  })
})

describe('rows past their expiry', () => {
  test('count as gone, unless they are asked for', async ({ dynamodb }) => {
    const { db, tickets, clock } = await connected(dynamodb)
    const ttl = new Date('2026-02-16T10:30:00.000Z')
    const made = await tickets.put({ ...key, ttl })
    expect(await tickets.get(key)).toEqual(made)
    expect(await tickets.query(key).all()).toEqual([made])
    clock.now = ttl.getTime()
    expect(await tickets.get(key)).toBeUndefined()
    expect(await tickets.get(key, { expired: 'include' })).toEqual(made)
    expect(await tickets.query(key).all()).toEqual([])
    expect(await tickets.query(key).count()).toBe(0)
    expect(await tickets.query(key, { expired: 'include' }).all()).toEqual([made])
    expect(await tickets.scan().all()).toEqual([])
    expect(await tickets.scan({ expired: 'include' }).all()).toEqual([made])
    expect(await db.batchGet([Ticket.get(key)])).toEqual([undefined])
    expect(await refusal(tickets.update(key, { set: { note: 'x' } }))).toMatchObject({ reason: 'not-found' })
    expect(await refusal(db.transactWrite({ check: Ticket.check(key) }))).toMatchObject({
      code: 'transaction-canceled',
    })
    expect(await tickets.create(key)).toMatchObject({ version: 1, createdAt: ttl })
    await db.transactWrite({ check: Ticket.check(key) })
  })
})
