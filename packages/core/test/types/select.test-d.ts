import { describe, expectTypeOf, test } from 'vitest'
import { Parcel, parcelKey } from '../parcels.js'
import { db, key, Order, orders } from './shop.js'

const parcels = db.for(Parcel)
type Of<Read extends { all(): Promise<unknown[]> }> = Awaited<ReturnType<Read['all']>>[number]

describe('select narrows the type of the result', () => {
  test('by names, nested ones, names of records and positions of lists', async () => {
    expectTypeOf(await orders.get(key, { select: { status: true, note: true } })).toEqualTypeOf<
      { status: 'pending' | 'paid'; note?: string | undefined } | undefined
    >()
    expectTypeOf(await orders.get(key, { select: { address: { city: true, geo: { latitude: true } } } })).toEqualTypeOf<
      { address: { city: string; geo?: { latitude: number } | undefined } } | undefined
    >()
    expectTypeOf(await orders.get(key, { select: { lines: { 0: { sku: true } } } })).toEqualTypeOf<
      { lines: { sku: string }[] } | undefined
    >()
    expectTypeOf(await parcels.get(parcelKey, { select: { marks: { 'a.b': true } } })).toEqualTypeOf<
      { marks: { 'a.b'?: number } } | undefined
    >()
    const query = orders.query({ customerId: 'c' }, { select: { total: true }, filter: (o, { gt }) => gt(o.total, 1) })
    expectTypeOf<Of<typeof query>>().toEqualTypeOf<{ total: number }>()
    const byIndex = orders.query.byStatus({ status: 'paid', region: 'eu' }, { select: { total: true } })
    expectTypeOf<Of<typeof byIndex>>().toEqualTypeOf<{ total: number }>()
    const scan = orders.scan({ select: { tags: true } })
    expectTypeOf<Of<typeof scan>>().toEqualTypeOf<{ tags?: Set<string> | undefined }>()
  })

  test('what must not compile', () => {
    // @ts-expect-error no such attribute
    Order.get(key, { select: { staus: true } })
    // @ts-expect-error no such attribute inside
    Order.get(key, { select: { address: { town: true } } })
    // @ts-expect-error no such attribute of an element
    Order.get(key, { select: { lines: { 0: { price: true } } } })
    // @ts-expect-error no position
    Order.get(key, { select: { lines: { first: true } } })
    // @ts-expect-error false is no wish
    Order.get(key, { select: { status: false } })
    // @ts-expect-error a value without parts
    Order.get(key, { select: { placedAt: { year: true } } })
    // @ts-expect-error no such attribute
    Order.query({ customerId: 'c' }, { select: { status: true, nope: true } })
  })
})

describe('an index that holds parts', () => {
  test('gives what it holds and what its keys say', () => {
    const byState = parcels.query.byState({ state: 'open' })
    expectTypeOf<Of<typeof byState>>().toEqualTypeOf<{ ownerId: string; parcelId: string; state: 'open' | 'sent' }>()
    const byHub = parcels.query.byHub({ hub: 'x' })
    expectTypeOf<Of<typeof byHub>>().toEqualTypeOf<{
      ownerId: string
      parcelId: string
      state: 'open' | 'sent'
      weight: number
      note?: string | undefined
    }>()
    const scan = parcels.scan.byState()
    expectTypeOf<Of<typeof scan>>().toEqualTypeOf<Of<typeof byState>>()
  })

  test('gives whole items hydrated, and parts of these', () => {
    const whole = parcels.query.byState({ state: 'open' }, { hydrate: true })
    const stored = parcels.query({ ownerId: 'o' })
    expectTypeOf<Of<typeof whole>>().toEqualTypeOf<Of<typeof stored>>()
    const part = parcels.query.byState({ state: 'open' }, { hydrate: true, select: { secret: true } })
    expectTypeOf<Of<typeof part>>().toEqualTypeOf<{ secret?: string | undefined }>()
    const local = parcels.query.byOrdinal({ ownerId: 'o' }, { select: { secret: true } })
    expectTypeOf<Of<typeof local>>().toEqualTypeOf<{ secret?: string | undefined }>()
  })

  test('what must not compile', () => {
    // @ts-expect-error it is not held
    Parcel.query.byHub({ hub: 'x' }, { select: { secret: true } })
    // @ts-expect-error it is not held
    Parcel.query.byHub({ hub: 'x' }, { filter: (o, { exists }) => exists(o.secret) })
    Parcel.query.byHub({ hub: 'x' }, { filter: (o, { exists }) => exists(o.note) })
    // @ts-expect-error it is held in a key alone
    Parcel.query.byHub({ hub: 'x' }, { filter: (o, { exists }) => exists(o.parcelId) })
    // @ts-expect-error it is a key of the index
    Parcel.query.byOrdinal({ ownerId: 'o' }, { filter: (o, { eq }) => eq(o.ordinal, 1) })
    // @ts-expect-error an index with whole rows has nothing to hydrate
    Order.query.byRegion({ region: 'eu' }, { hydrate: true })
  })
})
