// The codecs that Keyloom brings: values that JavaScript has and DynamoDB hasn't.
import * as z from 'zod'
import {
  type Conversion,
  compressedText,
  dateText,
  decimalText,
  exactValue,
  firstDate,
  jsonText,
  lastDate,
  millisecondsNumber,
  secondsNumber,
} from './conversions.js'

/**
 * A `Date`, stored as ISO text in UTC with milliseconds (`2026-02-16T10:00:00.000Z`): one form only, so that text order is time
 * order. Years 0000 to 9999.
 */
function date(): z.ZodCodec<z.ZodString, z.ZodDate> {
  return z.codec(z.string(), z.date().min(firstDate).max(lastDate), dateText)
}

/** A `Date`, stored as the number of seconds since 1970: what DynamoDB's time to live reads. A part of a second is refused. */
function epochSeconds(): z.ZodCodec<z.ZodInt, z.ZodDate> {
  return z.codec(z.int(), z.date(), secondsNumber)
}

/** A `Date`, stored as the number of milliseconds since 1970. */
function epochMillis(): z.ZodCodec<z.ZodInt, z.ZodDate> {
  return z.codec(z.int(), z.date(), millisecondsNumber)
}

/**
 * A decimal of up to 38 digits, stored as a number and held as text, which no double would hold: `'12.5'`. One text a value, so
 * `'12.50'` and `'1e3'` are refused.
 */
function decimal(): z.ZodCodec<z.ZodString, z.ZodString> {
  return z.codec(z.string(), z.string(), decimalText)
}

/** Bytes. What is given is copied, a Node `Buffer` too; a `Uint8Array` is read. */
function bytes(): z.ZodType<Uint8Array, Uint8Array> {
  return z.instanceof(Uint8Array)
}

/** Values of a schema as JSON text: one string attribute, whatever is in it. */
function json<Schema extends z.core.SomeType>(schema: Schema): z.ZodCodec<z.ZodString, Schema> {
  return z.codec(z.string(), schema, jsonText as Conversion<string, z.core.input<Schema>>)
}

/** Values of a schema as JSON text, compressed with zlib into bytes. Reads gzip too. */
function compressed<Schema extends z.core.SomeType>(
  schema: Schema,
): z.ZodCodec<z.ZodType<Uint8Array, Uint8Array>, Schema> {
  return z.codec(bytes(), schema, compressedText as Conversion<Uint8Array, z.core.input<Schema>>)
}

/** Any value, with all digits of its numbers: what a double doesn't hold is read as a `bigint` or an `ExactNumber`. */
function anyExact(): z.ZodCodec<z.ZodUnknown, z.ZodUnknown> {
  return z.codec(z.unknown(), z.unknown(), exactValue)
}

/**
 * Schemas for values that DynamoDB has no type for.
 *
 * @example
 * ```ts
 * const schema = z.object({ orderId: z.string(), placedAt: codec.date(), price: codec.decimal() })
 * ```
 */
export const codec: {
  date: typeof date
  epochSeconds: typeof epochSeconds
  epochMillis: typeof epochMillis
  decimal: typeof decimal
  bytes: typeof bytes
  json: typeof json
  compressed: typeof compressed
  anyExact: typeof anyExact
} = { date, epochSeconds, epochMillis, decimal, bytes, json, compressed, anyExact }
