// Sets of characters that key texts consist of.

/** Code points from and to, both included. */
export type Span = readonly [from: number, to: number]

/** A set of characters. */
export type Alphabet = readonly Span[]

const last = 0x10ffff

export const anyCharacter: Alphabet = [[0, last]]
/** What is left after escaping: `$`, which begins an escape, and all above it. */
export const escapedCharacters: Alphabet = [[0x24, last]]
export const digits: Alphabet = [[0x30, 0x39]]
export const sortableDigits: Alphabet = [...digits, span('~')]
export const timeCharacters: Alphabet = [...digits, span('-'), span('T')]
export const decimalCharacters: Alphabet = [...digits, span('-'), span('.')]

/** The one character of a text. */
export function span(character: string): Span {
  const point = character.codePointAt(0) ?? 0
  return [point, point]
}

/** All characters but one. */
export function allBut(character: string): Alphabet {
  const [point] = span(character)
  return [[0, point - 1] as const, [point + 1, last] as const].filter(([from, to]) => from <= to)
}

/** Whether two sets have a character in common. */
export function meet(one: Alphabet, other: Alphabet): boolean {
  return one.some(([from, to]) => other.some(([start, end]) => from <= end && start <= to))
}

/** The source of a regular expression, with the flag `u`, for one character of the set. */
export function characterClass(alphabet: Alphabet): string {
  const point = (value: number): string => `\\u{${value.toString(16)}}`
  return `[${alphabet.map(([from, to]) => `${point(from)}-${point(to)}`).join('')}]`
}
