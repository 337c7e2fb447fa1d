// Whatever a value or a name is, an expression says what was meant: values and names are never syntax.
import { type ApplyCallback, entity, InputError, type Item, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { Doc, id } from './documents.js'
import type { DocCondition } from './conditions.js'
import { type Expressions, meaning, names, operatorObjects, pairs, texts } from './hostile.js'

interface Input extends Expressions {
  readonly UpdateExpression?: string
  readonly ConditionExpression?: string
  readonly FilterExpression?: string
  readonly KeyConditionExpression?: string
}

function meaningOf(request: { readonly input: object }) {
  const input = request.input as Input
  const { UpdateExpression, ConditionExpression, FilterExpression, KeyConditionExpression } = input
  return [UpdateExpression, ConditionExpression, FilterExpression, KeyConditionExpression].map((text) =>
    meaning(text, input),
  )
}

type DocApply = ApplyCallback<Item<typeof Doc>>
const condition = (made: DocCondition) => Doc.delete(id, { condition: made })
const applied = (apply: DocApply) => Doc.update(id, { apply })

/** A request with a value in each place where an expression takes one, and what is stored for it there. */
const slots: Readonly<Record<string, (value: never) => { request(): { readonly input: object } }>> = {
  eq: (value) => condition((o, { eq }) => eq(o.title, value)),
  ne: (value) => condition((o, { ne }) => ne(o.title, value)),
  lt: (value) => condition((o, { lt }) => lt(o.title, value)),
  lte: (value) => condition((o, { lte }) => lte(o.title, value)),
  gt: (value) => condition((o, { gt }) => gt(o.title, value)),
  gte: (value) => condition((o, { gte }) => gte(o.title, value)),
  'between, from': (value) => condition((o, { between }) => between(o.title, value, 'z')),
  'between, to': (value) => condition((o, { between }) => between(o.title, 'a', value)),
  in: (value) => condition((o, { in: isIn }) => isIn(o.title, ['a', value])),
  beginsWith: (value) => condition((o, { beginsWith }) => beginsWith(o.title, value)),
  'contains, text': (value) => condition((o, { contains }) => contains(o.title, value)),
  'contains, set': (value) => condition((o, { contains }) => contains(o.tags, value)),
  'contains, list': (value) => condition((o, { contains }) => contains(o.log, value)),
  'in a list': (value) => condition((o, { eq, at: position }) => eq(position(o.lines, 0).sku, value)),
  'in a record': (value) => condition((o, { eq, at: entry }) => eq(entry(o.people, 'ada').name, value)),
  'a filter': (value) => Doc.query(id, { filter: (o, { eq }) => eq(o.title, value) }),
  'a key of a query': (value) => Doc.query({ id: value }),
  'set of an update': (value) => Doc.update(id, { set: { title: value } }),
  set: (value) => applied((o, { set }) => [set(o.title, value)]),
  'set of a path': (value) => applied((o, { set }) => [set(o.address.city, value)]),
  'set in a list': (value) => applied((o, { set, at: position }) => [set(position(o.lines, 0).sku, value)]),
  ifNotExists: (value) => applied((o, { set, ifNotExists }) => [set(o.title, ifNotExists(o.title, value))]),
  merge: (value) => applied((o, { merge }) => [merge(o.address, { city: value })]),
}

/** Slots whose value stands in a list or set. */
const memberSlots: typeof slots = {
  append: (value) => applied((o, { set, append }) => [set(o.log, append(o.log, [value]))]),
  prepend: (value) => applied((o, { set, prepend }) => [set(o.log, prepend(o.log, [value]))]),
  addTo: (value) => applied((o, { addTo }) => [addTo(o.tags, [value])]),
  deleteFrom: (value) => applied((o, { deleteFrom }) => [deleteFrom(o.tags, [value])]),
}

/** Slots of other types, where no text has a place either. */
const typedSlots: typeof slots = {
  'a number': (value) => condition((o, { eq }) => eq(o.pages, value)),
  'a size': (value) => condition((o, { gt, size }) => gt(size(o.tags), value)),
  'a date': (value) => condition((o, { gt }) => gt(o.at, value)),
  plus: (value) => applied((o, { set, plus }) => [set(o.pages, plus(o.pages, value))]),
  minus: (value) => applied((o, { set, minus }) => [set(o.pages, minus(o.pages, value))]),
  add: (value) => Doc.update(id, { add: { pages: value } }),
  'a position': (value) => condition((o, { exists, at: position }) => exists(position(o.lines, value))),
  'a type': (value) => condition((o, { type }) => type(o.pages, value)),
  'what stands for a field': (value) => condition((_, { eq }) => eq(value, 1)),
  'what stands for a condition': (value) => condition((_, { and }) => and(value)),
  'what stands for an action': (value) => applied(() => [value]),
  'what stands for a template': (value) => condition((_, { raw }) => raw(value)),
}

describe('values', () => {
  test(`${texts.length} texts in each place of a text`, () => {
    expect(new Set(texts).size).toBe(141)
    for (const [slot, request] of Object.entries({ ...slots, ...memberSlots })) {
      const benign = JSON.stringify(meaningOf(request('benign' as never).request()))
      for (const text of texts) {
        // A key has no empty components, and escapes others: that is held elsewhere.
        if (slot === 'a key of a query') continue
        const found = JSON.stringify(meaningOf(request(text as never).request()))
        expect([slot, found]).toEqual([slot, benign.replaceAll('"benign"', () => JSON.stringify(text))])
      }
    }
  })

  test('texts in places of other types', () => {
    for (const [slot, request] of Object.entries(typedSlots))
      for (const text of texts.filter((word) => word !== 'NULL'))
        expect(() => request(text as never), slot).toThrow(InputError)
  })

  test(`${operatorObjects.length} operator objects in each place`, () => {
    expect(operatorObjects).toHaveLength(33)
    for (const [slot, request] of Object.entries({ ...slots, ...memberSlots, ...typedSlots }))
      for (const object of operatorObjects) expect(() => request(object as never), slot).toThrow(InputError)
  })

  test('where any value has a place they are values', () => {
    for (const object of operatorObjects) {
      const [, found] = meaningOf(condition((o, { eq }) => eq(o.anything, object)).request())
      expect(found).toHaveLength(3)
      expect(found?.slice(0, 2)).toEqual([{ path: ['anything'] }, '='])
      const { value = {} } = found?.[2] as { readonly value?: object }
      expect(Object.keys(value)[0]).toMatch(/^[LM]$/)
      const [update] = meaningOf(applied((o, { set }) => [set(o.anything, object)]).request())
      expect(update).toHaveLength(4)
    }
  })
})

const optional = <Value extends z.ZodType>(value: () => Value) =>
  z.object(Object.fromEntries(names.map((name) => [name, value().optional()]))) as z.ZodObject<
    Record<string, z.ZodOptional<Value>>
  >

const odd = table('odd', { partitionKey: 'pk' })
const maps = {
  text: optional(() => z.string()),
  count: optional(() => z.number()),
  list: optional(() => z.array(z.string())),
  set: optional(() => z.set(z.string())),
}
const Odd = entity('Odd', {
  table: odd,
  schema: z.object({ id: z.string(), ...maps, record: z.record(z.string(), z.number()) }),
  key: { partitionKey: '{id}' },
})
const path = (...steps: readonly string[]) => ({ path: steps })
type OddCondition = NonNullable<NonNullable<Parameters<typeof Odd.delete>[1]>['condition']>
type Clause = [make: (name: string) => OddCondition, means: (name: string) => readonly unknown[]]

const clauses: Readonly<Record<string, Clause>> = {
  eq: [
    (n) =>
      (o, { eq }) =>
        eq(o.text[n]!, 'v'),
    (n) => [path('text', n), '=', { value: { S: 'v' } }],
  ],
  lt: [
    (n) =>
      (o, { lt }) =>
        lt(o.count[n]!, 1),
    (n) => [path('count', n), '<', { value: { N: '1' } }],
  ],
  'field against field': [
    (n) =>
      (o, { gt, at: entry }) =>
        gt(o.count[n]!, entry(o.record, 'x')),
    (n) => [path('count', n), '>', path('record', 'x')],
  ],
  between: [
    (n) =>
      (o, { between }) =>
        between(o.count[n]!, 1, 2),
    (n) => [path('count', n), 'BETWEEN', { value: { N: '1' } }, 'AND', { value: { N: '2' } }],
  ],
  in: [
    (n) =>
      (o, { in: isIn }) =>
        isIn(o.text[n]!, ['v']),
    (n) => [path('text', n), 'IN', '(', { value: { S: 'v' } }, ')'],
  ],
  beginsWith: [
    (n) =>
      (o, { beginsWith }) =>
        beginsWith(o.text[n]!, 'v'),
    (n) => ['begins_with', '(', path('text', n), ',', { value: { S: 'v' } }, ')'],
  ],
  contains: [
    (n) =>
      (o, { contains }) =>
        contains(o.set[n]!, 'v'),
    (n) => ['contains', '(', path('set', n), ',', { value: { S: 'v' } }, ')'],
  ],
  exists: [
    (n) =>
      (o, { exists }) =>
        exists(o.list[n]!),
    (n) => ['attribute_exists', '(', path('list', n), ')'],
  ],
  notExists: [
    (n) =>
      (o, { notExists }) =>
        notExists(o.list[n]!),
    (n) => ['attribute_not_exists', '(', path('list', n), ')'],
  ],
  type: [
    (n) =>
      (o, { type }) =>
        type(o.list[n]!, 'L'),
    (n) => ['attribute_type', '(', path('list', n), ',', { value: { S: 'L' } }, ')'],
  ],
  size: [
    (n) =>
      (o, { gt, size }) =>
        gt(size(o.set[n]!), 1),
    (n) => ['size', '(', path('set', n), ')', '>', { value: { N: '1' } }],
  ],
  'a record entry': [
    (n) =>
      (o, { eq, at: entry }) =>
        eq(entry(o.record, n), 1),
    (n) => [path('record', n), '=', { value: { N: '1' } }],
  ],
  raw: [
    (n) =>
      (o, { raw }) =>
        raw`${o.count[n]} = ${1}`,
    (n) => [path('count', n), '=', { value: { N: '1' } }],
  ],
}

type OddApply = ApplyCallback<Item<typeof Odd>>
type Action = [keyword: string, make: (name: string) => OddApply, means: (name: string) => readonly unknown[]]

const actions: Readonly<Record<string, Action>> = {
  set: [
    'SET',
    (n) =>
      (o, { set }) => [set(o.text[n]!, 'w')],
    (n) => [path('text', n), '=', { value: { S: 'w' } }],
  ],
  plus: [
    'SET',
    (n) =>
      (o, { set, plus }) => [set(o.count[n]!, plus(o.count[n]!, 1))],
    (n) => [path('count', n), '=', path('count', n), '+', { value: { N: '1' } }],
  ],
  ifNotExists: [
    'SET',
    (n) =>
      (o, { set, ifNotExists }) => [set(o.text[n]!, ifNotExists(o.text[n]!, 'w'))],
    (n) => [path('text', n), '=', 'if_not_exists', '(', path('text', n), ',', { value: { S: 'w' } }, ')'],
  ],
  append: [
    'SET',
    (n) =>
      (o, { set, append }) => [set(o.list[n]!, append(o.list[n]!, ['w']))],
    (n) => [path('list', n), '=', 'list_append', '(', path('list', n), ',', { value: { L: [{ S: 'w' }] } }, ')'],
  ],
  merge: [
    'SET',
    (n) =>
      (o, { merge }) => [merge(o.record, { [n]: 1 })],
    (n) => [path('record', n), '=', { value: { N: '1' } }],
  ],
  remove: [
    'REMOVE',
    (n) =>
      (o, { remove }) => [remove(o.text[n]!)],
    (n) => [path('text', n)],
  ],
  addTo: [
    'ADD',
    (n) =>
      (o, { addTo }) => [addTo(o.set[n]!, ['w'])],
    (n) => [path('set', n), { value: { SS: ['w'] } }],
  ],
  deleteFrom: [
    'DELETE',
    (n) =>
      (o, { deleteFrom }) => [deleteFrom(o.set[n]!, ['w'])],
    (n) => [path('set', n), { value: { SS: ['w'] } }],
  ],
}

const exists = ['(', 'attribute_exists', '(', path('pk'), ')', ')']

describe('names', () => {
  test(`${names.length} names in each clause`, () => {
    expect(new Set(names).size).toBe(49)
    for (const [clause, [make, means]] of Object.entries(clauses))
      for (const name of [...names, ...(clause === 'a record entry' ? ['__proto__'] : [])]) {
        const [, found] = meaningOf(Odd.delete({ id: 'i' }, { condition: make(name) }).request())
        expect([clause, found]).toEqual([clause, means(name)])
      }
    for (const [action, [keyword, make, means]] of Object.entries(actions))
      for (const name of names) {
        const [found] = meaningOf(Odd.update({ id: 'i' }, { apply: make(name) }).request())
        expect([action, found]).toEqual([action, [keyword, ...means(name)]])
      }
  })

  test(`${pairs.length} pairs that look alike in each pair of clauses`, () => {
    for (const [one, other] of pairs) {
      for (const [first, [make, means]] of Object.entries(clauses))
        for (const [second, [makeOther, meansOther]] of Object.entries(clauses)) {
          const both: OddCondition = (o, operators) =>
            operators.and(make(one)(o, operators), makeOther(other)(o, operators))
          const [, found] = meaningOf(Odd.delete({ id: 'i' }, { condition: both }).request())
          expect([first, second, found]).toEqual([
            first,
            second,
            ['(', ...means(one), ')', 'AND', '(', ...meansOther(other), ')'],
          ])
        }
      for (const [action, [keyword, make, means]] of Object.entries(actions)) {
        for (const [clause, [makeOther, meansOther]] of Object.entries(clauses)) {
          const [update, found] = meaningOf(
            Odd.update({ id: 'i' }, { apply: make(one), condition: makeOther(other) }).request(),
          )
          expect([action, update]).toEqual([action, [keyword, ...means(one)]])
          expect([clause, found]).toEqual([clause, [...exists, 'AND', '(', ...meansOther(other), ')']])
        }
        for (const [second, [otherKeyword, makeOther, meansOther]] of Object.entries(actions)) {
          const both: OddApply = (o, operators) => [...make(one)(o, operators), ...makeOther(other)(o, operators)]
          const [found] = meaningOf(Odd.update({ id: 'i' }, { apply: both }).request())
          const order = ['SET', 'REMOVE', 'ADD', 'DELETE']
          const parts = [[keyword, means(one)] as const, [otherKeyword, meansOther(other)] as const]
          const [[word, start], [otherWord, end]] = (
            order.indexOf(keyword) <= order.indexOf(otherKeyword) ? parts : parts.toReversed()
          ) as [(typeof parts)[0], (typeof parts)[0]]
          expect([action, second, found]).toEqual([
            action,
            second,
            [word, ...start, word === otherWord ? ',' : otherWord, ...end],
          ])
        }
      }
    }
  })
})

test('no secret gets out with an error', () => {
  const secret = 'a-secret-that-nobody-may-see'
  const attempts: (() => unknown)[] = [
    ...Object.values(typedSlots).map((request) => () => request(secret as never)),
    ...Object.values(slots).map((request) => () => request({ [secret]: secret } as never)),
    () => applied((o, { merge }) => [merge(o.home, { zip: secret }, { orCreate: {} })]),
    () =>
      condition((o, { in: isIn }) =>
        isIn(
          o.title,
          Array.from({ length: 900 }, (_, n) => secret + String(n)),
        ),
      ),
    () => condition((o, { eq }) => eq(o.title, secret.repeat(100_000))),
  ]
  for (const attempt of attempts) {
    let thrown: unknown
    try {
      attempt()
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(InputError)
    const error = thrown as InputError
    expect([error.message, error.stack, JSON.stringify(error), String(error.cause)].join()).not.toContain(secret)
  }
})
