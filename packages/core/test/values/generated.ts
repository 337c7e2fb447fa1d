// Random schemas, each with random values of its own: all types, odd names and numbers, nested as deep as asked.
import fc from 'fast-check'
import * as z from 'zod'
import { codec } from '../../src/schema/codecs.js'
import { plainDecimal } from '../../src/values/decimal.js'

/** A schema and the values that it takes. */
export interface Generated {
  readonly schema: z.ZodType
  readonly value: fc.Arbitrary<unknown>
}

const oddText = fc.string({
  unit: fc.constantFrom('a', '#', '$', '"', '\\', '\0', ' ', 'é', '\uffff', '\u{10ffff}'),
  maxLength: 6,
})
const text = fc.oneof(oddText, fc.string({ unit: 'binary', maxLength: 12 }))
const oddName = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'a.b',
  '#x',
  ':v',
  'a[0]',
  ' ',
  '0',
  '"',
  '\\',
  'S',
  'M',
  'length',
)
const name = fc.oneof(oddName, fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }))

const double = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((n) => n === 0 || (Math.abs(n) >= 1e-130 && Math.abs(n) < 1e126))
  .map((n) => n + 0)
const number = fc.oneof(
  double,
  fc.integer().map(Number),
  fc.constantFrom(0, 0.1, 1e21, 1e-7, 2 ** 53 - 1, 9.99e125, 1e-130),
)
const digits = fc
  .array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 38 })
  .map((list) => list.join('').replace(/^0+|0+$/g, ''))
const decimal = fc
  .tuple(fc.boolean(), digits, fc.integer({ min: -130, max: 125 }))
  .map(([negative, text, first]) =>
    plainDecimal({ negative: negative && text !== '', digits: text, power: text === '' ? 0 : first + 1 - text.length }),
  )
const bigint = fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n })
const bytes = fc.uint8Array({ maxLength: 12 })
const date = fc.date({
  min: new Date('0000-01-01T00:00:00.000Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})
const second = fc.integer({ min: -8.64e12, max: 8.64e12 }).map((seconds) => new Date(seconds * 1000))
const someDate = fc.date({ noInvalidDate: true })

const set = <Member>(member: fc.Arbitrary<Member>, key: (member: Member) => unknown = (it) => it) =>
  fc.uniqueArray(member, { selector: key, minLength: 1, maxLength: 4 }).map((members) => new Set(members))

const anyScalar = fc.oneof(text, number, fc.boolean(), fc.constant(null), bytes)
const anyValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    anyScalar,
    fc.oneof(set(text), set(number), set(bytes, String)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value
export const jsonValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value

const Tree: z.ZodType = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree)
  },
})
const tree: fc.Arbitrary<unknown> = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.record(
    { name: text, children: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('tree'), { maxLength: 2 })) },
    { noNullPrototype: true },
  ),
})).tree

const scalars: readonly Generated[] = [
  { schema: z.string(), value: text },
  { schema: z.string().max(20), value: text },
  { schema: z.enum(['a', 'b', '']), value: fc.constantFrom('a', 'b', '') },
  { schema: z.literal(['x', 7, true, null]), value: fc.constantFrom('x', 7, true, null) },
  { schema: z.templateLiteral(['n', z.int()]), value: fc.integer().map((n) => `n${n}`) },
  { schema: z.number(), value: number },
  { schema: z.int(), value: fc.maxSafeInteger().map((n) => n + 0) },
  { schema: z.bigint(), value: bigint },
  { schema: codec.decimal(), value: decimal },
  { schema: z.boolean(), value: fc.boolean() },
  { schema: z.null(), value: fc.constant(null) },
  { schema: codec.bytes(), value: bytes },
  { schema: codec.date(), value: date },
  { schema: codec.epochSeconds(), value: second },
  { schema: codec.epochMillis(), value: someDate },
  { schema: codec.json(z.json()), value: jsonValue },
  { schema: codec.compressed(z.json()), value: jsonValue },
  { schema: z.set(z.string()), value: set(text) },
  { schema: z.set(z.number()), value: set(number) },
  { schema: z.set(z.bigint()), value: set(bigint) },
  { schema: z.set(codec.decimal()), value: set(decimal) },
  { schema: z.set(codec.bytes()), value: set(bytes, String) },
  { schema: z.set(codec.date()), value: set(date, Number) },
  { schema: z.unknown(), value: anyValue },
  { schema: z.json(), value: jsonValue },
  { schema: codec.anyExact(), value: anyValue },
  { schema: Tree, value: tree },
  {
    schema: z.codec(z.string(), z.object({ a: z.number() }), {
      decode: (it) => ({ a: Number(it) }),
      encode: ({ a }) => String(a),
    }),
    value: number.map((a) => ({ a })),
  },
]

/** A schema of at most so many levels, with its values. */
export function generated(depth: number): fc.Arbitrary<Generated> {
  const scalar = fc.constantFrom(...scalars)
  return depth === 0 ? scalar : fc.oneof({ weight: 1, arbitrary: scalar }, { weight: 3, arbitrary: nested(depth) })
}

function nested(depth: number): fc.Arbitrary<Generated> {
  const inner = generated(depth - 1)
  return fc.oneof(
    inner.map(({ schema, value }) => ({ schema: z.array(schema), value: fc.array(value, { maxLength: 3 }) })),
    inner.map(({ schema, value }) => ({
      schema: z.record(z.string(), schema),
      value: fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true }),
    })),
    inner.map(({ schema, value }) => ({ schema: schema.nullable(), value: fc.oneof(value, fc.constant(null)) })),
    inner.map(({ schema, value }) => ({ schema: z.lazy(() => schema).readonly(), value })),
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((parts) => ({
      schema: z.tuple(parts.map(({ schema }) => schema) as [z.ZodType, ...z.ZodType[]]),
      value: fc.tuple(...parts.map(({ value }) => value)),
    })),
    object(inner),
    fc.tuple(object(inner), object(inner)).map(variants),
    inner.map(({ schema, value }) => ({
      schema: z.union([z.literal('none'), z.object({ it: schema })]),
      value: fc.oneof(
        fc.constant('none'),
        value.map((it) => ({ it })),
      ),
    })),
  )
}

function object(inner: fc.Arbitrary<Generated>): fc.Arbitrary<Generated & { schema: z.ZodObject }> {
  return fc
    .dictionary(name, fc.tuple(inner, fc.constantFrom('required', 'optional')), { maxKeys: 4, noNullPrototype: true })
    .map((parts) => ({
      schema: z.object(
        mapped(parts, ([{ schema }, presence]) => (presence === 'optional' ? schema.optional() : schema)),
      ),
      value: fc.record(
        mapped(parts, ([{ value }]) => value),
        {
          noNullPrototype: true,
          requiredKeys: Object.keys(parts).filter((key) => parts[key]?.[1] === 'required'),
        },
      ),
    }))
}

function variants([first, second]: [
  Generated & { schema: z.ZodObject },
  Generated & { schema: z.ZodObject },
]): Generated {
  return {
    schema: z.discriminatedUnion('a tag', [
      first.schema.extend({ 'a tag': z.literal('first') }),
      second.schema.extend({ 'a tag': z.literal(2) }),
    ]),
    value: fc.oneof(
      first.value.map((value) => ({ ...(value as object), 'a tag': 'first' })),
      second.value.map((value) => ({ ...(value as object), 'a tag': 2 })),
    ),
  }
}

function mapped<Value, Result>(record: Record<string, Value>, map: (value: Value) => Result): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
