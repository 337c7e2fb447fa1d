// The ways in which the keys of mappers are known to collide: for each, all keys differ, or the value is refused.
import { codec, DefinitionError, entity, InputError, table } from '@keyloom/core'
import { expect, test } from 'vitest'
import * as z from 'zod'

type Item = Readonly<Record<string, unknown>>
interface Group {
  readonly template?: string
  readonly schema?: object
  readonly keyFormat?: 'raw'
  readonly computed?: object
  /** Different items: no two have one key. */
  readonly items?: readonly Item[]
  /** Items that are no items. */
  readonly refused?: readonly Item[]
}

const two = z.object({ a: z.string(), b: z.string() })
const one = z.object({ a: z.string() })
const joined = 'X#{a}#{b}'
const numbers = (schema: object) => z.object({ a: schema as z.ZodNumber })
const lone = 'X#{a}'
const refusing = (...values: unknown[]) => values.map((a) => ({ a }))

const groups: readonly (readonly [string, Group])[] = [
  // A1: delimiters and escapes in components.
  [
    'A1 the delimiter moves',
    {
      template: joined,
      items: [
        { a: 'x', b: 'y#z' },
        { a: 'x#y', b: 'z' },
      ],
    },
  ],
  [
    'A1 the delimiter at the end and the start',
    {
      template: joined,
      items: [
        { a: 'x#', b: 'y' },
        { a: 'x', b: '#y' },
        { a: 'x', b: 'y' },
      ],
    },
  ],
  [
    'A1 delimiters alone',
    {
      template: joined,
      items: [
        { a: '#', b: '##' },
        { a: '##', b: '#' },
        { a: '#', b: '#' },
      ],
    },
  ],
  [
    'A1 an escape as data',
    {
      template: joined,
      items: [
        { a: '#', b: 'x' },
        { a: '$23', b: 'x' },
        { a: '$2423', b: 'x' },
      ],
    },
  ],
  [
    'A1 half an escape across the boundary',
    {
      template: joined,
      items: [
        { a: '$', b: '23' },
        { a: '$2', b: '3' },
        { a: '#', b: 'x' },
      ],
    },
  ],
  [
    'A1 a label as data',
    {
      template: 'A#{a}#B#{b}',
      items: [
        { a: 'x', b: 'y#B#z' },
        { a: 'x#B#y', b: 'z' },
      ],
    },
  ],
  [
    'A1 a label of another separator',
    {
      template: 'A_{a}#B_{b}',
      items: [
        { a: 'x#B_y', b: 'z' },
        { a: 'x', b: 'y#B_z' },
      ],
    },
  ],
  [
    'A1 a placeholder as data',
    {
      template: joined,
      items: [
        { a: '{b}', b: 'x' },
        { a: 'x', b: '{b}' },
        { a: 'x', b: 'x' },
      ],
    },
  ],
  [
    'A1 replacement patterns as data',
    {
      template: joined,
      items: [
        { a: '$&', b: 'x' },
        { a: '$1', b: 'x' },
        { a: '$$', b: 'x' },
        { a: '$', b: 'x' },
      ],
    },
  ],
  [
    'A1 raw components and their delimiter',
    { template: joined, keyFormat: 'raw', items: [{ a: 'x', b: 'y#z' }], refused: [{ a: 'x#y', b: 'z' }] },
  ],
  [
    'A1 raw components around a word',
    {
      template: 'X{a}--{b}',
      keyFormat: 'raw',
      items: [{ a: 'x', b: 'y--z' }],
      refused: [
        { a: 'x--y', b: 'z' },
        { a: 'x-', b: 'z' },
      ],
    },
  ],
  // A2: case.
  ['A2 case', { template: lone, schema: one, items: refusing('ann', 'Ann', 'ANN') }],
  [
    'A2 case of other alphabets',
    { template: lone, schema: one, items: refusing('\u0130', 'i\u0307', '\u0131', 'I', 'ß', 'SS') },
  ],
  // A3: nothing, and what is no text.
  [
    'A3 empty components',
    {
      template: joined,
      items: [{ a: 'x', b: 'y' }],
      refused: [
        { a: '', b: 'x' },
        { a: 'x', b: '' },
      ],
    },
  ],
  [
    'A3 null and its text',
    { template: lone, schema: one, items: refusing('null', 'undefined'), refused: refusing(null, undefined) },
  ],
  [
    'A3 objects and their text',
    {
      template: lone,
      schema: one,
      items: refusing('[object Object]', 'a,b'),
      refused: refusing({}, ['a', 'b'], ['a,b'], () => 'x', Symbol('x'), { toString: () => 'x' }),
    },
  ],
  [
    'A3 boxes and their text',
    { template: lone, schema: one, items: refusing('x'), refused: refusing(Object('x'), Object(1)) },
  ],
  ['A3 booleans and their text', { template: 'X#{a}', schema: z.object({ a: z.union([z.boolean(), z.string()]) }) }],
  [
    'A3 blanks',
    {
      template: lone,
      schema: one,
      items: refusing('x', 'x ', ' x', 'x\t', 'x\u00a0', 'x\u200b', '\ufeffx', 'x\u0000'),
    },
  ],
  // A4: what is missing.
  [
    'A4 a component that is missing',
    {
      template: joined,
      items: [{ a: 'x', b: 'y' }],
      refused: [{ a: 'x' }, { a: 'x', b: undefined }, { a: 'x', b: null }, { b: 'x' }],
    },
  ],
  [
    'A4 a component that is inherited',
    { template: joined, refused: [Object.assign(Object.create({ b: 'y' }) as object, { a: 'x' })] },
  ],
  // A5: prefixes.
  [
    'A5 one is the start of another',
    {
      template: joined,
      items: [
        { a: 'x', b: 'y' },
        { a: 'x', b: 'y1' },
        { a: 'x1', b: 'y' },
      ],
    },
  ],
  // A6: numbers.
  [
    'A6 digits move between padded numbers',
    {
      template: '{a:03}{b:03}',
      schema: z.object({ a: z.number(), b: z.number() }),
      items: [
        { a: 1, b: 23 },
        { a: 12, b: 3 },
        { a: 123, b: 0 },
      ],
      refused: [{ a: 1000, b: 1 }],
    },
  ],
  [
    'A6 numbers that need more digits',
    {
      template: 'X#{a:03}',
      schema: numbers(z.number()),
      items: refusing(1, 10, 100),
      refused: refusing(1000, -1, 1.5, 1e21, Number.NaN, Infinity),
    },
  ],
  [
    'A6 numbers and their signs',
    {
      template: 'X#{a:+03}',
      schema: numbers(z.number()),
      items: refusing(1, -1, 999, -999, 0),
      refused: refusing(1000, -1001),
    },
  ],
  [
    'A6 numbers of any size',
    {
      template: 'X#{a:number}',
      schema: numbers(z.number()),
      items: refusing(1, 10, 0.1, -1, 1e21, 1e-7, 123, 1230, -10, 0),
      refused: refusing('1', 1n, '01'),
    },
  ],
  [
    'A6 big integers',
    {
      template: 'X#{a:number}',
      schema: numbers(z.bigint()),
      items: refusing(9007199254740993n, 9007199254740992n, 10n ** 37n, 10n ** 37n + 1n),
      refused: refusing(10n ** 40n + 1n),
    },
  ],
  // A7: dates.
  [
    'A7 dates',
    {
      template: lone,
      schema: z.object({ a: codec.date() }),
      items: refusing(new Date(0), new Date(1), new Date(-1), new Date(-62167219200000)),
      refused: refusing(new Date(NaN), new Date(8.64e15), '1970-01-01', 0),
    },
  ],
  // A8: Unicode.
  [
    'A8 composed and decomposed',
    { template: lone, schema: one, items: refusing('é', 'e\u0301', '\u212b', 'Å', 'ﬁ', 'fi') },
  ],
  [
    'A8 half pairs',
    {
      template: lone,
      schema: one,
      items: refusing('\ufffd', '\u{10000}'),
      refused: refusing('\ud800', '\udc00', 'x\udfff'),
    },
  ],
  // A9: length.
  [
    'A9 keys that are cut',
    {
      template: lone,
      schema: one,
      items: refusing('x'.repeat(2046)),
      refused: refusing('x'.repeat(2047), 'é'.repeat(1100), '#'.repeat(700)),
    },
  ],
  // A10: computed attributes.
  [
    'A10 a computed attribute that is given',
    {
      template: lone,
      schema: one,
      items: refusing('x'),
      refused: [
        { a: 'x', pk: 'X#y' },
        { a: 'x', _entity: 'Other' },
        { a: 'x', __proto__: null, constructor: 'x' },
      ],
    },
  ],
]

function keyed(name: string, { template = joined, schema = two, keyFormat }: Group) {
  const shop = table('shop', { partitionKey: 'pk' })
  const define = entity as unknown as (
    name: string,
    options: object,
  ) => { put(item: Item): { request(): { input: { Item: { pk: { S: string } } } } } }
  const of = define(name, { table: shop, schema, key: { partitionKey: template }, ...(keyFormat && { keyFormat }) })
  return (item: Item) => of.put(item).request().input.Item.pk.S
}

test.each(groups)('%s', (name, group) => {
  const { items = [], refused = [] } = group
  if (items.length + refused.length === 0) {
    expect(() => keyed(name, group)).toThrow(DefinitionError)
    return
  }
  const keyOf = keyed(name, group)
  const keys = items.map(keyOf)
  expect(new Set(keys).size).toBe(items.length)
  for (const item of refused) expect(() => keyOf(item)).toThrow(InputError)
})

// A11: templates of two entities.
const schema = z.object({ a: z.string(), b: z.string(), n: z.number() })
const templates: readonly (readonly [string, string])[] = [
  ['USER#{a}', 'USER#{b}'],
  ['{a}', 'USER#{a}'],
  ['USER#{a:raw}', 'USER#{a}#ORDER#{b}'],
  ['N#{n:04}', 'N#{a}'],
  ['PROFILE', '{a:raw}'],
]
test.each(templates)('A11 %s and %s can make one key', (first, second) => {
  const shop = table('shop', { partitionKey: 'pk' })
  const define = entity as unknown as (name: string, options: object) => unknown
  define('First', { table: shop, schema, key: { partitionKey: first } })
  expect(() => define('Second', { table: shop, schema, key: { partitionKey: second } })).toThrow(DefinitionError)
})

test('they are the groups that are known', () => {
  // A11 is a group of its own.
  expect(groups.length + 1).toBe(33)
})
