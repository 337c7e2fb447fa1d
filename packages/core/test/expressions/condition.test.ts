import { type ConditionCallback, type Fields, InputError, type Item, type Operators } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import { expressionsOf } from '../expressions-of.js'
import { key, Order, placedAt } from '../orders.js'

type Condition = ConditionCallback<Item<typeof Order>>

function printed(condition: Condition) {
  const expressions = expressionsOf(Order.delete(key, { condition }))
  return {
    text: expressions.ConditionExpression,
    names: expressions.ExpressionAttributeNames,
    values: expressions.ExpressionAttributeValues,
  }
}

describe('each operator prints one form', () => {
  test.each<[string, Condition, string, object | undefined]>([
    ['eq', (o, { eq }) => eq(o.total, 1), '#0 = :0', { ':0': { N: '1' } }],
    ['ne', (o, { ne }) => ne(o.total, 1), '#0 <> :0', { ':0': { N: '1' } }],
    ['lt', (o, { lt }) => lt(o.total, 1), '#0 < :0', { ':0': { N: '1' } }],
    ['lte', (o, { lte }) => lte(o.total, 1), '#0 <= :0', { ':0': { N: '1' } }],
    ['gt', (o, { gt }) => gt(o.total, 1), '#0 > :0', { ':0': { N: '1' } }],
    ['gte', (o, { gte }) => gte(o.total, 1), '#0 >= :0', { ':0': { N: '1' } }],
    ['a codec', (o, { gt }) => gt(o.placedAt, placedAt), '#0 > :0', { ':0': { S: '2026-02-16T10:00:00.000Z' } }],
    ['a set', (o, { eq }) => eq(o.tags, new Set(['x'])), '#0 = :0', { ':0': { SS: ['x'] } }],
    [
      'between',
      (o, { between }) => between(o.total, 1, 2),
      '#0 BETWEEN :0 AND :1',
      { ':0': { N: '1' }, ':1': { N: '2' } },
    ],
    ['beginsWith', (o, { beginsWith }) => beginsWith(o.region, 'e'), 'begins_with(#0, :0)', { ':0': { S: 'e' } }],
    ['exists', (o, { exists }) => exists(o.carrier), 'attribute_exists(#0)', undefined],
    ['notExists', (o, { notExists }) => notExists(o.carrier), 'attribute_not_exists(#0)', undefined],
    ['not', (o, { not, eq }) => not(eq(o.total, 1)), 'NOT (#0 = :0)', { ':0': { N: '1' } }],
    ['and of one', (o, { and, eq }) => and(eq(o.total, 1)), '#0 = :0', { ':0': { N: '1' } }],
  ])('%s', (_, condition, text, values) => {
    const found = printed(condition)
    expect(found.text).toBe(text)
    expect(found.values).toEqual(values)
  })

  test('junctions put each part in parentheses, so that none changes the meaning of another', () => {
    const { text, names } = printed((o, { and, or, not, eq, gt, exists }) =>
      or(and(eq(o.status, 'paid'), gt(o.total, 1)), not(and(exists(o.carrier), eq(o.status, 'pending')))),
    )
    expect(text).toBe('((#0 = :0) AND (#1 > :1)) OR (NOT ((attribute_exists(#2)) AND (#0 = :2)))')
    expect(names).toEqual({ '#0': 'status', '#1': 'total', '#2': 'carrier' })
  })

  test('paths into maps', () => {
    const { text, names } = printed((o, { eq }) => eq(o.address.city, 'Köln'))
    expect(text).toBe('#0.#1 = :0')
    expect(names).toEqual({ '#0': 'address', '#1': 'city' })
  })

  test('the whole item stands for its partition key', () => {
    const { text, names } = printed((o, { exists }) => exists(o))
    expect(text).toBe('attribute_exists(#0)')
    expect(names).toEqual({ '#0': 'pk' })
  })
})

test('conditions are values: they can be built from a list', () => {
  const filters: Condition[] = [(o, { gt }) => gt(o.total, 1), (o, { eq }) => eq(o.region, 'eu')]
  expect(printed((o, operators) => operators.and(...filters.map((filter) => filter(o, operators)))).text).toBe(
    '(#0 > :0) AND (#1 = :1)',
  )
})

// What a type checker refuses is given on purpose.
type Loose = (
  o: Fields<Item<typeof Order>>,
  operators: Record<keyof Operators, (...input: unknown[]) => never>,
) => never

describe('conditions that are refused before anything is sent', () => {
  test.each<[string, Loose, string]>([
    [
      'a vanished condition',
      (_, { and }) => and(),
      'condition: expected a condition for and(), received none: a vanished condition would let every write through.',
    ],
    [
      'an absent part',
      (o, { and, eq }) => and(eq(o.total, 1), undefined),
      'condition: expected a condition made by the operators, received undefined.',
    ],
    [
      'no condition',
      () => undefined as never,
      'condition: expected a condition made by the operators, received undefined.',
    ],
    [
      'data for a condition',
      () => ({ type: 'compare' }) as never,
      'condition: expected a condition made by the operators, received an object.',
    ],
    [
      'text for a field',
      (_, { eq }) => eq('total', 1),
      'condition: expected a field of the entity, received a string.',
    ],
    [
      'an unknown field',
      (o, { eq }) => eq((o as never as { nope: object }).nope, 1),
      'condition: expected a field of the entity, received undefined.',
    ],
    [
      'a value of another type',
      (o, { eq }) => eq(o.total, '1'),
      'condition.total: expected a number, received a string.',
    ],
    [
      'an operator from JSON',
      (o, { eq }) => eq(o.region, { $ne: null }),
      'condition.region: expected a string, received an object.',
    ],
    ['undefined', (o, { eq }) => eq(o.region, undefined), 'condition.region: expected a string, received undefined.'],
    [
      'another enum value',
      (o, { eq }) => eq(o.status, 'lost'),
      'condition.status: expected one of "pending", "paid", "shipped", received another string.',
    ],
    [
      'a nested value',
      (o, { eq }) => eq(o.address.city, 1),
      'condition.address.city: expected a string, received a number.',
    ],
    [
      'a prefix that is no text',
      (o, { beginsWith }) => beginsWith(o.region, 1),
      'condition.region: expected a string, received a number.',
    ],
    [
      'an empty set',
      (o, { eq }) => eq(o.tags, new Set()),
      'condition.tags: expected a set with elements, received an empty set, which DynamoDB has not.',
    ],
    [
      'the whole item compared',
      (o, { eq }) => eq(o, {}),
      'condition: expected one attribute, received the whole item.',
    ],
  ])('%s', (_, condition, message) => {
    const work = () => Order.delete(key, { condition: condition as never })
    expect(work).toThrow(InputError)
    expect(work).toThrow(`Order.delete: ${message}`)
  })

  test("what the callback itself throws is the caller's own", () => {
    expect(() =>
      Order.delete(key, {
        condition: () => {
          throw new RangeError('mine')
        },
      }),
    ).toThrow(RangeError)
  })
})
