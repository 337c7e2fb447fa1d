// How a placeholder writes its attribute into a key, and reads it back. Stored keys live for ever: no rule here can change.
import type { AttributeValue } from '../types/attribute-value.js'
import { ownValue, storedKindOf, ValueProblem } from '../values/codec.js'
import { type Alphabet, anyCharacter, digits, escapedCharacters, timeCharacters } from './alphabet.js'
import { descending, type NumberFormat, padded, plainNumber, signed, sortableNumber } from './number-formats.js'
import { bucketWidth, folds, shardOf, shardWidth, timeBucket } from './text-formats.js'

/** Whether components are escaped, so that no text can be taken for another, or stand as they are, for keys already written. */
export type KeyFormat = 'escaped' | 'raw'

/** The text of one component. */
export interface Format {
  /** Throws a `ValueProblem` for a value that has no text in a key. */
  readonly write: (stored: AttributeValue) => string
  /** The stored value of a text; `undefined` where `write` did not make it, or lost too much to read it back. */
  readonly read: (text: string, kind: string) => AttributeValue | undefined
  /** The text that the texts of all values with this prefix begin with; `undefined` where prefixes have no meaning. */
  readonly prefix?: (prefix: string) => string
  /** The kinds of stored values that it takes. */
  readonly kinds: readonly string[]
  /** How many characters every text has, where that is fixed: what follows needs no delimiter. */
  readonly width: number | undefined
  /** The kinds whose texts sort as values do; a range over others would find the wrong rows. */
  readonly orderedKinds: readonly string[]
  /** Whether the text stands as it is: it may then contain what a template uses as a delimiter. */
  readonly isRaw: boolean
  /** Whether `read` gives back what was written. */
  readonly isReversible: boolean
  /** What a text consists of. */
  readonly alphabet: Alphabet
  /** Whether the greatest value has the least text. */
  readonly descends?: boolean | undefined
  /** What time its texts are buckets of, if they are. */
  readonly bucket?: string | undefined
  /** How many write shards its texts number, if they do. */
  readonly shards?: number | undefined
}

/**
 * Characters U+0000 to U+0024 become `$` and two hex digits. What stays is above `$`, what was replaced begins with it, and the
 * delimiter `#` is below both: so the text is injective, keeps its order, and no component is a prefix of another.
 */
export function escapeComponent(text: string): string {
  for (let position = 0; position < text.length; position++)
    if (text.charCodeAt(position) <= 0x24) return Array.from(text, escaped).join('')
  // Most texts: as they are, for a tenth of what replacing costs.
  return text
}

function escaped(character: string): string {
  const code = character.charCodeAt(0)
  return code <= 0x24 ? `$${code.toString(16).padStart(2, '0')}` : character
}

/** The text that was escaped; `undefined` for what `escapeComponent` does not make. */
export function unescapeComponent(text: string): string | undefined {
  const plain = text.replace(/\$([01][0-9a-f]|2[0-4])/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
  return escapeComponent(plain) === text ? plain : undefined
}

/** The format of a placeholder: `['city', 'upper', 'raw']` for `{city:upper:raw}`. `undefined` if one of its parts is none. */
export function formatOf(names: readonly string[], fallback: KeyFormat): Format | undefined {
  const last = names.at(-1)
  const named = last === 'raw' || last === 'escaped' ? last : undefined
  const parts = named === undefined ? names : names.slice(0, -1)
  const number = parts.length === 1 ? numberFormat(parts[0] ?? '') : undefined
  if (number !== undefined) return numeric(number)
  const text = textFormat(parts)
  return text && finished(text, named ?? fallback, named === 'raw')
}

function numberFormat(name: string): NumberFormat | undefined {
  if (name === 'number') return sortableNumber
  const [, sign, digits] = /^([+-]?)0([1-9]\d?)$/.exec(name) ?? []
  const width = Number(digits)
  if (digits === undefined || width > 38) return undefined
  if (sign === '+') return signed(width)
  return sign === '-' ? descending(width) : padded(width)
}

function numeric({ write, read, width, alphabet, descends }: NumberFormat): Format {
  return { write, read, width, alphabet, descends, kinds: ['N'], orderedKinds: ['N'], isRaw: false, isReversible: true }
}

interface TextFormat {
  readonly change: (text: string) => string
  readonly folds: boolean
  readonly width: number | undefined
  readonly isShard: boolean
  readonly bucket?: string | undefined
  readonly shards?: number
  /** What its texts consist of, where that is less than anything. */
  readonly alphabet?: Alphabet
}

const unchanged: TextFormat = {
  change: (text) => text,
  folds: false,
  width: undefined,
  isShard: false,
}

/** Composes folds, a bucket and a shard from left to right. */
function textFormat(parts: readonly string[]): TextFormat | undefined {
  let format: TextFormat | undefined = unchanged
  for (const part of parts) format = format && added(format, part)
  return format
}

function added(before: TextFormat, part: string): TextFormat | undefined {
  // Nothing is left to fold or to divide of a shard's number.
  if (before.isShard) return undefined
  const compose = (next: (text: string) => string) => (text: string) => next(before.change(text))
  const fold = ownValue(folds, part)
  if (fold !== undefined) return { ...before, change: compose(fold), folds: true, bucket: undefined }
  const bucket = timeBucket(part)
  if (bucket !== undefined)
    return {
      ...before,
      change: compose(bucket),
      folds: true,
      width: bucketWidth(part),
      alphabet: timeCharacters,
      bucket: part,
    }
  const count = Number(/^shard\(([1-9]\d{0,5})\)$/.exec(part)?.[1])
  if (!(count >= 2)) return undefined
  const change = compose(shardOf(count))
  return { change, folds: true, width: shardWidth(count), isShard: true, shards: count, alphabet: digits }
}

function finished(text: TextFormat, mode: KeyFormat, takesNumbers: boolean): Format {
  const escape = mode === 'escaped' ? escapeComponent : (raw: string) => raw
  const unescape = mode === 'escaped' ? unescapeComponent : (raw: string) => raw
  const kinds = takesNumbers || text.isShard ? ['S', 'BOOL', 'N'] : ['S', 'BOOL']
  return {
    kinds,
    width: text.width,
    // A range over buckets would be one over whole buckets, and a decimal as one writes it has no order.
    orderedKinds: text.width === undefined ? ['S', 'BOOL'] : [],
    isRaw: mode === 'raw',
    isReversible: !text.folds,
    bucket: text.bucket,
    shards: text.shards,
    alphabet: text.alphabet ?? (mode === 'escaped' ? escapedCharacters : anyCharacter),
    write: (stored) => escape(nonEmpty(text.change(storedText(stored, kinds)))),
    read(written, kind) {
      const plain = text.folds || written === '' ? undefined : unescape(written)
      return plain === undefined ? undefined : storedValue(plain, kind)
    },
    ...(text.width === undefined && { prefix: (prefix: string) => escape(text.change(prefix)) }),
  }
}

function storedText(stored: AttributeValue, kinds: readonly string[]): string {
  if (stored.BOOL !== undefined) return String(stored.BOOL)
  if (stored.N !== undefined && kinds.includes('N')) return plainNumber.write(stored)
  if (stored.S === undefined) throw new ValueProblem('a string or a boolean', storedKindOf(stored))
  return stored.S
}

function nonEmpty(text: string): string {
  if (text !== '') return text
  throw new ValueProblem('a text that is not empty: it is part of a key', 'an empty string')
}

function storedValue(text: string, kind: string): AttributeValue | undefined {
  if (kind === 'S') return { S: text }
  if (kind === 'N') return plainNumber.read(text)
  if (kind !== 'BOOL' || (text !== 'true' && text !== 'false')) return undefined
  return { BOOL: text === 'true' }
}
