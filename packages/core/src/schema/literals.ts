// The schemas of listed values, of text by a pattern, and of bytes.
import { changedCodec, type Codec, ValueProblem } from '../values/codec.js'
import { literalCodec } from '../values/literals.js'
import { stringCodec } from '../values/scalars.js'
import type { Compile } from './compiler.js'
import { SchemaProblem } from './problems.js'
import type { ZodDefinition, ZodSchema } from './zod-schema.js'

/** `z.enum()`. A numeric enum of TypeScript's has its values' names as values too. */
export const enumOf: Compile<Codec> = ({ entries = {} }) => {
  const numbers = new Set(Object.values(entries).filter((value) => typeof value === 'number'))
  const values = Object.keys(entries).flatMap((name) => (numbers.has(Number(name)) ? [] : entries[name]))
  return literalCodec([...new Set(values)])
}

export const literalOf: Compile<Codec> = ({ values = [] }) => {
  if (values.includes(undefined)) throw new SchemaProblem('DynamoDB stores no undefined', 'Use .optional()')
  return literalCodec([...new Set(values)])
}

/** `z.templateLiteral()`: its pattern is its type, so it holds for what is read too. */
export const templateOf: Compile<Codec> = (_, { _zod }) => {
  const { pattern } = _zod
  if (pattern === undefined) return stringCodec
  return changedCodec(stringCodec, {
    decode(stored) {
      const text = stringCodec.decode(stored) as string
      pattern.lastIndex = 0
      if (!pattern.test(text)) throw new ValueProblem("text of the template's form", 'another string')
      return text
    },
  })
}

const noBytes: readonly unknown[] = [
  new ArrayBuffer(0),
  new Uint16Array(0),
  '',
  0,
  {},
  [],
  null,
  undefined,
  new Date(0),
]

/** `z.instanceof(Uint8Array)`. It loses its class when a method makes another schema of it, but not what it takes. */
export function isBytesSchema({ fn }: ZodDefinition, { _zod }: ZodSchema): boolean {
  if (_zod.bag?.Class !== undefined || fn === undefined) return _zod.bag?.Class === Uint8Array
  const takes = (value: unknown): boolean => {
    try {
      return fn(value) === true
    } catch {
      return false
    }
  }
  return takes(new Uint8Array(0)) && !noBytes.some(takes)
}
