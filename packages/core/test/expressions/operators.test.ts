import { InputError } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import { expressionsOf, filled } from '../expressions-of.js'
import { cases, type DocCondition } from './conditions.js'
import { at, Doc, id } from './documents.js'

function printed(condition: DocCondition): string | undefined {
  const expressions = expressionsOf(Doc.delete(id, { condition }))
  return filled(expressions, expressions.ConditionExpression)
}

describe('each operator prints one form', () => {
  test.each(Object.entries(cases))('%s', (_, { condition, text }) => {
    expect(printed(condition)).toBe(text)
  })

  test('more than 100 values of in() are split, and each comes once', () => {
    const expressions = expressionsOf(
      Doc.delete(id, {
        condition: (o, { in: isIn, not }) =>
          not(
            isIn(
              o.pages,
              Array.from({ length: 250 }, (_, n) => n),
            ),
          ),
      }),
    )
    const lists = [...(expressions.ConditionExpression ?? '').matchAll(/\(#0 IN \(([^)]*)\)\)/g)].map(([, list = '']) =>
      list.split(', '),
    )
    expect(lists.map(({ length }) => length)).toEqual([100, 100, 50])
    expect(expressions.ConditionExpression).toMatch(
      /^NOT \(\(#0 IN \(.*\)\) OR \(#0 IN \(.*\)\) OR \(#0 IN \(.*\)\)\)$/,
    )
    expect(Object.values(expressions.ExpressionAttributeValues ?? {})).toEqual(
      Array.from({ length: 250 }, (_, n) => ({ N: String(n) })),
    )
  })

  test('two names that look like one path stay two', () => {
    const { ExpressionAttributeNames } = expressionsOf(
      Doc.delete(id, {
        condition: (o, { and, eq, at }) => and(eq(o['a.b'], 'x'), eq(at(o.counters, 'a.b'), 1), eq(o['#x'], 'y')),
      }),
    )
    expect(ExpressionAttributeNames).toEqual({ '#0': 'a.b', '#1': 'counters', '#2': '#x' })
  })
})

// What a type checker refuses is given on purpose.
const loose = (
  condition: (o: Record<string, never>, operators: Record<string, (...input: unknown[]) => unknown>) => unknown,
) => condition as unknown as DocCondition

describe('conditions that are refused before anything is sent', () => {
  test.each<[string, DocCondition, string]>([
    [
      'and() of nothing',
      loose((_, { and }) => and?.()),
      'condition: expected a condition for and(), received none: a vanished condition would let every write through.',
    ],
    [
      'or([]) of nothing',
      loose((_, { or }) => or?.([], [])),
      'condition: expected a condition for or(), received none: a vanished condition would let every write through.',
    ],
    [
      'a hole in a list',
      loose((o, { and, eq }) => and?.([eq?.(o['pages'], 1), undefined])),
      'condition: expected a condition made by the operators, received undefined.',
    ],
    [
      'in() of nothing',
      (o, { in: isIn }) => isIn(o.title, []),
      'condition.title: expected a value for in(), received none.',
    ],
    [
      'in() of no array',
      loose((o, { in: isIn }) => isIn?.(o['title'], 'Paths')),
      'condition.title: expected an array of values, received a string.',
    ],
    [
      'in() with a hole',
      loose((o, { in: isIn }) => isIn?.(o['title'], ['a', undefined])),
      'condition.title: expected a string, received undefined.',
    ],
    [
      'a field with itself',
      (o, { eq }) => eq(o.pages, o.pages),
      'condition.pages: expected two different fields, received one field twice.',
    ],
    [
      'in() with itself',
      (o, { in: isIn }) => isIn(o.pages, [1, o.pages]),
      'condition.pages: expected two different fields, received one field twice.',
    ],
    [
      'fields of different types',
      loose((o, { gt }) => gt?.(o['pages'], o['title'])),
      'condition.pages: expected a field that is stored as N, received one that is stored as S.',
    ],
    [
      'an order of booleans',
      loose((o, { lt }) => lt?.(o['draft'], true)),
      'condition.draft: expected a field of strings, numbers or bytes, received one that is stored as BOOL.',
    ],
    [
      'an order of null',
      loose((o, { lt }) => lt?.(o['subtitle'], null)),
      'condition.subtitle: expected a string, a number or bytes, received null.',
    ],
    [
      'a prefix of a number',
      loose((o, { beginsWith }) => beginsWith?.(o['pages'], '1')),
      'condition.pages: expected a field of strings or bytes, received one that is stored as N.',
    ],
    [
      'contains in a number',
      loose((o, { contains }) => contains?.(o['pages'], 1)),
      'condition.pages: expected a field of strings, sets or lists, received one that is stored as N.',
    ],
    [
      'a member of another type',
      loose((o, { contains }) => contains?.(o['tags'], 1)),
      'condition.tags: expected a string, received a number.',
    ],
    [
      'a type that is none',
      loose((o, { type }) => type?.(o['pages'], 'STRING')),
      'condition: expected one of S, N, B, BOOL, NULL, SS, NS, BS, L, M, received a string.',
    ],
    [
      'the size of a number',
      loose((o, { eq, size }) => eq?.(size?.(o['pages']), 1)),
      'condition.pages: expected a field of strings, bytes, sets, lists or maps, received one that is stored as N.',
    ],
    [
      'the size of a size',
      loose((o, { size }) => size?.(size(o['tags']))),
      'condition: expected a field of the entity, received the size of one.',
    ],
    [
      'whether a size is there',
      loose((o, { exists, size }) => exists?.(size?.(o['tags']))),
      'condition: expected a field of the entity, received the size of one.',
    ],
    [
      'a size compared with text',
      loose((o, { eq, size }) => eq?.(size?.(o['tags']), '1')),
      'condition.tags: expected a number, received a string.',
    ],
    [
      'a position that is none',
      (o, { exists, at }) => exists(at(o.lines, -1)),
      'condition.lines: expected a position of a list, or a name of a map, received another number.',
    ],
    [
      'a name of a list',
      loose((o, { exists, at }) => exists?.(at?.(o['lines'], 'sku'))),
      'condition.lines: expected a position of a list, or a name of a map, received a string.',
    ],
    [
      'a position beyond a tuple',
      loose((o, { exists, at }) => exists?.(at?.(o['pair'], 2))),
      'condition.pair: expected a position of a list, or a name of a map, received another number.',
    ],
    [
      'raw of a text',
      loose((_, { raw }) => raw?.('attribute_exists(pk)')),
      'condition: expected a template: raw`size(${o.tags}) > ${2}`, received a string.',
    ],
    [
      'raw of an array',
      loose((_, { raw }) => raw?.(['attribute_exists(pk)'])),
      'condition: expected a template: raw`size(${o.tags}) > ${2}`, received an array.',
    ],
    [
      'raw with a placeholder',
      (_, { raw }) => raw`#0 = :0`,
      'condition: expected fields and values in ${…}, received a placeholder in the text.',
    ],
    [
      'raw that leaves its parentheses',
      (o, { raw }) => raw`${o.pages} = ${1}) OR (${o.pages} = ${2}`,
      'condition: expected a template whose parentheses are closed, received one whose are not.',
    ],
    ['raw of nothing', (_, { raw }) => raw``, 'condition: expected a template with text, received none.'],
    [
      'raw with what is no value',
      (o, { raw }) => raw`${o.at} > ${at}`,
      'condition[1]: expected a plain object, received a Date.',
    ],
  ])('%s', (_, condition, message) => {
    const work = () => Doc.delete(id, { condition })
    expect(work).toThrow(InputError)
    expect(work).toThrow(`Doc.delete: ${message}`)
  })
})

describe("DynamoDB's limits", () => {
  const many =
    (count: number): DocCondition =>
    (o, { or, eq }) =>
      or(Array.from({ length: count }, (_, n) => eq(o.pages, n)))

  test('an expression has at most 4096 bytes', () => {
    const longest: DocCondition = (o, { or, in: isIn }) =>
      or(
        Array.from({ length: 5 }, (_, n) =>
          isIn(
            o.pages,
            Array.from({ length: 120 }, (_, k) => n * 120 + k),
          ),
        ),
      )
    expect(expressionsOf(Doc.delete(id, { condition: longest })).ConditionExpression?.length).toBeGreaterThan(3000)
    expect(() =>
      Doc.delete(id, {
        condition: (o, { in: isIn }) =>
          isIn(
            o.pages,
            Array.from({ length: 900 }, (_, n) => n),
          ),
      }),
    ).toThrow(
      'Doc.delete: condition: expected an expression of at most 4096 bytes, which is all that DynamoDB takes, received one of',
    )
  })

  test('and at most 300 operators, those that join others too', () => {
    expect(Doc.delete(id, { condition: many(150) })).toBeDefined()
    const refused =
      'Doc.delete: condition: expected at most 300 operators in an expression, which is all that DynamoDB takes, received 301.'
    expect(() => Doc.delete(id, { condition: many(151) })).toThrow(refused)
    const nots =
      (count: number): DocCondition =>
      (o, { not, eq }) =>
        Array.from({ length: count }).reduce<ReturnType<DocCondition>>((inner) => not(inner), eq(o.pages, 1))
    expect(Doc.delete(id, { condition: nots(299) })).toBeDefined()
    expect(() => Doc.delete(id, { condition: nots(300) })).toThrow(refused)
  })

  test('values have at most 2 MB in all', () => {
    expect(() => Doc.delete(id, { condition: (o, { eq }) => eq(o.title, 'x'.repeat(2 ** 21 + 1)) })).toThrow(
      'condition: expected names and values of at most 2097152 bytes in all, which is all that DynamoDB takes in expressions, received at least 2097158.',
    )
  })
})
