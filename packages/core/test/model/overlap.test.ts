import fc from 'fast-check'
import { codec, DefinitionError, entity, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { overlap } from '../../src/model/key-overlap.js'
import { fillTemplate, parseTemplate } from '../../src/model/key-template.js'
import { readTemplate } from '../../src/model/read-key.js'

const overlaps = (one: string, other: string) => overlap([parseTemplate(one)], [parseTemplate(other)])

test.each<[string, string, boolean]>([
  ['USER#{id}', 'USER#{name}', true],
  ['USER#{id}', 'ORDER#{id}', false],
  ['USER#{id}', 'USER#', false],
  ['USER#{id}', 'USER#{id}#', false],
  ['USER#{id}', 'USER#{id}#{at}', false],
  ['PROFILE', 'PROFILE', true],
  ['PROFILE', 'PROFILE2', false],
  ['{id}', 'PROFILE', true],
  ['{id}#', 'PROFILE', false],
  ['{id}', 'A#B', true],
  ['{id}#{at}', 'A#B', true],
  ['{n:04}', '{n:05}', false],
  ['{n:04}', '2026', true],
  ['{n:04}', '202A', false],
  ['{n:04}A', '{m:+03}A', true],
  ['T#{n:number}', 'T#{id}', true],
  ['T#{n:number}', 'T#A', false],
  ['{at:day}#{id}', '{n:04}#{id}', false],
  ['{at:day}#{id}', 'ABCD-EF-GH#1', false],
  ['A#{id:raw}', 'A#{id}#{at}', true],
  ['A#{id:raw}#{at:raw}', 'A#{id}', false],
  ['A{id:raw}-{at:raw}', 'A{id:raw}', true],
])('%s and %s: %s', (one, other, expected) => {
  expect(overlaps(one, other)).toBe(expected)
  expect(overlaps(other, one)).toBe(expected)
})

const part = fc.oneof(
  fc.constantFrom('A', 'B', 'AB', '#', 'A#', ''),
  fc.constantFrom('{x}#', '{x}', '{n:02}', '{x:raw}#', '{n:number}#'),
)
const template = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter((text) => {
    try {
      parseTemplate(text)
      return true
    } catch {
      return false
    }
  })

test('templates that make one key overlap', () => {
  const text = fc.constantFrom('A', 'B', '1', '12', 'A1', 'AB')
  const number = fc.integer({ min: 0, max: 99 })
  let found = 0
  fc.assert(
    fc.property(template, template, text, number, (one, other, x, n) => {
      const key = fillTemplate(parseTemplate(one), { x: { S: x }, n: { N: String(n) } })
      if (readTemplate(parseTemplate(other), key) === undefined) return
      found++
      expect(overlaps(one, other)).toBe(true)
    }),
    { numRuns: 10_000 },
  )
  expect(found).toBeGreaterThan(100)
})

describe('entities of one table', () => {
  const schema = z.object({ id: z.string(), at: codec.date() })
  const start = () => {
    const shop = table('shop', { partitionKey: 'pk', sortKey: 'sk' })
    entity('Order', { table: shop, schema, key: { partitionKey: 'C#{id}', sortKey: 'ORDER#{at}' } })
    return shop
  }

  test('one key for two of them is refused', () => {
    expect(() =>
      entity('Invoice', { table: start(), schema, key: { partitionKey: 'C#{id}', sortKey: 'ORDER#{at}' } }),
    ).toThrow(
      new DefinitionError(
        'entity Invoice',
        'key',
        'it can make a key that entity Order makes too',
        'Begin one of the keys with another literal, or say sharesKeys: true in both',
      ),
    )
  })

  test('another partition or another sort key is none', () => {
    const shop = start()
    entity('Invoice', { table: shop, schema, key: { partitionKey: 'C#{id}', sortKey: 'INVOICE#{at}' } })
    entity('Archive', { table: shop, schema, key: { partitionKey: 'A#{id}', sortKey: 'ORDER#{at}' } })
  })

  test('those that say so share them, and each write then asks whose the row is', () => {
    const shop = table('shop', { partitionKey: 'pk' })
    const key = { partitionKey: 'C#{id}' } as const
    const Draft = entity('Draft', { table: shop, schema, key, sharesKeys: true })
    const Final = entity('Final', { table: shop, schema, key, sharesKeys: true })
    const guard = { ConditionExpression: '(attribute_not_exists(#0)) OR (#1 = :0)' }
    expect(Final.put({ id: '1', at: new Date(0) }).request().input).toMatchObject({
      ...guard,
      ExpressionAttributeValues: { ':0': { S: 'Final' } },
    })
    expect(Draft.delete({ id: '1' }).request().input).toMatchObject(guard)
    expect(() => entity('Third', { table: shop, schema, key, sharesKeys: true, entityAttribute: false })).toThrow(
      'entity Third, sharesKeys: nothing tells the rows apart. Give the entity an entityAttribute.',
    )
  })
})
