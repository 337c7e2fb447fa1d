import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import * as mini from 'zod/mini'
import { codec } from '../../src/schema/codecs.js'
import { compile, problem } from './problem.js'

describe('values go to the wire and come back', () => {
  const date = new Date('2026-02-16T10:00:00.000Z')
  test.each<[string, object, unknown, object]>([
    ['string', z.string(), 'é # $', { S: 'é # $' }],
    ['empty string', z.string(), '', { S: '' }],
    ['branded string', z.string().brand('Id'), 'x', { S: 'x' }],
    ['enum', z.enum(['a', 'b']), 'b', { S: 'b' }],
    ['literal', z.literal('a'), 'a', { S: 'a' }],
    ['number', z.number(), -1.5e-7, { N: '-1.5e-7' }],
    ['boolean', z.boolean(), false, { BOOL: false }],
    ['date', codec.date(), date, { S: '2026-02-16T10:00:00.000Z' }],
    ['set', z.set(z.string()), new Set(['b', 'a']), { SS: ['b', 'a'] }],
    ['list', z.array(z.number()), [1, 2], { L: [{ N: '1' }, { N: '2' }] }],
    [
      'nested',
      z.object({ a: z.object({ b: z.boolean() }) }),
      { a: { b: true } },
      { M: { a: { M: { b: { BOOL: true } } } } },
    ],
    ['optional', z.object({ a: z.string().optional() }), {}, { M: {} }],
    ['readonly', z.object({ a: z.string() }).readonly(), { a: 'x' }, { M: { a: { S: 'x' } } }],
    ['zod/mini', mini.object({ a: mini.optional(mini.string()) }), { a: 'x' }, { M: { a: { S: 'x' } } }],
    [
      'own codec',
      z.codec(z.string(), z.array(z.string()), { decode: (text) => text.split(','), encode: (list) => list.join(',') }),
      ['a', 'b'],
      { S: 'a,b' },
    ],
  ])('%s', (_, schema, value, stored) => {
    const compiled = compile(schema)
    expect(compiled.encode(value)).toEqual(stored)
    expect(compiled.decode(stored as never)).toEqual(value)
  })
})

test('a number that DynamoDB normalised reads as itself', () => {
  expect(compile(z.number()).decode({ N: '1000000000000000000000' })).toBe(1e21)
})

test('-0 is stored as 0', () => {
  expect(compile(z.number()).encode(-0)).toEqual({ N: '0' })
})

test('names of prototypes are names like others', () => {
  const compiled = compile(z.object({ ['__proto__']: z.string(), constructor: z.string().optional() }))
  const value = JSON.parse('{"__proto__":"x"}') as object
  const encoded = compiled.encode(value)
  expect(Object.keys(encoded?.M ?? {})).toEqual(['__proto__'])
  const decoded = compiled.decode(encoded!) as object
  expect(Object.hasOwn(decoded, '__proto__')).toBe(true)
  expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype)
})

describe('defaults', () => {
  const schema = z.object({ a: z.string().default('x'), lines: z.array(z.object({ n: z.number().default(1) })) })

  test('are filled in at every depth', () => {
    expect(compile(schema).encode({ lines: [{}] })).toEqual({
      M: { a: { S: 'x' }, lines: { L: [{ M: { n: { N: '1' } } }] } },
    })
  })

  test('stand in for an attribute that an older row lacks', () => {
    expect(compile(schema).decode({ M: { lines: { L: [] } } })).toEqual({ a: 'x', lines: [] })
  })

  test('leave an optional property absent, as zod does', () => {
    expect(compile(z.object({ a: z.string().default('x').optional() })).encode({})).toEqual({ M: {} })
  })
})

describe('sets', () => {
  test('an empty one is stored as absence', () => {
    expect(compile(z.object({ tags: z.set(z.string()) })).encode({ tags: new Set() })).toEqual({ M: {} })
  })

  test('a required one that is absent reads as empty, an optional one as undefined', () => {
    const schema = z.object({ required: z.set(z.string()), optional: z.set(z.string()).optional() })
    expect(compile(schema).decode({ M: {} })).toEqual({ required: new Set() })
  })

  test('an empty one in a list is refused', () => {
    expect(problem(() => compile(z.array(z.set(z.string()))).encode([new Set()]))).toEqual({
      path: [0],
      text: 'a set with elements: a list can hold no empty one | an empty set',
    })
  })
})

describe('values that are refused, with the place', () => {
  const schema = z.object({ lines: z.array(z.object({ sku: z.string().min(2), count: z.number() })) })
  const line = { sku: 'ab', count: 1 }
  test.each<[string, unknown, readonly unknown[], string]>([
    ['a wrong type', { lines: [line, { ...line, sku: 1 }] }, ['lines', 1, 'sku'], 'a string | a number'],
    [
      'a check',
      { lines: [{ ...line, sku: 'a' }] },
      ['lines', 0, 'sku'],
      'a value that passes the schema (too_small) | a string',
    ],
    ['NaN', { lines: [{ ...line, count: NaN }] }, ['lines', 0, 'count'], 'a finite number | NaN'],
    [
      'too large',
      { lines: [{ ...line, count: 1e126 }] },
      ['lines', 0, 'count'],
      'a number that DynamoDB can store, 1e-130 to 9.99e125 | a number outside of it',
    ],
    [
      'half a surrogate pair',
      { lines: [{ ...line, sku: 'a\ud800' }] },
      ['lines', 0, 'sku'],
      'well-formed text | a string with half a surrogate pair',
    ],
    [
      'an unknown property',
      { lines: [{ ...line, extra: 1 }] },
      ['lines', 0, 'extra'],
      'an attribute of the schema | a name that it does not have',
    ],
    ['a missing property', { lines: [{ sku: 'ab' }] }, ['lines', 0, 'count'], 'a number | undefined'],
    ['null', { lines: null }, ['lines'], 'an array | null'],
    ['a hole', { lines: [, line] }, ['lines', 0], 'an object | undefined'], // eslint-disable-line no-sparse-arrays
    ['a class instance', { lines: [new Date(0)] }, ['lines', 0], 'a plain object | a Date'],
    ['an inherited property', { lines: [Object.create(line)] }, ['lines', 0], 'a plain object | an object'],
  ])('%s', (_, value, path, text) => {
    expect(problem(() => compile(schema).encode(value))).toEqual({ path, text })
  })

  test('a refinement of the whole sees it with its defaults', () => {
    const refined = z.object({ a: z.number().default(1), b: z.number() }).refine(({ a, b }) => a < b)
    expect(compile(refined).encode({ b: 2 })).toEqual({ M: { a: { N: '1' }, b: { N: '2' } } })
    expect(problem(() => compile(refined).encode({ b: 1 })).text).toBe(
      'a value that passes the schema (custom) | an object',
    )
  })

  test('an asynchronous check', () => {
    expect(problem(() => compile(z.string().refine(async () => true)).encode('x')).text).toContain('at once')
  })
})

describe('stored values that do not fit', () => {
  test.each<[string, object, object, string]>([
    ['another type', z.string(), { N: '1' }, 'a string | a value of type N'],
    ['an unknown enum value', z.enum(['a']), { S: 'b' }, 'one of "a" | another string'],
    [
      'more digits than a double holds',
      z.number(),
      { N: '0.12345678901234567890' },
      'a number that a double holds exactly | a number with more digits',
    ],
    [
      'a date in another form',
      codec.date(),
      { S: '2026-02-16T10:00:00Z' },
      'a value that passes the schema (invalid_format) | a string',
    ],
    [
      'a day that does not exist',
      codec.date(),
      { S: '2026-02-30T10:00:00.000Z' },
      'a value that passes the schema (invalid_format) | a string',
    ],
  ])('%s', (_, schema, stored, text) => {
    expect(problem(() => compile(schema).decode(stored as never)).text).toBe(text)
  })

  test('a missing property', () => {
    expect(problem(() => compile(z.object({ a: z.string() })).decode({ M: {} }))).toEqual({
      path: ['a'],
      text: 'a value | nothing',
    })
  })
})

describe('dates outside of the canonical form are refused', () => {
  test.each([new Date(NaN), new Date('+010000-01-01T00:00:00.000Z'), new Date('-000001-12-31T23:59:59.999Z')])(
    '%j',
    (date) => {
      expect(problem(() => compile(codec.date()).encode(date)).text).toMatch(
        /^a (date \| an invalid Date|Date in the years 0000 to 9999 \| a Date)$/,
      )
    },
  )
})

describe('schemas that can not be stored faithfully', () => {
  test.each<[string, object, readonly string[], string]>([
    ['date', z.object({ at: z.date() }), ['at'], 'Use codec.date()'],
    ['transform', z.object({ a: z.string().transform(Number) }), ['a'], 'Use z.codec()'],
    ['coercion', z.object({ a: z.coerce.number() }), ['a'], 'Use z.number()'],
    ['catch', z.object({ a: z.string().catch('') }), ['a'], 'Use .default() or .optional()'],
    ['map', z.object({ a: z.map(z.string(), z.string()) }), ['a'], 'Use z.object()'],
    [
      'optional element',
      z.object({ a: z.array(z.string().optional()) }),
      ['a', '[]'],
      'Take .optional() or .default() away',
    ],
    ['deep', z.object({ a: z.object({ b: z.array(z.date()) }) }), ['a', 'b', '[]'], 'Use codec.date()'],
    ['another set', z.object({ a: z.set(z.boolean()) }), ['a'], 'Use z.array()'],
    ['no zod', { a: 1 }, [], 'Use zod 4.1 or newer'],
  ])('%s', (_, schema, path, fix) => {
    const found = problem(() => compile(schema))
    expect(found.path).toEqual(path)
    expect(found.text.split(' | ')[1]).toBe(fix)
  })
})
