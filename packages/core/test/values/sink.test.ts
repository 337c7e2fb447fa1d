// The codecs don't know AttributeValues: another sink gets the same from them, here the text of a request.
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { codec } from '../../src/schema/codecs.js'
import { replay, type Sink } from '../../src/values/sink.js'
import { compile } from '../schema/problem.js'

const base64 = (bytes: Uint8Array) => JSON.stringify(Buffer.from(bytes).toString('base64'))
const quoted = (texts: readonly string[]) => texts.map((text) => JSON.stringify(text)).join(',')

const requestText: Sink<string> = {
  string: (text) => `{"S":${JSON.stringify(text)}}`,
  number: (text) => `{"N":"${text}"}`,
  binary: (bytes) => `{"B":${base64(bytes)}}`,
  boolean: (value) => `{"BOOL":${value}}`,
  null: () => '{"NULL":true}',
  stringSet: (texts) => `{"SS":[${quoted(texts)}]}`,
  numberSet: (texts) => `{"NS":[${quoted(texts)}]}`,
  binarySet: (members) => `{"BS":[${members.map(base64).join(',')}]}`,
  list: (items) => `{"L":[${items.join(',')}]}`,
  map: (names, items) =>
    `{"M":{${names.map((name, position) => `${JSON.stringify(name)}:${items[position]}`).join(',')}}}`,
}

const schema = z
  .object({
    s: z.string(),
    n: z.bigint(),
    b: codec.bytes(),
    flag: z.boolean(),
    nothing: z.null(),
    ss: z.set(z.string()),
    ns: z.set(codec.decimal()),
    bs: z.set(codec.bytes()),
    list: z.array(z.union([z.string(), codec.epochSeconds()])),
    record: z.record(z.string(), z.unknown()),
    id: z.string().default(() => `id${++made}`),
    absent: z.set(z.string()),
  })
  .refine(() => true)
let made = 0
const value = {
  s: '"é"',
  n: 2n ** 100n,
  b: new Uint8Array([255]),
  flag: true,
  nothing: null,
  ss: new Set(['a']),
  ns: new Set(['1.5']),
  bs: new Set([new Uint8Array([1])]),
  list: ['x', new Date(0)],
  record: JSON.parse('{"__proto__":[1,{}],"a":{"b":null}}') as unknown,
  absent: new Set(),
}

describe('request text', () => {
  test('says what the AttributeValues say', () => {
    made = 0
    const text = compile(schema).write(value, requestText, 0) ?? ''
    made = 0
    const attributes = compile(schema).encode(value)
    const inText = JSON.stringify(attributes, (_, part: unknown) =>
      part instanceof Uint8Array ? Buffer.from(part).toString('base64') : part,
    )
    expect(text).toBe(inText)
    expect(replay(attributes!, requestText)).toBe(text)
  })
})
