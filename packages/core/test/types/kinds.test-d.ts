import { codec, entity, type Item, table } from '@keyloom/core'
import { describe, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { db, key, Order } from './shop.js'

const ledger = table('ledger', { partitionKey: 'pk', indexes: { gsi1: { partitionKey: 'gsi1pk' } } })

const Payment = entity('Payment', {
  table: ledger,
  schema: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('card'),
      id: z.string(),
      amount: z.number(),
      last4: z.string(),
      state: z.enum(['open', 'held']),
      code: z.number(),
      retries: z.number(),
      address: z.object({ city: z.string() }),
    }),
    z.object({
      kind: z.enum(['transfer', 'debit']),
      id: z.string(),
      amount: z.number(),
      iban: z.string(),
      state: z.enum(['open', 'sent']),
      code: z.string(),
      at: codec.date(),
      note: z.string().optional(),
    }),
  ]),
  key: { partitionKey: 'PAYMENT#{id}' },
  indexes: { byState: { index: 'gsi1', partitionKey: '{kind}#{state}' } },
  version: 'version',
})
const id = { id: '1' }

describe('an update of a kind', () => {
  test("changes that kind's attributes", () => {
    Payment.update(id, { is: { kind: 'card' }, set: { last4: '1', code: 5 }, add: { retries: 1, amount: 1 } })
    Payment.update(id, { is: { kind: 'transfer' }, set: { code: 'x', at: new Date(0) }, remove: ['note'] })
    Payment.update(id, { is: { kind: 'debit' }, apply: (o, { set }) => [set(o.iban, 'DE')] })
    Payment.update(id, { is: { kind: 'card' }, set: { state: 'held' }, given: { kind: 'card' } })
    Payment.update(id, { is: { kind: 'card' }, add: { amount: 1 }, condition: (o, { eq }) => eq(o.last4, '1') })
    const kind = 'transfer' as 'transfer' | 'debit'
    Payment.update(id, { is: { kind }, set: { iban: 'DE' } })
    const updated = db.for(Payment).update(id, { is: { kind: 'card' }, set: { last4: '1' }, returning: 'new' })
    expectTypeOf(updated).resolves.toEqualTypeOf<Extract<Item<typeof Payment>, { kind: 'card' }>>()
  })

  test('and nothing else', () => {
    // @ts-expect-error another kind's
    Payment.update(id, { is: { kind: 'card' }, set: { iban: 'DE' } })
    // @ts-expect-error another kind's value
    Payment.update(id, { is: { kind: 'card' }, set: { code: 'x' } })
    // @ts-expect-error another kind's, of any of both
    Payment.update(id, { is: { kind: 'debit' }, set: { last4: '1' } })
    // @ts-expect-error another kind's
    Payment.update(id, { is: { kind: 'card' }, remove: ['note'] })
    // @ts-expect-error every transfer has one
    Payment.update(id, { is: { kind: 'transfer' }, remove: ['iban'] })
    // @ts-expect-error another kind's
    Payment.update(id, { is: { kind: 'transfer' }, add: { retries: 1 } })
    // @ts-expect-error no number in this kind
    Payment.update(id, { is: { kind: 'transfer' }, add: { code: 1 } })
    // @ts-expect-error another kind's
    Payment.update(id, { is: { kind: 'transfer' }, apply: (o, { set }) => [set(o.address, { city: 'Paris' })] })
    // @ts-expect-error no such kind
    Payment.update(id, { is: { kind: 'cash' }, set: { amount: 1 } })
    // @ts-expect-error it doesn't tell kinds apart
    Payment.update(id, { is: { amount: 1 }, set: { amount: 1 } })
    // @ts-expect-error the table key
    Payment.update(id, { is: { kind: 'card' }, set: { id: '2' } })
    // @ts-expect-error writes keep it up
    Payment.update(id, { is: { kind: 'card' }, set: { version: 2 } })
    // @ts-expect-error a sibling is missing
    Payment.update(id, { is: { kind: 'card' }, set: { state: 'held' } })
  })
})

describe('an update of whichever kind', () => {
  test('changes what all kinds have in common', () => {
    Payment.update(id, { set: { amount: 1 }, add: {}, condition: (o, { eq }) => eq(o.last4, '1') })
    Payment.update(id, { add: { amount: 1 } })
    Payment.update(id, { apply: (o, { set, plus }) => [set(o.amount, plus(o.amount, 1))] })
    Payment.update(id, { set: { state: 'open' }, given: { kind: 'card' } })
    // @ts-expect-error one kind's
    Payment.update(id, { set: { last4: '1' } })
    // @ts-expect-error one kind's
    Payment.update(id, { add: { retries: 1 } })
    // @ts-expect-error one kind's
    Payment.update(id, { remove: ['note'] })
    // @ts-expect-error one kind's
    Payment.update(id, { apply: (o, { set }) => [set(o.iban, 'DE')] })
    // @ts-expect-error one kind's value
    Payment.update(id, { set: { state: 'held' }, given: { kind: 'card' } })
    // @ts-expect-error kinds differ in it
    Payment.update(id, { set: { code: 'x' } })
  })

  test('an entity with one kind has no such option', () => {
    // @ts-expect-error it has one kind
    Order.update(key, { is: { status: 'paid' }, set: { note: 'a' } })
    Order.update(key, { set: { note: 'a' } })
  })
})
