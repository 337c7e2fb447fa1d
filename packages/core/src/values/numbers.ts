// The codecs of numbers that a double can't hold: whole ones as bigint, decimals as text.
import type { AttributeValue } from '../types/attribute-value.js'
import { type Codec, kindOf, makeCodec, readsAs, storedKindOf, ValueProblem } from './codec.js'
import { type Decimal, isStorable, parseDecimal, plainDecimal } from './decimal.js'

/** Whole numbers, as N. */
export const bigintCodec: Codec = makeCodec(
  {
    accepts: (value) => typeof value === 'bigint',
    write(value, sink) {
      if (typeof value !== 'bigint') throw new ValueProblem('a bigint', kindOf(value))
      return sink.number(bigintText(value))
    },
    decode: (stored) => wholeNumber(storedDecimal(stored)),
  },
  { reads: readsAs('N', 'bigint') },
)

// Larger ones aren't written out first: that takes time that grows with the square of their length.
const tooLarge = 10n ** 126n

/** A bigint as DynamoDB's number. */
export function bigintText(value: bigint): string {
  if (value < tooLarge && value > -tooLarge) {
    const text = value.toString()
    const decimal = parseDecimal(text)
    if (decimal !== undefined && isStorable(decimal)) return text
  }
  throw new ValueProblem('a whole number of at most 38 digits', 'one that DynamoDB can not store')
}

/** The bigint that a decimal is. */
export function wholeNumber(decimal: Decimal): bigint {
  if (decimal.digits !== '' && decimal.power < 0) throw new ValueProblem('a whole number', 'a number with a fraction')
  return BigInt(plainDecimal(decimal))
}

/** The number of a stored value. */
export function storedDecimal(stored: AttributeValue): Decimal {
  if (stored.N === undefined) throw new ValueProblem('a number', storedKindOf(stored))
  const decimal = parseDecimal(stored.N)
  // Also so that a forged exponent is never written out.
  if (decimal === undefined || !isStorable(decimal))
    throw new ValueProblem('a number of at most 38 digits', 'another text in its place')
  return decimal
}

/** Whether a text is a decimal as it will be read: one text a value. */
export function isCanonicalDecimal(text: string): boolean {
  const decimal = parseDecimal(text)
  return decimal !== undefined && isStorable(decimal) && plainDecimal(decimal) === text
}

/** Decimals of up to 38 digits as text, as N. */
export const decimalCodec: Codec = makeCodec(
  {
    accepts: (value) => typeof value === 'string',
    write(value, sink) {
      if (typeof value !== 'string') throw new ValueProblem('a decimal as a string', kindOf(value))
      // Another spelling would come back as this one.
      if (!isCanonicalDecimal(value))
        throw new ValueProblem(
          'a decimal of at most 38 digits without exponent or needless zeros, such as "12.5"',
          'another string',
        )
      return sink.number(value)
    },
    decode: (stored) => plainDecimal(storedDecimal(stored)),
  },
  { reads: readsAs('N', 'decimal') },
)
