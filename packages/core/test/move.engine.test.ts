// move: an item under another table key, whole and once, among other writers.
import { ConditionFailedError, connect, entity } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import * as z from 'zod'
import { key, Order, order, row, shop } from './orders.js'
import { desk, Ticket } from './tickets.js'

const later = new Date('2026-03-01T00:00:00.000Z')
const newRow = {
  ...row,
  sk: { S: `ORDER#${later.toISOString()}#o-1` },
  placedAt: { S: later.toISOString() },
  gsi1sk: { S: `${later.toISOString()}#o-1` },
}

async function connected(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(shop, { tableName: 'shop' }))
  const raw = async ({ pk, sk }: typeof row) =>
    (await dynamodb.client.send(new GetItemCommand({ TableName: name, Key: { pk, sk } }))).Item
  const db = connect({ client: dynamodb.client, tables: { shop: name } })
  return { name, db, orders: db.for(Order), raw }
}

test('the row is at its new place with all that it had, and gone from the old one', async ({ dynamodb }) => {
  const { name, orders, raw } = await connected(dynamodb)
  await orders.put(order)
  await dynamodb.client.send(
    new UpdateItemCommand({
      TableName: name,
      Key: { pk: row.pk, sk: row.sk },
      UpdateExpression: 'SET extra = :0',
      ExpressionAttributeValues: { ':0': { L: [{ S: 'x' }] } },
    }),
  )
  expect(await orders.move(key, { placedAt: later, total: 13 })).toEqual({
    ...order,
    placedAt: later,
    total: 13,
    lines: [],
  })
  expect(await raw(row)).toBeUndefined()
  expect(await raw(newRow)).toEqual({
    ...newRow,
    total: { N: '13' },
    gsi2sk: { S: '0000000013' },
    extra: { L: [{ S: 'x' }] },
  })
  const found = await orders.query.byStatus({ status: 'pending', region: 'eu' }).all()
  expect(found).toMatchObject([{ placedAt: later, total: 13 }])
})

test('a place that is taken stays as it is, and so does the item', async ({ dynamodb }) => {
  const { orders, raw } = await connected(dynamodb)
  await orders.put(order)
  const there = await orders.put({ ...order, placedAt: later, total: 99 })
  const error = await orders.move(key, { placedAt: later }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ConditionFailedError)
  expect(error).toMatchObject({ reason: 'already-exists', item: there })
  expect(await raw(row)).toEqual(row)
  await expect(orders.move({ ...key, orderId: 'o-9' }, { placedAt: later })).rejects.toMatchObject({
    reason: 'not-found',
  })
})

test('a version goes on, createdAt is kept', async ({ dynamodb }) => {
  const name = await dynamodb.createTable(createTableInput(desk, { tableName: 'desk' }))
  const tickets = connect({ client: dynamodb.client, tables: { desk: name } }).for(Ticket)
  const made = await tickets.create({ ticketId: 't-1' })
  await tickets.update({ ticketId: 't-1' }, { set: { note: 'x' } })
  const moved = await tickets.move({ ticketId: 't-1' }, { ticketId: 't-2' })
  expect(moved).toMatchObject({ ticketId: 't-2', note: 'x', version: 3, createdAt: made.createdAt })
  expect(await tickets.get({ ticketId: 't-2' })).toEqual(moved)
  expect(await tickets.get({ ticketId: 't-1' })).toBeUndefined()
})

const schema = z.object({ group: z.string(), id: z.string(), count: z.number() })
const keys = { partitionKey: '{group}', sortKey: '{id}' } as const
const Plain = entity('Plain', { table: desk, schema, key: { partitionKey: 'P#{group}', sortKey: '{id}' } })
const Versioned = entity('Versioned', {
  table: desk,
  schema,
  key: { partitionKey: 'V#{group}', sortKey: keys.sortKey },
  version: 'version',
})

describe.each([
  ['without a version', Plain],
  ['with one', Versioned as unknown as typeof Plain],
])('an entity %s, moved while it is changed', (_, Counter) => {
  test('loses no change and is never twice', { timeout: 60_000 }, async ({ dynamodb }) => {
    const name = await dynamodb.createTable(createTableInput(desk, { tableName: 'desk' }))
    const counters = connect({ client: dynamodb.client, tables: { desk: name } }).for(Counter)
    await counters.put({ group: 'g', id: '0', count: 0 })
    const moves = 10
    let counted = 0
    let isMoving = true
    const write = async (): Promise<void> => {
      for (let turn = 0; isMoving; turn = (turn + 1) % (moves + 1))
        try {
          await counters.update({ group: 'g', id: String(turn) }, { add: { count: 1 } })
          counted++
        } catch (error) {
          if (!(error instanceof ConditionFailedError)) throw error
        }
    }
    const move = async (): Promise<void> => {
      try {
        for (let turn = 0; turn < moves; turn++)
          await counters.move({ group: 'g', id: String(turn) }, { id: String(turn + 1) })
      } finally {
        isMoving = false
      }
    }
    await Promise.all([move(), write(), write(), write()])
    expect(await counters.query({ group: 'g' }).all()).toMatchObject([{ id: String(moves), count: counted }])
  })
})
