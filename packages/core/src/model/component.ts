// The text of one key component. Stored keys live for ever: no rule in this file can change.
import type { AttributeValue } from '../types/attribute-value.js'
import { storedKindOf, ValueProblem } from '../values/codec.js'
import { canonicalDecimal } from '../values/decimal.js'

/** How a placeholder writes its attribute's stored value into a key. */
export interface Format {
  write(stored: AttributeValue): string
  /** Every text has the same length, so that whatever follows is told apart without a delimiter. */
  readonly fixedWidth: boolean
}

/**
 * Characters U+0000 to U+0024 become `$` and two hex digits. What stays is above `$`, what was replaced begins with it, and the
 * delimiter `#` is below both: so the text is injective, keeps its order, and no component is a prefix of another.
 */
export function escapeComponent(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are the point
  return text.replace(/[\u0000-\u0024]/g, (character) => `$${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** Strings as they are, escaped; booleans as `true` and `false`. */
export const plain: Format = {
  fixedWidth: false,
  write(stored) {
    if (stored.BOOL !== undefined) return String(stored.BOOL)
    if (stored.S === undefined) throw new ValueProblem('a string or a boolean', storedKindOf(stored))
    if (stored.S === '') throw new ValueProblem('a text that is not empty: it is part of a key', 'an empty string')
    return escapeComponent(stored.S)
  },
}

/** `{n:010}`: a whole number of at least 0, with zeros before it up to a fixed width. */
export function padded(width: number): Format {
  return {
    fixedWidth: true,
    write(stored) {
      const expected = `a whole number from 0 of at most ${width} digits: it is part of a key`
      const digits = wholeDigits(stored)
      if (digits === undefined) throw new ValueProblem(expected, 'a number that is none')
      if (digits.length > width) throw new ValueProblem(expected, 'a larger number')
      return digits.padStart(width, '0')
    },
  }
}

/** The digits of a whole, non-negative number, however it was written: 1e21 too. */
function wholeDigits(stored: AttributeValue): string | undefined {
  if (stored.N === undefined) throw new ValueProblem('a number', storedKindOf(stored))
  const match = /^(?:(0)|(\d+)e(\d+))$/.exec(canonicalDecimal(stored.N) ?? '')
  if (match === null) return undefined
  const [, zero, digits = '', power = '0'] = match
  return zero ?? digits + '0'.repeat(Number(power))
}

/** The format that a placeholder names, `undefined` if there is none of that name. */
export function formatNamed(name: string): Format | undefined {
  const width = /^0(\d{1,2})$/.exec(name)?.[1]
  return width === undefined || Number(width) === 0 || Number(width) > 38 ? undefined : padded(Number(width))
}
