// Numbers as text that sorts as they do. Stored keys live for ever: no rule in this file can change.
import type { AttributeValue } from '../types/attribute-value.js'
import { storedKindOf, ValueProblem } from '../values/codec.js'
import { canonicalDecimal } from '../values/decimal.js'
import { type Alphabet, decimalCharacters, digits, sortableDigits } from './alphabet.js'

/** A number as text and back. */
export interface NumberFormat {
  readonly write: (stored: AttributeValue) => string
  /** The number of a text that `write` made; `undefined` for any other text. */
  readonly read: (text: string) => AttributeValue | undefined
  /** Whether the greatest number has the least text. */
  readonly descends?: boolean
  /** How many characters every text has, where that is fixed. */
  readonly width?: number
  /** What a text consists of. */
  readonly alphabet: Alphabet
}

/** `{n:010}`: a whole number from 0, with zeros before it. */
export function padded(width: number): NumberFormat {
  return whole(width, 0n, 10n ** BigInt(width) - 1n, {
    write: (value) => digitsOf(value, width),
    read: (text) => BigInt(text),
  })
}

/** `{n:-010}`: the same, the greatest first. */
export function descending(width: number): NumberFormat {
  const last = 10n ** BigInt(width) - 1n
  const format = whole(width, 0n, last, {
    write: (value) => digitsOf(last - value, width),
    read: (text) => last - BigInt(text),
  })
  return { ...format, descends: true }
}

/** `{n:+010}`: a whole number of either sign: `1` before those from 0, `0` before the others. */
export function signed(width: number): NumberFormat {
  const limit = 10n ** BigInt(width)
  const format = whole(width + 1, 1n - limit, limit - 1n, {
    write: (value) => (value < 0n ? `0${digitsOf(limit + value, width)}` : `1${digitsOf(value, width)}`),
    read: (text) => BigInt(text.slice(1)) - (text.startsWith('0') ? limit : 0n),
  })
  return { ...format, read: (text) => (/^0{2,}$|^[2-9]/.test(text) ? undefined : format.read(text)) }
}

interface Digits {
  readonly write: (value: bigint) => string
  readonly read: (text: string) => bigint
}

function whole(width: number, least: bigint, most: bigint, { write, read }: Digits): NumberFormat {
  const pattern = new RegExp(`^\\d{${width}}$`)
  const expected = `a whole number from ${least} to ${most}: it is part of a key`
  return {
    width,
    alphabet: digits,
    write(stored) {
      const value = wholeOf(stored)
      if (value === undefined) throw new ValueProblem(expected, 'a number that is not whole')
      if (value < least || value > most) throw new ValueProblem(expected, 'a number outside of it')
      return write(value)
    },
    read: (text) => (pattern.test(text) ? { N: String(read(text)) } : undefined),
  }
}

function digitsOf(value: bigint, width: number): string {
  return String(value).padStart(width, '0')
}

interface Decimal {
  readonly sign: '' | '-'
  readonly digits: string
  readonly power: number
}

/** Sign, digits without outer zeros, and the power of ten of the last digit; `undefined` for zero. */
function decimalOf(stored: AttributeValue): Decimal | undefined {
  if (stored.N === undefined) throw new ValueProblem('a number', storedKindOf(stored))
  const match = /^(-?)(\d+)e(-?\d+)$/.exec(canonicalDecimal(stored.N) ?? '')
  if (match === null) return undefined
  const [, sign, digits = '', power] = match
  return { sign: sign === '-' ? '-' : '', digits, power: Number(power) }
}

function wholeOf(stored: AttributeValue): bigint | undefined {
  const decimal = decimalOf(stored)
  if (decimal === undefined) return 0n
  const { sign, digits: found, power } = decimal
  return power < 0 ? undefined : BigInt(`${sign}${found}${'0'.repeat(power)}`)
}

function plainText({ sign, digits, power }: Decimal): string {
  if (power >= 0) return `${sign}${digits}${'0'.repeat(power)}`
  const filled = digits.padStart(1 - power, '0')
  return `${sign}${filled.slice(0, power)}.${filled.slice(power)}`
}

/** `{n:raw}`: the decimal as one writes it, without an exponent. It has no order. */
export const plainNumber: NumberFormat = {
  alphabet: decimalCharacters,
  write(stored) {
    const decimal = decimalOf(stored)
    return decimal === undefined ? '0' : plainText(decimal)
  },
  read: (text) => (/^(0|-?(?!0\d|0$)\d+|-?(0|[1-9]\d*)\.\d*[1-9])$/.test(text) ? { N: text } : undefined),
}

const exponentBias = 500

/**
 * `{n:number}`: any number that DynamoDB holds. Zero is `5`; a positive one is `6`, three digits of its exponent + 500, its digits;
 * a negative one is `4`, three digits of 999 less that, the nines' complement of its digits, and `~`, which ends it above all
 * others that begin alike. The exponent is that of the first digit: 1 is `65001`.
 */
export const sortableNumber: NumberFormat = {
  alphabet: sortableDigits,
  write(stored) {
    const decimal = decimalOf(stored)
    if (decimal === undefined) return '5'
    const { sign, digits, power } = decimal
    const exponent = digits.length - 1 + power
    if (digits.length > 38 || exponent < -130 || exponent > 125)
      throw new ValueProblem('a number that DynamoDB can store: it is part of a key', 'a number outside of it')
    if (sign === '') return `6${digitsOf(BigInt(exponent + exponentBias), 3)}${digits}`
    return `4${digitsOf(BigInt(999 - exponent - exponentBias), 3)}${complement(digits)}~`
  },
  read(text) {
    if (text === '5') return { N: '0' }
    const match = /^(?:6(\d{3})(\d*[1-9])|4(\d{3})(\d*[0-8])~)$/.exec(text)
    if (match === null) return undefined
    const [, positive, digits, negative = '', complemented = ''] = match
    const found = digits ?? complement(complemented)
    const exponent = (positive === undefined ? 999 - Number(negative) : Number(positive)) - exponentBias
    if (found.startsWith('0') || found.length > 38) return undefined
    return {
      N: plainText({ sign: digits === undefined ? '-' : '', digits: found, power: exponent - found.length + 1 }),
    }
  },
}

function complement(digits: string): string {
  return digits.replace(/\d/g, (digit) => String(9 - Number(digit)))
}
