import { connect, entity, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { expect } from 'vitest'
import * as z from 'zod'
import { Order, order, shop } from './orders.js'
import { desk, first, second, Ticket } from './tickets.js'

const documents = table('documents', { partitionKey: { name: 'id', type: 'number' } })
const Document = entity('Document', {
  table: documents,
  schema: z.object({ id: z.number(), text: z.string() }),
  key: { partitionKey: '{id}' },
})

async function connected(dynamodb: FileDynamoDB) {
  const tables = {
    shop: await dynamodb.createTable(createTableInput(shop, { tableName: 'shop' })),
    documents: await dynamodb.createTable(createTableInput(documents, { tableName: 'documents' })),
  }
  return { tables, db: connect({ client: dynamodb.client, tables }) }
}

test('two tables, chunks, holes and repeats', async ({ dynamodb }) => {
  const { db, tables } = await connected(dynamodb)
  const orders = Array.from({ length: 40 }, (_, index) => ({ ...order, orderId: `o-${index}` }))
  const texts = Array.from({ length: 30 }, (_, index) => ({ id: index / 10 ** 20 + index, text: `t-${index}` }))
  await db.batchWrite([...orders.map((one) => Order.put(one)), ...texts.map((one) => Document.put(one))])
  const { Count } = await dynamodb.client.send(new ScanCommand({ TableName: tables.shop, Select: 'COUNT' }))
  expect(Count).toBe(40)
  await db.batchWrite(orders.slice(0, 10).map((one) => Order.delete(one)))
  const items = await db.batchGet([
    ...orders.map((one) => Order.get(one)),
    ...orders.map((one) => Order.get(one, { consistent: true })),
    ...texts.map((one) => Document.get(one)),
    ...texts.map((one) => Document.get(one)),
  ])
  const kept = orders.map((one, index) => (index < 10 ? undefined : { ...one, lines: [] }))
  expect(items).toEqual([...kept, ...kept, ...texts, ...texts])
})

test('versioned items are loaded as they are', async ({ dynamodb }) => {
  const name = await dynamodb.createTable(createTableInput(desk, { tableName: 'desk' }))
  const db = connect({ client: dynamodb.client, tables: { desk: name } })
  const tickets = Array.from({ length: 30 }, (_, index) => ({
    ticketId: `t-${index}`,
    status: 'open' as const,
    priority: index,
    version: index + 7,
    createdAt: first,
    updatedAt: second,
  }))
  await db.batchWrite(tickets.map((one) => Ticket.put(one, { import: true })))
  expect(await db.batchGet(tickets.map((one) => Ticket.get(one, { consistent: true })))).toEqual(tickets)
  await db.run(Ticket.update({ ticketId: 't-0' }, { set: { priority: 9 }, given: { version: 7, createdAt: first } }))
  expect(await db.run(Ticket.get({ ticketId: 't-0' }))).toMatchObject({ version: 8, createdAt: first, priority: 9 })
})

test('more than one answer can hold', { meta: { needs: 'conformant' } }, async ({ dynamodb }) => {
  const { db } = await connected(dynamodb)
  const large = Array.from({ length: 45 }, (_, id) => ({ id, text: 'x'.repeat(390_000) }))
  await db.batchWrite(large.map((one) => Document.put(one)))
  expect(await db.batchGet(large.map((one) => Document.get(one)))).toEqual(large)
})
