// Every row of the mapping: a value, exactly what is stored for it, and the value again.
import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import * as mini from 'zod/mini'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { codec } from '../../src/schema/codecs.js'
import { codec as miniCodec } from '../../src/schema/mini-codecs.js'
import { ExactNumber } from '../../src/values/any.js'
import { compile } from './problem.js'

enum Level {
  low = 1,
  high = 2,
}
const digits38 = '12345678901234567890.123456789012345678'
const day = new Date('2026-02-16T10:00:00.000Z')
const bytes = new Uint8Array([0, 1, 255])
const json = { a: [1, 'x', null, true], b: { c: -0.5 } }
const jsonStored = {
  M: {
    a: { L: [{ N: '1' }, { S: 'x' }, { NULL: true }, { BOOL: true }] },
    b: { M: { c: { N: '-0.5' } } },
  },
}

const Category = z.object({
  name: z.string(),
  get children() {
    return z.array(Category)
  },
})
type Tree = string | Tree[]
const Tree: z.ZodType<Tree> = z.lazy(() => z.union([z.string(), z.array(Tree)]))
const Chain: z.ZodType<object> = z.object({ next: z.lazy(() => Chain).nullable() })

const Card = z.object({ kind: z.literal('card'), last4: z.string() })
const Cash = z.object({ kind: z.literal('cash'), amount: z.number().default(5) })
const Bank = z.object({ kind: z.literal('bank'), code: z.literal(1), iban: z.string() })
const BankAbroad = z.object({ kind: z.literal('bank'), code: z.literal(2), bic: z.string() })
const Payment = z.discriminatedUnion('kind', [Card, Cash])
const names = ['__proto__', 'constructor', 'toString', 'a.b', '#x', ':v', 'a[0]', ' ']
const oddNames = Object.fromEntries(names.map((name) => [name, 'x']))

type Row = readonly [name: string, schema: object, value: unknown, stored: AttributeValue]
const exactOptionalRows = ({ exactOptional, object, string }: typeof z): Row[] => [
  ['exact optional', object({ a: exactOptional(string()) }), {}, { M: {} }],
]

const rows: readonly Row[] = [
  ['string', z.string(), 'é\0#$\u{1f600}', { S: 'é\0#$\u{1f600}' }],
  ['empty string', z.string(), '', { S: '' }],
  ['string format', z.email(), 'a@example.com', { S: 'a@example.com' }],
  ['branded', z.string().brand('Id'), 'x', { S: 'x' }],
  ['template literal', z.templateLiteral(['v', z.number()]), 'v12', { S: 'v12' }],
  ['enum', z.enum(['a', 'b']), 'b', { S: 'b' }],
  ['numeric enum', z.enum(Level), Level.high, { N: '2' }],
  ['mixed enum', z.enum({ a: 'x', b: 7 }), 7, { N: '7' }],
  ['literal string', z.literal('a'), 'a', { S: 'a' }],
  ['literal number', z.literal(1.5), 1.5, { N: '1.5' }],
  ['literal boolean', z.literal(true), true, { BOOL: true }],
  ['literal null', z.literal(null), null, { NULL: true }],
  ['literal bigint', z.literal(5n), 5n, { N: '5' }],
  ['one of mixed literals', z.literal(['a', 1, true, null]), 1, { N: '1' }],
  ['number', z.number(), -1.5e-7, { N: '-1.5e-7' }],
  ['largest number', z.number(), 9.99e125, { N: '9.99e+125' }],
  ['smallest number', z.number(), -1e-130, { N: '-1e-130' }],
  ['int', z.int(), Number.MAX_SAFE_INTEGER, { N: '9007199254740991' }],
  ['bigint', z.bigint(), 12345678901234567890123456789012345678n, { N: '12345678901234567890123456789012345678' }],
  ['negative bigint', z.bigint(), -(10n ** 125n), { N: `-1${'0'.repeat(125)}` }],
  ['int64', z.int64(), 2n ** 63n - 1n, { N: '9223372036854775807' }],
  ['decimal', codec.decimal(), digits38, { N: digits38 }],
  ['negative decimal', codec.decimal(), '-0.001', { N: '-0.001' }],
  ['boolean', z.boolean(), false, { BOOL: false }],
  ['stringbool', z.stringbool(), true, { S: 'true' }],
  ['null', z.null(), null, { NULL: true }],
  ['nullable', z.string().nullable(), null, { NULL: true }],
  ['nullable with a value', z.string().nullable(), 'x', { S: 'x' }],
  ['bytes', codec.bytes(), bytes, { B: bytes }],
  ['no bytes', codec.bytes(), new Uint8Array(), { B: new Uint8Array() }],
  ['Uint8Array', z.instanceof(Uint8Array), bytes, { B: bytes }],
  ['checked Uint8Array', z.instanceof(Uint8Array).refine((value) => value.length < 9), bytes, { B: bytes }],
  ['date', codec.date(), day, { S: '2026-02-16T10:00:00.000Z' }],
  ['epochSeconds', codec.epochSeconds(), day, { N: '1771236000' }],
  ['epochMillis', codec.epochMillis(), new Date(-1), { N: '-1' }],
  ['set of strings', z.set(z.string()), new Set(['b', '', 'a']), { SS: ['b', '', 'a'] }],
  ['set of an enum', z.set(z.enum(['a', 'b'])), new Set(['b']), { SS: ['b'] }],
  ['set of dates', z.set(codec.date()), new Set([day]), { SS: ['2026-02-16T10:00:00.000Z'] }],
  ['set of numbers', z.set(z.number()), new Set([1, -2.5]), { NS: ['1', '-2.5'] }],
  ['set of bigints', z.set(z.bigint()), new Set([2n ** 70n]), { NS: ['1180591620717411303424'] }],
  ['set of decimals', z.set(codec.decimal()), new Set(['0.1']), { NS: ['0.1'] }],
  ['set of bytes', z.set(codec.bytes()), new Set([bytes, new Uint8Array()]), { BS: [bytes, new Uint8Array()] }],
  ['list', z.array(z.number()), [1, 2], { L: [{ N: '1' }, { N: '2' }] }],
  ['empty list', z.array(z.number()), [], { L: [] }],
  ['tuple', z.tuple([z.string(), z.number()]), ['a', 1], { L: [{ S: 'a' }, { N: '1' }] }],
  ['tuple with rest', z.tuple([z.string()], z.boolean()), ['a', true], { L: [{ S: 'a' }, { BOOL: true }] }],
  ['tuple with an optional end', z.tuple([z.string(), z.number().optional()]), ['a'], { L: [{ S: 'a' }] }],
  ['object', z.object({ b: z.string(), a: z.object({}) }), { a: {}, b: 'x' }, { M: { b: { S: 'x' }, a: { M: {} } } }],
  ['strict object', z.strictObject({ a: z.string() }), { a: 'x' }, { M: { a: { S: 'x' } } }],
  [
    'loose object',
    z.looseObject({ a: z.string() }),
    { a: 'x', b: [1] },
    { M: { a: { S: 'x' }, b: { L: [{ N: '1' }] } } },
  ],
  [
    'catchall',
    z.object({ a: z.string() }).catchall(codec.date()),
    { a: 'x', b: day },
    { M: { a: { S: 'x' }, b: { S: day.toISOString() } } },
  ],
  ['optional', z.object({ a: z.string().optional() }), {}, { M: {} }],
  // Not in the oldest zod that is supported.
  ...('exactOptional' in z ? exactOptionalRows(z) : []),
  ['nonoptional', z.object({ a: z.nonoptional(z.string().optional()) }), { a: 'x' }, { M: { a: { S: 'x' } } }],
  ['nullish', z.object({ a: z.string().nullish() }), { a: null }, { M: { a: { NULL: true } } }],
  ['readonly', z.object({ a: z.array(z.string()).readonly() }), { a: ['x'] }, { M: { a: { L: [{ S: 'x' }] } } }],
  ['record', z.record(z.string(), z.number()), { a: 1 }, { M: { a: { N: '1' } } }],
  [
    'record with odd names',
    z.record(z.string(), z.string()),
    oddNames,
    { M: Object.fromEntries(names.map((name) => [name, { S: 'x' }])) },
  ],
  [
    'record of an enum',
    z.record(z.enum(['a', 'b']), z.number()),
    { a: 1, b: 2 },
    { M: { a: { N: '1' }, b: { N: '2' } } },
  ],
  ['partial record', z.partialRecord(z.enum(['a', 'b']), z.number()), { b: 2 }, { M: { b: { N: '2' } } }],
  [
    'record by template',
    z.record(z.templateLiteral(['k', z.number()]), z.null()),
    { k1: null },
    { M: { k1: { NULL: true } } },
  ],
  [
    'intersection',
    z.object({ a: z.string() }).and(z.object({ b: z.number() })),
    { a: 'x', b: 1 },
    { M: { a: { S: 'x' }, b: { N: '1' } } },
  ],
  ['union of kinds', z.union([z.string(), z.number(), z.array(z.string())]), ['a'], { L: [{ S: 'a' }] }],
  ['union of texts', z.union([z.email(), z.literal('none'), z.string()]), 'x', { S: 'x' }],
  ['union of a literal and a codec', z.union([z.literal('never'), codec.date()]), 'never', { S: 'never' }],
  ['union of a codec and a literal', z.union([codec.date(), z.literal('never')]), day, { S: day.toISOString() }],
  ['union of number and bytes', z.union([codec.bytes(), z.number().nullable()]), null, { NULL: true }],
  [
    'union of objects by a tag',
    z.union([Card, Cash]),
    { kind: 'cash', amount: 1 },
    { M: { kind: { S: 'cash' }, amount: { N: '1' } } },
  ],
  [
    'union of objects by their names',
    z.union([z.object({ a: z.string(), x: z.string() }), z.object({ b: z.string(), x: z.number() })]),
    { b: 'x', x: 1 },
    { M: { b: { S: 'x' }, x: { N: '1' } } },
  ],
  ['union with an object', z.union([z.string(), z.object({ a: z.string() })]), { a: 'x' }, { M: { a: { S: 'x' } } }],
  [
    'discriminated union',
    Payment,
    { kind: 'card', last4: '1234' },
    { M: { kind: { S: 'card' }, last4: { S: '1234' } } },
  ],
  [
    'nested discriminated union',
    z.discriminatedUnion('kind', [Card, z.discriminatedUnion('code', [Bank, BankAbroad])]),
    { kind: 'bank', code: 2, bic: 'x' },
    { M: { kind: { S: 'bank' }, code: { N: '2' }, bic: { S: 'x' } } },
  ],
  [
    'discriminated by booleans',
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), value: z.string() }),
      z.object({ ok: z.literal(false), error: z.string() }),
    ]),
    { ok: false, error: 'x' },
    { M: { ok: { BOOL: false }, error: { S: 'x' } } },
  ],
  [
    'discriminated by absence',
    z.discriminatedUnion('v', [
      z.object({ v: z.literal(1).optional(), a: z.string() }),
      z.object({ v: z.literal(2), b: z.string() }),
    ]),
    { a: 'x' },
    { M: { a: { S: 'x' } } },
  ],
  [
    'recursive by getter',
    Category,
    { name: 'a', children: [{ name: 'b', children: [] }] },
    { M: { name: { S: 'a' }, children: { L: [{ M: { name: { S: 'b' }, children: { L: [] } } }] } } },
  ],
  ['recursive by lazy', Tree, ['a', ['b']], { L: [{ S: 'a' }, { L: [{ S: 'b' }] }] }],
  ['recursive and nullable', Chain, { next: { next: null } }, { M: { next: { M: { next: { NULL: true } } } } }],
  ['unknown', z.unknown(), json, jsonStored],
  ['any', z.any(), json, jsonStored],
  ['json()', z.json(), json, jsonStored],
  [
    'unknown bytes and sets',
    z.unknown(),
    [bytes, new Set(['a']), new Set([1]), new Set([bytes])],
    { L: [{ B: bytes }, { SS: ['a'] }, { NS: ['1'] }, { BS: [bytes] }] },
  ],
  ['unknown odd names', z.unknown(), oddNames, { M: Object.fromEntries(names.map((name) => [name, { S: 'x' }])) }],
  [
    'anyExact',
    codec.anyExact(),
    [0.1, 2n ** 64n + 1n, new ExactNumber(digits38)],
    { L: [{ N: '0.1' }, { N: '18446744073709551617' }, { N: digits38 }] },
  ],
  [
    'json codec',
    codec.json(z.object({ at: codec.date(), n: z.bigint() })),
    { at: day, n: 2n ** 64n },
    { S: `{"at":"${day.toISOString()}","n":18446744073709551616}` },
  ],
  [
    'json of any value',
    codec.json(z.unknown()),
    { '"a"': ['\\', '"[1]'], b: -1.5e-7 },
    { S: '{"\\"a\\"":["\\\\","\\"[1]"],"b":-1.5e-7}' },
  ],
  ['compressed', codec.compressed(z.array(z.string())), ['a', 'b'], { B: new Uint8Array(deflateSync('["a","b"]')) }],
  [
    'own codec',
    z.codec(z.string(), z.array(z.string()), { decode: (text) => text.split(','), encode: (list) => list.join(',') }),
    ['a', 'b'],
    { S: 'a,b' },
  ],
  [
    'own codec with codecs on both sides',
    z.codec(z.array(codec.epochMillis()), z.object({ from: codec.date(), to: codec.date() }), {
      decode: ([from, to]) => ({ from: from!.toISOString(), to: to!.toISOString() }),
      encode: ({ from, to }) => [new Date(from), new Date(to)],
    }),
    { from: day, to: day },
    { L: [{ N: '1771236000000' }, { N: '1771236000000' }] },
  ],
  ['pipe without conversion', z.string().pipe(z.string().min(1)), 'x', { S: 'x' }],
  [
    'codec around a codec',
    z.codec(codec.date(), z.number(), { decode: Number, encode: (n) => new Date(n) }),
    0,
    { S: '1970-01-01T00:00:00.000Z' },
  ],
]

describe('a value is stored as', () => {
  test.each(rows)('%s', (_, schema, value, stored) => {
    const compiled = compile(schema)
    expect(compiled.encode(value)).toEqual(stored)
    expect(compiled.decode(stored)).toEqual(value)
    // As it comes from the wire, where only values are left.
    if (!JSON.stringify(stored).includes('"B'))
      expect(compiled.decode(JSON.parse(JSON.stringify(stored)) as AttributeValue)).toEqual(value)
  })
})

describe('built-in codecs are known behind', () => {
  const wrapped: readonly (readonly [string, (schema: z.ZodType) => object])[] = [
    ['refine', (schema) => schema.refine(() => true)],
    ['meta', (schema) => schema.meta({ title: 'x' })],
    ['describe', (schema) => schema.describe('x')],
    ['brand', (schema) => schema.brand('x')],
    ['optional', (schema) => z.object({ a: schema.optional() })],
    ['nullable', (schema) => schema.nullable()],
    ['default', (schema) => z.object({ a: schema.default(1) })],
    ['readonly', (schema) => schema.readonly()],
    ['lazy', (schema) => z.lazy(() => schema)],
  ]
  const builtIns: readonly (readonly [string, z.ZodType, unknown, AttributeValue])[] = [
    ['decimal', codec.decimal(), '1.5', { N: '1.5' }],
    ['bytes', codec.bytes(), bytes, { B: bytes }],
    ['date', codec.date(), day, { S: day.toISOString() }],
    ['epochSeconds', codec.epochSeconds(), day, { N: '1771236000' }],
    ['json', codec.json(z.bigint()), 1n, { S: '1' }],
    ['compressed', codec.compressed(z.bigint()), 1n, { B: new Uint8Array(deflateSync('1')) }],
    ['anyExact', codec.anyExact(), 2n ** 64n, { N: '18446744073709551616' }],
  ]
  test.each(
    wrapped.flatMap(([name, wrap]) =>
      builtIns.map(([kind, schema, value, stored]) => [name, kind, wrap(schema), value, stored] as const),
    ),
  )('%s: %s', (name, _, schema, value, stored) => {
    const inObject = name === 'optional' || name === 'default'
    const compiled = compile(schema)
    expect(compiled.encode(inObject ? { a: value } : value)).toEqual(inObject ? { M: { a: stored } } : stored)
    expect(compiled.decode(inObject ? { M: { a: stored } } : stored)).toEqual(inObject ? { a: value } : value)
  })
})

describe('zod/mini', () => {
  test.each<[string, object, unknown, object]>([
    ['object', mini.object({ a: mini.optional(mini.string()) }), { a: 'x' }, { M: { a: { S: 'x' } } }],
    ['date', miniCodec.date(), day, { S: day.toISOString() }],
    ['epochSeconds', miniCodec.epochSeconds(), day, { N: '1771236000' }],
    ['epochMillis', miniCodec.epochMillis(), day, { N: '1771236000000' }],
    ['decimal', miniCodec.decimal(), digits38, { N: digits38 }],
    ['bytes', miniCodec.bytes(), bytes, { B: bytes }],
    ['json', miniCodec.json(mini.object({ a: miniCodec.date() })), { a: day }, { S: `{"a":"${day.toISOString()}"}` }],
    ['compressed', miniCodec.compressed(mini.string()), 'x', { B: new Uint8Array(deflateSync('"x"')) }],
    ['anyExact', miniCodec.anyExact(), 2n ** 64n, { N: '18446744073709551616' }],
    ['checked', mini.set(mini.string().check(mini.minLength(1))), new Set(['a']), { SS: ['a'] }],
    [
      'union',
      mini.discriminatedUnion('k', [mini.object({ k: mini.literal('a') }), mini.object({ k: mini.literal('b') })]),
      { k: 'b' },
      { M: { k: { S: 'b' } } },
    ],
  ])('%s', (_, schema, value, stored) => {
    expect(compile(schema).encode(value)).toEqual(stored)
    expect(compile(schema).decode(stored as AttributeValue)).toEqual(value)
  })
})

describe('what zod itself makes of the built-in codecs', () => {
  test.each<[string, z.ZodType, unknown, unknown]>([
    ['date', codec.date(), day.toISOString(), day],
    ['epochSeconds', codec.epochSeconds(), 1771236000, day],
    ['epochMillis', codec.epochMillis(), 1771236000000, day],
    ['decimal', codec.decimal(), '1.5', '1.5'],
    ['json', codec.json(z.object({ at: codec.date() })), `{"at":"${day.toISOString()}"}`, { at: day }],
    ['compressed', codec.compressed(z.array(z.string())), new Uint8Array(deflateSync('["a"]')), ['a']],
    ['anyExact', codec.anyExact(), 1, 1],
  ])('%s', (_, schema, stored, value) => {
    expect(z.decode(schema, stored)).toEqual(value)
    expect(z.encode(schema, value)).toEqual(stored)
  })
})

test('compressed text in gzip is read too', () => {
  const stored = { B: new Uint8Array(gzipSync('{"a":1}')) }
  expect(compile(codec.compressed(z.object({ a: z.number() }))).decode(stored)).toEqual({ a: 1 })
})
