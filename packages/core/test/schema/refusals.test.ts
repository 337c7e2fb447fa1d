// What can't be stored faithfully is refused when it is defined, with the place and what to do.
import { expect, test } from 'vitest'
import * as z from 'zod'
import { codec } from '../../src/schema/codecs.js'
import { compile, problem } from './problem.js'

const U: z.ZodType = z.lazy(() => U)
const V: z.ZodType = z.lazy(() => z.union([z.string(), V]))
const a = z.object({ a: z.string() })
const apart = 'Use one z.codec() for both, or z.discriminatedUnion() of objects'

// `undefined` where the oldest zod that is supported has no such schema.
const newer = (name: string, make: () => object) => (name in z ? make() : undefined)
const rows: [string, object | undefined, readonly string[], string | RegExp][] = [
  ['date', z.date(), [], 'Use codec.date()'],
  ['transform', z.string().transform(Number), [], 'Use z.codec()'],
  ['preprocess', z.preprocess(String, z.string()), [], 'Use z.codec()'],
  ['coercion', z.coerce.number(), [], 'Use z.number()'],
  ['catch', z.string().catch(''), [], 'Use .default() or .optional()'],
  ['map', z.map(z.string(), z.string()), [], 'Use z.object()'],
  ['promise', z.promise(z.string()), [], /Await/],
  ['function', z.function(), [], /Leave it out|zod 4/],
  ['symbol', z.symbol(), [], 'Use z.string() or z.enum()'],
  ['nan', z.nan(), [], 'Use z.number().optional()'],
  ['void', z.void(), [], 'Leave it out of the schema'],
  ['never', z.never(), [], 'Leave it out of the schema'],
  ['undefined', z.undefined(), [], 'Use .optional()'],
  ['literal undefined', z.literal(['a', undefined]), [], 'Use .optional()'],
  ['custom', z.custom<string>(), [], /codec\.bytes/],
  ['custom that takes all', z.custom<string>(() => true), [], /codec\.bytes/],
  [
    'custom that throws',
    z.custom<string>(() => {
      throw new Error('x')
    }),
    [],
    /codec\.bytes/,
  ],
  ['instanceof', z.instanceof(URL), [], /z\.codec\(\)/],
  ['Buffer', z.instanceof(Buffer), [], /codec\.bytes/],
  ['file', z.file(), [], /codec\.bytes/],
  ['success', z.success(z.string()), [], 'Use z.boolean()'],
  ['xor', newer('xor', () => z.xor([z.string(), z.number()])), [], 'Use z.union()'],
  ['loose record', newer('looseRecord', () => z.looseRecord(z.string().regex(/x/), z.string())), [], /catchall/],
  ['record with numbers for names', z.record(z.number(), z.string()), [], 'Use z.record(z.string(), …)'],
  ['record with a codec for names', z.record(z.stringbool() as never, z.string()), [], 'Use z.record(z.string(), …)'],
  ['optional element', z.array(z.string().optional()), ['[]'], /^Take/],
  ['default in a tuple', z.tuple([z.string().default('x')]), ['[0]'], /^Take/],
  ['optional before required', z.tuple([z.string().optional(), z.string()]), ['[0]'], /^Take/],
  ['set of booleans', z.set(z.boolean()), [], 'Use z.array()'],
  ['set of lists', z.set(z.array(z.string())), [], 'Use z.array()'],
  ['set of several kinds', z.set(z.union([z.string(), z.number()])), [], 'Use z.array()'],
  ['set of nullables', z.set(z.string().nullable()), [], 'Use z.array()'],
  [
    'deep',
    z.object({ a: z.array(z.record(z.string(), z.tuple([z.date()]))) }),
    ['a', '[]', '<value>', '[0]'],
    'Use codec.date()',
  ],
  ['in a wrapper', z.object({ a: z.date().nullable().optional() }), ['a'], 'Use codec.date()'],
  ['in an option', z.object({ a: z.union([z.string(), z.date()]) }), ['a', '<option 1>'], 'Use codec.date()'],
  ['under the catchall', z.object({}).catchall(z.date()), ['<other>'], 'Use codec.date()'],
  ['a name without characters', z.object({ '': z.string() }), [''], 'Use another schema'],
  ['too long a name', z.object({ ['n'.repeat(65_536)]: z.string() }), ['n'.repeat(65_536)], 'Use another schema'],
  ['half a name', z.object({ '\ud800': z.string() }), ['\ud800'], 'Use another schema'],
  ['a literal of half a pair', z.literal('\ud800'), [], 'Use another schema'],
  ['literals that are stored alike', z.literal([1, 1n]), [], 'Use another schema'],
  ['a literal that is too large', z.literal(10n ** 40n + 1n), [], 'Use another schema'],
  ['itself', U, [], /between|another/],
  ['itself as an option', V, ['<option 1>'], /between|another/],
  ['two texts', z.object({ x: z.union([z.string(), codec.date()]) }), ['x'], apart],
  ['two codecs', z.union([codec.date(), z.stringbool()]), [], apart],
  ['number and bigint', z.union([z.number(), z.bigint()]), [], apart],
  ['number and date', z.union([z.number(), codec.epochMillis()]), [], apart],
  ['decimal and number', z.union([codec.decimal(), z.number()]), [], apart],
  ['two lists', z.union([z.array(z.string()), z.array(z.number())]), [], apart],
  ['list and tuple', z.union([z.array(z.string()), z.tuple([z.number()])]), [], apart],
  ['anything and a text', z.union([z.unknown(), codec.date()]), [], apart],
  ['objects with the same names', z.union([a, z.object({ a: z.number() })]), [], 'Use z.discriminatedUnion()'],
  ['an object in another', z.union([a, a.extend({ b: z.string() })]), [], 'Use z.discriminatedUnion()'],
  ['object and record', z.union([a, z.record(z.string(), z.number())]), [], 'Use z.discriminatedUnion()'],
  [
    'tags that overlap',
    z.discriminatedUnion('k', [z.object({ k: z.enum(['a', 'b']) }), z.object({ k: z.enum(['b', 'c']) })]),
    [],
    /literal/,
  ],
  [
    'two absent tags',
    z.discriminatedUnion('k', [z.object({ k: z.literal('a').optional() }), z.object({ k: z.literal('b').optional() })]),
    [],
    /literal/,
  ],
  [
    'unionFallback',
    z.discriminatedUnion('k', [z.object({ k: z.literal('a') })], { unionFallback: true }),
    [],
    'Take it away',
  ],
  ['default in an option', z.union([z.string().default('x'), z.number()]), [], /around the union/],
  ['common property', a.and(z.object({ a: z.string() })), [], /extend/],
  [
    'intersection with a union',
    a.and(z.union([z.object({ b: z.string() }), z.object({ c: z.string() })])),
    ['<right>'],
    /extend/,
  ],
  ['intersection with a record', a.and(z.record(z.string(), z.string())), ['<right>'], /extend/],
  ['json of bytes', codec.json(z.object({ a: z.array(codec.bytes()) })), [], /z\.array/],
  ['compressed sets', codec.compressed(z.set(z.string())), [], /z\.array/],
  [
    'optional inside of a codec',
    z.codec(z.string().optional(), z.string(), { decode: (x) => x ?? '', encode: (x) => x }),
    [],
    /^Take/,
  ],
  ['no zod', { a: 1 }, [], 'Use zod 4.1 or newer'],
]

test.each(rows.filter(([, schema]) => schema !== undefined))('%s', (_, schema, path, fix) => {
  const found = problem(() => compile(schema!))
  expect(found.path).toEqual(path)
  const [, text] = found.text.split(' | ')
  if (typeof fix === 'string') expect(text).toBe(fix)
  else expect(text).toMatch(fix)
})
