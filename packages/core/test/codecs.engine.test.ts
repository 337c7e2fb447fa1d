// Values of every type through a real engine, read back by Keyloom, as they are stored, and by the SDK's own document client.
import { type AttributeValue, BatchWriteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { codec, connect, entity, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import * as z from 'zod'
import { canonicalDecimal } from '../src/values/decimal.js'
import { compile } from './schema/problem.js'
import { generated, jsonValue } from './values/generated.js'

const things = table('things', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
})
const items = Number(process.env['KEYLOOM_RUNS'] ?? 200)
const seed = Number(process.env['KEYLOOM_SEED'] ?? Date.now() % 2 ** 31)

async function connected(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(things, { tableName: 'things' }))
  const rawRow = async (pk: string, sk: string) =>
    (await dynamodb.client.send(new GetItemCommand({ TableName: name, Key: { pk: { S: pk }, sk: { S: sk } } }))).Item
  const document = DynamoDBDocumentClient.from(dynamodb.client, {
    unmarshallOptions: { wrapNumbers: (text: string) => Number(text) },
  })
  const documentRow = async (pk: string, sk: string) =>
    (await document.send(new GetCommand({ TableName: name, Key: { pk, sk } }))).Item
  return { db: connect({ client: dynamodb.client, tables: { things: name } }), rawRow, documentRow }
}

/** A stored value without what DynamoDB may write otherwise: the form of its numbers, the order of its sets. */
function normal(value: AttributeValue): unknown {
  if (value.N !== undefined) return { N: canonicalDecimal(value.N) }
  if (value.NS !== undefined) return { NS: value.NS.map(canonicalDecimal).sort() }
  if (value.SS !== undefined) return { SS: value.SS.toSorted() }
  if (value.B !== undefined) return { B: hex(value.B) }
  if (value.BS !== undefined) return { BS: value.BS.map(hex).sort() }
  if (value.L !== undefined) return { L: value.L.map(normal) }
  if (value.M !== undefined)
    return {
      M: Object.entries(value.M)
        .map(([name, part]) => [name, normal(part)])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    }
  return value
}
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** Sets in one order: DynamoDB keeps none. */
function ordered(value: unknown): unknown {
  if (value instanceof Set)
    return new Set(
      [...(value as ReadonlySet<unknown>)]
        .map((member) => [String(member), member] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, member]) => member),
    )
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, ordered(part)]))
}

let made = 0
function thingOf(schema: z.ZodType) {
  const number = `${++made}`.padStart(6, '0')
  const schemaOf = z.object({ id: z.string(), value: schema })
  const Thing = entity(`Thing${number}`, {
    table: things,
    schema: schemaOf,
    key: { partitionKey: 'THING#{id}', sortKey: number },
  })
  return { Thing, sk: number }
}

test('generated items come back, and are stored as their codec says', { timeout: 600_000 }, async ({ dynamodb }) => {
  const { db, rawRow } = await connected(dynamodb)
  for (let run = 0; run < items / 4; run++) {
    const [{ schema, value } = { schema: z.null(), value: fc.constant(null) }] = fc.sample(
      fc.nat({ max: 6 }).chain(generated),
      {
        numRuns: 1,
        seed: seed + run,
      },
    )
    const { Thing, sk } = thingOf(schema)
    for (const [position, it] of fc.sample(value, { numRuns: 4, seed: seed + run }).entries()) {
      const item = { id: `${position}`, value: it }
      const where = `KEYLOOM_SEED=${seed + run}`
      await db.run(Thing.put(item))
      expect(ordered(await db.run(Thing.get({ id: item.id }))), where).toEqual(ordered(item))
      const row = await rawRow(`THING#${item.id}`, sk)
      expect(normal(row?.['value'] ?? { NULL: true }), where).toEqual(normal(compile(schema).encode(it)!))
    }
  }
})

// Written by plain batches of the very rows that put sends, so that tens of thousands take seconds; read by queries.
test('tens of thousands of generated items come back', { timeout: 600_000 }, async ({ dynamodb }) => {
  const count = Number(process.env['KEYLOOM_ITEMS'] ?? 50_000)
  const each = 500
  console.info(`[figures] round trip on ${dynamodb.engine}: ${count} items, KEYLOOM_SEED=${seed}`)
  const name = await dynamodb.createTable(createTableInput(things, { tableName: 'things' }))
  const db = connect({ client: dynamodb.client, tables: { things: name } })
  let compared = 0
  for (let run = 0; run < count / each; run++) {
    const [{ schema, value } = { schema: z.null(), value: fc.constant(null) }] = fc.sample(
      fc.nat({ max: 6 }).chain(generated),
      { numRuns: 1, seed: seed + run },
    )
    const batch = table(`batch${run}`, { partitionKey: 'pk', sortKey: 'sk' })
    const Thing = entity('Thing', {
      table: batch,
      schema: z.object({ run: z.number(), position: z.number(), value: schema }),
      key: { partitionKey: 'RUN#{run:06}', sortKey: 'THING#{position:06}' },
    })
    const given = fc
      .sample(value, { numRuns: each, seed: seed + run })
      .map((it, position) => ({ run, position, value: it }))
    const rows = given.map((item) => (Thing.put(item).request().input as { Item: Record<string, AttributeValue> }).Item)
    const chunks = Array.from({ length: each / 25 }, (_, chunk) => rows.slice(chunk * 25, chunk * 25 + 25))
    await Promise.all(
      chunks.map(async (chunk) => {
        const RequestItems = { [name]: chunk.map((Item) => ({ PutRequest: { Item } })) }
        const { UnprocessedItems } = await dynamodb.client.send(new BatchWriteItemCommand({ RequestItems }))
        expect(UnprocessedItems).toEqual({})
      }),
    )
    const found = await db.all(Thing.query({ run }), { tables: { [`batch${run}`]: name } })
    expect(found.map(ordered), `KEYLOOM_SEED=${seed + run}`).toEqual(given.map(ordered))
    compared += found.length
  }
  expect(compared).toBe(count)
})

test('the SDK reads the same from what Keyloom wrote', { timeout: 600_000 }, async ({ dynamodb }) => {
  const { db, documentRow } = await connected(dynamodb)
  const { Thing, sk } = thingOf(z.unknown())
  for (const [position, value] of fc.sample(jsonValue, { numRuns: items, seed }).entries()) {
    await db.run(Thing.put({ id: `${position}`, value }))
    const row = await documentRow(`THING#${position}`, sk)
    // The document client assigns names, and so loses this one.
    if (!JSON.stringify(value).includes('__proto__')) expect(row?.['value'], `KEYLOOM_SEED=${seed}`).toEqual(value)
  }
})

describe('entities of odd schemas', () => {
  const Payment = entity('Payment', {
    table: things,
    schema: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('card'), id: z.string(), last4: z.string(), total: z.number() }),
      z.object({ kind: z.literal('cash'), id: z.string(), total: z.number(), drawer: z.number().default(1) }),
    ]),
    key: { partitionKey: 'PAYMENT#{id}', sortKey: 'PAYMENT' },
    indexes: { byKind: { index: 'gsi1', partitionKey: 'KIND#{kind}', sortKey: '{id}' } },
  })

  test('a discriminated union is put, updated and queried', async ({ dynamodb }) => {
    const { db } = await connected(dynamodb)
    const payments = db.for(Payment)
    const card = { kind: 'card', id: '1', last4: '1234', total: 5 } as const
    expect(await payments.put(card)).toEqual(card)
    expect(await payments.put({ kind: 'cash', id: '2', total: 1 })).toEqual({
      kind: 'cash',
      id: '2',
      total: 1,
      drawer: 1,
    })
    expect(await payments.get({ id: '1' })).toEqual(card)
    expect(await payments.update({ id: '1' }, { set: { total: 6 }, returning: 'new' })).toEqual({ ...card, total: 6 })
    expect(await payments.query.byKind({ kind: 'cash' }).all()).toEqual([
      { kind: 'cash', id: '2', total: 1, drawer: 1 },
    ])
  })

  type Comment = { text: string; replies: Comment[] }
  const Comment: z.ZodType<Comment> = z.object({ text: z.string(), replies: z.array(z.lazy(() => Comment)) })
  const Folder = z.object({
    name: z.string(),
    get parent() {
      return Folder.optional()
    },
  })
  const Page = entity('Page', {
    table: things,
    schema: z.looseObject({ id: z.string(), comments: z.array(Comment), folder: Folder }),
    key: { partitionKey: 'PAGE#{id}', sortKey: 'PAGE' },
  })

  test('recursive values, and properties that the schema does not name', async ({ dynamodb }) => {
    const { db, rawRow } = await connected(dynamodb)
    const page = {
      id: '1',
      comments: [{ text: 'a', replies: [{ text: 'b', replies: [] }] }],
      folder: { name: 'x', parent: { name: 'y' } },
      extra: { anything: [1, null, new Set(['a'])] },
    }
    await db.run(Page.put(page))
    expect(await db.run(Page.get({ id: '1' }))).toEqual(page)
    expect(Object.keys((await rawRow('PAGE#1', 'PAGE')) ?? {}).sort()).toEqual(
      ['_entity', 'comments', 'extra', 'folder', 'id', 'pk', 'sk'].sort(),
    )
    expect(() => Page.put({ ...page, gsi1pk: 'x' })).toThrow(/gsi1pk/)
    const condition = {
      condition: (o: never, { eq }: { eq: (field: never, value: never) => never }) =>
        eq((o as { folder: { parent: { parent: { name: never } } } }).folder.parent.parent.name, 'z' as never),
    }
    await expect(db.run(Page.delete({ id: '1' }, condition as never))).rejects.toMatchObject({
      code: 'condition-failed',
    })
  })

  test('the deepest value that is taken is one that DynamoDB takes', async ({ dynamodb }) => {
    const { db } = await connected(dynamodb)
    const { Thing } = thingOf(z.unknown())
    const nested = (levels: number): unknown =>
      levels === 0 ? 'x' : levels % 2 ? [nested(levels - 1)] : { a: nested(levels - 1) }
    await db.run(Thing.put({ id: '1', value: nested(31) }))
    expect(await db.run(Thing.get({ id: '1' }))).toEqual({ id: '1', value: nested(31) })
    expect(() => Thing.put({ id: '1', value: nested(32) })).toThrow(/32/)
  })

  test('empty and extreme values are kept', async ({ dynamodb }) => {
    const { db } = await connected(dynamodb)
    const { Thing } = thingOf(
      z.array(z.union([z.string(), z.number(), codec.bytes(), z.set(z.string()), z.set(codec.bytes())])),
    )
    const value = [
      '',
      new Uint8Array(),
      9.99e125,
      1e-130,
      -1e-130,
      1e21,
      0.1,
      new Set(['', 'a']),
      new Set([new Uint8Array(), new Uint8Array([1])]),
    ]
    await db.run(Thing.put({ id: '1', value }))
    expect(ordered(await db.run(Thing.get({ id: '1' })))).toEqual(ordered({ id: '1', value }))
  })
})
