import { type ApplyCallback, InputError, type Item, type Request } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import { key, Order } from '../orders.js'
import { filled } from '../expressions-of.js'
import { Doc, id } from './documents.js'
import { type DocApply, updates } from './updates.js'

function printed(apply: DocApply): string | undefined {
  const { input } = Doc.update(id, { apply }).request()
  const { UpdateExpression } = input as { readonly UpdateExpression?: string }
  return filled(input as object, UpdateExpression)
}

describe('each action prints one form', () => {
  test.each(Object.entries(updates))('%s', (_, { apply, text }) => {
    expect(printed(apply)).toBe(text)
  })

  test('a merge with orCreate is for rows that have the map, and says so', () => {
    const apply: DocApply = (o, { merge }) => [merge(o.home, { city: 'B' }, { orCreate: {} })]
    expect(Doc.update(id, { apply }).request().input).toMatchObject({
      UpdateExpression: 'SET #0.#1 = :0',
      ConditionExpression: '(attribute_exists(#2)) AND (attribute_exists(#0))',
      ExpressionAttributeNames: { '#0': 'h', '#1': 'city', '#2': 'pk' },
    })
  })

  test('apply stands beside set, add and remove', () => {
    const operation = Doc.update(id, {
      set: { title: 'a' },
      add: { pages: 1 },
      remove: ['note'],
      apply: (o, { set }) => [set(o.address.city, 'b')],
    })
    expect(operation.request().input).toMatchObject({ UpdateExpression: 'SET #0 = :0, #3.#4 = :2 REMOVE #2 ADD #1 :1' })
  })
})

// What a type checker refuses is given on purpose.
const loose = (
  apply: (o: Record<string, never>, operators: Record<string, (...input: unknown[]) => unknown>) => unknown,
) => apply as unknown as DocApply

interface Changes {
  readonly set?: object
  readonly add?: object
  readonly remove?: readonly string[]
  readonly apply: DocApply
}

describe('updates that are refused before anything is sent', () => {
  test.each<[string, DocApply, string]>([
    ['no array', loose(() => undefined), 'apply: expected an array of actions, received undefined.'],
    [
      'data for an action',
      loose(() => [{ action: 'set', path: ['title'] }]),
      'apply: expected an action made by the operators, such as set(o.name, value), received an object.',
    ],
    [
      'a computation for an action',
      loose((o, { plus }) => [plus?.(o['pages'], 1)]),
      'apply: expected an action made by the operators, such as set(o.name, value), received an object.',
    ],
    [
      'undefined',
      loose((o, { set }) => [set?.(o['title'], undefined)]),
      'apply.title: expected a value: remove() takes one away, received undefined.',
    ],
    [
      'a value of another type',
      loose((o, { set }) => [set?.(o['title'], 1)]),
      'apply.title: expected a string, received a number.',
    ],
    [
      'an operator out of JSON',
      loose((o, { set }) => [set?.(o['pages'], { $add: 1 })]),
      'apply.pages: expected a number, received an object.',
    ],
    [
      'a field of another type',
      loose((o, { set }) => [set?.(o['pages'], o['title'])]),
      'apply.pages: expected a field that is stored as N, received one that is stored as S.',
    ],
    [
      'a computation of another type',
      loose((o, { set, plus }) => [set?.(o['title'], plus?.(o['pages'], 1))]),
      'apply.title: expected a field that is stored as S, received one that is stored as N.',
    ],
    ['a value that the schema refuses', (o, { set }) => [set(o.rating, -1)], 'apply.rating: expected'],
    [
      'arithmetic on text',
      loose((o, { set, plus }) => [set?.(o['title'], plus?.(o['title'], 'x'))]),
      'apply.title: expected a field of numbers, received one that is stored as S.',
    ],
    [
      'an amount of another type',
      loose((o, { set, plus }) => [set?.(o['pages'], plus?.(o['pages'], '1'))]),
      'apply.pages: expected a number, received a string.',
    ],
    [
      'a sum of sums',
      loose((o, { set, plus }) => [set?.(o['pages'], plus?.(plus(o['pages'], 1), 1))]),
      'apply.pages: expected a value, a field or ifNotExists(): DynamoDB computes once a value, received another computation.',
    ],
    [
      'ifNotExists of itself',
      (o, { set, ifNotExists }) => [set(o.note, ifNotExists(o.note, o.note))],
      'apply.note: expected two different fields, received one field twice.',
    ],
    [
      'elements of another type',
      loose((o, { set, append }) => [set?.(o['log'], append?.(o['log'], ['a', 1]))]),
      'apply.log[1]: expected a string, received a number.',
    ],
    [
      'elements that are no array',
      loose((o, { set, append }) => [set?.(o['log'], append?.(o['log'], 'a'))]),
      'apply.log: expected an array of elements, received a string.',
    ],
    [
      'a longer tuple',
      loose((o, { set, append }) => [set?.(o['pair'], append?.(o['pair'], ['a']))]),
      'apply.pair: expected a list of any length, received a tuple.',
    ],
    [
      'members of no set',
      loose((o, { addTo }) => [addTo?.(o['pages'], [1])]),
      'apply.pages: expected a set, received one that is stored as N.',
    ],
    [
      'members of another type',
      loose((o, { addTo }) => [addTo?.(o['tags'], [1])]),
      'apply.tags: expected a string, received a number.',
    ],
    ['no members', (o, { addTo }) => [addTo(o.tags, [])], 'apply.tags: expected one member at least, received none.'],
    [
      'what must be there taken away',
      (o, { remove }) => [remove(o.title)],
      'apply.title: expected an optional attribute, received one that must be there.',
    ],
    [
      'a part that must be there taken away',
      (o, { remove }) => [remove(o.address.city)],
      'apply.address.city: expected an optional attribute, received one that must be there.',
    ],
    [
      'a part of a tuple taken away',
      (o, { remove }) => [remove(o.pair[0])],
      'apply.pair[0]: expected an optional attribute, received one that must be there.',
    ],
    [
      'the whole item',
      loose((o, { set }) => [set?.(o, {})]),
      'apply: expected one attribute, received the whole item.',
    ],
    [
      'a size',
      loose((o, { set }) => [set?.(o['nope'], 1)]),
      'apply: expected a field of the entity, received undefined.',
    ],
    [
      'the table key',
      (o, { set }) => [set(o.id, 'x')],
      'apply.id: expected no part of the table key: db.move() gives an item another key, and db.modify() changes the rest, received one.',
    ],
    [
      'a merge of nothing',
      (o, { merge }) => [merge(o.address, {})],
      'apply.address: expected something to merge, received nothing.',
    ],
    [
      'a merge of what is no map',
      loose((o, { merge }) => [merge?.(o['title'], {})]),
      'apply.title: expected a map, received one that is stored as S.',
    ],
    [
      'a merge of an unknown part',
      loose((o, { merge }) => [merge?.(o['address'], { town: 'x' })]),
      'apply.address.town: expected an attribute of the schema, received a name that it does not have.',
    ],
    [
      'a merge of undefined',
      loose((o, { merge }) => [merge?.(o['address'], { city: undefined })]),
      'apply.address.city: expected a value: remove() takes one away, received undefined.',
    ],
    [
      'orCreate that is not enough',
      (o, { merge }) => [merge(o.home, { zip: '1' }, { orCreate: {} })],
      'apply.home.city: expected a string, received undefined.',
    ],
    [
      'an empty set in a list',
      loose((o, { set, at: position }) => [set?.(position?.(o['anything'], 0), new Set())]),
      'apply.anything[0]: expected',
    ],
  ])('%s', (_, apply, message) => {
    const work = () => Doc.update(id, { apply })
    expect(work).toThrow(InputError)
    expect(work).toThrow(`Doc.update: ${message}`)
  })

  test.each<[string, Changes, string]>([
    [
      'twice in apply',
      { apply: (o, { set }) => [set(o.title, 'a'), set(o.title, 'b')] },
      'apply.title: expected one change of an attribute, received another one in apply, of title.',
    ],
    [
      'in set and apply',
      { set: { title: 'a' }, apply: (o, { set }) => [set(o.title, 'b')] },
      'apply.title: expected one change of an attribute, received another one in set, of title.',
    ],
    [
      'in add and apply',
      { add: { pages: 1 }, apply: (o, { set, plus }) => [set(o.pages, plus(o.pages, 1))] },
      'apply.pages: expected one change of an attribute, received another one in add, of pages.',
    ],
    [
      'in remove and apply',
      { remove: ['home'], apply: (o, { set }) => [set(o.home.city, 'b')] },
      'apply.home.city: expected one change of an attribute, received another one in remove, of home.',
    ],
    [
      'a part, then the whole',
      { apply: (o, { set }) => [set(o.address.city, 'a'), set(o.address, { city: 'b' })] },
      'apply.address: expected one change of an attribute, received another one in apply, of address.city.',
    ],
    [
      'two lines of one list, and the list',
      { apply: (o, { set, at, append }) => [set(at(o.lines, 0).sku, 'a'), set(o.lines, append(o.lines, []))] },
      'apply.lines: expected one change of an attribute, received another one in apply, of lines[0].sku.',
    ],
  ])('one path changed twice: %s', (_, changes, message) => {
    expect(() => Doc.update(id, changes as never)).toThrow(`Doc.update: ${message}`)
  })

  test('what lies side by side is no clash', () => {
    expect(
      Doc.update(id, {
        apply: (o, { set, remove, at }) => [
          set(at(o.lines, 0).sku, 'a'),
          set(at(o.lines, 10).sku, 'b'),
          remove(at(o.lines, 1)),
          set(o['a.b'], 'x'),
        ],
      }),
    ).toBeDefined()
  })

  test('more than 4096 bytes', () => {
    expect(() =>
      Doc.update(id, {
        apply: (o, { set, at: entry }) => Array.from({ length: 400 }, (_, n) => set(entry(o.counters, `c${n}`), n)),
      }),
    ).toThrow(
      'Doc.update: expected an expression of at most 4096 bytes, which is all that DynamoDB takes, received one of',
    )
  })
})

describe('index keys follow what apply does', () => {
  const textOf = ({ request }: { readonly request: () => Request }): string | undefined => {
    const { input } = request()
    return filled(input as object, (input as { readonly UpdateExpression?: string }).UpdateExpression)
  }

  test('a set of a whole component counts as known', () => {
    expect(textOf(Order.update(key, { apply: (o, { set }) => [set(o.status, 'paid'), set(o.region, 'us')] }))).toBe(
      'SET status = "paid", region = "us", gsi1pk = "STATUS#paid#us"',
    )
    expect(
      textOf(
        Order.update(key, { ...({ set: { region: 'us' } } as object), apply: (o, { set }) => [set(o.status, 'paid')] }),
      ),
    ).toBe('SET region = "us", status = "paid", gsi1pk = "STATUS#paid#us"')
  })

  test('a component taken away takes the key with it', () => {
    expect(textOf(Order.update(key, { apply: (o, { remove }) => [remove(o.carrier)] }))).toBe('REMOVE carrier, gsi2pk')
  })

  test('the other components must be known', () => {
    expect(() => Order.update(key, { apply: (o, { set }) => [set(o.status, 'paid')] })).toThrow(
      'Order.update: expected region too, in set or in given: the key gsi1pk is made of it, received nothing.',
    )
    expect(textOf(Order.update(key, { given: { region: 'us' }, apply: (o, { set }) => [set(o.status, 'paid')] }))).toBe(
      'SET status = "paid", gsi1pk = "STATUS#paid#us"',
    )
  })

  test.each<[string, ApplyCallback<Item<typeof Order>>]>([
    ['arithmetic', (o, { set, plus }) => [set(o.total, plus(o.total, 1))]],
    ['a copy', (o, { set }) => [set(o.carrier, o.region)]],
    ['a fallback', (o, { set, ifNotExists }) => [set(o.carrier, ifNotExists(o.carrier, 'DHL'))]],
  ])('what depends on what is stored is refused: %s', (_, apply) => {
    expect(() => Order.update(key, { apply })).toThrow(
      /expected no change in place, because the key gsi2[ps]k is made of it/,
    )
  })

  test('what no key is made of changes in any way', () => {
    expect(
      textOf(
        Order.update(key, {
          apply: (o, { set, plus, at: line }) => [set(line(o.lines, 0).quantity, plus(line(o.lines, 0).quantity, 1))],
        }),
      ),
    ).toBe('SET lines[0].quantity = lines[0].quantity + "1"')
  })
})
