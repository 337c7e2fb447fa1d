import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalDecimal, compareDecimals } from '../../src/values/decimal.js'

describe('canonicalDecimal', () => {
  test.each([
    ['0', '0'],
    ['-0.00', '0'],
    ['100', '1e2'],
    ['1e2', '1e2'],
    ['0.0100', '1e-2'],
    ['-12.50', '-125e-1'],
    ['+7', '7e0'],
    ['1000000000000000000000', '1e21'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalDecimal(text)).toBe(canonical)
  })

  test.each(['', '.', '-', 'e5', '1e', '0x10', 'NaN', '1,5', ' 1'])('%j is no decimal', (text) => {
    expect(canonicalDecimal(text)).toBeUndefined()
  })
})

test('decimals compare as their numbers do', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(finite, finite, (left, right) => {
      expect(Math.sign(compareDecimals(String(left), String(right)))).toBe(
        Math.sign(left === right ? 0 : left - right) || 0,
      )
    }),
  )
})

test('decimals beyond a double keep their order', () => {
  const digits = '12345678901234567890123456789012345678'
  expect(compareDecimals(digits, `${digits.slice(0, -1)}9`)).toBeLessThan(0)
  expect(compareDecimals(`-${digits}`, `-${digits.slice(0, -1)}9`)).toBeGreaterThan(0)
})
