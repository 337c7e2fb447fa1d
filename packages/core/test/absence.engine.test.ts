// The table of docs/guide/semantics.md: each of its rows is a test.
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { connect, entity, InputError, RequestError, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import * as z from 'zod'

const notes = table('notes', { partitionKey: 'pk' })
const Note = entity('Note', {
  table: notes,
  schema: z.object({
    id: z.string(),
    text: z.string(),
    maybe: z.string().optional(),
    nullable: z.string().nullable().optional(),
    count: z.number().optional(),
    flag: z.boolean().optional(),
    list: z.array(z.string()).optional(),
    sets: z.array(z.set(z.string())).optional(),
    tags: z.set(z.string()).optional(),
    needed: z.set(z.string()),
    map: z.object({ part: z.string().optional() }).optional(),
  }),
  key: { partitionKey: 'NOTE#{id}' },
})

const note = { id: 'n', text: 't', needed: new Set(['x']) }
const key = { id: 'n' }

async function setUp(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(notes, { tableName: 'notes' }))
  const db = connect({ client: dynamodb.client, tables: { notes: name } })
  const repository = db.for(Note)
  const raw = async () =>
    (await dynamodb.client.send(new GetItemCommand({ TableName: name, Key: { pk: { S: 'NOTE#n' } } }))).Item ?? {}
  const mark = async () =>
    dynamodb.client.send(new PutItemCommand({ TableName: name, Item: { ...(await raw()), unknown: { S: 'kept' } } }))
  return { db, repository, raw, mark }
}
type Setup = Awaited<ReturnType<typeof setUp>>

const refused = async (...works: (() => unknown)[]) => {
  for (const work of works) {
    const outcome = await Promise.resolve()
      .then(work)
      .catch((error: unknown) => error)
    expect(outcome).toBeInstanceOf(InputError)
  }
}
const none = undefined as never

const rows: Readonly<Record<string, (setup: Setup) => Promise<void>>> = {
  '`undefined` for an optional attribute | put, create': async ({ repository, raw }) => {
    await repository.put({ ...note, maybe: undefined })
    expect(Object.keys(await raw())).not.toContain('maybe')
  },
  '`undefined` for a required one | put, create': () =>
    refused(
      () => Note.put({ ...note, text: none }),
      () => Note.create({ ...note, text: none }),
    ),
  '`undefined` | update: `set`, `apply`, `merge`': () =>
    refused(
      () => Note.update(key, { set: { maybe: none } }),
      () => Note.update(key, { apply: (o, { set }) => [set(o.maybe, none)] }),
      () => Note.update(key, { apply: (o, { merge }) => [merge(o.map, { part: none })] }),
    ),
  '`undefined` | condition, filter': () =>
    refused(
      () => Note.delete(key, { condition: (o, { eq }) => eq(o.maybe, none) }),
      () => Note.delete(key, { condition: none }),
      () => Note.query(key, { filter: none }),
      () => Note.query(key, { filter: (o, { and, eq }) => and(eq(o.text, 't'), none) }),
    ),
  '`null` where the schema has it | everywhere': async ({ repository, raw }) => {
    await repository.put({ ...note, nullable: null })
    expect((await raw())['nullable']).toEqual({ NULL: true })
    await repository.update(key, {
      set: { nullable: null },
      condition: (o, { and, eq, exists }) => and(eq(o.nullable, null), exists(o.nullable)),
    })
    expect(await repository.get(key)).toEqual({ ...note, nullable: null })
  },
  "`null` where the schema hasn't | everywhere": () =>
    refused(
      () => Note.put({ ...note, maybe: null as never }),
      () => Note.update(key, { set: { maybe: null as never } }),
      () => Note.delete(key, { condition: (o, { eq }) => eq(o.maybe, null as never) }),
    ),
  "`''`, `0`, `false`, `[]`, `{}` | everywhere but in keys": async ({ repository }) => {
    const empty = { ...note, text: '', maybe: '', count: 0, flag: false, list: [], map: {} }
    await repository.put(empty)
    await repository.update(key, {
      set: { maybe: '', flag: false, list: [] },
      condition: (o, { and, eq }) =>
        and(eq(o.text, ''), eq(o.count, 0), eq(o.flag, false), eq(o.list, []), eq(o.map, {})),
    })
    expect(await repository.get(key)).toEqual(empty)
  },
  'an empty set | put, update: `set`, `apply`': async ({ repository, raw }) => {
    await repository.put({ ...note, tags: new Set() })
    expect(Object.keys(await raw())).not.toContain('tags')
    await repository.put({ ...note, tags: new Set(['a']) })
    await repository.update(key, { set: { tags: new Set() }, apply: (o, { set }) => [set(o.needed, new Set())] })
    expect(Object.keys(await raw())).not.toContain('tags')
    expect(Object.keys(await raw())).not.toContain('needed')
  },
  'an empty set | in a list, in a condition': () =>
    refused(
      () => Note.put({ ...note, sets: [new Set()] }),
      () => Note.delete(key, { condition: (o, { eq }) => eq(o.tags, new Set()) }),
    ),
  'a set that lost its last member | update: `deleteFrom`': async ({ repository, raw }) => {
    await repository.put({ ...note, tags: new Set(['a']) })
    await repository.update(key, { apply: (o, { deleteFrom }) => [deleteFrom(o.tags, ['a'])] })
    expect(Object.keys(await raw())).not.toContain('tags')
  },
  'no members | update: `addTo`, `deleteFrom`': () =>
    refused(
      () => Note.update(key, { apply: (o, { addTo }) => [addTo(o.tags, [])] }),
      () => Note.update(key, { apply: (o, { deleteFrom }) => [deleteFrom(o.tags, new Set())] }),
    ),
  'a required set that is absent | read': async ({ repository }) => {
    await repository.put({ ...note, needed: new Set() })
    expect(await repository.get(key)).toEqual({ ...note, needed: new Set() })
  },
  'an absent attribute | condition: `eq`, `lt`, `in`, …': async ({ repository }) => {
    await repository.put(note)
    const found = await repository
      .query(key, {
        filter: (o, { or, eq, lt, in: isIn }) => or(eq(o.maybe, 'a'), lt(o.count, 1), isIn(o.maybe, ['a'])),
      })
      .all()
    expect(found).toEqual([])
  },
  'an absent attribute | condition: `ne`, `not(eq())`': async ({ repository }) => {
    await repository.put(note)
    const filter = {
      filter: (o, { and, ne, not, eq }) => and(ne(o.maybe, 'a'), not(eq(o.count, 1))),
    } satisfies Parameters<typeof repository.query>[1]
    expect(await repository.query(key, filter).all()).toHaveLength(1)
  },
  'an absent attribute | update: `add`': async ({ repository }) => {
    await repository.put(note)
    expect(await repository.update(key, { add: { count: 2 }, returning: 'new' })).toEqual({ ...note, count: 2 })
  },
  'an absent attribute | update: `addTo`': async ({ repository }) => {
    await repository.put(note)
    await repository.update(key, { apply: (o, { addTo }) => [addTo(o.tags, ['a'])] })
    expect(await repository.get(key)).toEqual({ ...note, tags: new Set(['a']) })
  },
  'an absent attribute | update: `plus`, `append`': async ({ repository }) => {
    await repository.put(note)
    const plus = repository.update(key, { apply: (o, { set, plus }) => [set(o.count, plus(o.count, 1))] })
    await expect(plus).rejects.toThrow(RequestError)
    const append = repository.update(key, { apply: (o, { set, append }) => [set(o.list, append(o.list, ['a']))] })
    await expect(append).rejects.toThrow(RequestError)
    const made = await repository.update(key, {
      apply: (o, { set, plus, append, ifNotExists }) => [
        set(o.count, plus(ifNotExists(o.count, 0), 1)),
        set(o.list, append(ifNotExists(o.list, []), ['a'])),
      ],
      returning: 'new',
    })
    expect(made).toEqual({ ...note, count: 1, list: ['a'] })
  },
  'an absent attribute | update: `remove`, `deleteFrom`': async ({ repository }) => {
    await repository.put(note)
    await repository.update(key, { remove: ['maybe'], apply: (o, { deleteFrom }) => [deleteFrom(o.tags, ['a'])] })
    expect(await repository.get(key)).toEqual(note)
  },
  'an absent map | update: a path inside it': async ({ repository }) => {
    await repository.put(note)
    const inside = repository.update(key, { apply: (o, { set }) => [set(o.map.part, 'a')] })
    await expect(inside).rejects.toThrow(RequestError)
    await repository.update(key, { apply: (o, { merge }) => [merge(o.map, { part: 'a' }, { orCreate: {} })] })
    expect(await repository.get(key)).toEqual({ ...note, map: { part: 'a' } })
  },
  'an absent item | update': async ({ repository, raw }) => {
    const error = await repository.update(key, { set: { text: 'a' } }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'condition-failed', reason: 'not-found' })
    expect(await raw()).toEqual({})
  },
  'an absent item | get, delete': async ({ repository }) => {
    expect(await repository.get(key)).toBeUndefined()
    expect(await repository.delete(key)).toBeUndefined()
  },
  'no condition left in `and()`, `or([])` | condition, filter': () =>
    refused(
      () => Note.delete(key, { condition: (_, { and }) => and() }),
      () => Note.query(key, { filter: (_, { or }) => or([]) }),
    ),
  'an item that is there | create': async ({ repository }) => {
    await repository.put(note)
    const error = await repository.create({ ...note, text: 'b' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'condition-failed', reason: 'already-exists', item: note })
  },
  'an item that is there | put': async ({ repository, raw, mark }) => {
    await repository.put({ ...note, maybe: 'a' })
    await mark()
    await repository.put(note)
    expect(Object.keys(await raw()).sort()).toEqual(['_entity', 'id', 'needed', 'pk', 'text'])
  },
  'an item that is there | replace': async ({ repository, raw, mark }) => {
    await repository.put({ ...note, maybe: 'a' })
    await mark()
    await repository.replace(note)
    expect(Object.keys(await raw()).sort()).toEqual(['_entity', 'id', 'needed', 'pk', 'text', 'unknown'])
  },
  'an item that is there | upsert': async ({ repository }) => {
    await repository.put({ ...note, text: 'b', maybe: 'a' })
    const { id: _, ...set } = note
    expect(await repository.upsert(key, { set, returning: 'new' })).toEqual({ ...note, maybe: 'a' })
  },
  'an absent item | replace, modify': async ({ db, repository, raw }) => {
    const modify = () => db.modify(Note, key, () => ({ set: { text: 'b' } }))
    for (const work of [() => repository.replace(note), modify])
      await expect(work()).rejects.toMatchObject({ code: 'condition-failed', reason: 'not-found' })
    expect(await raw()).toEqual({})
  },
  'an absent item | upsert': async ({ repository }) => {
    const { id: _, ...set } = note
    expect(await repository.upsert(key, { set, add: { count: 2 }, returning: 'new' })).toEqual({ ...note, count: 2 })
  },
  'an absent item | check': async ({ db }) => {
    await expect(db.transactWrite({ here: Note.check(key) })).rejects.toMatchObject({
      code: 'transaction-canceled',
      reasons: { here: { reason: 'not-found' } },
    })
  },
  'an attribute believed in `given` | put, replace, delete': async ({ repository }) => {
    await repository.put(note)
    const given = { text: 'b' }
    for (const work of [
      () => repository.put(note, { given }),
      () => repository.replace(note, { given }),
      () => repository.delete(key, { given }),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'condition-failed', reason: 'condition' })
    expect(await repository.get(key)).toEqual(note)
  },
  '`undefined` from the function | modify': async ({ db, repository }) => {
    await repository.put(note)
    expect(await db.modify(Note, key, () => undefined)).toEqual(note)
    expect(await repository.get(key)).toEqual(note)
  },
}

const page = readFileSync(new URL('../../../docs/guide/semantics.md', import.meta.url), 'utf8')
const documented = [...page.matchAll(/^\| (.*?) +\| (.*?) +\| .*\|$/gm)]
  .map(([, what = '', where = '']) => `${what} | ${where}`)
  .filter((row) => !/^(?:what|-+) /.test(row))

describe('the table of what is undefined, null, empty or missing', () => {
  test('has a test for each row, and no other', () => {
    expect(Object.keys(rows)).toEqual(documented)
  })
  for (const [row, run] of Object.entries(rows)) test(row, async ({ dynamodb }) => run(await setUp(dynamodb)))
})
