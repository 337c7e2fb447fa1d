import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeComponent, formatOf, unescapeComponent } from '../../src/model/component.js'
import { compareKeyValues } from '../../src/model/key-order.js'
import { fillTemplate, parseTemplate } from '../../src/model/key-template.js'
import { readTemplate } from '../../src/model/read-key.js'
import { ValueProblem } from '../../src/values/codec.js'
import { announce, numRuns, timeout } from '../cases.js'

announce('keys: no collision, no false prefix, no inversion, read back')

// Text that is full of what has a meaning in keys: the escape, the delimiter, their neighbours, and what UTF-16 sorts wrongly.
const troubling = fc.string({
  unit: fc.constantFrom('#', '$', '"', '!', ' ', '%', '\u0000', '2', '3', 'a', 'é', '\uffff', '\u{10ffff}', '\ue000'),
  minLength: 1,
  maxLength: 6,
})
const compareText = (left: string, right: string) => Math.sign(compareKeyValues({ S: left }, { S: right }))

describe('the escaped form of a component is frozen: rows that are stored under it can not be renamed', () => {
  test.each([
    ['plain-id_1', 'plain-id_1'],
    ['a#b', 'a$23b'],
    ['a$b', 'a$24b'],
    ['a b', 'a$20b'],
    ['"!', '$22$21'],
    ['\u0000\n', '$00$0a'],
    ['%&é\u{1f600}', '%&é\u{1f600}'],
    ['2026-02-16T10:00:00.000Z', '2026-02-16T10:00:00.000Z'],
    ['ann@example.com', 'ann@example.com'],
  ])('%j is %j', (text, escaped) => {
    expect(escapeComponent(text)).toBe(escaped)
  })
})

const pair = parseTemplate('A#{x}#{y}')
const keyOf = (x: string, y: string) => fillTemplate(pair, { x: { S: x }, y: { S: y } })

test('two keys are the same only if their components are', { timeout }, () => {
  fc.assert(
    fc.property(troubling, troubling, troubling, troubling, (a, b, c, d) => {
      expect(keyOf(a, b) === keyOf(c, d)).toBe(a === c && b === d)
    }),
    { numRuns },
  )
})

test('moving the boundary between two components makes another key', { timeout }, () => {
  const three = fc.tuple(troubling, troubling, troubling)
  fc.assert(
    fc.property(three, ([a, b, c]) => {
      expect(keyOf(a, `${b}#${c}`)).not.toBe(keyOf(`${a}#${b}`, c))
      expect(keyOf(a, `${b}$23${c}`)).not.toBe(keyOf(`${a}$23${b}`, c))
      expect(keyOf(a + b, c)).not.toBe(keyOf(a, b + c))
    }),
    { numRuns },
  )
})

test('keys sort as their components do, one after the other', { timeout }, () => {
  fc.assert(
    fc.property(troubling, troubling, troubling, troubling, (a, b, c, d) => {
      expect(compareText(keyOf(a, b), keyOf(c, d))).toBe(compareText(a, c) || compareText(b, d))
    }),
    { numRuns: 3 * numRuns },
  )
})

test('a key begins with another component only if it is that component', { timeout }, () => {
  fc.assert(
    fc.property(troubling, troubling, troubling, (a, b, c) => {
      expect(keyOf(a, b).startsWith(`A#${escapeComponent(c)}#`)).toBe(a === c)
    }),
    { numRuns },
  )
})

test('a key is read back into its components', { timeout }, () => {
  fc.assert(
    fc.property(troubling, troubling, (x, y) => {
      const texts = readTemplate(pair, keyOf(x, y)) ?? []
      expect(texts.map((text) => unescapeComponent(text))).toEqual([x, y])
    }),
    { numRuns },
  )
})

describe('padded numbers', () => {
  const write = (stored: { N: string }) => formatOf(['04'], 'escaped')!.write(stored)
  test.each([
    ['0', '0000'],
    ['7', '0007'],
    ['9999', '9999'],
    ['1e3', '1000'],
    ['12.0', '0012'],
  ])('%s is %s', (number, text) => {
    expect(write({ N: number })).toBe(text)
  })

  test.each(['-1', '1.5', '10000', '1e4'])('%s is refused', (number) => {
    expect(() => write({ N: number })).toThrow(ValueProblem)
  })

  test('sort as numbers do', () => {
    const whole = fc.nat({ max: 9999 })
    fc.assert(
      fc.property(whole, whole, (left, right) => {
        expect(compareText(write({ N: String(left) }), write({ N: String(right) }))).toBe(Math.sign(left - right))
      }),
    )
  })
})

test.each([[{ S: '' }], [{ N: '1' }], [{ L: [] }]])('%j is no component', (stored) => {
  expect(() => formatOf([], 'escaped')!.write(stored)).toThrow(ValueProblem)
})
