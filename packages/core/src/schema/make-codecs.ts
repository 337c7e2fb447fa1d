// Makes the built-in codecs out of zod's constructors: zod and zod/mini have the same, and give them other types.
import {
  compressedText,
  dateText,
  decimalText,
  exactValue,
  jsonText,
  millisecondsNumber,
  secondsNumber,
} from './conversions.js'

/** What both of zod's packages export, as far as it is used here. */
interface Zod {
  readonly codec: (stored: never, value: never, conversion: never) => unknown
  readonly string: () => unknown
  readonly int: () => unknown
  readonly date: () => unknown
  readonly unknown: () => unknown
  readonly instanceof: (constructor: typeof Uint8Array) => unknown
}

/** The built-in codecs, untyped: each package's file says what they are there. */
export function makeCodecs(z: Zod): object {
  const codec = z.codec as (stored: unknown, value: unknown, conversion: unknown) => unknown
  const bytes = (): unknown => z.instanceof(Uint8Array)
  return Object.freeze({
    date: () => codec(z.string(), z.date(), dateText),
    epochSeconds: () => codec(z.int(), z.date(), secondsNumber),
    epochMillis: () => codec(z.int(), z.date(), millisecondsNumber),
    decimal: () => codec(z.string(), z.string(), decimalText),
    bytes,
    json: (schema: unknown) => codec(z.string(), schema, jsonText),
    compressed: (schema: unknown) => codec(bytes(), schema, compressedText),
    anyExact: () => codec(z.unknown(), z.unknown(), exactValue),
  })
}
