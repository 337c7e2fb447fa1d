import { codec, collection, connect, entity, InputError, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import * as z from 'zod'

const notes = table('notes', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    gsi2: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk' },
  },
})

const Note = entity('Note', {
  table: notes,
  schema: z.object({
    tenantId: z.string(),
    noteId: z.string(),
    author: z.string(),
    at: codec.date(),
    text: z.string(),
  }),
  key: { partitionKey: 'TENANT#{tenantId}', sortKey: 'NOTE#{noteId}' },
  indexes: {
    byAuthor: { index: 'gsi1', partitionKey: 'TENANT#{tenantId}#AUTHOR#{author}', sortKey: '{at}' },
    everywhere: { index: 'gsi2', partitionKey: 'AUTHOR#{author}', sortKey: '{at}' },
  },
})

const Tag = entity('Tag', {
  table: notes,
  schema: z.object({ tenantId: z.string(), name: z.string() }),
  key: { partitionKey: 'TENANT#{tenantId}', sortKey: 'TAG#{name}' },
})

const Global = entity('Global', {
  table: notes,
  schema: z.object({ name: z.string() }),
  key: { partitionKey: 'GLOBAL', sortKey: '{name}' },
})

const all = collection({ Note, Tag })
const note = (tenantId: string, noteId: string) => ({ tenantId, noteId, author: 'ann', at: new Date(0), text: noteId })

async function connected(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(notes, { tableName: 'notes' }))
  const db = connect({ client: dynamodb.client, tables: { notes: name } })
  for (const tenant of ['a', 'b']) for (const id of ['1', '2', '3']) await db.run(Note.put(note(tenant, id)))
  return { db, mine: db.within({ tenantId: 'a' }) }
}

describe('a connection that is bound to a tenant', () => {
  test('fills the tenant in, for each verb and each way of reading', async ({ dynamodb }) => {
    const { db, mine } = await connected(dynamodb)
    const repository = mine.for(Note)
    expect(await repository.get({ noteId: '1' })).toEqual(note('a', '1'))
    expect(await repository.put({ noteId: '4', author: 'bob', at: new Date(0), text: 'x' })).toMatchObject({
      tenantId: 'a',
    })
    await repository.update({ noteId: '4' }, { set: { text: 'y' } })
    expect(await db.run(Note.get({ tenantId: 'a', noteId: '4' }))).toMatchObject({ text: 'y' })
    await repository.delete({ noteId: '4' })
    expect(await repository.query({}).all()).toEqual(['1', '2', '3'].map((id) => note('a', id)))
    expect(await repository.query.byAuthor({ author: 'ann' }).count()).toBe(3)
    expect(await mine.all(all.query({ tenantId: 'a' }))).toHaveLength(3)
    expect(await mine.groups(all.query(Note.at({ tenantId: 'a' })))).toMatchObject({ Tag: [] })
    expect(await mine.batchGet([Note.get({ tenantId: 'a', noteId: '1' })])).toEqual([note('a', '1')])
    expect(
      await db.within({ tenantId: 'a', author: 'ann' }).all(Note.query.byAuthor({ tenantId: 'a', author: 'ann' })),
    ).toHaveLength(3)
  })

  test('reaches no other, by operations that were made elsewhere neither', async ({ dynamodb }) => {
    const { db, mine } = await connected(dynamodb)
    const other = { tenantId: 'b', noteId: '1' }
    const write = Note.put(note('b', '1'))
    const repository = mine.for(Note)
    for (const attempt of [
      () => mine.run(Note.get(other)),
      () => mine.run(write),
      () => mine.run(Note.update(other, { set: { text: 'x' } })),
      () => mine.run(Note.delete(other)),
      () => mine.batchGet([Note.get(note('a', '1')), Note.get(other)]),
      () => mine.batchWrite([write]),
      () => mine.transactWrite({ write }),
      () => mine.transactGroups([{ write }]),
      () => mine.transactGet({ other: Note.get(other) }),
      () => mine.all(Note.query({ tenantId: 'b' })),
      () => mine.count(Note.query.byAuthor({ tenantId: 'b', author: 'ann' })),
      () => mine.first(Note.query.everywhere({ author: 'ann' })),
      () => mine.page(Note.scan()),
      () => mine.all(all.query({ tenantId: 'b' })),
      () => mine.groups(all.query({ tenantId: 'b' })),
      () => mine.run(all.get(Note.at(other))),
      () => mine.run(Global.put({ name: 'x' })),
      () => db.within({ tenantId: 'a', author: 'ann' }).run(Note.get(note('a', '1'))),
      () => repository.get({ tenantId: 'b', noteId: '1' } as never),
      () => repository.put(note('b', '1')),
      () => repository.get({ tenantId: undefined, noteId: '1' } as never),
      () => repository.query({ tenantId: 'b' } as never).all(),
    ])
      await expect(attempt(), String(attempt)).rejects.toThrow(InputError)
    const iterate = async () => {
      for await (const item of mine.items(Note.query({ tenantId: 'b' }))) return item
    }
    await expect(iterate()).rejects.toThrow(InputError)
    expect(Object.keys(repository)).not.toContain('scan')
    expect('everywhere' in repository.query).toBe(false)
  })

  test('has cursors of its own', async ({ dynamodb }) => {
    const { db, mine } = await connected(dynamodb)
    const query = Note.query({ tenantId: 'a' })
    const { cursor } = await mine.page(query, { take: 1 })
    expect(await mine.all(query, { cursor })).toHaveLength(2)
    await expect(db.page(query, { cursor })).rejects.toMatchObject({ code: 'cursor' })
    await expect(mine.page(query, { cursor, scope: 'x' })).rejects.toMatchObject({ code: 'cursor' })
  })

  test('refuses what binds nothing', async ({ dynamodb }) => {
    const { db, mine } = await connected(dynamodb)
    for (const bound of [{}, { tenantId: undefined }, { tenantId: null }, undefined, 'a', []])
      expect(() => db.within(bound as never)).toThrow(InputError)
    expect(mine).not.toHaveProperty('within')
  })
})
