// The codecs of values without parts: strings, numbers, booleans.
import type { AttributeValue } from '../types/attribute-value.js'
import { type Codec, kindOf, storedKindOf, ValueProblem } from './codec.js'
import { canonicalDecimal } from './decimal.js'

/** Whether a string holds half of a surrogate pair, which UTF-8 can't say: DynamoDB would store another string. */
export function isIllFormed(text: string): boolean {
  return /\p{Surrogate}/u.test(text)
}

/** Text, as S. */
export const stringCodec: Codec = {
  kind: 'S',
  encode(value) {
    if (typeof value !== 'string') throw new ValueProblem('a string', kindOf(value))
    if (isIllFormed(value)) throw new ValueProblem('well-formed text', 'a string with half a surrogate pair')
    return { S: value }
  },
  decode(stored) {
    if (stored.S === undefined) throw new ValueProblem('a string', storedKindOf(stored))
    return stored.S
  },
}

// DynamoDB's range for N: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const smallest = 1e-130
const tooLarge = 1e126

/** Doubles, as N: only those that DynamoDB holds exactly, and only stored numbers that a double holds exactly. */
export const numberCodec: Codec = {
  kind: 'N',
  encode(value) {
    if (typeof value !== 'number') throw new ValueProblem('a number', kindOf(value))
    if (!Number.isFinite(value)) throw new ValueProblem('a finite number', Number.isNaN(value) ? 'NaN' : 'an infinity')
    const size = Math.abs(value)
    if (size !== 0 && (size < smallest || size >= tooLarge))
      throw new ValueProblem('a number that DynamoDB can store, 1e-130 to 9.99e125', 'a number outside of it')
    // DynamoDB has no negative zero: -0 is stored as 0.
    return { N: String(value) }
  },
  decode(stored) {
    if (stored.N === undefined) throw new ValueProblem('a number', storedKindOf(stored))
    const value = Number(stored.N)
    if (String(value) !== stored.N && canonicalDecimal(String(value)) !== canonicalDecimal(stored.N))
      throw new ValueProblem('a number that a double holds exactly', 'a number with more digits')
    return value
  },
}

/** Booleans, as BOOL. */
export const booleanCodec: Codec = {
  kind: 'BOOL',
  encode(value) {
    if (typeof value !== 'boolean') throw new ValueProblem('a boolean', kindOf(value))
    return { BOOL: value }
  },
  decode(stored) {
    if (stored.BOOL === undefined) throw new ValueProblem('a boolean', storedKindOf(stored))
    return stored.BOOL
  },
}

/** One of a list of strings, as S. */
export function enumCodec(values: readonly string[]): Codec {
  const allowed = new Set(values)
  const expected = `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
  return {
    kind: 'S',
    encode(value) {
      if (typeof value !== 'string') throw new ValueProblem(expected, kindOf(value))
      if (!allowed.has(value)) throw new ValueProblem(expected, 'another string')
      return { S: value }
    },
    decode(stored: AttributeValue) {
      if (stored.S === undefined) throw new ValueProblem(expected, storedKindOf(stored))
      if (!allowed.has(stored.S)) throw new ValueProblem(expected, 'another string')
      return stored.S
    },
  }
}
