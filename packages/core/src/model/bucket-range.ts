// The time buckets that a range touches.
import type { AttributeValue } from '../types/attribute-value.js'
import { type Codec, kindOf, problemAt, rethrowAt, ValueProblem } from '../values/codec.js'
import { compareKeyValues } from './key-order.js'
import { type Component, writeComponent } from './key-template.js'
import type { Model } from './model.js'
import { type Bound, boundsOf } from './range.js'
import { allBuckets, bucketOfText, bucketText, startOfBucket } from './time-buckets.js'

/** The buckets of a range, one after the other. */
export interface BucketRange {
  /** The component whose buckets they are. */
  readonly name: string
  readonly count: number
  /** The text of a bucket, counted from the first. */
  text(position: number): string
}

/** The buckets between both ends of a range, or so many from one. Throws `ValueProblem`. */
export function compileBucketRange(
  model: Model,
  component: Component,
  range: unknown,
  maxBuckets: number | undefined,
): BucketRange {
  const { name, format } = component
  const unit = format.bucket ?? ''
  const { lower, upper, prefix } = boundsOf(range) ?? {}
  const codec = model.components.get(name)?.codec
  if (codec === undefined || prefix !== undefined)
    throw problemAt(name, 'a range of times, or bucket()', prefix === undefined ? kindOf(range) : 'a prefix')
  const ends = [lower, upper].map((bound) => bound && endOf(component, codec, bound))
  const [from, to] = ends
  if (from !== undefined && to !== undefined) {
    const order = compareKeyValues(from.value, to.value)
    if (order > 0 || (order === 0 && !(lower?.inclusive === true && upper?.inclusive === true)))
      throw problemAt(name, 'a range whose first bound is not greater than its second', 'reversed bounds')
  } else if (maxBuckets === undefined)
    throw problemAt(name, 'both ends of the range, or maxBuckets: each bucket is a request at least', 'one end')
  const most = allBuckets(unit)
  const length = (maxBuckets ?? Infinity) - 1
  const first = from === undefined ? Math.max(most.first, last(to, unit) - length) : begins(from, unit)
  const end = to === undefined ? Math.min(most.last, first + length) : last(to, unit)
  // Between two neighbours that are both excluded there may be nothing: one bucket is read all the same.
  const count = Math.max(1, end - first + 1)
  if (count > length + 1) throw problemAt(name, `a range over ${length + 1} buckets at most (maxBuckets)`, 'more')
  return { name, count, text: (position) => bucketText(unit, first + position) }
}

interface End {
  readonly value: AttributeValue
  readonly bucket: number
  readonly inclusive: boolean
  /** Whether times are moments, of which the first and the last of a bucket are known, and no texts. */
  readonly isDate: boolean
}

function endOf(component: Component, codec: Codec, { value, inclusive }: Bound): End {
  const { name, format } = component
  try {
    const encoded = (codec.unchecked ?? codec).encode(value)
    if (encoded === undefined) throw new ValueProblem('a time', kindOf(value))
    const { number } = bucketOfText(format.bucket ?? '', writeComponent(component, encoded))
    return { value: encoded, bucket: number, inclusive, isDate: codec.decode(encoded) instanceof Date }
  } catch (error) {
    rethrowAt(error, name)
  }
}

/** An end that is excluded and is the last moment of its bucket leaves nothing of it. */
function begins({ value, bucket, inclusive, isDate }: End, unit: string): number {
  if (inclusive || !isDate || bucket === allBuckets(unit).last) return bucket
  const next = Date.parse(startOfBucket(unit, bucket + 1))
  return Date.parse(value.S ?? '') === next - 1 ? bucket + 1 : bucket
}

function last(end: End | undefined, unit: string): number {
  if (end === undefined) return 0
  const { value, bucket, inclusive, isDate } = end
  const start = isDate ? startOfBucket(unit, bucket) : bucketText(unit, bucket)
  return !inclusive && value.S === start ? bucket - 1 : bucket
}
