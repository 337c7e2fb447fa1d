// The codecs of codecs.ts as schemas of zod/mini.
import * as z from 'zod/mini'
import { makeCodecs } from './make-codecs.js'

type StoredBytes = z.ZodMiniType<Uint8Array, Uint8Array>

/** Schemas for values that DynamoDB has no type for, as `codec` of the package's root has them. */
export interface MiniCodecs {
  date(): z.ZodMiniCodec<z.ZodMiniString, z.ZodMiniDate>
  epochSeconds(): z.ZodMiniCodec<z.ZodMiniNumberFormat, z.ZodMiniDate>
  epochMillis(): z.ZodMiniCodec<z.ZodMiniNumberFormat, z.ZodMiniDate>
  decimal(): z.ZodMiniCodec<z.ZodMiniString, z.ZodMiniString>
  bytes(): StoredBytes
  json<Schema extends z.core.SomeType>(schema: Schema): z.ZodMiniCodec<z.ZodMiniString, Schema>
  compressed<Schema extends z.core.SomeType>(schema: Schema): z.ZodMiniCodec<StoredBytes, Schema>
  anyExact(): z.ZodMiniCodec<z.ZodMiniUnknown, z.ZodMiniUnknown>
}

/**
 * The built-in codecs for definitions that are made with zod/mini.
 *
 * @example
 * ```ts
 * import { codec } from '@keyloom/core/mini'
 * import * as z from 'zod/mini'
 *
 * const schema = z.object({ orderId: z.string(), placedAt: codec.date() })
 * ```
 */
export const codec: MiniCodecs = makeCodecs(z) as MiniCodecs
