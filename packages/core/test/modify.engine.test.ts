// modify among many writers: every change counts once, with a version and without.
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { connect, entity } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import * as z from 'zod'
import { desk } from './tickets.js'

const writers = 32
const rounds = Number(process.env['KEYLOOM_INCREMENTS'] ?? 5)

const schema = z.object({ id: z.string(), count: z.number(), note: z.string().optional() })
const Plain = entity('Plain', { table: desk, schema, key: { partitionKey: 'PLAIN#{id}', sortKey: 'PLAIN' } })
const Versioned = entity('Versioned', {
  table: desk,
  schema,
  key: { partitionKey: 'VERSIONED#{id}', sortKey: 'VERSIONED' },
  version: 'version',
  createdAt: 'createdAt',
})

describe.each([
  ['without a version', Plain],
  ['with one', Versioned as unknown as typeof Plain],
])('an entity %s', (_, Counter) => {
  test(`counts ${writers} × ${rounds} increments`, { timeout: 120_000 + 6_000 * rounds }, async ({ dynamodb }) => {
    const name = await dynamodb.createTable(createTableInput(desk, { tableName: 'desk' }))
    const db = connect({ client: dynamodb.client, tables: { desk: name } })
    await db.for(Counter).put({ id: '1', count: 0 })
    let attempts = 0
    const increment = ({ count }: { count: number }) => {
      attempts++
      return { set: { count: count + 1 } }
    }
    // Nothing makes writers take turns: on a busy machine one of them may lose for longer than a call's usual time.
    const write = async (): Promise<void> => {
      for (let round = 0; round < rounds; round++)
        await db.modify(Counter, { id: '1' }, increment, { timeout: 300_000 })
    }
    await Promise.all(Array.from({ length: writers }, write))
    expect(await db.for(Counter).get({ id: '1' })).toMatchObject({ count: writers * rounds })
    const perSuccess = attempts / (writers * rounds)
    console.info(`[figures] modify ${_}: ${writers} writers x ${rounds}: ${perSuccess.toFixed(2)} attempts a success`)
    expect(perSuccess).toBeLessThanOrEqual(6)
  })
})

test('nothing is written where nothing is to change, and a missing item is no new one', async ({ dynamodb }) => {
  const name = await dynamodb.createTable(createTableInput(desk, { tableName: 'desk' }))
  const db = connect({ client: dynamodb.client, tables: { desk: name } })
  await db.for(Versioned).put({ id: '1', count: 0 })
  expect(await db.modify(Versioned, { id: '1' }, () => undefined)).toMatchObject({ version: 1 })
  expect(await db.modify(Versioned, { id: '1' }, () => ({ set: { note: 'x' } }))).toMatchObject({
    note: 'x',
    version: 2,
  })
  await expect(db.modify(Versioned, { id: '2' }, () => ({ set: { count: 1 } }))).rejects.toMatchObject({
    reason: 'not-found',
  })
})

test('what is stored is compared, not what it reads as', async ({ dynamodb }) => {
  const name = await dynamodb.createTable(createTableInput(desk, { tableName: 'desk' }))
  const Wider = entity('Wider', {
    table: desk,
    schema: z.object({
      id: z.string(),
      owner: z.object({ id: z.string(), role: z.string().default('reader') }),
      level: z.number().default(1),
      note: z.string().optional(),
    }),
    key: { partitionKey: 'WIDER#{id}', sortKey: 'WIDER' },
    indexes: { byLevel: { index: 'gsi1', partitionKey: 'LEVEL#{note}', sortKey: '{level:02}' } },
  })
  // An older version wrote it, without what has a default now; a newer one wrote what nobody knows here.
  const Item = {
    pk: { S: 'WIDER#1' },
    sk: { S: 'WIDER' },
    _entity: { S: 'Wider' },
    id: { S: '1' },
    owner: { M: { id: { S: 'o' }, phone: { S: '1' } } },
  }
  await dynamodb.client.send(new PutItemCommand({ TableName: name, Item }))
  const db = connect({ client: dynamodb.client, tables: { desk: name }, timeout: 2_000 })
  let rounds = 0
  const change = () => {
    rounds++
    return { set: { note: 'x' } }
  }
  expect(await db.modify(Wider, { id: '1' }, change)).toEqual({
    id: '1',
    owner: { id: 'o', role: 'reader' },
    level: 1,
    note: 'x',
  })
  expect(rounds).toBe(1)
})
