import { connect, DecodeError, type Field, InputError } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import { expressionsOf, filled } from '../expressions-of.js'
import { Parcel, parcelKey } from '../parcels.js'
import { stubClient } from '../stub-client.js'

function projection(operation: Parameters<typeof expressionsOf>[0]): string | undefined {
  const expressions = expressionsOf(operation)
  return filled(expressions, expressions.ProjectionExpression)
}

const keys = 'pk, sk, _entity'

describe('a selection as a projection: what is wanted, the key, and the name of the entity', () => {
  test.each<[string, Parameters<typeof Parcel.get>[1], string]>([
    ['an attribute by its stored name', { select: { state: true } }, `s, ${keys}`],
    ['what is in the key alone, which is there already', { select: { parcelId: true } }, `sk, pk, _entity`],
    ['parts of a map', { select: { address: { city: true, zip: true } } }, `address.city, address.zip, ${keys}`],
    [
      'all of a map that may be absent, where absence would not tell',
      { select: { sender: { name: true } } },
      `sender, ${keys}`,
    ],
    ['all of a list that has a default', { select: { lines: { 0: true } } }, `lines, ${keys}`],
    ['elements, each whole', { select: { stops: { 2: { note: true }, 0: true } } }, `stops[0], stops[2], ${keys}`],
    ['entries of a record', { select: { marks: { 'a.b': true } } }, `marks.a.b, ${keys}`],
    ['all of a union', { select: { size: { width: true } } }, `size, ${keys}`],
  ])('%s', (_, options, expected) => {
    expect(projection(Parcel.get(parcelKey, options))).toBe(expected)
    expect(projection(Parcel.query({ ownerId: 'o' }, options))).toBe(expected)
  })

  test('the whole request', () => {
    expect(Parcel.get(parcelKey, { select: { note: true }, consistent: true }).request()).toEqual({
      operation: 'GetItem',
      input: {
        TableName: 'depot',
        Key: { pk: { S: 'OWNER#o-1' }, sk: { S: 'PARCEL#p-1' } },
        ProjectionExpression: '#0, #1, #2, #3',
        ExpressionAttributeNames: { '#0': 'note', '#1': 'pk', '#2': 'sk', '#3': '_entity' },
        ConsistentRead: true,
      },
    })
  })

  test('an index adds its own keys; a local one fetches what it does not hold', () => {
    expect(projection(Parcel.query.byHub({ hub: 'x' }, { select: { note: true } }))).toBe(
      'note, pk, sk, gsi2pk, weight_, _entity',
    )
    expect(projection(Parcel.query.byOrdinal({ ownerId: 'o' }, { select: { secret: true } }))).toBe(
      'secret, pk, sk, ordinal',
    )
    expect(Parcel.query.byOrdinal({ ownerId: 'o' }, { hydrate: true }).request().input).toMatchObject({
      IndexName: 'near',
      Select: 'ALL_ATTRIBUTES',
    })
    expect(projection(Parcel.query.byState({ state: 'open' }, { hydrate: true }))).toBe('pk, sk, gsi1pk, gsi1sk')
  })
})

describe('what is refused', () => {
  const get = (select: unknown) => () => Parcel.get(parcelKey, { select } as never)
  test.each<[string, () => unknown, string]>([
    ['a name that is not there', get({ nope: true }), 'select.nope'],
    ['a nested name that is not there', get({ address: { town: true } }), 'select.address.town'],
    ['a part of a value without parts', get({ note: { x: true } }), 'select.note.x'],
    ['an element by a name', get({ stops: { first: true } }), 'select.stops.first'],
    ['nothing', get({}), 'select'],
    ['nothing inside', get({ address: {} }), 'select.address'],
    ['false', get({ note: false }), 'select.note'],
    ['undefined inside', get({ note: undefined }), 'select.note'],
    ['undefined', get(undefined), 'select'],
    ['a list of names', get(['note']), 'select'],
    ['an inherited name', get({ constructor: true }), 'select.constructor'],
    [
      'what the index does not hold',
      () => Parcel.query.byHub({ hub: 'x' }, { select: { secret: true } } as never),
      'select.secret',
    ],
    [
      'a filter on what the index does not hold',
      () =>
        Parcel.query.byHub(
          { hub: 'x' },
          { filter: (o, { exists }) => exists((o as unknown as { secret: Field<string> }).secret) },
        ),
      'filter.secret',
    ],
    [
      'a filter on a key of what is read',
      () =>
        Parcel.query.byOrdinal(
          { ownerId: 'o' },
          { filter: (o, { eq }) => eq((o as unknown as { ordinal: Field<number> }).ordinal, 1) },
        ),
      'filter.ordinal',
    ],
    ['hydrate that is no flag', () => Parcel.query.byState({ state: 'open' }, { hydrate: 1 } as never), 'hydrate'],
  ])('%s', (_, call, path) => {
    expect(call).toThrow(InputError)
    try {
      call()
    } catch (error) {
      const found = (error as InputError).path.join('.')
      expect(found).toBe(path)
    }
  })
})

test('what is selected is decoded as the whole is: a default stands in, what is missing is an error', async () => {
  const row = { pk: { S: 'OWNER#o' }, sk: { S: 'PARCEL#p' }, _entity: { S: 'Parcel' } }
  const db = connect({ client: stubClient(() => ({ Item: row })), tables: { depot: 'depot' } })
  const parcels = db.for(Parcel)
  expect(
    await parcels.get(parcelKey, { select: { lines: { 0: { sku: true } }, labels: true, note: true, parcelId: true } }),
  ).toEqual({
    lines: [{ sku: 'none' }],
    labels: new Set(),
    parcelId: 'p',
  })
  await expect(parcels.get(parcelKey, { select: { address: { city: true } } })).rejects.toThrow(DecodeError)
  expect(await parcels.get(parcelKey, { select: { address: { zip: true }, stops: { 0: true } } })).toEqual({
    address: {},
    stops: [],
  })
})
