// Every kind of JavaScript value against every kind of schema: it comes back as it was, or it is refused. Nothing is changed.
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { codec } from '../../src/schema/codecs.js'
import { ValueProblem } from '../../src/values/codec.js'
import { compile } from '../schema/problem.js'

class Thing {
  a = 'x'
}
class Names extends Array<string> {}
class Tags extends Set<string> {}

const cyclicObject: Record<string, unknown> = { a: 'x' }
cyclicObject['self'] = cyclicObject
const cyclicArray: unknown[] = []
cyclicArray.push(cyclicArray)
const nested = (levels: number): unknown => {
  let value: unknown = 'x'
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

const values: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  true: true,
  false: false,
  zero: 0,
  'minus zero': -0,
  one: 1,
  'a fraction': -1.5,
  'a large whole number': 2 ** 60,
  'an exponent': 1e21,
  'too small': 5e-324,
  'too large': 1e126,
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
  'a bigint': 1n,
  'a bigint of 38 digits': 10n ** 38n - 1n,
  'a bigint of 39 digits': 10n ** 38n + 1n,
  'an endless bigint': 10n ** 1000n,
  text: 'a',
  'no text': '',
  'text in a decimal form': '12.5',
  'half a pair': 'a\ud800',
  'the other half': '\udc00a',
  'an emoji': '\u{1f600}',
  'a symbol': Symbol('x'),
  'a function': () => 'x',
  'a class': Thing,
  'a Date': new Date('2026-02-16T10:00:00.000Z'),
  'a Date with milliseconds': new Date(1),
  'an invalid Date': new Date(NaN),
  'a Date out of range': new Date('+010000-01-01T00:00:00.000Z'),
  'a RegExp': /x/,
  'an Error': new Error('x'),
  'a Map': new Map([['a', 'x']]),
  'a WeakMap': new WeakMap(),
  'a Promise': Promise.resolve('x'),
  'a URL': new URL('https://example.com'),
  'a boxed string': new String('x'),
  'a boxed number': new Number(1),
  'an empty Set': new Set(),
  'a Set of strings': new Set(['a', '']),
  'a Set of numbers': new Set([1, 2.5]),
  'a Set of bigints': new Set([1n]),
  'a Set of bytes': new Set([new Uint8Array([1])]),
  'a Set with equal bytes': new Set([new Uint8Array([1]), new Uint8Array([1])]),
  'a mixed Set': new Set(['a', 1]),
  'a Set of arrays': new Set([['a']]),
  'a Set of NaN': new Set([NaN]),
  'a kind of Set': new Tags(['a']),
  'a Set with a property': Object.assign(new Set(['a']), { x: 1 }),
  'a Uint8Array': new Uint8Array([0, 255]),
  'a view': new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
  'a Buffer': Buffer.from([1, 2]),
  'a Uint8ClampedArray': new Uint8ClampedArray([1]),
  'a Uint16Array': new Uint16Array([1]),
  'an ArrayBuffer': new ArrayBuffer(2),
  'a DataView': new DataView(new ArrayBuffer(2)),
  'a Blob': new Blob(['x']),
  'an empty array': [],
  'an array of strings': ['a', 'b'],
  'an array of numbers': [1, 2],
  'an array with a hole': ['a', , 'b'], // eslint-disable-line no-sparse-arrays
  'an array of undefined': [undefined],
  'an array with a property': Object.assign(['a'], { x: 1 }),
  'a match': 'a'.match(/a/),
  'a kind of array': Names.from(['a']),
  'a tuple': ['a', 1],
  'a cyclic array': cyclicArray,
  arguments: (function (..._: unknown[]) {
    return arguments // eslint-disable-line prefer-rest-params
  })('a'),
  'an empty object': {},
  'an object': { a: 'x' },
  'an object of numbers': { a: 1 },
  'an object with more': { a: 'x', b: 1 },
  'an object with undefined': { a: 'x', b: undefined },
  'an object with undefined alone': { a: undefined },
  'an object without prototype': Object.assign(Object.create(null) as object, { a: 'x' }),
  'an object with a getter': {
    get a() {
      return 'x'
    },
  },
  'an object that inherits': Object.create({ a: 'x' }) as object,
  'an object with a symbol': { a: 'x', [Symbol('s')]: 1 },
  'an object with __proto__': JSON.parse('{"a":"x","__proto__":"y"}') as object,
  'an object with an empty name': { '': 'x' },
  'an object with half a name': { 'a\ud800': 'x' },
  'an object with a long name': { ['é'.repeat(32_768)]: 'x' },
  'an instance': new Thing(),
  'a cyclic object': cyclicObject,
  'nested 32 deep': nested(32),
  'nested 33 deep': nested(33),
  'a proxy': new Proxy({ a: 'x' }, {}),
  'a thenable': { then: 'x' },
  'something with toJSON': { toJSON: () => 'x' },
  'a frozen object': Object.freeze({ a: 'x' }),
  globalThis: globalThis,
  'a generator': (function* () {
    yield 'a'
  })(),
}

/** What is declared to come back in another form. */
const changed: Readonly<Record<string, unknown>> = {
  'minus zero': 0,
  'a Buffer': new Uint8Array([1, 2]),
  'an object without prototype': { a: 'x' },
  'an object with undefined': { a: 'x' },
  'an object with undefined alone': {},
}

const numbers = ['zero', 'minus zero', 'one', 'a fraction', 'a large whole number', 'an exponent']
const texts = ['text', 'no text', 'text in a decimal form', 'an emoji']
const bytes = ['a Uint8Array', 'a view', 'a Buffer']
const dates = ['a Date', 'a Date with milliseconds']
const objects = ['an object', 'an object with a getter', 'an object without prototype', 'a frozen object', 'a proxy']
const sets = ['a Set of strings', 'a Set of numbers', 'a Set of bytes']
const lists = ['an empty array', 'an array of strings', 'an array of numbers', 'a tuple']
const plainLists = ['an empty array', 'an array of strings']
const anyObject = [
  ...objects,
  'an empty object',
  'an object of numbers',
  'an object with more',
  'a thenable',
  'an object with __proto__',
]
const anything = [
  'null',
  'true',
  'false',
  ...numbers,
  ...texts,
  ...bytes,
  ...sets,
  ...lists,
  ...anyObject,
  'nested 32 deep',
]
const json = anything.filter((name) => ![...bytes, ...sets].includes(name))

/** Which values each schema takes; it must refuse all others. */
const schemas: Readonly<Record<string, readonly [schema: object, takes: readonly string[]]>> = {
  'z.string()': [z.string(), texts],
  'z.string().min(1)': [z.string().min(1), texts.filter((name) => name !== 'no text')],
  'z.templateLiteral()': [z.templateLiteral([z.number()]), ['text in a decimal form']],
  'z.enum()': [z.enum(['a', '']), ['text', 'no text']],
  'z.literal()': [z.literal(['a', 1, null]), ['text', 'one', 'null']],
  'z.number()': [z.number(), numbers],
  'z.int()': [z.int(), ['zero', 'minus zero', 'one']],
  'z.bigint()': [z.bigint(), ['a bigint', 'a bigint of 38 digits']],
  'codec.decimal()': [codec.decimal(), ['text in a decimal form']],
  'z.boolean()': [z.boolean(), ['true', 'false']],
  'z.null()': [z.null(), ['null']],
  'z.string().nullable()': [z.string().nullable(), ['null', ...texts]],
  'codec.bytes()': [codec.bytes(), bytes],
  'z.instanceof(Uint8Array)': [z.instanceof(Uint8Array), bytes],
  'codec.date()': [codec.date(), dates],
  'codec.epochSeconds()': [codec.epochSeconds(), ['a Date', 'a Date out of range']],
  'codec.epochMillis()': [codec.epochMillis(), [...dates, 'a Date out of range']],
  'z.set(z.string())': [z.set(z.string()), ['a Set of strings', 'an empty Set']],
  'z.set(z.number())': [z.set(z.number()), ['a Set of numbers', 'an empty Set']],
  'z.set(z.bigint())': [z.set(z.bigint()), ['a Set of bigints', 'an empty Set']],
  'z.set(codec.bytes())': [z.set(codec.bytes()), ['a Set of bytes', 'an empty Set']],
  'z.array(z.string())': [z.array(z.string()), plainLists],
  'z.array(z.unknown())': [z.array(z.unknown()), lists],
  'z.tuple()': [z.tuple([z.string(), z.number()]), ['a tuple']],
  'z.tuple() with rest': [z.tuple([z.string().optional()], z.string()), plainLists],
  'z.object()': [z.object({ a: z.string() }), objects],
  'z.object() of optionals': [
    z.object({ a: z.string().optional() }),
    [...objects, 'an empty object', 'an object with undefined alone'],
  ],
  'z.looseObject()': [
    z.looseObject({ a: z.string() }),
    [...objects, 'an object with more', 'an object with undefined', 'an object with __proto__'],
  ],
  'z.record()': [
    z.record(z.string(), z.string()),
    [...objects, 'an empty object', 'a thenable', 'an object with __proto__'],
  ],
  'z.partialRecord()': [z.partialRecord(z.enum(['a']), z.string()), [...objects, 'an empty object']],
  'z.union()': [z.union([z.string(), z.number(), z.array(z.string())]), [...texts, ...numbers, ...plainLists]],
  'z.discriminatedUnion()': [
    z.discriminatedUnion('a', [z.object({ a: z.literal('x') }), z.object({ a: z.literal('y') })]),
    objects,
  ],
  'z.intersection()': [
    z.intersection(z.object({ a: z.string() }), z.object({ b: z.number() })),
    ['an object with more'],
  ],
  'z.lazy()': [z.lazy(() => z.string()), texts],
  'z.json()': [z.json(), json],
  'z.unknown()': [z.unknown(), anything],
  'z.any()': [z.any(), anything],
  'codec.anyExact()': [codec.anyExact(), [...anything, 'a bigint of 38 digits']],
  'codec.json(z.unknown())': [codec.json(z.unknown()), json],
  'codec.compressed(z.unknown())': [codec.compressed(z.unknown()), json],
  'z.codec()': [z.codec(z.string(), z.url(), { decode: (text) => text, encode: (text) => text }), []],
  'z.codec() of an instance': [
    z.codec(z.string(), z.instanceof(URL), { decode: (text) => new URL(text), encode: (url) => url.href }),
    ['a URL'],
  ],
}

function outcome(schema: object, value: unknown, expected: unknown): 'kept' | 'refused' | 'changed' {
  const compiled = compile(schema)
  try {
    const stored = compiled.encode(value)
    const read = stored === undefined ? compiled.absent?.() : compiled.decode(stored)
    return isDeepStrictEqual(read, expected) ? 'kept' : 'changed'
  } catch (error) {
    if (error instanceof ValueProblem) return 'refused'
    throw error
  }
}

describe.each(Object.entries(schemas))('%s', (_, [schema, takes]) => {
  test('takes what it should, as it is, and nothing else', () => {
    const found: Record<string, string> = {}
    const wanted: Record<string, string> = {}
    for (const [name, value] of Object.entries(values)) {
      found[name] = outcome(schema, value, Object.hasOwn(changed, name) ? changed[name] : value)
      wanted[name] = takes.includes(name) ? 'kept' : 'refused'
    }
    expect(found).toEqual(wanted)
  })
})

test('what was given is not touched, and what is stored is its own', () => {
  const given = new Uint8Array([1, 2, 3])
  const stored = compile(codec.bytes()).encode(given.subarray(1))
  given.fill(9)
  expect(stored).toEqual({ B: new Uint8Array([2, 3]) })
  const read = compile(codec.bytes()).decode({ B: Buffer.from([1]) }) as Uint8Array
  expect(Object.getPrototypeOf(read)).toBe(Uint8Array.prototype)
})
