// Gets of parts of items in a batch: a request says once for a table what is read, and rows must tell whose they are.
import { describe, expect, test } from 'vitest'
import { batchGetRequest, batchReads, rowsRead, unprocessedReads } from '../../src/operations/batch-read.js'
import { itemIdentity } from '../../src/operations/item-identity.js'
import type { ItemPlan } from '../../src/operations/plan.js'
import { key, Order, row } from '../orders.js'

const made = { tables: { shop: 'shop-1' } }
const Key = { pk: row.pk, sk: row.sk }

/** A get of certain attributes. */
function part(...names: string[]): ItemPlan {
  const whole = Order.get(key) as unknown as ItemPlan
  const placeholders = names.map((_, index) => `#${index}`)
  return {
    ...whole,
    request: () => ({
      operation: 'GetItem',
      input: {
        TableName: 'shop-1',
        Key,
        ProjectionExpression: placeholders.join(', '),
        ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#${index}`, name])),
      },
    }),
  }
}

const requestsOf = (plans: readonly ItemPlan[]) =>
  batchReads(plans, made).map((chunk) => batchGetRequest(chunk).input as { RequestItems: Record<string, object> })

describe('parts of items', () => {
  test('the key is read too, and taken away again', () => {
    const [chunk = []] = batchReads([part('total')], made)
    expect(batchGetRequest(chunk).input).toEqual({
      RequestItems: {
        'shop-1': {
          Keys: [Key],
          ProjectionExpression: '#0, #key0, #key1',
          ExpressionAttributeNames: { '#0': 'total', '#key0': 'pk', '#key1': 'sk' },
        },
      },
    })
    const rows = rowsRead(chunk, { Responses: { 'shop-1': [{ ...Key, total: row.total }] } })
    expect([...rows.values()]).toEqual([{ total: row.total }])
    expect([...rows.keys()]).toEqual([chunk[0]?.identity])
  })

  test('a key attribute that was asked for is not named twice, and stays', () => {
    const [chunk = []] = batchReads([part('sk', 'total')], made)
    expect(batchGetRequest(chunk).input).toMatchObject({
      RequestItems: { 'shop-1': { ProjectionExpression: '#0, #1, #key0' } },
    })
    const rows = rowsRead(chunk, { Responses: { 'shop-1': [{ ...Key, total: row.total }] } })
    expect([...rows.values()]).toEqual([{ sk: row.sk, total: row.total }])
  })

  test('different parts of one table go in different requests, the same ones in one', () => {
    const whole = Order.get(key) as unknown as ItemPlan
    expect(requestsOf([part('total'), part('region'), part('total'), whole])).toHaveLength(3)
    expect(batchReads([part('total'), part('total')], made)[0]?.map(({ positions }) => positions)).toEqual([[0, 1]])
  })

  test('what is left is known by its key', () => {
    const [chunk = []] = batchReads([part('total')], made)
    const { RequestItems: left } = batchGetRequest(chunk).input as { RequestItems: never }
    expect(unprocessedReads(chunk, { UnprocessedKeys: left })).toEqual([chunk[0]?.identity])
  })
})

test('keys are equal however the service writes them', () => {
  const identity = (value: object) => itemIdentity('t', ['id'], { id: value as never })
  expect(identity({ N: '1e21' })).toBe(identity({ N: '1000000000000000000000' }))
  expect(identity({ N: '0' })).toBe(identity({ N: '-0' }))
  expect(identity({ N: '1' })).not.toBe(identity({ S: '1' }))
  expect(identity({ N: '1' })).not.toBe(identity({ N: '10' }))
  expect(identity({ B: Uint8Array.of(1, 2) })).toBe(identity({ B: Uint8Array.of(1, 2) }))
  expect(identity({ B: Uint8Array.of(1, 2) })).not.toBe(identity({ B: Uint8Array.of(1, 3) }))
})
