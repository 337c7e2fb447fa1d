// What is read is what was written: random items of random schemas. KEYLOOM_RUNS says how many; a failure prints its seed.
import { isDeepStrictEqual } from 'node:util'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { compile } from '../schema/problem.js'
import { generated, type Generated } from './generated.js'

const runs = Number(process.env['KEYLOOM_RUNS'] ?? 1000)
const firstSeed = Number(process.env['KEYLOOM_SEED'] ?? Date.now() % 2 ** 31)
console.info(`[figures] codecs: items come back: ${runs} items, KEYLOOM_SEED=${firstSeed}`)
// Each schema is tried with several of its values.
const perSchema = 10

const bytesInText = {
  to: (bytes: Uint8Array) => Buffer.from(bytes).toString('base64'),
  from: (text: string) => new Uint8Array(Buffer.from(text, 'base64')),
}

/** A stored value as it goes over the wire. */
function throughJson(stored: AttributeValue): AttributeValue {
  const text = JSON.stringify(stored, (_, part: unknown) =>
    part instanceof Uint8Array ? { bytes: bytesInText.to(part) } : part,
  )
  return revived(JSON.parse(text)) as AttributeValue
}

// A reviver of JSON.parse assigns, and would lose __proto__.
function revived(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(revived)
  if (typeof part !== 'object' || part === null) return part
  const names = Object.keys(part)
  const { bytes } = part as { bytes?: unknown }
  if (names.length === 1 && typeof bytes === 'string') return bytesInText.from(bytes)
  return Object.fromEntries(Object.entries(part).map(([name, inside]) => [name, revived(inside)]))
}

function check({ schema, value }: Generated): void {
  const compiled = compile(schema)
  for (const item of fc.sample(value, { numRuns: perSchema, seed: firstSeed })) {
    const stored = compiled.encode(item)
    expect(stored).toBeDefined()
    const same =
      isDeepStrictEqual(compiled.decode(stored!), item) &&
      isDeepStrictEqual(compiled.decode(throughJson(stored!)), item)
    if (!same) expect(compiled.decode(stored!)).toEqual(item)
    expect(same).toBe(true)
  }
}

// Not by fc.assert: the text of a schema that fails would fill the memory.
function checkAll(schemas: fc.Arbitrary<Generated>, checkOne: (made: Generated) => void, count: number): void {
  for (let run = 0; run < count; run++) {
    const [made] = fc.sample(schemas, { numRuns: 1, seed: firstSeed + run })
    try {
      checkOne(made!)
    } catch (error) {
      throw new Error(`KEYLOOM_SEED=${firstSeed + run} fails`, { cause: error })
    }
  }
}

test('items of all types, nested up to six levels', () => {
  checkAll(fc.nat({ max: 6 }).chain(generated), check, runs / perSchema)
}, 3_600_000)

test('items nested as deep as DynamoDB takes them', () => {
  // 31 levels around a string, a set or a list of strings.
  const wraps: readonly ((inner: Generated) => Generated)[] = [
    ({ schema, value }) => ({ schema: z.array(schema), value: value.map((it) => [it]) }),
    ({ schema, value }) => ({
      schema: z.object({ ['__proto__']: schema }),
      value: value.map((it) => Object.fromEntries([['__proto__', it]])),
    }),
    ({ schema, value }) => ({ schema: z.record(z.string(), schema), value: value.map((it) => ({ 'a.b': it })) }),
    ({ schema, value }) => ({ schema: z.tuple([z.null(), schema]), value: value.map((it) => [null, it]) }),
    ({ schema, value }) => ({
      schema: z.union([z.string(), z.object({ it: schema })]),
      value: value.map((it) => ({ it })),
    }),
  ]
  const deep = fc
    .tuple(fc.array(fc.constantFrom(...wraps), { minLength: 25, maxLength: 31 }), generated(0))
    .map(([around, inner]) => around.reduce((made, wrap) => wrap(made), inner))
  checkAll(deep, checkDeep, runs / perSchema / 5)
}, 3_600_000)

// The innermost schema may have levels of its own, and go too deep: then it is refused.
function checkDeep(made: Generated): void {
  try {
    check(made)
  } catch (error) {
    expect((error as { expected?: unknown }).expected).toBe('at most 32 levels of lists, maps and values')
  }
}
