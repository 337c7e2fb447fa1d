// What the built-in codecs convert, in plain functions: zod and zod/mini make schemas of them.
import { compress, decompress } from '../values/json.js'
import { isCanonicalDecimal } from '../values/numbers.js'
import { builtIn } from './built-in.js'

/** Where a conversion says that a value doesn't fit: zod's own payload, as far as it is used. */
interface Issues {
  readonly issues: unknown[]
}

/** Both ways of a conversion between what is stored and what the application has. */
export interface Conversion<Stored, Value> {
  decode(stored: Stored, payload: Issues): Value
  encode(value: Value, payload: Issues): Stored
}

function refuse({ issues }: Issues, expected: string, input: unknown): void {
  issues.push({ code: 'invalid_type', expected, input })
}

export const dateText: Conversion<string, Date> = {
  decode: builtIn('date', (text: string, { issues }: Issues) => {
    const value = new Date(text)
    const isCanonical = !Number.isNaN(value.getTime()) && value.toISOString() === text
    if (!isCanonical) issues.push({ code: 'invalid_format', format: 'datetime', input: text })
    return value
  }),
  encode(value, payload) {
    const text = value.toISOString()
    // Other years have a sign and six digits, and so another order.
    if (!/^\d{4}-/.test(text)) refuse(payload, 'Date in the years 0000 to 9999', value)
    return text
  },
}

function dateOfNumber(milliseconds: number, stored: number, payload: Issues): Date {
  const value = new Date(milliseconds)
  if (!Number.isInteger(stored) || Number.isNaN(value.getTime()))
    refuse(payload, 'whole number that a Date can hold', stored)
  return value
}

export const secondsNumber: Conversion<number, Date> = {
  decode: builtIn('epochSeconds', (seconds: number, payload: Issues) => dateOfNumber(seconds * 1000, seconds, payload)),
  encode(value, payload) {
    const seconds = value.getTime() / 1000
    if (!Number.isInteger(seconds)) refuse(payload, 'Date without milliseconds', value)
    return seconds
  },
}

export const millisecondsNumber: Conversion<number, Date> = {
  decode: builtIn('epochMillis', (milliseconds: number, payload: Issues) =>
    dateOfNumber(milliseconds, milliseconds, payload),
  ),
  encode: (value) => value.getTime(),
}

function canonical(text: string, payload: Issues): string {
  if (!isCanonicalDecimal(text)) refuse(payload, 'decimal of at most 38 digits, in its shortest form', text)
  return text
}

// What follows is only what zod does with these schemas by itself: a compiled schema has codecs of its own for them.

export const decimalText: Conversion<string, string> = {
  decode: builtIn('decimal', (text: string, payload: Issues) => canonical(text, payload)),
  encode: canonical,
}

export const exactValue: Conversion<unknown, unknown> = {
  decode: builtIn('anyExact', (value: unknown) => value),
  encode: (value) => value,
}

function parseJson(text: string, payload: Issues): unknown {
  try {
    return JSON.parse(text)
  } catch {
    refuse(payload, 'text in JSON', text)
    return undefined
  }
}

export const jsonText: Conversion<string, unknown> = {
  decode: builtIn('json', parseJson),
  encode: (value) => JSON.stringify(value),
}

export const compressedText: Conversion<Uint8Array, unknown> = {
  decode: builtIn('compressed', (bytes: Uint8Array, payload: Issues) => parseJson(decompress(bytes), payload)),
  encode: (value) => compress(JSON.stringify(value)),
}
