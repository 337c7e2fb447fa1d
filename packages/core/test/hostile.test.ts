// Whatever is given or stored, the outcome is a value or a typed error, and no prototype is touched.
import { connect, isError } from '@keyloom/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { announce, numRuns, timeout } from './cases.js'
import { key, Order, order, row } from './orders.js'
import { stubClient } from './stub-client.js'

announce('hostile values: no untyped error, no prototype touched')

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  '#0',
  ':0',
  'a.b',
  '',
]
const hostileName = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom(...Object.keys(order), 'set', 'condition'),
  fc.string(),
)
const hostileText = fc.constantFrom(
  '__proto__',
  '#0',
  ':v',
  'attribute_exists(pk)',
  "' OR 1=1",
  '{customerId}',
  '\ud800',
  '\u0000',
  '',
)
const anything = fc.anything({
  key: hostileName,
  values: [
    fc.boolean(),
    fc.double(),
    fc.bigInt(),
    fc.string({ unit: 'binary' }),
    hostileText,
    fc.constantFrom(null, undefined),
  ],
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  withBoxedValues: true,
  maxDepth: 3,
})
// JSON makes `__proto__` an own property, which an object literal can't.
const fromJson = fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text.replaceAll('"a"', '"__proto__"')) as unknown)
const hostile = fc.oneof(anything, fromJson)
/** Right but for one attribute. */
const spoiled = fc.tuple(fc.constantFrom(...Object.keys(order), ...names), hostile).map(([name, value]) => {
  const item = { ...order } as Record<string, unknown>
  Object.defineProperty(item, name, { value, enumerable: true, configurable: true, writable: true })
  return item
})
const input = fc.oneof(hostile, spoiled)

type Loose = Record<'get' | 'put' | 'create' | 'update' | 'delete', (...given: unknown[]) => { request(): unknown }>
const loose = Order as unknown as Loose
const query = Order.query as unknown as Record<string, (...given: unknown[]) => { request(): unknown }> &
  ((...given: unknown[]) => { request(): unknown })

const calls: readonly ((given: unknown, more: unknown) => { request(): unknown })[] = [
  (given, more) => loose.put(given, more),
  (given) => loose.put(given),
  (given) => loose.create(given),
  (given, more) => loose.get(given, more),
  (given) => loose.get(given),
  (given) => loose.delete(given),
  (given) => loose.update(key, given),
  (given) => loose.update(key, { set: given }),
  (given) => loose.update(key, { add: given }),
  (given) => loose.update(key, { remove: given }),
  (given, more) => loose.update(key, { set: { status: 'paid' }, given: more ?? given }),
  (given) => loose.update(key, { set: { carrier: 'x' }, condition: () => given }),
  (given) =>
    loose.delete(key, {
      condition: (o: { total: object }, { eq }: { eq: (...all: unknown[]) => unknown }) => eq(o.total, given),
    }),
  (given) => query(given),
  (given) => query({ customerId: 'c', placedAt: given }),
  (given, more) => query({ customerId: 'c' }, { filter: given, reverse: more }),
  (given) => query['byStatus']!(given),
  (given) => query['byTotal']!({ customerId: 'c', total: given }),
]

const watched = [Object, Array, Function, String, Number, Boolean, Date, Set, Map, Promise, RegExp, Error, Uint8Array]

/** Every own property of the prototypes, so that one that was added, taken away or replaced is found by name. */
function prototypes(): Map<string, unknown> {
  return new Map(
    watched.flatMap(({ name, prototype }) =>
      Reflect.ownKeys(prototype).map((property) => {
        const found = Object.getOwnPropertyDescriptor(prototype, property) as Record<string, unknown> | undefined
        return [`${name}.${String(property)}`, found?.['value'] ?? found?.['get'] ?? found?.['set']] as const
      }),
    ),
  )
}

function changed(before: Map<string, unknown>): readonly string[] {
  const after = prototypes()
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => !Object.is(before.get(name), after.get(name)),
  )
}

test('as input of every verb, in every place', { timeout }, () => {
  const before = prototypes()
  let accepted = 0
  fc.assert(
    fc.property(fc.constantFrom(...calls), input, hostile, (call, given, more) => {
      try {
        call(given, more).request()
        accepted++
      } catch (error) {
        if (!isError(error, 'input')) throw error
      }
    }),
    { numRuns },
  )
  expect(accepted).toBeGreaterThan(0)
  expect(changed(before)).toEqual([])
})

test('as what the service answers', { timeout }, async () => {
  const before = prototypes()
  const { wire } = fc.letrec<{ wire: object }>((tie) => ({
    wire: fc.oneof(
      { depthSize: 'small' as const },
      fc.oneof(hostileText, fc.string()).map((text) => ({ S: text })),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => ({ N: String(number) })),
      fc.constantFrom(
        { NULL: true },
        { BOOL: false },
        { SS: ['__proto__'] },
        { NS: ['1'] },
        { B: new Uint8Array([0]) },
        {},
      ),
      fc.array(tie('wire'), { maxLength: 3 }).map((list) => ({ L: list })),
      fc.array(fc.tuple(hostileName, tie('wire')), { maxLength: 3 }).map((entries) => {
        const map = {}
        for (const [name, value] of entries)
          Object.defineProperty(map, name, { value, enumerable: true, configurable: true })
        return { M: map }
      }),
    ),
  }))
  const stored = fc.tuple(fc.constantFrom(...Object.keys(row), ...names), wire).map(([name, value]) => {
    const item = { ...row }
    Object.defineProperty(item, name, { value, enumerable: true, configurable: true, writable: true })
    return item
  })
  await fc.assert(
    fc.asyncProperty(stored, async (Item) => {
      const orders = connect({ client: stubClient(() => ({ Item })), tables: { shop: 'x' } }).for(Order)
      try {
        const item = await orders.get(key)
        if (item !== undefined) expect(Object.getPrototypeOf(item)).toBe(Object.prototype)
      } catch (error) {
        if (!isError(error, 'decode')) throw error
      }
    }),
    { numRuns: numRuns / 10 },
  )
  expect(changed(before)).toEqual([])
})
