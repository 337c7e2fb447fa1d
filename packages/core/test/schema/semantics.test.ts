// What schemas mean beyond the kinds of their values: absence, checks, variants, what is read again.
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { codec } from '../../src/schema/codecs.js'
import { compile, problem } from './problem.js'

const day = new Date('2026-02-16T10:00:00.000Z')

describe('absence', () => {
  test('a default is an application value, a prefault is decoded first', () => {
    const schema = z.object({ a: codec.date().default(day), b: codec.date().prefault(day.toISOString()) })
    const stored = { M: { a: { S: day.toISOString() }, b: { S: day.toISOString() } } }
    expect(compile(schema).encode({})).toEqual(stored)
    expect(compile(schema).decode({ M: {} })).toEqual({ a: day, b: day })
  })

  test('a default is made anew each time', () => {
    const list = z.array(z.string())
    const schema = z.object({
      a: list.default([]),
      b: z.object({ c: list }).default({ c: [] }),
      d: codec.date().default(new Date(day)),
      n: z.number().default(() => ++made),
    })
    let made = 0
    const compiled = compile(schema)
    const one = compiled.decode({ M: {} }) as { a: string[]; b: { c: string[] }; d: Date }
    one.a.push('x')
    one.b.c.push('x')
    one.d.setTime(0)
    expect(compiled.decode({ M: {} })).toEqual({ a: [], b: { c: [] }, d: day, n: 2 })
  })

  test('defaults are filled in inside of lists, records, unions, tuples and recursion', () => {
    const Node = z.object({
      n: z.number().default(1),
      get next() {
        return Node.optional()
      },
    })
    const schema = z.object({
      list: z.array(Node),
      record: z.record(z.string(), Node),
      tuple: z.tuple([Node]),
      union: z.union([z.string(), Node]),
      nullable: Node.nullable(),
      json: codec.json(Node),
    })
    const node = { M: { n: { N: '1' } } }
    expect(
      compile(schema).encode({
        list: [{ next: {} }],
        record: { a: {} },
        tuple: [{}],
        union: {},
        nullable: {},
        json: {},
      }),
    ).toEqual({
      M: {
        list: { L: [{ M: { n: { N: '1' }, next: node } }] },
        record: { M: { a: node } },
        tuple: { L: [node] },
        union: node,
        nullable: node,
        json: { S: '{"n":1}' },
      },
    })
  })

  test('an empty set is absent where a property may be, and refused elsewhere', () => {
    const set = z.set(z.number())
    const compiled = compile(z.object({ a: set, b: set.optional(), c: set.nullable() }))
    expect(compiled.encode({ a: new Set(), b: new Set(), c: new Set() })).toEqual({ M: {} })
    expect(compiled.decode({ M: {} })).toEqual({ a: new Set(), c: new Set() })
    const empty = 'a set with elements: a list can hold no empty one | an empty set'
    expect(problem(() => compile(z.tuple([set])).encode([new Set()]))).toEqual({ path: [0], text: empty })
    expect(problem(() => compile(z.record(z.string(), set)).encode({ x: new Set() }))).toEqual({
      path: ['x'],
      text: empty,
    })
    expect(problem(() => compile(z.unknown()).encode([new Set()])).path).toEqual([0])
    expect(problem(() => compile(codec.json(z.unknown())).encode(new Set())).text).toContain('set')
  })

  test('undefined in a record is left out where its values may be', () => {
    expect(compile(z.record(z.string(), z.string().optional())).encode({ a: undefined, b: 'x' })).toEqual({
      M: { b: { S: 'x' } },
    })
    expect(problem(() => compile(z.record(z.string(), z.string())).encode({ a: undefined })).path).toEqual(['a'])
  })
})

describe('checks', () => {
  test('run behind every wrapper, on writes alone', () => {
    const refuse = [
      z
        .string()
        .nullable()
        .refine((value) => value !== 'x'),
      z
        .string()
        .default('a')
        .refine((value) => value !== 'x'),
      z
        .string()
        .optional()
        .refine((value) => value !== 'x'),
      z
        .string()
        .readonly()
        .refine((value) => value !== 'x'),
      z.lazy(() => z.string()).refine((value) => value !== 'x'),
      z.union([z.string(), z.number()]).refine((value) => value !== 'x'),
      z.unknown().refine((value) => value !== 'x'),
      z.stringbool({ truthy: ['x'] }).refine((value) => !value),
      z.literal(['a', 'x']).refine((value) => value !== 'x'),
    ]
    for (const inner of refuse) {
      const compiled = compile(z.object({ a: inner }))
      const value = inner instanceof z.ZodCodec ? true : 'x'
      expect(problem(() => compiled.encode({ a: value })).path).toEqual(['a'])
      expect(compiled.decode({ M: { a: { S: 'x' } } })).toEqual({ a: value })
    }
  })

  test('of an optional see undefined too', () => {
    const schema = z.object({
      a: z
        .string()
        .optional()
        .refine((value) => value !== undefined),
    })
    expect(problem(() => compile(schema).encode({})).path).toEqual(['a'])
  })

  test('of both halves of an intersection run', () => {
    const half = (name: string) => z.object({ [name]: z.number() }).refine((value) => value[name]! > 0)
    const compiled = compile(half('a').and(half('b')))
    expect(compiled.encode({ a: 1, b: 1 })).toEqual({ M: { a: { N: '1' }, b: { N: '1' } } })
    expect(problem(() => compiled.encode({ a: 1, b: 0 })).text).toContain('custom')
    expect(problem(() => compiled.encode({ a: 0, b: 1 })).text).toContain('custom')
  })

  test('that change a value decide what is stored', () => {
    expect(compile(z.string().trim().toLowerCase()).encode(' A ')).toEqual({ S: 'a' })
    const sorted = z.array(z.string()).overwrite((list) => list.toSorted())
    expect(compile(sorted).encode(['b', 'a'])).toEqual({ L: [{ S: 'a' }, { S: 'b' }] })
    const inPlace = z.array(z.string()).overwrite((list) => list.sort())
    const given = ['b', 'a']
    expect(compile(inPlace).encode(given)).toEqual({ L: [{ S: 'a' }, { S: 'b' }] })
    expect(given).toEqual(['b', 'a'])
  })

  test('a whole is not made twice for them', () => {
    let made = 0
    const schema = z.object({ id: z.string().default(() => `id${++made}`) }).refine(({ id }) => id === 'id1')
    expect(compile(schema).encode({})).toEqual({ M: { id: { S: 'id1' } } })
    expect(made).toBe(1)
  })

  test('do not hold for operands', () => {
    const compiled = compile(z.object({ a: z.number().positive().nullable() }))
    expect(compiled.properties?.get('a')?.codec.unchecked?.encode(0)).toEqual({ N: '0' })
  })

  test('of an outer codec stop at what zod would leave out', () => {
    const point = z.codec(z.string(), z.object({ x: z.number(), y: z.array(z.object({ z: z.number() })) }), {
      decode: (text) => JSON.parse(text) as never,
      encode: (value) => JSON.stringify(value),
    })
    expect(problem(() => compile(point).encode({ x: 1, y: [], more: 1 })).path).toEqual(['more'])
    expect(problem(() => compile(point).encode({ x: 1, y: [{ z: 1, more: 1 }] })).path).toEqual(['y', 0, 'more'])
    expect(problem(() => compile(point).decode({ S: '{"x":"1","y":[]}' })).path).toEqual(['x'])
    expect(problem(() => compile(point).decode({ S: '{' })).text).toBe(
      'a value that z.codec() can convert to be read | a string',
    )
  })

  test('a conversion that takes its time is refused', () => {
    const slow = z.codec(z.string(), z.string(), { decode: async (x) => x, encode: async (x) => x })
    expect(problem(() => compile(slow).encode('x')).text).toContain('asynchronous')
    expect(problem(() => compile(slow).decode({ S: 'x' })).text).toContain('asynchronous')
  })
})

describe('variants', () => {
  const Card = z.object({ kind: z.literal('card'), id: z.string(), at: codec.date(), last4: z.string() })
  const Cash = z.object({
    kind: z.literal('cash'),
    id: z.string(),
    at: codec.epochMillis(),
    amount: z.number().optional(),
  })
  const Payment = z.discriminatedUnion('kind', [Card, Cash])

  test('have the properties of all of them', () => {
    const { properties, kind } = compile(Payment)
    expect(kind).toBe('M')
    expect([...(properties ?? [])].map(([name, { codec, optional }]) => [name, codec.kind, optional])).toEqual([
      ['kind', 'S', false],
      ['id', 'S', false],
      ['at', 'several kinds', false],
      ['last4', 'S', true],
      ['amount', 'N', true],
    ])
    const at = properties?.get('at')?.codec
    expect(at?.decode({ S: day.toISOString() })).toEqual(day)
    expect(at?.decode({ N: String(day.getTime()) })).toEqual(day)
    expect(properties?.get('kind')?.codec.encode('cash')).toEqual({ S: 'cash' })
  })

  test('are found by their tag alone', () => {
    const compiled = compile(Payment)
    expect(problem(() => compiled.encode({ kind: 'card', id: '1', at: day, last4: '1', amount: 1 }))).toEqual({
      path: ['amount'],
      text: 'an attribute of the schema | a name that it does not have',
    })
    const tags = 'one of "card", "cash"'
    expect(problem(() => compiled.encode({ kind: 'check' }))).toEqual({
      path: ['kind'],
      text: `${tags} | another string`,
    })
    expect(problem(() => compiled.encode({ kind: 1 })).text).toBe(`${tags} | a number`)
    expect(problem(() => compiled.encode({})).text).toBe('the tag of a variant | undefined')
    expect(problem(() => compiled.encode(Object.create({ kind: 'card' }))).text).toBe('a plain object | an object')
    expect(problem(() => compiled.decode({ M: { kind: { S: 'check' } } }))).toEqual({
      path: ['kind'],
      text: 'the tag of a variant | another string',
    })
    expect(problem(() => compiled.decode({ M: {} })).text).toBe('the tag of a variant | nothing')
    expect(problem(() => compiled.decode({ S: 'x' })).text).toBe('a map | a value of type S')
  })

  test('of a plain union are never mistaken', () => {
    const compiled = compile(
      z.union([
        z.object({ a: z.string(), s: z.string().optional() }),
        z.object({ b: z.string(), s: z.number().optional() }),
      ]),
    )
    expect(problem(() => compiled.encode({ a: 'x', b: 'y' })).text).toBe(
      'the properties of one variant | those of several',
    )
    expect(problem(() => compiled.encode({ s: 'x' })).text).toBe('the properties of one variant | those of none')
    expect(problem(() => compiled.encode({ a: 'x', s: 1 })).path).toEqual(['s'])
  })

  test('a value of a codec that would be read as a literal is refused', () => {
    const upper = z.codec(z.string(), z.instanceof(URL), {
      decode: (text) => new URL(text),
      encode: ({ href }) => href,
    })
    const compiled = compile(z.union([upper, z.literal('https://none/')]))
    expect(compiled.encode('https://none/')).toEqual({ S: 'https://none/' })
    expect(compiled.decode({ S: 'https://none/' })).toBe('https://none/')
    expect(problem(() => compiled.encode(new URL('https://none'))).text).toContain('reads as itself')
    expect(compiled.decode(compiled.encode(new URL('https://some'))!)).toEqual(new URL('https://some'))
  })

  test('a union says what it takes, and how far the nearest member came', () => {
    const compiled = compile(z.union([z.string(), z.array(z.object({ a: z.number() }))]))
    expect(problem(() => compiled.encode(true)).text).toBe('a value that is stored as S or L | a boolean')
    expect(problem(() => compiled.encode([{ a: 'x' }]))).toEqual({ path: [0, 'a'], text: 'a number | a string' })
    expect(problem(() => compiled.decode({ N: '1' })).text).toBe('a value that is stored as S or L | a value of type N')
  })
})

describe('records', () => {
  test('check their names', () => {
    const compiled = compile(z.record(z.string().max(2).toLowerCase(), z.string()))
    expect(problem(() => compiled.encode({ abc: 'x' })).path).toEqual(['abc'])
    expect(problem(() => compiled.encode({ A: 'x' })).text).toBe(
      'a name in the form that its schema gives it | another',
    )
    const partial = compile(z.partialRecord(z.enum(['a', 'b']), z.string()))
    expect(problem(() => partial.encode({ c: 'x' })).path).toEqual(['c'])
    expect(problem(() => partial.decode({ M: { c: { S: 'x' } } })).path).toEqual(['c'])
  })

  test('of an enum need every name', () => {
    const compiled = compile(z.record(z.enum(['a', 'b']), z.number()))
    expect(problem(() => compiled.encode({ a: 1 })).path).toEqual(['b'])
  })
})

describe('numbers', () => {
  test.each<[string, object, string]>([
    ['a number with more digits than a double', z.number(), '0.12345678901234567890'],
    ['a whole number beyond a double', z.number(), '9007199254740993'],
    ['the same as any value', z.unknown(), '9007199254740993'],
    ['a fraction as a bigint', z.bigint(), '1.5'],
    ['39 digits as a bigint', z.bigint(), `1${'0'.repeat(37)}1`],
    ['a forged exponent', z.bigint(), '1e999999999'],
    ['a forged exponent of a decimal', codec.decimal(), '1e999999999'],
    ['text', z.number(), 'NaN'],
    ['infinity', codec.anyExact(), 'Infinity'],
    ['nothing', z.number(), ''],
    ['a fraction of a second', codec.epochMillis(), '1.5'],
    ['a time that no Date holds', codec.epochSeconds(), '8640000000001'],
  ])('%s is a problem', (_, schema, N) => {
    expect(problem(() => compile(schema).decode({ N }))).toBeDefined()
  })

  test.each<[string, object, string, unknown]>([
    ['a double', z.number(), '100000000000000000000000', 1e23],
    ['a double with zeros', z.number(), '1.50', 1.5],
    ['zero with a sign', z.number(), '-0', 0],
    ['a bigint with an exponent', z.bigint(), '1.5E3', 1500n],
    ['a decimal with an exponent', codec.decimal(), '1.50E-3', '0.0015'],
    ['a large decimal', codec.decimal(), '1E+125', `1${'0'.repeat(125)}`],
  ])('%s is read', (_, schema, N, value) => {
    expect(compile(schema).decode({ N })).toBe(value)
  })

  test.each(['1.50', '+1', '01', '.5', '5.', '1e3', '-0', '', 'x', '1'.repeat(39), `0.${'0'.repeat(130)}1`])(
    'the decimal %j is refused',
    (text) => {
      expect(problem(() => compile(codec.decimal()).encode(text)).text).toContain('a decimal of at most 38 digits')
    },
  )

  test('each number of anyExact has one form', () => {
    const compiled = compile(codec.anyExact())
    expect(problem(() => compiled.encode(5n)).text).toContain('in the form that it will be read in')
    expect(compiled.decode({ N: '5' })).toBe(5)
    expect(compiled.decode({ N: '9007199254740993' })).toBe(9007199254740993n)
    expect(String(compiled.decode({ N: '0.10000000000000000000001' }))).toBe('0.10000000000000000000001')
  })
})

test('a template literal is its pattern, when it is read too', () => {
  expect(problem(() => compile(z.templateLiteral(['v', z.number()])).decode({ S: 'w1' })).text).toBe(
    "text of the template's form | another string",
  )
})

test('a bomb is not inflated', () => {
  const large = compile(codec.compressed(z.string()))
  expect(problem(() => large.encode('x'.repeat(17 * 1024 * 1024))).text).toContain('16 MiB')
  expect(problem(() => large.decode({ B: new Uint8Array([1, 2]) })).text).toContain('16 MiB')
})

test('paths into what has no names of its own', () => {
  const Node = z.object({
    get children() {
      return z.array(Node)
    },
    tags: z.record(z.string(), z.number()),
    pair: z.tuple([z.string(), z.boolean()]).optional(),
  })
  const compiled = compile(Node)
  const child = compiled.part?.('children')?.part?.(0)
  expect(child?.part?.('children')?.part?.(7)?.kind).toBe('M')
  expect(child?.part?.('tags')?.part?.('any')?.kind).toBe('N')
  expect(compiled.part?.('pair')?.part?.(1)?.kind).toBe('BOOL')
  expect(compiled.part?.('nothing')).toBeUndefined()
})
