// What a query may give for a part of the partition key instead of a value: all values, one bucket, one shard.
import { InputError } from '../errors/input-error.js'
import type { Bucket, Each, Shard } from '../types/query-key.js'
import { kindOf } from '../values/codec.js'

/** What a query gives for a component, as data. */
export type Several =
  | { readonly type: 'each' }
  | { readonly type: 'bucket'; readonly text: string }
  | { readonly type: 'shard'; readonly number: number }

const severalBrand: unique symbol = Symbol.for('keyloom.several') as never

function made(several: Several): unknown {
  return Object.freeze({ [severalBrand]: several })
}

/** What `each`, `bucket` and `shard` made; `undefined` for a plain value. */
export function severalOf(value: unknown): Several | undefined {
  if (typeof value !== 'object' || value === null || !(severalBrand in value)) return undefined
  return value[severalBrand] as Several
}

/**
 * All values of a part of the partition key that has finitely many: an enum, literals, a boolean, whole numbers between two bounds,
 * or a shard. The partitions are read at the same time and merged in the order of their sort keys.
 *
 * @example
 * ```ts
 * const paid = Order.query.byStatus({ status: each(), region: 'eu' })
 * ```
 */
export function each(): Each {
  return made({ type: 'each' }) as Each
}

/**
 * One time bucket, by its text, where a template says `{at:day}` or the like.
 *
 * @throws InputError for what is no bucket.
 * @example
 * ```ts
 * const day = bucket('2026-02-16')
 * ```
 */
export function bucket(text: string): Bucket {
  if (typeof text === 'string' && /^\d{4}(-\d{2}(-\d{2}(T\d{2})?)?)?$/.test(text))
    return made({ type: 'bucket', text }) as Bucket
  throw new InputError(
    'bucket',
    [],
    "a bucket such as '2026', '2026-02', '2026-02-16' or '2026-02-16T10'",
    kindOf(text),
  )
}

/**
 * One write shard, by its number, where a template says `{id:shard(10)}` or the like.
 *
 * @throws InputError for what is no number of a shard.
 * @example
 * ```ts
 * const third = shard(3)
 * ```
 */
export function shard(number: number): Shard {
  if (Number.isSafeInteger(number) && number >= 0) return made({ type: 'shard', number }) as Shard
  throw new InputError('shard', [], 'a whole number from 0', kindOf(number))
}
