import { type Condition, connect, type Field, isError } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import { cases, type DocCondition } from './conditions.js'
import { names, texts } from './hostile.js'
import type { DocApply } from './updates.js'
import { Doc, doc, library } from './documents.js'

async function stored(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(library, { tableName: 'library' }))
  const docs = connect({ client: dynamodb.client, tables: { library: name } }).for(Doc)
  await docs.put(doc)
  /** Whether a condition holds, said by a write that depends on it. */
  const holds = async (condition: DocCondition): Promise<boolean> => {
    try {
      await docs.update(doc, { set: { title: doc.title }, condition })
      return true
    } catch (error) {
      if (isError(error, 'condition-failed')) return false
      throw error
    }
  }
  return { name, docs, holds }
}

describe('each operator has its effect', () => {
  test('as a condition, and not() has the other one', async ({ dynamodb }) => {
    const { holds } = await stored(dynamodb)
    for (const [name, { condition, holds: expected }] of Object.entries(cases)) {
      expect([name, await holds(condition)]).toEqual([name, expected])
      const negated: DocCondition = (o, operators) => operators.not(condition(o, operators))
      expect([name, await holds(negated)]).toEqual([name, !expected])
    }
  })

  test('as a filter', async ({ dynamodb }) => {
    const { docs } = await stored(dynamodb)
    for (const [name, { condition, holds }] of Object.entries(cases)) {
      if (name === 'exists of the whole item') continue
      const found = await docs.query({ id: doc.id }, { filter: condition }).all()
      expect([name, found.length]).toEqual([name, holds ? 1 : 0])
    }
  })

  // The SDK can't read the answer to a failed condition on an item with this name, so that only a filter shows it.
  test('a record entry called __proto__', async ({ dynamodb }) => {
    const { docs } = await stored(dynamodb)
    await docs.put({ ...doc, counters: { ['__proto__']: 4 } })
    const found = async (value: number) =>
      (await docs.query({ id: doc.id }, { filter: (o, { eq, at }) => eq(at(o.counters, '__proto__'), value) }).all())
        .length
    expect(await found(4)).toBe(1)
    expect(await found(3)).toBe(0)
  })

  test('more than 100 values of in() are asked for as one', async ({ dynamodb }) => {
    const { holds } = await stored(dynamodb)
    const titles = Array.from({ length: 250 }, (_, n) => `T${n}`)
    expect(await holds((o, { in: isIn }) => isIn(o.title, titles))).toBe(false)
    expect(await holds((o, { in: isIn }) => isIn(o.title, [...titles, 'Paths']))).toBe(true)
  })

  test('as many operators as are taken here are taken there', async ({ dynamodb }) => {
    const { holds } = await stored(dynamodb)
    expect(await holds((o, { or, eq }) => or(Array.from({ length: 149 }, (_, n) => eq(o.pages, n))))).toBe(true)
    expect(
      await holds((o, { not, eq }) =>
        Array.from({ length: 296 }).reduce<Condition>((inner) => not(inner), eq(o.pages, 12)),
      ),
    ).toBe(true)
  })
})

describe('values and names are never syntax', () => {
  test('texts that look like it are stored, found, changed and given back', async ({ dynamodb }) => {
    const { docs } = await stored(dynamodb)
    for (const text of texts) {
      const update = { set: { title: text }, apply: ((o, { set }) => [set(o.address.city, text)]) satisfies DocApply }
      await docs.update(doc, { ...update, condition: (o, { ne, exists, or }) => or(ne(o.title, text), exists(o)) })
      const filter: DocCondition = (o, { and, eq }) => and(eq(o.title, text), eq(o.address.city, text))
      expect(await docs.query({ id: doc.id }, { filter }).all()).toHaveLength(1)
    }
  })

  test('names that look like it are names', async ({ dynamodb }) => {
    const { docs } = await stored(dynamodb)
    const all = [...names, '__proto__']
    for (const name of all)
      await docs.update(doc, { apply: (o, { set, at }) => [set(at(o.counters, name), name.length)] })
    for (const name of all) {
      const filter: DocCondition = (o, { eq, at }) => eq(at(o.counters, name), name.length)
      expect(await docs.query({ id: doc.id }, { filter }).all(), name).toHaveLength(1)
    }
    const { counters = {} } = (await docs.get(doc)) ?? {}
    expect(Object.keys(counters).toSorted()).toEqual([...new Set([...all, 'plain'])].toSorted())
    for (const name of all) expect(Object.getOwnPropertyDescriptor(counters, name)?.value).toBe(name.length)
  })
})

test('a filter made at run time from names and operators that a user chose', async ({ dynamodb }) => {
  const { docs } = await stored(dynamodb)
  const rules = JSON.parse('[["title", "eq", "Paths"], ["pages", "gte", 12]]') as [string, string, unknown][]
  const filter: DocCondition = (o, { and, eq, gte }) =>
    and(
      rules.map(([field, operator, value]) => {
        const fields = { title: o.title, pages: o.pages }
        const operators = { eq, gte }
        if (!isNameOf(fields, field) || !isNameOf(operators, operator)) throw new RangeError('not a rule')
        const compare: typeof gte = operators[operator]
        const chosen: Field<string | number> = fields[field]
        return compare(chosen, value as string | number)
      }),
    )
  expect(await docs.query({ id: doc.id }, { filter }).all()).toHaveLength(1)
})

function isNameOf<Names extends object>(names: Names, name: string): name is keyof Names & string {
  return Object.hasOwn(names, name)
}
