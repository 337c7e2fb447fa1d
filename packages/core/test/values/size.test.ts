import { expect, test } from 'vitest'
import { rowSize } from '../../src/values/size.js'

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
test.each([
  ['text', { a: { S: 'xyz' } }, 4],
  ['text of several bytes, in names too', { ä: { S: '€😀' } }, 9],
  ['numbers', { a: { N: '1' }, b: { N: '-123' }, c: { N: '1200.00' }, d: { N: '0' }, e: { N: '1.5E+30' } }, 15],
  ['bytes', { a: { B: Uint8Array.of(1, 2, 3) } }, 4],
  ['flags', { a: { BOOL: true }, b: { NULL: true as const } }, 4],
  ['sets', { a: { SS: ['x', 'yz'] }, b: { NS: ['1', '22'] }, c: { BS: [Uint8Array.of(1)] } }, 11],
  ['lists', { a: { L: [{ S: 'x' }, { N: '1' }] } }, 9],
  ['maps', { a: { M: { b: { S: 'x' }, c: { M: {} } } } }, 12],
])('%s', (_, row, size) => {
  expect(rowSize(row)).toBe(size)
})
