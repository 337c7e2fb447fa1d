// Values that are made to do harm: to prototypes, to the stack, to the clock.
import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { codec } from '../../src/schema/codecs.js'
import { ValueProblem } from '../../src/values/codec.js'
import { compile, problem } from '../schema/problem.js'

const prototypes = [Object.prototype, Array.prototype, Function.prototype, Set.prototype, Map.prototype]
const snapshot = () =>
  prototypes.map((prototype) =>
    Reflect.ownKeys(prototype).map((name) => [name, Reflect.getOwnPropertyDescriptor(prototype, name)] as const),
  )
const before = snapshot()
afterEach(() => {
  expect(isDeepStrictEqual(snapshot(), before)).toBe(true)
})

/** Milliseconds that this process worked: the others of a busy machine don't count. */
function ownTimeSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

const deep = 100_000
const long = 100_000

const payloads: readonly (readonly [string, unknown])[] = [
  ['__proto__', JSON.parse('{"__proto__":{"polluted":true}}')],
  ['nested __proto__', JSON.parse('{"a":{"__proto__":{"polluted":true}}}')],
  ['constructor', JSON.parse('{"constructor":{"prototype":{"polluted":true}}}')],
  ['toString', JSON.parse('{"toString":"x","valueOf":"y","hasOwnProperty":"z"}')],
  [
    'a setter',
    Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => 'x',
      set: () => {
        throw new Error('set')
      },
    }),
  ],
  [
    'a getter that pollutes',
    {
      get a() {
        return JSON.parse('{"__proto__":{"polluted":true}}') as unknown
      },
    },
  ],
  ['an array of them', JSON.parse('[{"__proto__":[]},{"__proto__":null}]')],
  ['inherited', Object.create({ polluted: true })],
]
const storedPayloads: readonly (readonly [string, AttributeValue])[] = [
  ['__proto__', JSON.parse('{"M":{"__proto__":{"M":{"polluted":{"BOOL":true}}}}}') as AttributeValue],
  ['constructor', { M: { constructor: { M: { prototype: { M: { polluted: { BOOL: true } } } } } } }],
  ['inherited attributes', { M: Object.create({ a: { S: 'x' } }) as Record<string, AttributeValue> }],
]
const schemas: readonly (readonly [string, object])[] = [
  ['unknown', z.unknown()],
  ['record', z.record(z.string(), z.unknown())],
  ['loose object', z.looseObject({ a: z.unknown().optional() })],
  ['object', z.object({ a: z.unknown().optional(), ['__proto__']: z.unknown().optional() })],
  ['json', codec.json(z.unknown())],
  ['exact', codec.anyExact()],
  ['list', z.array(z.unknown())],
  ['union', z.union([z.string(), z.record(z.string(), z.unknown())])],
]

describe.each(schemas)('hostile values of %s', (_, schema) => {
  test.each(payloads)('%s', (_name, value) => {
    const compiled = compile(schema)
    try {
      const stored = compiled.encode(value)
      const read = compiled.decode(stored!)
      expect(read).toEqual(value)
      expect((read as { polluted?: unknown }).polluted).toBeUndefined()
    } catch (error) {
      expect(error).toBeInstanceOf(ValueProblem)
    }
  })

  test.each(storedPayloads)('stored %s', (_name, stored) => {
    try {
      const read = compile(schema).decode(stored) as Record<string, unknown>
      expect(read['polluted']).toBeUndefined()
      expect(Object.hasOwn(read, 'a')).toBe(false)
    } catch (error) {
      expect(error).toBeInstanceOf(ValueProblem)
    }
  })
})

const Tree: z.ZodType = z.lazy(() => z.union([z.string(), z.array(Tree), z.record(z.string(), Tree)]))
const Chain = z.object({
  get next() {
    return Chain.nullish()
  },
})
const recursive: readonly (readonly [string, object])[] = [
  ['unknown', z.unknown()],
  ['json()', z.json()],
  ['recursive', Tree],
  ['getter', Chain],
  ['json codec', codec.json(Tree)],
  [
    'own codec',
    z.codec(z.string(), z.json(), {
      decode: (text) => JSON.parse(text) as never,
      encode: (value) => JSON.stringify(value),
    }),
  ],
]

describe.each(recursive)('depth: %s', (_, schema) => {
  const wrap = (times: number, make: (inside: unknown) => unknown): unknown => {
    let value: unknown = 'x'
    for (let level = 0; level < times; level++) value = make(value)
    return value
  }

  test.each<[string, unknown]>([
    ['arrays', wrap(deep, (inside) => [inside])],
    ['objects', wrap(deep, (inside) => ({ next: inside }))],
    [
      'a cycle',
      (() => {
        const cycle: Record<string, unknown> = {}
        cycle['next'] = cycle
        return cycle
      })(),
    ],
    [
      'a bush of cycles',
      (() => {
        const cycle: unknown[] = []
        cycle.push(cycle, cycle, cycle)
        return cycle
      })(),
    ],
  ])('%s are refused', (_name, value) => {
    expect(() => compile(schema).encode(value)).toThrow(ValueProblem)
  })

  test.each<[string, AttributeValue]>([
    ['lists', wrap(deep, (inside) => ({ L: [inside] })) as AttributeValue],
    ['maps', wrap(deep, (inside) => ({ M: { next: inside } })) as AttributeValue],
    ['text', { S: '['.repeat(deep) + ']'.repeat(deep) }],
  ])('stored %s are refused', (name, stored) => {
    const takesText = !('S' in stored) || compile(schema).kind === 'S'
    if (takesText) expect(() => compile(schema).decode(stored)).toThrow(ValueProblem)
    else expect(name).toBe('text')
  })
})

test('the deepest value that DynamoDB takes is taken, one level more is not', () => {
  const compiled = compile(z.object({ a: z.unknown() }))
  const nested = (levels: number, inside: unknown): unknown => (levels === 0 ? inside : [nested(levels - 1, inside)])
  for (const deepest of [nested(31, 'x'), nested(31, []), nested(31, {})])
    expect(compiled.decode(compiled.encode({ a: deepest })!)).toEqual({ a: deepest })
  const { path, text } = problem(() => compiled.encode({ a: nested(32, 'x') }))
  expect(text).toBe('at most 32 levels of lists, maps and values | a deeper one')
  expect(path).toEqual(['a', ...Array.from({ length: 31 }, () => 0)])
})

describe('long values take a time that grows with their length', () => {
  const zeros = '0'.repeat(long)
  const inputs: readonly (readonly [string, object, unknown])[] = [
    ['text', z.string(), 'x'.repeat(long)],
    ['text of half pairs at its end', z.string(), `${'\u{1f600}'.repeat(long)}\ud800`],
    ['decimal of zeros', codec.decimal(), `1${zeros}1`],
    ['decimal of zeros in front', codec.decimal(), `${zeros}1`],
    ['decimal with a long exponent', codec.decimal(), `1e${'9'.repeat(long)}`],
    ['decimal of dots', codec.decimal(), '.'.repeat(long)],
    ['bigint', z.bigint(), 10n ** BigInt(long) + 1n],
    ['list', z.array(z.number()), Array.from({ length: long }, (_, position) => position)],
    ['list of any', z.unknown(), Array.from({ length: long }, () => null)],
    ['set', z.set(z.number()), new Set(Array.from({ length: long }, (_, position) => position))],
    [
      'record',
      z.record(z.string(), z.number()),
      Object.fromEntries(Array.from({ length: long }, (_, position) => [`n${position}`, position])),
    ],
    [
      'union in a list',
      z.array(z.union([z.number(), z.string()])),
      Array.from({ length: long }, (_, position) => (position % 2 ? 'x' : 1)),
    ],
    ['json', codec.json(z.array(z.string())), Array.from({ length: long }, () => '"\\')],
    ['json of quotes', codec.json(z.string()), '"\\'.repeat(long)],
    ['compressed', codec.compressed(z.string()), 'x'.repeat(long)],
    ['name', z.record(z.string(), z.string()), { ['x'.repeat(long)]: 'x' }],
    ['template', z.templateLiteral([z.string(), '-', z.number()]), 'x-'.repeat(long)],
  ]
  test.each(inputs)('%s', (_, schema, value) => {
    const compiled = compile(schema)
    const start = process.cpuUsage()
    try {
      const stored = compiled.encode(value)
      expect(compiled.decode(stored!)).toEqual(value)
    } catch (error) {
      expect(error).toBeInstanceOf(ValueProblem)
    }
    // The longest takes a tenth of this; what grows with the square takes a hundred times as long.
    expect(ownTimeSince(start)).toBeLessThan(2000)
  })

  test.each<[string, object, AttributeValue]>([
    ['stored number', z.number(), { N: `1${zeros}1` }],
    ['stored bigint', z.bigint(), { N: `1${zeros}1` }],
    ['stored decimal', codec.decimal(), { N: `0.${zeros}1` }],
    ['stored date', codec.date(), { S: '2'.repeat(long) }],
    ['stored JSON that never ends', codec.json(z.unknown()), { S: '"\\'.repeat(long) }],
    ['stored JSON with a long number', codec.json(z.unknown()), { S: '1'.repeat(long) }],
  ])('%s is refused', (_, schema, stored) => {
    const start = process.cpuUsage()
    expect(() => compile(schema).decode(stored)).toThrow(ValueProblem)
    expect(ownTimeSince(start)).toBeLessThan(500)
  })
})
