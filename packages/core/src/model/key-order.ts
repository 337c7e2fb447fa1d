// DynamoDB's order of key values: strings and bytes by unsigned bytes, numbers by value.
import type { AttributeValue } from '../types/attribute-value.js'
import { compareDecimals } from '../values/decimal.js'

/** Negative where the first comes first. Both must be of the same type. */
export function compareKeyValues(left: AttributeValue, right: AttributeValue): number {
  if (left.S !== undefined && right.S !== undefined) return compareUtf8(left.S, right.S)
  if (left.N !== undefined && right.N !== undefined) return compareDecimals(left.N, right.N)
  if (left.B !== undefined && right.B !== undefined) return compareBytes(left.B, right.B)
  throw new TypeError('key values of different types have no order')
}

function compareUtf8(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let position = 0; position < length; position++) {
    const a = left.charCodeAt(position)
    const b = right.charCodeAt(position)
    if (a !== b) return rank(a) - rank(b)
  }
  return left.length - right.length
}

// Surrogates stand for code points above all others, though as UTF-16 units they lie below U+E000.
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length)
  for (let position = 0; position < length; position++) {
    const difference = (left[position] ?? 0) - (right[position] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
