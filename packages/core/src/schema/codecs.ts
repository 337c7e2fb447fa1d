// The codecs that Keyloom brings: values that JavaScript has and DynamoDB hasn't.
import * as z from 'zod'

/**
 * A `Date`, stored as ISO text in UTC with milliseconds (`2026-02-16T10:00:00.000Z`): one form only, so that text order is time
 * order. Years 0000 to 9999.
 */
function date(): z.ZodCodec<z.ZodString, z.ZodDate> {
  return z.codec(z.string(), z.date().min(firstDate).max(lastDate), {
    decode(text, payload) {
      const value = new Date(text)
      const canonical = !Number.isNaN(value.getTime()) && value.toISOString() === text
      if (!canonical) payload.issues.push({ code: 'invalid_format', format: 'datetime', input: text })
      return value
    },
    encode: (value) => value.toISOString(),
  })
}

// Other years have a sign and six digits in ISO text, and so another order.
const firstDate = new Date('0000-01-01T00:00:00.000Z')
const lastDate = new Date('9999-12-31T23:59:59.999Z')

/**
 * Schemas for values that DynamoDB has no type for.
 *
 * @example
 * ```ts
 * const schema = z.object({ orderId: z.string(), placedAt: codec.date() })
 * ```
 */
export const codec: { date: typeof date } = { date }
