// What an update may change where an entity has several kinds of items, when types are bypassed as well.
import { codec, entity, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { expressionsOf, filled } from './expressions-of.js'

const common = { id: z.string(), amount: z.number(), note: z.string().optional() }
const Payment = entity('Payment', {
  table: table('payments', { partitionKey: 'pk', indexes: { gsi1: { partitionKey: 'gsi1pk' } } }),
  schema: z.discriminatedUnion('kind', [
    z.object({
      ...common,
      kind: z.literal('card'),
      state: z.enum(['open', 'held']),
      code: z.number(),
      last4: z.string(),
      at: codec.date(),
      due: codec.date(),
      place: z.object({ city: z.string(), zip: z.string().optional() }),
    }),
    z.object({
      ...common,
      kind: z.literal('transfer'),
      state: z.enum(['open', 'sent']),
      code: z.string(),
      iban: z.string(),
      at: codec.date(),
      due: codec.epochMillis(),
      place: z.object({ zip: z.string().optional(), city: z.string() }),
      memo: z.string().optional(),
    }),
  ]),
  key: { partitionKey: 'PAYMENT#{id}' },
  indexes: { byRoute: { index: 'gsi1', partitionKey: '{kind}#{state}#{note}' } },
})
const id = { id: '1' }
const at = new Date(0)
const update = (changes: object) => Payment.update(id, changes)
const expressionOf = (changes: object): string | undefined => {
  const expressions = expressionsOf(update(changes))
  return filled(expressions, (expressions as { readonly UpdateExpression?: string }).UpdateExpression)
}

describe('without is', () => {
  test.each<[string, object, string]>([
    ['the same codec', { set: { amount: 1 } }, 'SET amount = "1"'],
    ['codecs that store the value alike', { set: { at } }, 'SET at = "1970-01-01T00:00:00.000Z"'],
    ['maps of the same properties', { set: { place: { city: 'x' } } }, 'SET place = {"city":{"S":"x"}}'],
    ['a sum', { add: { amount: 1 } }, 'ADD amount "1"'],
    ['an attribute that one kind may have', { remove: ['memo'] }, 'REMOVE memo'],
    [
      'a value that all kinds know',
      { set: { state: 'open' }, given: { kind: 'card' }, remove: ['note'] },
      'SET state = "open" REMOVE note, gsi1pk',
    ],
    [
      'by apply',
      { apply: (o: never, { set }: never) => [(set as Set)((o as Fields)['amount'], 1)] },
      'SET amount = "1"',
    ],
  ])('%s is changed', (_, changes, expression) => {
    expect(expressionOf(changes)).toBe(expression)
  })

  test.each<[string, object, string]>([
    ['other types', { set: { code: 'x' } }, 'the kinds of Payment differ in code'],
    ['other codecs of one type', { set: { due: at } }, 'the kinds of Payment differ in due'],
    [
      'a value of one kind',
      { set: { state: 'held' }, given: { kind: 'card', note: 'n' } },
      'the kinds of Payment differ in state',
    ],
    ['an attribute of one kind', { set: { last4: '1' } }, 'not all kinds of Payment have last4'],
    [
      'a part of one',
      { apply: (o: never, { set }: never) => [(set as Set)((o as Fields)['code'], 'x')] },
      'the kinds of Payment differ in code',
    ],
    [
      'a change of one',
      { apply: (o: never, { set }: never) => [(set as Set)((o as Fields)['iban'], 'x')] },
      'not all kinds of Payment have iban',
    ],
  ])('%s are refused', (_, changes, problem) => {
    expect(() => update(changes)).toThrow(
      `Payment.update: is: expected the kind of the item: ${problem}, received nothing.`,
    )
  })
})

type Set = (field: unknown, value: unknown) => never
type Fields = Record<string, unknown>

describe('with is', () => {
  test("that kind's codec writes the value", () => {
    expect(expressionOf({ is: { kind: 'card' }, set: { code: 5, due: at } })).toBe(
      'SET code = "5", due = "1970-01-01T00:00:00.000Z"',
    )
    expect(expressionOf({ is: { kind: 'transfer' }, set: { code: '5', due: at } })).toBe('SET code = "5", due = "0"')
    expect(() => update({ is: { kind: 'card' }, set: { code: '5' } })).toThrow('Payment.update: set.code: expected')
    expect(() => update({ is: { kind: 'card' }, add: { iban: 1 } })).toThrow(
      'Payment.update: add.iban: expected an attribute of Payment',
    )
    expect(() => update({ is: { kind: 'card' }, remove: ['memo'] })).toThrow(
      'Payment.update: remove.memo: expected an attribute of Payment',
    )
  })

  test('an item that becomes another kind gets what that one must have', () => {
    const becomes = { kind: 'transfer', state: 'open', code: 'c', iban: 'DE', due: at }
    expect(expressionOf({ is: { kind: 'card' }, set: becomes, remove: ['last4'], given: { note: 'n' } })).toContain(
      'iban = "DE", due = "0"',
    )
    expect(() => update({ is: { kind: 'card' }, set: { ...becomes, iban: undefined } })).toThrow(
      'Payment.update: set.iban',
    )
  })
})

describe('siblings of an index key', () => {
  const Task = entity('Task', {
    table: table('tasks', { partitionKey: 'pk', indexes: { gsi1: { partitionKey: 'gsi1pk' } } }),
    schema: z.object({ id: z.string(), status: z.string(), region: z.string(), total: z.number() }),
    key: { partitionKey: 'TASK#{id}' },
    indexes: { byStatus: { index: 'gsi1', partitionKey: '{status}#{region}' } },
  })

  test('one that apply sets is known', () => {
    const operation = Task.update(id, {
      // @ts-expect-error the compiler doesn't see what apply sets
      set: { status: 'paid' },
      apply: (o, { set }) => [set(o.region, 'eu')],
    })
    expect(operation.request().input).toMatchObject({
      UpdateExpression: 'SET #0 = :0, #1 = :1, #2 = :2',
      ExpressionAttributeNames: { '#0': 'status', '#1': 'region', '#2': 'gsi1pk' },
      ExpressionAttributeValues: { ':2': { S: 'paid#eu' } },
    })
  })

  test('one that it copies from elsewhere is not', () => {
    expect(() =>
      Task.update(id, {
        // @ts-expect-error the same
        set: { status: 'paid' },
        apply: (o, { set }) => [set(o.region, o.status)],
      }),
    ).toThrow('Task.update')
  })
})
