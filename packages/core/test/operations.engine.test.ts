import { ConditionFailedError, connect, gte, lt, RequestError } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import { Order, order, row, shop } from './orders.js'

async function connected(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(shop, { tableName: 'shop' }))
  const db = connect({ client: dynamodb.client, tables: { shop: name } })
  const rawRow = async ({ pk, sk }: typeof row) =>
    (await dynamodb.client.send(new GetItemCommand({ TableName: name, Key: { pk, sk } }))).Item
  return { name, db, orders: db.for(Order), rawRow }
}

const stored = { ...order, lines: [] }

describe('one item through its life', () => {
  test('put, get, overwrite, delete', async ({ dynamodb }) => {
    const { orders, rawRow } = await connected(dynamodb)
    expect(await orders.get(order)).toBeUndefined()
    expect(await orders.put(order)).toEqual(stored)
    expect(await rawRow(row)).toEqual(row)
    expect(await orders.get(order)).toEqual(stored)
    expect(await orders.get(order, { consistent: true })).toEqual(stored)
    expect(await orders.put({ ...order, total: 3 }, { returning: 'old' })).toEqual(stored)
    expect(await orders.delete(order, { returning: 'old' })).toEqual({ ...stored, total: 3 })
    expect(await orders.delete(order)).toBeUndefined()
    expect(await orders.get(order)).toBeUndefined()
  })

  test('create refuses what is there, and shows it', async ({ dynamodb }) => {
    const { orders } = await connected(dynamodb)
    await orders.create(order)
    const error = await orders.create({ ...order, total: 1 }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConditionFailedError)
    expect(error).toMatchObject({ reason: 'already-exists', item: stored, itemEntity: 'Order' })
    expect(await orders.get(order)).toEqual(stored)
  })

  test('an update changes what it names, and returns what was asked for', async ({ dynamodb }) => {
    const { orders } = await connected(dynamodb)
    await orders.put({ ...order, tags: new Set(['a', 'b']), address: { city: 'Köln' } })
    const changed = { ...stored, carrier: 'DHL', tags: new Set(['c']), address: { city: 'Bonn', zip: '1' } }
    const set = { carrier: 'DHL', tags: new Set(['c']), address: { city: 'Bonn', zip: '1' } }
    expect(await orders.update(order, { set, returning: 'new' })).toEqual(changed)
    expect(await orders.update(order, { remove: ['address'], returning: 'old' })).toEqual(changed)
    expect(await orders.update(order, { set: { carrier: 'UPS' }, returning: 'updatedNew' })).toEqual({ carrier: 'UPS' })
    expect(await orders.update(order, { set: { tags: new Set() }, returning: 'updatedOld' })).toEqual({
      tags: new Set(['c']),
    })
    expect(await orders.get(order)).toEqual({ ...stored, carrier: 'UPS' })
  })

  test('an update of nothing makes nothing', async ({ dynamodb }) => {
    const { orders, rawRow } = await connected(dynamodb)
    const error = await orders.update(order, { set: { carrier: 'DHL' } }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'condition-failed', reason: 'not-found', item: undefined })
    expect(await rawRow(row)).toBeUndefined()
  })

  test('conditions decide about every kind of write', async ({ dynamodb }) => {
    const { orders } = await connected(dynamodb)
    await orders.put(order)
    const refused = { code: 'condition-failed', reason: 'condition', item: stored }
    for (const write of [
      () => orders.put(order, { condition: (o, { gt }) => gt(o.total, 12) }),
      () => orders.delete(order, { condition: (o, { not, exists }) => not(exists(o.region)) }),
      () => orders.update(order, { set: { carrier: 'x' }, condition: (o, { eq }) => eq(o.status, 'paid') }),
      () => orders.update(order, { set: { status: 'paid' }, given: { region: 'us' } }),
    ])
      expect(await write().catch((thrown: unknown) => thrown)).toMatchObject(refused)
    expect(await orders.get(order)).toEqual(stored)
    await orders.update(order, {
      set: { carrier: 'DHL' },
      condition: (o, { and, or, eq, between, beginsWith, lte, notExists }) =>
        and(
          or(eq(o.status, 'paid'), between(o.total, 12, 13)),
          beginsWith(o.region, 'e'),
          notExists(o.carrier),
          lte(o.placedAt, order.placedAt),
        ),
    })
    expect(await orders.get(order)).toEqual({ ...stored, carrier: 'DHL' })
  })
})

describe('an index key is its template over the stored attributes, or absent', () => {
  test('after each update', async ({ dynamodb }) => {
    const { orders, rawRow } = await connected(dynamodb)
    await orders.put(order)
    await orders.update(order, { set: { status: 'paid' }, given: { region: 'eu' } })
    expect(await rawRow(row)).toMatchObject({ gsi1pk: { S: 'STATUS#paid#eu' }, gsi1sk: row.gsi1sk })
    expect(await orders.query.byStatus({ status: 'pending', region: 'eu' }).all()).toEqual([])
    expect(await orders.query.byStatus({ status: 'paid', region: 'eu' }).all()).toEqual([{ ...stored, status: 'paid' }])
    await orders.update(order, { set: { carrier: 'DHL' } })
    expect(await orders.query.inTransit({ carrier: 'DHL' }).all()).toHaveLength(1)
    await orders.update(order, { remove: ['carrier'] })
    expect(await orders.query.inTransit({ carrier: 'DHL' }).all()).toEqual([])
    expect(await rawRow(row)).not.toHaveProperty('gsi2pk')
  })
})

describe('queries', () => {
  const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-02-01']
  const many = days.map((day, index) => ({ ...order, placedAt: new Date(`${day}T00:00:00.000Z`), total: 40 - index }))
  const totals = (items: readonly { total: number }[]) => items.map(({ total }) => total)

  test('by the table key, in both directions, in part and in pages', async ({ dynamodb }) => {
    const { orders } = await connected(dynamodb)
    for (const item of many) await orders.put(item)
    const { customerId } = order
    const from = new Date('2026-01-02T00:00:00.000Z')
    expect(totals(await orders.query({ customerId }).all())).toEqual([40, 39, 38, 37])
    expect(totals(await orders.query({ customerId }, { reverse: true, consistent: true }).all())).toEqual([
      37, 38, 39, 40,
    ])
    expect(totals(await orders.query({ customerId, placedAt: gte(from) }).all())).toEqual([39, 38, 37])
    expect(totals(await orders.query({ customerId, placedAt: lt(from) }).all())).toEqual([40])
    expect(totals(await orders.query.byTotal({ customerId, total: lt(40) }).all())).toEqual([37, 38, 39])
    expect(totals(await orders.query({ customerId }, { filter: (o, { gt }) => gt(o.total, 38) }).all())).toEqual([
      40, 39,
    ])
    const reversed = orders.query({ customerId }, { reverse: true })
    const first = await reversed.page({ take: 3 })
    expect(totals(first.items)).toEqual([37, 38, 39])
    expect(first.consumedCapacity).toBe(0.5)
    const second = await reversed.page({ take: 3, cursor: first.cursor })
    expect(totals(second.items)).toEqual([40])
    expect(second.cursor).toBeUndefined()
  })

  test('by an index, from a cursor', async ({ dynamodb }) => {
    const { orders } = await connected(dynamodb)
    for (const item of many) await orders.put(item)
    const pending = orders.query.byStatus({ status: 'pending', region: 'eu' })
    const seen: number[] = []
    let cursor: string | undefined
    do {
      const page = await pending.page({ take: 1, cursor })
      seen.push(...totals(page.items))
      cursor = page.cursor
    } while (cursor !== undefined)
    expect(seen).toEqual([40, 39, 38, 37])
  })
})

describe('clients', () => {
  test('a document client serves as well, and reads what was put', async ({ dynamodb }) => {
    const { name } = await connected(dynamodb)
    const client = DynamoDBDocumentClient.from(dynamodb.client)
    const orders = connect({ client, tables: { shop: name } }).for(Order)
    await orders.put({ ...order, tags: new Set(['a']) })
    expect(await orders.get(order)).toEqual({ ...stored, tags: new Set(['a']) })
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: { pk: row.pk.S, sk: row.sk.S } }))
    expect(Item).toMatchObject({ total: 12, tags: new Set(['a']), placedAt: order.placedAt.toISOString(), lines: [] })
  })

  test('a table that is not there', async ({ dynamodb }) => {
    const orders = connect({ client: dynamodb.client, tables: { shop: 'nowhere-to-be-found' } }).for(Order)
    const error = await orders.put(order).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RequestError)
    expect(error).toMatchObject({ awsName: 'ResourceNotFoundException', outcome: 'not-applied', retryable: false })
  })
})
