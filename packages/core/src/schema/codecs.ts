// The codecs that Keyloom brings: values that JavaScript has and DynamoDB hasn't.
import * as z from 'zod'
import { makeCodecs } from './make-codecs.js'

/** Schemas for values that DynamoDB has no type for. */
export interface Codecs {
  /**
   * A `Date`, stored as ISO text in UTC with milliseconds (`2026-02-16T10:00:00.000Z`): one form only, so that text order is time
   * order. Years 0000 to 9999.
   */
  date(): z.ZodCodec<z.ZodString, z.ZodDate>
  /** A `Date`, stored as the number of seconds since 1970: what DynamoDB's time to live reads. A part of a second is refused. */
  epochSeconds(): z.ZodCodec<z.ZodInt, z.ZodDate>
  /** A `Date`, stored as the number of milliseconds since 1970. */
  epochMillis(): z.ZodCodec<z.ZodInt, z.ZodDate>
  /**
   * A decimal of up to 38 digits, stored as a number and held as text, which no double would hold: `'12.5'`. One text a value, so
   * `'12.50'` and `'1e3'` are refused.
   */
  decimal(): z.ZodCodec<z.ZodString, z.ZodString>
  /** Bytes. What is given is copied, a Node `Buffer` too; a `Uint8Array` is read. */
  bytes(): z.ZodType<Uint8Array, Uint8Array>
  /** Values of a schema as JSON text: one string attribute, whatever is in it. */
  json<Schema extends z.core.SomeType>(schema: Schema): z.ZodCodec<z.ZodString, Schema>
  /** Values of a schema as JSON text, compressed with zlib into bytes. Reads gzip too. */
  compressed<Schema extends z.core.SomeType>(schema: Schema): z.ZodCodec<z.ZodType<Uint8Array, Uint8Array>, Schema>
  /** Any value, with all digits of its numbers: what a double doesn't hold is read as a `bigint` or an `ExactNumber`. */
  anyExact(): z.ZodCodec<z.ZodUnknown, z.ZodUnknown>
}

/**
 * Schemas for values that DynamoDB has no type for.
 *
 * @example
 * ```ts
 * const schema = z.object({ orderId: z.string(), placedAt: codec.date(), price: codec.decimal() })
 * ```
 */
export const codec: Codecs = makeCodecs(z) as Codecs
