import { connect } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import { depot, Parcel, parcel, parcelKey } from './parcels.js'

async function connected(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(depot, { tableName: 'depot' }))
  return connect({ client: dynamodb.client, tables: { depot: name } }).for(Parcel)
}

describe('a selection', () => {
  test('gives what was wanted and nothing else, from get, query and scan', async ({ dynamodb }) => {
    const parcels = await connected(dynamodb)
    await parcels.put(parcel)
    const select = {
      parcelId: true,
      state: true,
      labels: true,
      address: { zip: true },
      sender: { mail: true },
      lines: { 1: { sku: true } },
      stops: { 2: true, 0: { note: true }, 7: true },
      marks: { 'a.b': true, none: true },
      size: { width: true },
    } as const
    const expected = {
      parcelId: 'p-1',
      state: 'open',
      labels: new Set(['a']),
      address: { zip: '53111' },
      sender: {},
      lines: [{ sku: 'b' }],
      stops: [{ note: 'first' }, { at: new Date(2) }],
      marks: { 'a.b': 1 },
      size: { width: 1 },
    }
    expect(await parcels.get(parcelKey, { select })).toEqual(expected)
    expect(await parcels.query({ ownerId: 'o-1' }, { select }).all()).toEqual([expected])
    expect(await parcels.scan({ select }).all()).toEqual([expected])
    expect(await parcels.get({ ...parcelKey, parcelId: 'none' }, { select })).toBeUndefined()
  })

  test('names anything on a local index', { meta: { needs: 'conformant' } }, async ({ dynamodb }) => {
    const parcels = await connected(dynamodb)
    await parcels.put(parcel)
    const select = { secret: true, address: { city: true }, stops: { 1: true } } as const
    expect(await parcels.query.byOrdinal({ ownerId: 'o-1' }, { select }).all()).toEqual([
      { secret: 'x', address: { city: 'Bonn' }, stops: [{ at: new Date(1) }] },
    ])
  })

  test('says of a filter and a cursor what the whole says', async ({ dynamodb }) => {
    const parcels = await connected(dynamodb)
    for (const number of [1, 2, 3, 4, 5])
      await parcels.put({ ...parcel, parcelId: `p-${number}`, ordinal: number, weight: number })
    const query = parcels.query.byHub(
      { hub: 'Köln' },
      { select: { state: true }, filter: (o, { exists }) => exists(o.note) },
    )
    const first = await query.page({ take: 2 })
    const second = await query.page({ take: 3, cursor: first.cursor })
    expect([first.items.length, second.items.length, second.items[2]]).toEqual([2, 3, { state: 'open' }])
    expect(await query.count()).toBe(5)
  })
})

describe('an index that holds parts', () => {
  test('gives what it holds, with what its keys and those of the table say', async ({ dynamodb }) => {
    const parcels = await connected(dynamodb)
    await parcels.put(parcel)
    const key = { ownerId: 'o-1', parcelId: 'p-1' }
    expect(await parcels.query.byState({ state: 'open' }).all()).toEqual([{ ...key, state: 'open' }])
    expect(await parcels.query.byHub({ hub: 'köln' }).all()).toEqual([
      { ...key, state: 'open', note: 'fragile', weight: 12 },
    ])
    expect(await parcels.query.byOrdinal({ ownerId: 'o-1' }).all()).toEqual([{ ...key, ordinal: 1 }])
    expect(await parcels.query.byState({ state: 'open' }, { select: { parcelId: true } }).all()).toEqual([
      { parcelId: 'p-1' },
    ])
    expect(await parcels.scan.byState().all()).toEqual([{ ...key, state: 'open' }])
    expect(await parcels.query.byState({ state: 'open' }).count()).toBe(1)
  })

  test('hydrated it gives whole items in its order, and pages of them', async ({ dynamodb }) => {
    const parcels = await connected(dynamodb)
    const all = Array.from({ length: 130 }, (_, number) => ({
      ...parcel,
      ordinal: number,
      parcelId: `p-${String(number).padStart(3, '0')}`,
    }))
    for (const item of all) await parcels.put(item)
    const query = parcels.query.byState({ state: 'open' }, { hydrate: true })
    expect(await query.all()).toEqual(all)
    const page = await query.page({ take: 7 })
    expect(page.items).toEqual(all.slice(0, 7))
    expect(await query.all({ cursor: page.cursor })).toEqual(all.slice(7))
    expect(
      await parcels.query
        .byState({ state: 'open' }, { hydrate: true, select: { secret: true }, reverse: true })
        .first(),
    ).toEqual({
      secret: 'x',
    })
    expect(await parcels.query.byOrdinal({ ownerId: 'o-1' }, { hydrate: true }).first()).toEqual(all[0])
  })
})
