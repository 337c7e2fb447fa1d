import {
  absent,
  codec,
  computed,
  entity,
  type Input,
  type Item,
  type Key,
  type Patch,
  present,
  table,
} from '@keyloom/core'
import { describe, expectTypeOf, test } from 'vitest'
import * as z from 'zod'

const things = table('things', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    byRegion: { partitionKey: ['tournament', 'region'], sortKey: ['round', { name: 'seed', type: 'number' }] },
  },
})
const plain = table('plain', { partitionKey: 'id' })
const schema = z.object({
  id: z.string(),
  at: codec.date(),
  seed: z.number(),
  open: z.boolean(),
  state: z.enum(['on', 'off']),
  manager: z.string().optional(),
  fork: z.object({ owner: z.string(), stars: z.number() }),
  tags: z.array(z.string()),
  tournament: z.string(),
  region: z.string(),
  round: z.string(),
})
const key = { partitionKey: 'T#{id}', sortKey: 'T' } as const

describe('templates', () => {
  test('formats fit their attributes', () => {
    const sortKey =
      'S#{seed:010}#{seed:+03}#{seed:-03}#{seed:number}#{seed:raw}#{at:day}#{open}#{id:upper:raw}#{id:shard(10)}'
    entity('Thing', { table: things, schema, key: { partitionKey: 'T#{seed:shard(4)}', sortKey } })
    // @ts-expect-error a number needs a format
    entity('Thing', { table: things, schema, key: { ...key, sortKey: 'T#{seed}' } })
    // @ts-expect-error a fold is none
    entity('Thing', { table: things, schema, key: { ...key, sortKey: 'T#{seed:lower}' } })
    // @ts-expect-error a date is no number
    entity('Thing', { table: things, schema, key: { ...key, sortKey: 'T#{at:010}' } })
    // @ts-expect-error a string is no number
    entity('Thing', { table: things, schema, key: { ...key, sortKey: 'T#{id:number}' } })
    // @ts-expect-error a list can be no part of a key
    entity('Thing', { table: things, schema, key: { ...key, sortKey: 'T#{tags}' } })
  })

  test('placeholders may be paths', () => {
    const Thing = entity('Thing', { table: things, schema, key: { ...key, sortKey: 'F#{fork.owner}#{fork.stars:04}' } })
    expectTypeOf<Key<typeof Thing>>().toEqualTypeOf<{ id: string; 'fork.owner': string; 'fork.stars': number }>()
    // @ts-expect-error no such path
    entity('Thing', { table: things, schema, key: { ...key, sortKey: 'F#{fork.name}' } })
    // @ts-expect-error no such attribute
    entity('Thing', { table: things, schema, key: { ...key, sortKey: 'F#{spoon.owner}' } })
    // @ts-expect-error the table key can't change
    Thing.update({} as Key<typeof Thing>, { set: { fork: { owner: 'x', stars: 1 } } })
  })

  test('multi-attribute keys have a template for each attribute', () => {
    const indexes = {
      byRegion: { index: 'byRegion', partitionKey: ['{tournament}', '{region}'], sortKey: ['{round}', '{seed}'] },
    } as const
    const Thing = entity('Thing', { table: things, schema, key, indexes })
    Thing.query.byRegion({ tournament: 't', region: 'r', round: 'x', seed: 1 })
    // @ts-expect-error half of the partition key
    Thing.query.byRegion({ tournament: 't' })
    // @ts-expect-error a hole
    Thing.query.byRegion({ tournament: 't', region: 'r', seed: 1 })
    // Native attributes have no siblings.
    Thing.update({ id: '1' }, { set: { region: 'x' } })
    entity('Thing', {
      table: things,
      schema,
      key,
      // @ts-expect-error no such attribute
      indexes: { byRegion: { index: 'byRegion', partitionKey: ['{tournament}', '{nope}'] } },
    })
  })
})

describe('options', () => {
  test('key-only attributes can not be named in conditions', () => {
    const Thing = entity('Thing', { table: plain, schema, key: { partitionKey: 'T#{id}' }, keyOnly: ['id'] })
    Thing.delete({ id: '1' }, { condition: (o, { eq }) => eq(o.state, 'on') })
    // @ts-expect-error it is no attribute of the row
    Thing.delete({ id: '1' }, { condition: (o, { eq }) => eq(o.id, '1') })
    // @ts-expect-error no such attribute
    entity('Thing', { table: plain, schema, key: { partitionKey: 'T#{id}' }, keyOnly: ['nope'] })
    // @ts-expect-error no such attribute
    entity('Thing', { table: plain, schema, key: { partitionKey: 'T#{id}' }, storedAs: { nope: 'x' } })
  })

  test('when takes values of the attributes', () => {
    const index = { index: 'gsi1', partitionKey: 'S#{state}', sortKey: '{id}' } as const
    entity('Thing', {
      table: things,
      schema,
      key,
      indexes: { on: { ...index, when: { state: ['on', 'off'], open: false, manager: absent, region: present } } },
    })
    // @ts-expect-error another value
    entity('Thing', { table: things, schema, key, indexes: { on: { ...index, when: { state: 'lost' } } } })
  })

  test('computed attributes are parts of keys and of queries', () => {
    const parity = computed(['seed'], z.enum(['odd', 'even']), ({ seed }: { seed: number }) =>
      seed % 2 ? 'odd' : 'even',
    )
    const Thing = entity('Thing', {
      table: things,
      schema,
      key,
      computed: { parity },
      indexes: { byParity: { index: 'gsi1', partitionKey: 'P#{parity}', sortKey: '{id}' } },
    })
    Thing.query.byParity({ parity: 'odd' })
    // @ts-expect-error another value
    Thing.query.byParity({ parity: 'none' })
    // @ts-expect-error it may have no value
    entity('Thing', { table: plain, schema, key: { partitionKey: 'P#{parity}' }, computed: { parity } })
    const other = computed(['nope'], z.string(), ({ nope }: { nope: string }) => nope)
    // @ts-expect-error computed from something else
    entity('Thing', { table: plain, schema, key: { partitionKey: 'P#{id}' }, computed: { other } })
  })

  test('computed attributes that are stored are part of the item, and of nothing that is given', () => {
    const parity = computed(
      ['seed'],
      z.enum(['odd', 'even']),
      ({ seed }: { seed: number }) => (seed % 2 ? 'odd' : 'even'),
      { store: true },
    )
    const hidden = computed(['id'], z.string(), ({ id }: { id: string }) => id)
    const Thing = entity('Thing', {
      table: plain,
      schema: z.object({ id: z.string(), seed: z.number(), note: z.string().optional() }),
      key: { partitionKey: 'P#{id}' },
      computed: { parity, hidden },
    })
    expectTypeOf<Item<typeof Thing>>().toEqualTypeOf<{
      id: string
      seed: number
      note?: string | undefined
      readonly parity?: 'odd' | 'even'
    }>()
    expectTypeOf<keyof Input<typeof Thing>>().toEqualTypeOf<'id' | 'seed' | 'note'>()
    expectTypeOf<keyof Patch<typeof Thing>>().toEqualTypeOf<'seed' | 'note'>()
    Thing.scan({ filter: (o, { eq }) => eq(o.parity, 'odd') })
    // @ts-expect-error it is computed
    Thing.put({ id: '1', seed: 1, parity: 'odd' })
    // @ts-expect-error it is computed
    Thing.update({ id: '1' }, { set: { parity: 'odd' } })
    // @ts-expect-error it is computed
    Thing.update({ id: '1' }, { remove: ['parity'] })
    const Kinds = entity('Kinds', {
      table: plain,
      schema: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), id: z.string(), seed: z.number() }),
        z.object({ kind: z.literal('b'), id: z.string(), seed: z.number(), more: z.string() }),
      ]),
      key: { partitionKey: 'K#{id}' },
      computed: { parity },
    })
    const ofKind = (item: Item<typeof Kinds>) => (item.kind === 'b' ? item.more : item.parity)
    expectTypeOf(ofKind).returns.toEqualTypeOf<string | undefined>()
  })
})
