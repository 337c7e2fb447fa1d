import { expect, test } from 'vitest'
import { type Call, isLinearizable } from './linearizable.js'

interface Op {
  readonly write?: string
  readonly read?: string
}

const check = (...calls: [began: number, ended: number, op: Op][]) =>
  isLinearizable<string, Op>(
    calls.map(([began, ended, op]): Call<Op> => ({ began, ended, op })),
    '',
    (state, { write, read }) => {
      if (write !== undefined) return { state: write }
      return read === state ? { state } : undefined
    },
  )

test('one after the other', () => {
  expect(check([0, 1, { write: 'a' }], [2, 3, { read: 'a' }])).toBe(true)
  expect(check([0, 1, { write: 'a' }], [2, 3, { read: '' }])).toBe(false)
})

test('at the same time, either order', () => {
  expect(check([0, 9, { write: 'a' }], [1, 2, { read: '' }], [3, 4, { read: 'a' }])).toBe(true)
  expect(check([0, 9, { write: 'a' }], [1, 2, { read: 'a' }], [3, 4, { read: '' }])).toBe(false)
})

test('a lost answer: applied at any time, or never, but not twice', () => {
  const lost = Infinity
  expect(check([0, lost, { write: 'a' }], [1, 2, { read: '' }], [3, 4, { read: 'a' }])).toBe(true)
  expect(check([0, lost, { write: 'a' }], [1, 2, { read: '' }])).toBe(true)
  expect(check([5, lost, { write: 'a' }], [1, 2, { read: 'a' }])).toBe(false)
  expect(check([0, lost, { write: 'a' }], [1, 2, { read: 'a' }], [3, 4, { write: 'b' }], [5, 6, { read: 'a' }])).toBe(
    false,
  )
})
