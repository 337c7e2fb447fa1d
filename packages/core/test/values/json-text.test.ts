import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromJsonText, toJsonText } from '../../src/values/json-text.js'
import { announce, numRuns, timeout } from '../cases.js'

announce('json text: as JSON, with bytes as base64')

const text = fc.string({ unit: 'binary', maxLength: 8 })
const odd = fc.constantFrom('__proto__', 'B', 'BS', 'S', '"B":"', '\\"B\\":\\"', '\ud800', ' ', ' ', '')
const bytes = fc.uint8Array({ maxLength: 9 })
const { attribute } = fc.letrec((tie) => ({
  attribute: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(text, odd).map((S) => ({ S })),
    fc.oneof(fc.integer().map(String), text).map((N) => ({ N })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    bytes.map((B) => ({ B })),
    fc.array(bytes, { minLength: 1, maxLength: 2 }).map((BS) => ({ BS })),
    fc.array(text, { minLength: 1, maxLength: 2 }).map((SS) => ({ SS })),
    fc.array(tie('attribute'), { maxLength: 3 }).map((L) => ({ L })),
    fc.dictionary(fc.oneof(text, odd), tie('attribute'), { maxKeys: 3 }).map((M) => ({ M })),
  ),
}))

/** By the platform's own JSON. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part instanceof Uint8Array ? Buffer.from(part).toString('base64') : part,
  )

test(
  'is the JSON of the platform',
  () => {
    fc.assert(
      fc.property(attribute, (value) => {
        expect(JSON.parse(toJsonText(value))).toEqual(JSON.parse(plain(value)))
        expect(toJsonText(value)).toBe(plain(value))
      }),
      { numRuns: numRuns / 10 },
    )
  },
  timeout,
)

test(
  'comes back as it was, bytes too',
  () => {
    fc.assert(
      fc.property(fc.dictionary(text, attribute, { maxKeys: 3 }), (Item) => {
        const answer = fromJsonText(toJsonText({ Item }))
        expect(answer).toEqual({ Item })
      }),
      { numRuns: numRuns / 10 },
    )
  },
  timeout,
)

test.each<[string, unknown, string]>([
  ['what is undefined is left out', { a: undefined, b: 1 }, '{"b":1}'],
  ['a name that is the prototype', JSON.parse('{"__proto__":{"S":"x"}}'), '{"__proto__":{"S":"x"}}'],
  ['flags and numbers', { ConsistentRead: true, Limit: 5 }, '{"ConsistentRead":true,"Limit":5}'],
  ['half a surrogate pair', '\ud800', String.raw`"\ud800"`],
])('%s', (_, value, expected) => {
  expect(toJsonText(value)).toBe(expected)
})

test('a string that looks like bytes stays one', () => {
  const Item = { text: { S: '"B":"AA=="' }, B: { S: 'AA==' }, BS: { L: [{ B: new Uint8Array([0]) }] } }
  expect(fromJsonText(toJsonText({ Item }))).toEqual({ Item })
})

test('bytes that are no base64 are refused', () => {
  expect(() => fromJsonText('{"Item":{"a":{"B":"?"}}}')).toThrow(SyntaxError)
})
