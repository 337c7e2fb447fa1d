import { beginsWith, between, entity, gt, gte, InputError, lt, lte, range, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { expressionsOf, filled } from '../expressions-of.js'
import { Order, placedAt } from '../orders.js'

const later = new Date('2026-03-01T00:00:00.000Z')
const at = '2026-02-16T10:00:00.000Z'
const until = '2026-03-01T00:00:00.000Z'

function readable(query: ReturnType<typeof Order.query>): { key: string | undefined; filter?: string } {
  const expressions = expressionsOf(query)
  const filter = filled(expressions, expressions.FilterExpression)
  return { key: filled(expressions, expressions.KeyConditionExpression), ...(filter !== undefined && { filter }) }
}

test('the whole request', () => {
  const query = Order.query(
    { customerId: 'c-1' },
    { reverse: true, consistent: true, filter: (o, { gt }) => gt(o.total, 5) },
  )
  expect(query.request({ tables: { shop: 'shop-1' } })).toEqual({
    operation: 'Query',
    input: {
      TableName: 'shop-1',
      KeyConditionExpression: '#0 = :0 AND begins_with(#1, :1)',
      FilterExpression: '#2 > :2',
      ExpressionAttributeNames: { '#0': 'pk', '#1': 'sk', '#2': 'total' },
      ExpressionAttributeValues: { ':0': { S: 'CUSTOMER#c-1' }, ':1': { S: 'ORDER#' }, ':2': { N: '5' } },
      ScanIndexForward: false,
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL',
    },
  })
})

const customerId = 'c-1'
const pk = 'pk = "CUSTOMER#c-1" AND '

describe('a range in the middle of the table key compares components, inside the prefix', () => {
  test.each<[string, Parameters<typeof Order.query>[0], string]>([
    ['all', { customerId }, `${pk}begins_with(sk, "ORDER#")`],
    ['one day', { customerId, placedAt }, `${pk}begins_with(sk, "ORDER#${at}#")`],
    ['one item', { customerId, placedAt, orderId: 'o 1' }, `${pk}sk = "ORDER#${at}#o$201"`],
    ['gte', { customerId, placedAt: gte(placedAt) }, `${pk}sk BETWEEN "ORDER#${at}" AND "ORDER$"`],
    ['gt', { customerId, placedAt: gt(placedAt) }, `${pk}sk BETWEEN "ORDER#${at}$" AND "ORDER$"`],
    ['lte', { customerId, placedAt: lte(placedAt) }, `${pk}sk BETWEEN "ORDER#" AND "ORDER#${at}$"`],
    ['lt', { customerId, placedAt: lt(placedAt) }, `${pk}sk BETWEEN "ORDER#" AND "ORDER#${at}"`],
    [
      'between',
      { customerId, placedAt: between(placedAt, later) },
      `${pk}sk BETWEEN "ORDER#${at}" AND "ORDER#${until}$"`,
    ],
    [
      'half open',
      { customerId, placedAt: range({ gte: placedAt, lt: later }) },
      `${pk}sk BETWEEN "ORDER#${at}" AND "ORDER#${until}"`,
    ],
  ])('%s', (_, key, text) => {
    expect(readable(Order.query(key))).toEqual({ key: text })
  })
})

describe('a range over descending numbers, whose keys begin with the greatest', () => {
  const Score = entity('Score', {
    table: table('games', { partitionKey: 'pk', sortKey: 'sk' }),
    schema: z.object({ game: z.string(), points: z.number(), player: z.string() }),
    key: { partitionKey: 'G#{game}', sortKey: 'P#{points:-03}#{player}' },
  })
  const game = 'g'
  test.each<[string, Parameters<typeof Score.query>[0], string]>([
    ['gt', { game, points: gt(5) }, 'sk BETWEEN "P#" AND "P#994"'],
    ['gte', { game, points: gte(5) }, 'sk BETWEEN "P#" AND "P#994$"'],
    ['lt', { game, points: lt(5) }, 'sk BETWEEN "P#994$" AND "P$"'],
    ['lte', { game, points: lte(5) }, 'sk BETWEEN "P#994" AND "P$"'],
    ['between', { game, points: between(1, 5) }, 'sk BETWEEN "P#994" AND "P#998$"'],
    ['half open', { game, points: range({ gte: 1, lt: 5 }) }, 'sk BETWEEN "P#994$" AND "P#998$"'],
  ])('%s', (_, key, text) => {
    expect(readable(Score.query(key) as never)).toEqual({ key: `pk = "G#g" AND ${text}` })
  })

  test('reversed bounds are those of the values', () => {
    expect(() => Score.query({ game, points: between(5, 1) })).toThrow('received reversed bounds')
  })
})

describe('a range on the last component', () => {
  test.each<[string, Parameters<typeof Order.query>[0], string]>([
    ['gte', { customerId, placedAt, orderId: gte('m') }, `${pk}sk BETWEEN "ORDER#${at}#m" AND "ORDER#${at}$"`],
    ['lte', { customerId, placedAt, orderId: lte('m') }, `${pk}sk BETWEEN "ORDER#${at}#" AND "ORDER#${at}#m"`],
    ['lt', { customerId, placedAt, orderId: lt('m') }, `${pk}sk BETWEEN "ORDER#${at}#" AND "ORDER#${at}#m"`],
    ['beginsWith', { customerId, placedAt, orderId: beginsWith('m#') }, `${pk}begins_with(sk, "ORDER#${at}#m$23")`],
  ])('%s', (_, key, text) => {
    expect(readable(Order.query(key))).toEqual({ key: text })
  })
})

describe('indexes', () => {
  const keys = 'gsi1pk = "STATUS#paid#eu"'
  const paid = { status: 'paid', region: 'eu' } as const
  const ours = '_entity = "Order"'

  test('without a literal prefix other entities may lie between: the filter tells them apart', () => {
    expect(readable(Order.query.byStatus(paid))).toEqual({ key: keys, filter: ours })
  })

  test('a filter of the caller is added to it', () => {
    const query = Order.query.byStatus(paid, { filter: (o, { gt, lt, or }) => or(gt(o.total, 5), lt(o.total, 1)) })
    expect(readable(query)).toEqual({ key: keys, filter: `(${ours}) AND ((total > "5") OR (total < "1"))` })
  })

  test.each<[string, Parameters<typeof Order.query.byStatus>[0], string]>([
    ['gte', { ...paid, placedAt: gte(placedAt) }, `${keys} AND gsi1sk >= "${at}"`],
    ['gt', { ...paid, placedAt: gt(placedAt) }, `${keys} AND gsi1sk >= "${at}$"`],
    ['lte', { ...paid, placedAt: lte(placedAt) }, `${keys} AND gsi1sk < "${at}$"`],
    ['lt', { ...paid, placedAt: lt(placedAt) }, `${keys} AND gsi1sk < "${at}"`],
    ['last gt', { ...paid, placedAt, orderId: gt('m') }, `${keys} AND gsi1sk BETWEEN "${at}#m" AND "${at}$"`],
  ])('%s', (_, key, text) => {
    expect(readable(Order.query.byStatus(key))).toEqual({ key: text, filter: ours })
  })

  test.each<[string, Parameters<typeof Order.query.byTotal>[0], string]>([
    ['all', { customerId }, 'pk = "CUSTOMER#c-1"'],
    ['eq', { customerId, total: 5 }, `${pk}total = "5"`],
    ['gt', { customerId, total: gt(5) }, `${pk}total > "5"`],
    ['lt', { customerId, total: lt(5) }, `${pk}total < "5"`],
    ['between', { customerId, total: between(5, 100) }, `${pk}total BETWEEN "5" AND "100"`],
  ])('a local index on a number: %s', (_, key, text) => {
    expect(readable(Order.query.byTotal(key))).toEqual({ key: text, filter: ours })
  })

  test('padded numbers', () => {
    expect(readable(Order.query.inTransit({ carrier: 'DHL', total: gte(5) })).key).toBe(
      'gsi2pk = "CARRIER#DHL" AND gsi2sk >= "0000000005"',
    )
  })
})

// What a type checker refuses is given on purpose.
const loose = Order.query as unknown as Record<string, (...input: unknown[]) => unknown> &
  ((...input: unknown[]) => unknown)

describe('queries that are refused before anything is sent', () => {
  test.each<[string, () => unknown, string]>([
    [
      'no key',
      () => loose(undefined),
      'Order.query: expected an object with the components of the table key, received undefined.',
    ],
    ['no partition key', () => loose({}), 'Order.query: customerId: expected a value, received undefined.'],
    [
      'half a partition key',
      () => loose['byStatus']!({ status: 'paid' }),
      'Order.query.byStatus: region: expected a value, received undefined.',
    ],
    [
      'a range on the partition key',
      () => loose({ customerId: gt('x') }),
      'Order.query: customerId: expected a string, received an object.',
    ],
    [
      'undefined',
      () => loose({ customerId, placedAt: undefined }),
      'Order.query: placedAt: expected a value: leave it out to read everything below, received undefined.',
    ],
    [
      'a hole',
      () => loose({ customerId, orderId: 'x' }),
      'Order.query: orderId: expected placedAt before it: the sort key is read from the left (ORDER#{placedAt}#{orderId}), received a hole.',
    ],
    [
      'after a range',
      () => loose({ customerId, placedAt: gt(placedAt), orderId: 'x' }),
      'Order.query: orderId: expected nothing after the range on placedAt: filter on it instead, received a value.',
    ],
    [
      'another attribute',
      () => loose({ customerId, status: 'paid' }),
      'Order.query: status: expected a component of the table key (customerId, placedAt, orderId), received another name.',
    ],
    [
      'reversed bounds',
      () => loose({ customerId, placedAt: between(later, placedAt) }),
      'Order.query: placedAt: expected a range whose first bound is not greater than its second, received reversed bounds.',
    ],
    [
      'reversed numbers',
      () => loose['byTotal']!({ customerId, total: between(10, 9) }),
      'Order.query.byTotal: total: expected a range whose first bound is not greater than its second, received reversed bounds.',
    ],
    ['a range without bounds', () => range({}), 'range: expected a lower or an upper bound, received neither.'],
    [
      'a vanished bound',
      () => range({ gte: undefined as never }),
      'range: gte: expected a value: a vanished bound would widen it, received undefined.',
    ],
    [
      'beginsWith on a number',
      () => loose['byTotal']!({ customerId, total: beginsWith('1') }),
      'Order.query.byTotal: total: expected a range other than beginsWith: the attribute is no text, received a prefix.',
    ],
    [
      'a bound of another type',
      () => loose({ customerId, placedAt: gt('x') }),
      'Order.query: placedAt: expected a date, received a string.',
    ],
    [
      'an operator from JSON',
      () => loose({ customerId, placedAt: { lower: { value: 'x' } } }),
      'Order.query: placedAt: expected a date, received an object.',
    ],
    [
      'a consistent read on a global index',
      () => loose['byStatus']!({ status: 'paid', region: 'eu' }, { consistent: true }),
      'Order.query.byStatus: consistent: expected no consistent read: DynamoDB has none on a global index, received true.',
    ],
    [
      'an unknown option',
      () => loose({ customerId }, { limit: 5 }),
      'Order.query: limit: expected one of the options filter, select, hydrate, reverse, consistent, exact, maxBuckets, unordered, concurrency, expired, received another name.',
    ],
    [
      'a filter as text',
      () => loose({ customerId }, { filter: 'total > 5' }),
      'Order.query: filter: expected a callback such as (o, { eq }) => eq(o.status, "open"), received a string.',
    ],
    [
      'two lower bounds',
      () => range({ gt: 1, gte: 2 }),
      'range: expected one lower and one upper bound at most, received two of one side.',
    ],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(InputError)
    expect(work).toThrow(message)
  })
})
