// The codecs of values without parts: strings, numbers, booleans, null.
import { type Codec, kindOf, makeCodec, readsAs, storedKindOf, ValueProblem } from './codec.js'
import { canonicalDecimal } from './decimal.js'

/** Whether a string holds half of a surrogate pair, which UTF-8 can't say: DynamoDB would store another string. */
export function isIllFormed(text: string): boolean {
  // Every Node that is supported has it; TypeScript's ES2023 doesn't know.
  return !(text as unknown as { isWellFormed(): boolean }).isWellFormed()
}

/** A string that can be stored as it is. */
export function wellFormed(value: unknown): string {
  if (typeof value !== 'string') throw new ValueProblem('a string', kindOf(value))
  if (isIllFormed(value)) throw new ValueProblem('well-formed text', 'a string with half a surrogate pair')
  return value
}

/** Text, as S. */
export const stringCodec: Codec = makeCodec(
  {
    accepts: (value) => typeof value === 'string',
    write: (value, sink) => sink.string(wellFormed(value)),
    decode(stored) {
      if (stored.S === undefined) throw new ValueProblem('a string', storedKindOf(stored))
      return stored.S
    },
  },
  { reads: readsAs('S', 'string') },
)

// DynamoDB's range for N: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const smallest = 1e-130
const tooLarge = 1e126

/** The double that a stored number is, `undefined` if no double holds it exactly. */
export function exactDouble(text: string): number | undefined {
  const value = Number(text)
  if (!Number.isFinite(value)) return undefined
  const shortest = String(value)
  if (shortest !== text && canonicalDecimal(shortest) !== canonicalDecimal(text)) return undefined
  // A zero with a sign would be another value than the one that was stored.
  return value === 0 ? 0 : value
}

/** Doubles, as N: only those that DynamoDB holds exactly, and only stored numbers that a double holds exactly. */
export const numberCodec: Codec = makeCodec(
  {
    accepts: (value) => typeof value === 'number',
    write(value, sink) {
      if (typeof value !== 'number') throw new ValueProblem('a number', kindOf(value))
      if (!Number.isFinite(value))
        throw new ValueProblem('a finite number', Number.isNaN(value) ? 'NaN' : 'an infinity')
      const size = Math.abs(value)
      if (size !== 0 && (size < smallest || size >= tooLarge))
        throw new ValueProblem('a number that DynamoDB can store, 1e-130 to 9.99e125', 'a number outside of it')
      // DynamoDB has no negative zero: -0 is stored as 0.
      return sink.number(String(value))
    },
    decode(stored) {
      if (stored.N === undefined) throw new ValueProblem('a number', storedKindOf(stored))
      const value = exactDouble(stored.N)
      if (value === undefined)
        throw new ValueProblem('a number that a double holds exactly', 'a number with more digits')
      return value
    },
  },
  { reads: readsAs('N', 'number') },
)

/** Booleans, as BOOL. */
export const booleanCodec: Codec = makeCodec(
  {
    accepts: (value) => typeof value === 'boolean',
    write(value, sink) {
      if (typeof value !== 'boolean') throw new ValueProblem('a boolean', kindOf(value))
      return sink.boolean(value)
    },
    decode(stored) {
      if (stored.BOOL === undefined) throw new ValueProblem('a boolean', storedKindOf(stored))
      return stored.BOOL
    },
  },
  { reads: readsAs('BOOL', 'boolean'), values: [{ BOOL: false }, { BOOL: true }] },
)

/** Null, as NULL. */
export const nullCodec: Codec = makeCodec(
  {
    accepts: (value) => value === null,
    write(value, sink) {
      if (value !== null) throw new ValueProblem('null', kindOf(value))
      return sink.null()
    },
    decode(stored) {
      if (stored.NULL === undefined) throw new ValueProblem('null', storedKindOf(stored))
      return null
    },
  },
  { reads: readsAs('NULL', 'null'), values: [{ NULL: true }] },
)
