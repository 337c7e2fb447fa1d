// The codecs of values as JSON text, plain and compressed.
import { deflateSync, unzipSync } from 'node:zlib'
import type { AttributeValue, WireKind } from '../types/attribute-value.js'
import { bytesCodec, isBytes } from './binary.js'
import { type Codec, kindOf, makeCodec, readsAs, storedKindOf, ValueProblem } from './codec.js'
import { stringCodec } from './scalars.js'
import type { Sink } from './sink.js'

const missing: readonly WireKind[] = ['B', 'SS', 'NS', 'BS']

/** Whether a codec needs what JSON has not. Any value may need it too, but says so only when it comes. */
export function needsMoreThanJson(codec: Codec, seen: Set<Codec> = new Set()): boolean {
  if (seen.has(codec)) return false
  seen.add(codec)
  const isAny = missing.every((kind) => codec.reads.has(kind))
  if (!isAny && missing.some((kind) => codec.reads.has(kind))) return true
  const properties = [...(codec.properties?.values() ?? [])].map((property) => property.codec)
  const isNamed = codec.properties !== undefined || codec.members !== undefined
  const elements = isNamed ? [] : [codec.part?.(0), codec.part?.('')]
  const parts = [...properties, ...(codec.members ?? []), ...elements]
  return parts.some((part) => part !== undefined && needsMoreThanJson(part, seen))
}

function noJson(kind: string): never {
  throw new ValueProblem('a value that JSON has', kind)
}

/** JSON text; numbers with all their digits. */
export const jsonText: Sink<string> = {
  string: (text) => JSON.stringify(text),
  number: (text) => text,
  boolean: String,
  null: () => 'null',
  binary: () => noJson('bytes'),
  stringSet: () => noJson('a set'),
  numberSet: () => noJson('a set'),
  binarySet: () => noJson('a set'),
  list: (items) => `[${items.join(',')}]`,
  map: (names, items) =>
    `{${names.map((name, position) => `${JSON.stringify(name)}:${items[position] ?? ''}`).join(',')}}`,
}

function write(inner: Codec, value: unknown): string {
  return inner.write(value, jsonText, 0) ?? noJson(kindOf(value))
}

const token = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|-?\d[\d.eE+-]*|true|false|null|[[\]{}]/g

/** A JSON text as a stored value: read as numbers, its numbers would lose digits. */
function parse(text: string): AttributeValue {
  try {
    JSON.parse(text)
  } catch {
    throw new ValueProblem('JSON', 'another text')
  }
  // What it was is valid, and so is what it becomes: each token is replaced by itself and its type.
  const typed = text.replace(token, (found, string: string | undefined, colon: string | undefined) => {
    if (string !== undefined) return colon === undefined ? `{"S":${string}}` : found
    if (found === '[') return '{"L":['
    if (found === '{') return '{"M":{'
    if (found === ']' || found === '}') return `${found}}`
    if (found === 'null') return '{"NULL":true}'
    return found === 'true' || found === 'false' ? `{"BOOL":${found}}` : `{"N":"${found}"}`
  })
  return JSON.parse(typed) as AttributeValue
}

/** Another codec's values as JSON text, as S. */
export function jsonCodec(inner: Codec): Codec {
  return makeCodec(
    {
      accepts: inner.accepts,
      write: (value, sink) => sink.string(write(inner, value)),
      decode: (stored) => inner.decode(parse(stringCodec.decode(stored) as string)),
    },
    { reads: readsAs('S') },
  )
}

// Forty times the largest item; a bomb of 400 KB would become a thousand times as large.
const mostBytes = 16 * 1024 * 1024

/** A text made smaller, the same bytes for the same text. Throws a `ValueProblem` if it is too large to be read back. */
export function compress(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > mostBytes) throw new ValueProblem('at most 16 MiB before compression', 'more')
  return new Uint8Array(deflateSync(bytes))
}

/** The text of bytes that were made smaller, by us or with gzip. Throws a `ValueProblem` for others. */
export function decompress(bytes: Uint8Array): string {
  try {
    const text = unzipSync(bytes, { maxOutputLength: mostBytes })
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text)
  } catch {
    throw new ValueProblem('compressed text of at most 16 MiB', 'other bytes')
  }
}

/** Another codec's values as compressed JSON text, as B. */
export function compressedCodec(inner: Codec): Codec {
  return makeCodec(
    {
      accepts: inner.accepts,
      write: (value, sink) => sink.binary(compress(write(inner, value))),
      decode(stored) {
        if (!isBytes(stored.B)) throw new ValueProblem('bytes', storedKindOf(stored))
        return inner.decode(parse(decompress(bytesCodec.decode(stored) as Uint8Array)))
      },
    },
    { reads: readsAs('B') },
  )
}
