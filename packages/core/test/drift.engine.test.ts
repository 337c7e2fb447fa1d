// Rows that another version, or another program, has written: each reads as an item or is told, and no write loses any of it.
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { codec, connect, type DecodeError, entity, type ForeignRow, isError, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import * as z from 'zod'

const files = table('files', { partitionKey: 'pk', sortKey: 'sk' })
const File = entity('File', {
  table: files,
  schema: z.object({
    folder: z.string(),
    name: z.string(),
    status: z.enum(['draft', 'final']),
    size: z.number(),
    madeAt: codec.date(),
    labels: z.set(z.string()),
    note: z.string().optional(),
    title: z.string().optional(),
    owner: z.object({ id: z.string(), phone: z.string().optional() }).optional(),
  }),
  key: { partitionKey: 'FOLDER#{folder}', sortKey: 'FILE#{name}' },
})

type Row = Readonly<Record<string, object>>

const madeAt = new Date('2026-02-16T10:00:00.000Z')
const good = { folder: 'f', name: 'drifted', status: 'draft', size: 1, madeAt, labels: new Set(['x']) } as const
const key = { folder: 'f', name: 'drifted' }
const row = {
  pk: { S: 'FOLDER#f' },
  sk: { S: 'FILE#drifted' },
  _entity: { S: 'File' },
  folder: { S: 'f' },
  name: { S: 'drifted' },
  status: { S: 'draft' },
  size: { N: '1' },
  madeAt: { S: madeAt.toISOString() },
  labels: { SS: ['x'] },
}
const without = (name: keyof typeof row): Row =>
  Object.fromEntries(Object.entries(row).filter(([each]) => each !== name))
const exact = '12345678901234567890.123456789012345678'

/** Rows that no item of the schema is. */
const unfit: Readonly<Record<string, { stored: Row; path: string }>> = {
  'a missing attribute': { stored: without('size'), path: 'size' },
  'another type': { stored: { ...row, size: { S: '1' } }, path: 'size' },
  'another type inside of a map': { stored: { ...row, owner: { M: { id: { N: '7' } } } }, path: 'owner.id' },
  'an unknown value of an enum': { stored: { ...row, status: { S: 'archived' } }, path: 'status' },
  'a renamed attribute': { stored: { ...without('status'), state: { S: 'draft' } }, path: 'status' },
  'null where there is none': { stored: { ...row, note: { NULL: true } }, path: 'note' },
  'a number of 38 digits for a double': { stored: { ...row, size: { N: exact } }, path: 'size' },
  'a text that is no date': { stored: { ...row, madeAt: { S: 'yesterday' } }, path: 'madeAt' },
  'a list in place of a set': { stored: { ...row, labels: { L: [{ S: 'x' }] } }, path: 'labels' },
}

/** Rows that are items, and what else they hold must stay. */
const fitting: Readonly<Record<string, { stored: Row; item: object }>> = {
  'attributes that nobody declared': {
    stored: { ...row, color: { S: 'red' }, nested: { M: { deep: { L: [{ NULL: true }, { B: Uint8Array.of(1) }] } } } },
    item: good,
  },
  'a newer schema version': {
    stored: {
      ...row,
      schemaVersion: { N: '2' },
      sizes: { NS: ['1', '2'] },
      owner: { M: { id: { S: 'o' }, fax: { S: '1' } } },
    },
    item: { ...good, owner: { id: 'o' } },
  },
  'a number of 38 digits that nobody declared': { stored: { ...row, exact: { N: exact } }, item: good },
  'an empty set, which is stored as none': { stored: without('labels'), item: { ...good, labels: new Set() } },
}

async function connected(dynamodb: FileDynamoDB) {
  const TableName = await dynamodb.createTable(createTableInput(files, { tableName: 'files' }))
  const db = connect({ client: dynamodb.client, tables: { files: TableName } })
  const Key = { pk: row.pk, sk: row.sk }
  const plant = (Item: Row) => dynamodb.client.send(new PutItemCommand({ TableName, Item: Item as never }))
  const raw = async () =>
    (await dynamodb.client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item
  return { db, found: db.for(File), plant, raw }
}

const others = ['a', 'b', 'e', 'z'].map((name) => ({ ...good, name }))
const caught = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('a row that does not fit', () => {
  for (const [name, { stored, path }] of Object.entries(unfit))
    test(name, async ({ dynamodb }) => {
      const { db, found, plant, raw } = await connected(dynamodb)
      for (const other of others) await found.put(other)
      await plant(stored)
      const queries = [File.query({ folder: 'f' }), File.scan()]
      for (const query of queries) {
        expect(await caught(db.all(query))).toMatchObject({ code: 'decode', entity: 'File' })
        const page = await db.page(query, { onInvalid: 'report' })
        expect(page.items).toEqual(others)
        expect(page.issues).toMatchObject([{ code: 'decode', keyAttributes: ['pk', 'sk'] }])
        const told: DecodeError[] = []
        expect(await db.all(query, { onInvalid: (issue) => told.push(issue) })).toEqual(others)
        expect(told.map((issue) => issue.path.join('.'))).toEqual([path])
      }
      expect(await caught(found.get(key))).toMatchObject({ code: 'decode' })
      expect(await caught(db.modify(File, key, () => ({ set: { title: 't' } })))).toMatchObject({ code: 'decode' })
      expect(await raw()).toEqual(stored)
      // An update reads nothing, so it leaves all else as it is; a replace leaves what its schema doesn't know.
      await found.update(key, { set: { title: 't' } })
      expect(await raw()).toEqual({ ...stored, title: { S: 't' } })
      await found.replace(good)
      expect(await raw()).toEqual({ ...stored, ...row, ...absent(['title', 'note', 'owner']) })
      expect(await found.get(key)).toEqual(good)
    })
})

/** For `toEqual`, which takes an attribute that is `undefined` for one that is absent. */
const absent = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, undefined]))

describe('a row that fits keeps all else that it has', () => {
  for (const [name, { stored, item }] of Object.entries(fitting))
    test(name, async ({ dynamodb }) => {
      const { db, found, plant, raw } = await connected(dynamodb)
      for (const other of others) await found.put(other)
      await plant(stored)
      const page = await found.query({ folder: 'f' }).page({ onInvalid: 'report' })
      expect(page).toMatchObject({ items: { length: 5 }, issues: [] })
      expect(await found.get(key)).toEqual(item)
      const titled = { ...stored, title: { S: 't' } }
      await found.update(key, { set: { title: 't' } })
      expect(await raw()).toEqual(titled)
      await plant(stored)
      expect(await db.modify(File, key, () => ({ set: { title: 't' } }))).toEqual({ ...item, title: 't' })
      expect(await raw()).toEqual(titled)
      await plant(stored)
      const read = await found.get(key)
      if (read !== undefined) await found.replace({ ...read, title: 't' })
      // A known map is written as a whole, so its unknown parts go; what is unknown beside it stays.
      expect(await raw()).toEqual({ ...titled, ...('owner' in stored && { owner: { M: { id: { S: 'o' } } } }) })
    })
})

test('a row of another entity is neither an item nor an issue, and modify leaves it alone', async ({ dynamodb }) => {
  const { db, found, plant, raw } = await connected(dynamodb)
  for (const other of others) await found.put(other)
  const foreign = { ...row, _entity: { S: 'Folder' } }
  await plant(foreign)
  const query = File.query({ folder: 'f' })
  expect(await db.all(query)).toEqual(others)
  const page = await db.page(query, { onInvalid: 'report', onForeign: 'report' })
  expect(page).toMatchObject({ items: others, issues: [], foreign: [{ entity: 'Folder', row: foreign }] })
  const told: ForeignRow[] = []
  expect(await db.all(query, { onForeign: (one) => told.push(one) })).toEqual(others)
  expect(told).toHaveLength(1)
  expect(await found.get(key)).toBeUndefined()
  const error = await caught(db.modify(File, key, () => ({ set: { title: 't' } })))
  expect(isError(error, 'condition-failed') && error.reason).toBe('not-found')
  expect(await raw()).toEqual(foreign)
})
