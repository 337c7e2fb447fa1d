// Entities whose schema is a discriminated union: the kinds of one thing, with attributes of their own.
import { connect, entity, type Field, type Input, type Item, table } from '@keyloom/core'
import { describe, expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { expressionsOf, filled } from './expressions-of.js'
import { stubClient } from './stub-client.js'

const Payment = entity('Payment', {
  table: table('payments', { partitionKey: 'pk', indexes: { gsi1: { partitionKey: 'gsi1pk' } } }),
  schema: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('card'), id: z.string(), amount: z.number(), last4: z.string() }),
    z.object({
      kind: z.literal('transfer'),
      id: z.string(),
      amount: z.number(),
      iban: z.string(),
      note: z.string().optional(),
    }),
  ]),
  key: { partitionKey: 'PAYMENT#{id}' },
  indexes: { byKind: { index: 'gsi1', partitionKey: 'KIND#{kind}' } },
})
/** A field that only one kind has, past the types. */
const ibanOf = (fields: object) => (fields as { readonly iban: Field<string> }).iban
const card = { kind: 'card', id: '1', amount: 5, last4: '4242' } as const
const transfer = { kind: 'transfer', id: '2', amount: 7, iban: 'DE' } as const
const stored = (item: object) => ({
  ...Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: value as string },
    ]),
  ),
  _entity: { S: 'Payment' },
})

describe('a union at the top of an entity', () => {
  test('each kind is stored with its own attributes', () => {
    expect(Payment.put(card).request().input).toMatchObject({
      Item: { ...stored(card), pk: { S: 'PAYMENT#1' }, gsi1pk: { S: 'KIND#card' } },
    })
    expect(() => Payment.put({ ...card, iban: 'DE' } as never)).toThrow(
      'Payment.put: iban: expected an attribute of the schema',
    )
    expect(() => Payment.put({ kind: 'cash', id: '1' } as never)).toThrow('Payment.put')
  })

  test('each kind is read as itself, in types too', async () => {
    const db = connect({
      client: stubClient(() => ({ Items: [stored(card), stored(transfer)] })),
      tables: { payments: 'x' },
    })
    const items = await db.all(Payment.query.byKind({ kind: 'card' }))
    expect(items).toEqual([card, transfer])
    expectTypeOf(items[0]!).toEqualTypeOf<Item<typeof Payment>>()
    if (items[0]?.kind === 'card') expectTypeOf(items[0].last4).toEqualTypeOf<string>()
    expectTypeOf<Extract<Input<typeof Payment>, { kind: 'transfer' }>['note']>().toEqualTypeOf<string | undefined>()
  })

  test("conditions name all kinds' fields", () => {
    const expressions = expressionsOf(
      Payment.delete({ id: '1' }, { condition: (o, { or, eq }) => or(eq(o.last4, '1'), eq(o.iban, 'DE')) }),
    )
    expect(filled(expressions, expressions.ConditionExpression)).toBe('(last4 = "1") OR (iban = "DE")')
  })

  test('updates set what all kinds have', () => {
    expect(Payment.update({ id: '1' }, { set: { amount: 9 } }).request().input).toMatchObject({
      UpdateExpression: 'SET #0 = :0',
    })
    // @ts-expect-error only cards have it
    expect(() => Payment.update({ id: '1' }, { set: { last4: 5 } })).toThrow('set.last4')
  })

  test('an update may say which kind it is about', () => {
    const { input } = Payment.update(
      { id: '2' },
      { is: { kind: 'transfer' }, apply: (o, { set, remove }) => [set(o.iban, 'FR'), remove(o.note)] },
    ).request()
    const expressions = input as { readonly UpdateExpression: string; readonly ConditionExpression: string }
    expect(filled(expressions, expressions.UpdateExpression)).toBe('SET iban = "FR" REMOVE note')
    expect(filled(expressions, expressions.ConditionExpression)).toBe('(attribute_exists(pk)) AND (kind = "transfer")')
    expect(() =>
      Payment.update({ id: '1' }, { is: { kind: 'card' }, apply: (o, { set }) => [set(ibanOf(o), 'FR')] }),
    ).toThrow('Payment.update: apply.iban: expected an attribute of Payment, received a name that it does not have.')
    // @ts-expect-error no such kind
    expect(() => Payment.update({ id: '1' }, { is: { kind: 'cash' }, set: { amount: 1 } })).toThrow(
      'Payment.update: is',
    )
    // @ts-expect-error what doesn't tell kinds apart
    expect(() => Payment.update({ id: '1' }, { is: { amount: 1 }, set: { amount: 1 } })).toThrow(
      'Payment.update: is: expected kind alone, which tells the kinds of Payment apart, received an object.',
    )
    expect(() => Payment.update({ id: '1' }, { is: undefined as never, set: { amount: 1 } })).toThrow(
      'Payment.update: is',
    )
  })

  test('an item of a kind keeps what its kind must have', () => {
    expect(() => Payment.update({ id: '1' }, { apply: (o, { remove }) => [remove(ibanOf(o))] })).toThrow(
      'Payment.update: iban: expected an optional attribute: say in is of which kind the item is, received one that a kind must have.',
    )
    expect(() => Payment.update({ id: '1' }, { set: { kind: 'transfer' } })).toThrow(
      'Payment.update: set.kind: expected iban too: an item of this kind must have them, received nothing.',
    )
    const becomes = Payment.update(
      { id: '1' },
      { set: { kind: 'transfer' }, apply: (o, { set }) => [set(ibanOf(o), 'DE')] },
    )
    expect(becomes.request().input).toMatchObject({ UpdateExpression: 'SET #0 = :0, #1 = :1, #2 = :2' })
  })
})
