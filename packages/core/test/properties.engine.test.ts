// Random data and random operations on a real engine, judged by a model in memory.
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import {
  absent,
  between,
  codec,
  computed,
  connect,
  entity,
  gt,
  gte,
  isError,
  lt,
  lte,
  present,
  range,
  table,
} from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test } from '@keyloom/testing/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import * as z from 'zod'
import { escapeComponent } from '../src/model/component.js'
import { compareKeyValues } from '../src/model/key-order.js'

const runs = Number(process.env['KEYLOOM_RUNS'] ?? 60)

// Text that is full of what has a meaning in keys, and of what UTF-16 sorts wrongly.
const troubling = fc.string({
  unit: fc.constantFrom('#', '$', '!', ' ', '%', '2', 'a', 'é', '\uffff', '\u{10ffff}'),
  minLength: 1,
  maxLength: 3,
})
const compare = (left: string, right: string) => compareKeyValues({ S: left }, { S: right })

const things = table('things', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    gsi2: { partitionKey: 'gsi2pk' },
    gsi3: { partitionKey: 'gsi3pk' },
    gsi4: { partitionKey: 'gsi4pk' },
  },
})
const attributes = z.object({
  owner: z.string(),
  kind: z.string(),
  id: z.string(),
  state: z.string().optional(),
  rank: z.number().optional(),
  at: codec.date().optional(),
})
const Thing = entity('Thing', {
  table: things,
  schema: attributes,
  storedAs: { rank: 'r' },
  computed: {
    parity: computed(['rank'], z.enum(['odd', 'even']), ({ rank }: { rank?: number | undefined }) =>
      rank === undefined ? undefined : rank % 2 === 0 ? 'even' : 'odd',
    ),
  },
  key: { partitionKey: 'OWNER#{owner}', sortKey: 'T#{kind}#{id}' },
  indexes: {
    byState: { index: 'gsi1', partitionKey: '{state}#{kind}', sortKey: 'R#{rank:05}#{at}' },
    byRank: { index: 'gsi2', partitionKey: '{state}' },
    byParity: { index: 'gsi3', partitionKey: 'P#{parity}#{state:lower}' },
    stated: { index: 'gsi4', partitionKey: 'STATED#{kind}', when: { state: present, at: absent } },
    unstated: { index: 'gsi4', partitionKey: 'UNSTATED#{id}', when: { state: absent } },
  },
})
// Shares the partitions and the literal prefix of the other, but no key.
const Other = entity('Other', {
  table: things,
  schema: z.object({ owner: z.string(), kind: z.string() }),
  key: { partitionKey: 'OWNER#{owner}', sortKey: 'T#{kind}' },
})

test('a query finds exactly the items whose components lie in its range, in order', async ({ dynamodb }) => {
  const name = await dynamodb.createTable(createTableInput(things, { tableName: 'things' }))
  const db = connect({ client: dynamodb.client, tables: { things: name } })
  const items = fc.sample(fc.record({ kind: troubling, id: troubling }), { numRuns: 120, seed: 20260216 })
  const unique = [...new Map(items.map((item) => [`${item.kind}\u0000${item.id}`, item])).values()]
  for (const item of unique) await db.run(Thing.put({ owner: 'o', ...item }))
  for (const { kind } of unique.slice(0, 40)) await db.run(Other.put({ owner: 'o', kind }))
  const sorted = unique.toSorted((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id))

  const ranges = [
    (a: string) => ({ asked: gt(a), holds: (value: string) => compare(value, a) > 0 }),
    (a: string) => ({ asked: gte(a), holds: (value: string) => compare(value, a) >= 0 }),
    (a: string) => ({ asked: lt(a), holds: (value: string) => compare(value, a) < 0 }),
    (a: string) => ({ asked: lte(a), holds: (value: string) => compare(value, a) <= 0 }),
    (a: string, b: string) => ({
      asked: between(a, b),
      holds: (value: string) => compare(value, a) >= 0 && compare(value, b) <= 0,
    }),
    (a: string, b: string) => ({
      asked: range({ gt: a, lt: b }),
      holds: (value: string) => compare(value, a) > 0 && compare(value, b) < 0,
    }),
  ]
  // Bounds that are stored, as often as some that are not.
  const bound = fc.oneof(troubling, fc.constantFrom(...unique.flatMap(({ kind, id }) => [kind, id])))
  const ids = (found: readonly { kind: string; id: string }[]) => found.map((item) => [item.kind, item.id])
  await fc.assert(
    fc.asyncProperty(
      bound,
      bound,
      bound,
      fc.nat(ranges.length - 1),
      fc.boolean(),
      async (x, y, kind, which, reverse) => {
        const [a, b] = compare(x, y) <= 0 ? [x, y] : [y, x]
        fc.pre(a !== b)
        const { asked, holds } = ranges[which]!(a, b)
        const inOrder = reverse ? sorted.toReversed() : sorted
        const byKind = await db.all(Thing.query({ owner: 'o', kind: asked }, { reverse }))
        expect(ids(byKind)).toEqual(ids(inOrder.filter((item) => holds(item.kind))))
        const byId = await db.all(Thing.query({ owner: 'o', kind, id: asked }, { reverse }))
        expect(ids(byId)).toEqual(ids(inOrder.filter((item) => item.kind === kind && holds(item.id))))
      },
    ),
    { numRuns: runs },
  )
})

const state = fc.option(troubling, { nil: undefined })
const rank = fc.option(fc.nat({ max: 99_999 }), { nil: undefined })
const at = fc.option(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), {
  nil: undefined,
})
const thing = fc.record({
  owner: fc.constant('o'),
  kind: fc.constantFrom('a', 'b'),
  id: fc.constantFrom('1', '2'),
  state,
  rank,
  at,
})
type Thing = z.infer<typeof attributes>

/** What the index keys of an item must be. */
function keysOf({ kind, id, state, rank, at }: Thing): object {
  const text = (value: string) => ({ S: value })
  return {
    ...(state !== undefined && { gsi1pk: text(`${escapeComponent(state)}#${kind}`), gsi2pk: text(state) }),
    ...(rank !== undefined &&
      at !== undefined && { gsi1sk: text(`R#${String(rank).padStart(5, '0')}#${at.toISOString()}`) }),
    ...(rank !== undefined &&
      state !== undefined && {
        gsi3pk: text(`P#${rank % 2 === 0 ? 'even' : 'odd'}#${escapeComponent(state.toLowerCase())}`),
      }),
    ...(state === undefined && { gsi4pk: text(`UNSTATED#${id}`) }),
    ...(state !== undefined && at === undefined && { gsi4pk: text(`STATED#${kind}`) }),
  }
}

const withoutAbsent = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

test('after any sequence of writes each index key is its template over the stored attributes, or absent', async ({
  dynamodb,
}) => {
  const step = fc.record({ verb: fc.constantFrom('put', 'create', 'update', 'blind', 'delete'), item: thing })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
      const name = await dynamodb.createTable(createTableInput(things, { tableName: 'things' }))
      const db = connect({ client: dynamodb.client, tables: { things: name } })
      const model = new Map<string, Thing>()
      for (const { verb, item } of steps) {
        const id = `${item.kind}#${item.id}`
        const before = model.get(id)
        const values = withoutAbsent(item) as Thing
        const set = withoutAbsent({ state: item.state, rank: item.rank, at: item.at })
        const remove = (['state', 'rank', 'at'] as const).filter((attribute) => item[attribute] === undefined)
        const outcome = async (): Promise<void> => {
          if (verb === 'put') await db.run(Thing.put(values))
          else if (verb === 'create') await db.run(Thing.create(values))
          else if (verb === 'delete') await db.run(Thing.delete(values))
          else if (verb === 'update') await db.run(Thing.update(values, { set, remove } as never))
          else await db.run(Thing.update(values, { set, ...(before && { given: before }) }))
        }
        const error = await outcome().then(
          () => undefined,
          (thrown: unknown) => thrown,
        )
        if (isError(error, 'condition-failed'))
          expect({ verb, stored: before !== undefined }).toEqual({
            verb: expect.stringMatching(/^(create|update|blind)$/) as string,
            stored: verb === 'create',
          })
        else if (isError(error, 'input')) expect(verb).toBe('blind')
        else if (error !== undefined) throw new Error(`${verb} failed`, { cause: error })
        else if (verb === 'delete') model.delete(id)
        else model.set(id, verb === 'blind' ? { ...before!, ...set } : values)
      }
      const { Items: rows = [] } = await dynamodb.client.send(new ScanCommand({ TableName: name }))
      const index = (row: object) =>
        withoutAbsent(
          Object.fromEntries(['gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi3pk', 'gsi4pk'].map((key) => [key, row[key as never]])),
        )
      const found = new Map(rows.map((row) => [`${row['kind']?.S}#${row['id']?.S}`, index(row)]))
      expect(found).toEqual(new Map([...model].map(([id, item]) => [id, keysOf(item)])))
      for (const [, item] of model) expect(await db.run(Thing.get(item))).toEqual(item)
    }),
    { numRuns: runs },
  )
}, 120_000)
