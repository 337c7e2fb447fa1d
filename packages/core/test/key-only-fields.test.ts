// Fields of attributes that keys alone hold: no expression names them, and the refusal says so.
import { entity, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'

const Note = entity('Note', {
  table: table('notes', { partitionKey: 'pk' }),
  schema: z.object({ userId: z.string(), text: z.string() }),
  key: { partitionKey: 'USER#{userId}' },
  keyOnly: ['userId'],
})
const key = { userId: 'u' }
const reason =
  'userId: expected an attribute of its own: no expression can name one that keys alone hold. Give it in the key, in set or in given, received one that keys alone hold.'

interface Loose {
  readonly userId: never
  readonly text: never
}
type Operators = Record<
  'eq' | 'exists' | 'beginsWith' | 'in' | 'size' | 'set',
  (...values: readonly unknown[]) => never
>

describe('a field that keys alone hold', () => {
  test.each<[string, (o: Loose, operators: Operators) => unknown]>([
    ['compared', (o, { eq }) => eq(o.userId, 'u')],
    ['compared with', (o, { eq }) => eq(o.text, o.userId)],
    ['asked for', (o, { exists }) => exists(o.userId)],
    ['by its start', (o, { beginsWith }) => beginsWith(o.userId, 'u')],
    ['in a list', (o, { in: isIn }) => isIn(o.userId, ['u'])],
    ['by its size', (o, { eq, size }) => eq(size(o.userId), 1)],
  ])('is refused in a condition: %s', (_, condition) => {
    expect(() => Note.delete(key, { condition: condition as never })).toThrow(`Note.delete: condition.${reason}`)
    expect(() => Note.query(key, { filter: condition as never })).toThrow(`Note.query: filter.${reason}`)
  })

  test('is refused in apply', () => {
    const apply = (o: Loose, { set }: Operators) => [set(o.userId, 'v')]
    expect(() => Note.update(key, { apply: apply as never })).toThrow(`Note.update: apply.${reason}`)
  })

  test('does not compile', () => {
    // @ts-expect-error keys alone hold it
    expect(() => Note.delete(key, { condition: (o, { exists }) => exists(o['userId'] as never) })).toThrow(reason)
  })
})
