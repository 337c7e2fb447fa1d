// Stored keys live for ever. If a test in this file fails, the format of keys has changed, and rows that are stored under the old
// one would no longer be found, or be found under another name. That can't be released, whatever it is good for: give the new
// form a new name instead.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatOf, type KeyFormat } from '../../src/model/component.js'
import { compareKeyValues } from '../../src/model/key-order.js'
import { compareDecimals } from '../../src/values/decimal.js'
import { ValueProblem } from '../../src/values/codec.js'
import { announce, numRuns, timeout } from '../cases.js'
import golden from './formats.golden.json' with { type: 'json' }

announce('formats: no inversion, read back')

function format(placeholder: string, keyFormat: KeyFormat = 'escaped') {
  const found = formatOf(placeholder.split(':').slice(1), keyFormat)
  if (found === undefined) throw new Error(`no format ${placeholder}`)
  return found
}

describe.each(Object.entries(golden))('%s', (placeholder, cases) => {
  const { write, read, isReversible, width } = format(placeholder)
  test.each(cases as [object, string][])('%j is %j, for ever', (stored, text) => {
    expect(write(stored as never)).toBe(text)
    if (width !== undefined) expect(text).toHaveLength(width)
    const [kind = '', value] = Object.entries(stored)[0] ?? []
    const back = read(text, kind)
    expect(back).toEqual(isReversible ? { [kind]: value as unknown } : undefined)
  })
})

describe('values that have no text in a key', () => {
  test.each<[string, object]>([
    ['n:04', { N: '-1' }],
    ['n:04', { N: '1.5' }],
    ['n:04', { N: '10000' }],
    ['n:04', { S: '1' }],
    ['n:+04', { N: '10000' }],
    ['n:+04', { N: '-10000' }],
    ['n:-04', { N: '-1' }],
    ['n:-04', { N: '10000' }],
    ['n:number', { S: '1' }],
    ['n:number', { N: '1e126' }],
    ['n:number', { N: '1e-131' }],
    ['n:number', { N: '1'.repeat(39) }],
    ['s', { S: '' }],
    ['s', { N: '1' }],
    ['s', { L: [] }],
    ['s:raw', { S: '' }],
    ['at:day', { S: '2026-02-16T10:00:00+01:00' }],
    ['at:day', { S: '16.02.2026' }],
    ['at:hour', { S: '2026-02-16' }],
    ['at:day', { N: '1771236000' }],
  ])('%s: %j', (placeholder, stored) => {
    expect(() => format(placeholder).write(stored as never)).toThrow(ValueProblem)
  })
})

describe('texts that no value has', () => {
  test.each([
    ['n:04', '12345'],
    ['n:04', '12a4'],
    ['n:+04', '29999'],
    ['n:+04', '00000'],
    ['n:number', '6500'],
    ['n:number', '650110'],
    ['n:number', '4501a~'],
    ['n:number', '4498~'],
    ['n:number', ''],
    ['n:raw', '1.50'],
    ['n:raw', '01'],
    ['n:raw', '1e5'],
    ['n:raw', '-0'],
    ['s', 'a b'],
    ['s', 'a$2'],
    ['s', 'a$25'],
    ['s', 'a$2F'],
    ['s', ''],
  ])('%s: %j', (placeholder, text) => {
    expect(format(placeholder).read(text, placeholder.startsWith('n') ? 'N' : 'S')).toBeUndefined()
  })
})

test.each([
  'n:4',
  'n:00',
  'n:039',
  'n:010:number',
  's:shard(1)',
  's:shard(0)',
  's:shard',
  's:shard(10):lower',
  's:week',
  's:raw:lower',
  's:toString',
  's:',
])('{%s} is no format', (placeholder) => {
  expect(formatOf(placeholder.split(':').slice(1), 'escaped')).toBeUndefined()
})

test('raw as the default, and escaped against it', () => {
  expect(format('s', 'raw').write({ S: 'a #' })).toBe('a #')
  expect(format('s:escaped', 'raw').write({ S: 'a #' })).toBe('a$20$23')
  expect(format('s:upper', 'raw').write({ S: 'a #' })).toBe('A #')
})

const digits = fc.stringMatching(/^[1-9]\d{0,37}$/)
const number = fc
  .tuple(fc.constantFrom('', '-'), digits, fc.integer({ min: -130, max: 85 }))
  .map(([sign, text, power]) => `${sign}${text}e${power}`)
  .filter((text) => {
    const [, found = '', power = ''] = /^-?(\d+)e(-?\d+)$/.exec(text) ?? []
    const exponent = found.length - 1 + Number(power)
    return exponent >= -130 && exponent <= 125
  })

test('numbers of any size sort as they do by value, and come back', { timeout }, () => {
  const { write, read } = format('n:number')
  fc.assert(
    fc.property(fc.oneof(number, fc.constant('0')), fc.oneof(number, fc.constant('0')), (left, right) => {
      const order = Math.sign(compareKeyValues({ S: write({ N: left }) }, { S: write({ N: right }) }))
      expect(order).toBe(Math.sign(compareDecimals(left, right)))
      expect(compareDecimals(read(write({ N: left }), 'N')?.N ?? '', left)).toBe(0)
    }),
    { numRuns: 2 * numRuns },
  )
})

test.each([
  ['n:010', 0, 9_999_999_999, 1],
  ['n:+010', -9_999_999_999, 9_999_999_999, 1],
  ['n:-010', 0, 9_999_999_999, -1],
])('%s sorts as numbers do, and comes back', { timeout }, (placeholder, min, max, direction) => {
  const { write, read } = format(placeholder)
  const whole = fc.integer({ min, max })
  fc.assert(
    fc.property(whole, whole, (left, right) => {
      const order = compareKeyValues({ S: write({ N: String(left) }) }, { S: write({ N: String(right) }) })
      expect(Math.sign(order)).toBe(Math.sign(left - right) * direction || 0)
      expect(read(write({ N: String(left) }), 'N')).toEqual({ N: String(left) })
    }),
    { numRuns },
  )
})

test('an escaped text comes back', { timeout }, () => {
  const { write, read } = format('s')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      fc.pre(!/\p{Surrogate}/u.test(text))
      expect(read(write({ S: text }), 'S')).toEqual({ S: text })
    }),
    { numRuns },
  )
})
