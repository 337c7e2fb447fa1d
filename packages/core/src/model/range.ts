// Ranges over one component of a sort key.
import { InputError } from '../errors/input-error.js'
import type { Comparable } from '../types/condition.js'
import type { Range } from '../types/query-key.js'

/** One end of a range. */
export interface Bound {
  readonly value: unknown
  readonly inclusive: boolean
}

/** A range as data: bounds, or a prefix. */
export interface RangeBounds {
  readonly lower?: Bound
  readonly upper?: Bound
  readonly prefix?: string
}

const rangeBrand: unique symbol = Symbol.for('keyloom.range') as never

function made<Value>(bounds: RangeBounds): Range<Value> {
  return Object.freeze({ [rangeBrand]: bounds }) as unknown as Range<Value>
}

/** The bounds of a range; `undefined` for a plain value. */
export function boundsOf(value: unknown): RangeBounds | undefined {
  if (typeof value !== 'object' || value === null || !(rangeBrand in value)) return undefined
  return value[rangeBrand] as RangeBounds
}

/** From one value to another, both included. */
export function between<Value extends Comparable>(from: Value, to: Value): Range<Value> {
  return made({ lower: { value: from, inclusive: true }, upper: { value: to, inclusive: true } })
}

/** Greater than the value. */
export function gt<Value extends Comparable>(value: Value): Range<Value> {
  return made({ lower: { value, inclusive: false } })
}

/** Greater than the value or equal to it. */
export function gte<Value extends Comparable>(value: Value): Range<Value> {
  return made({ lower: { value, inclusive: true } })
}

/** Less than the value. */
export function lt<Value extends Comparable>(value: Value): Range<Value> {
  return made({ upper: { value, inclusive: false } })
}

/** Less than the value or equal to it. */
export function lte<Value extends Comparable>(value: Value): Range<Value> {
  return made({ upper: { value, inclusive: true } })
}

/** Text that begins with the prefix. */
export function beginsWith(prefix: string): Range<string> {
  return made({ prefix })
}

/** What `range` takes: a lower bound, an upper bound, or one of each. */
export interface RangeOptions<Value extends Comparable> {
  readonly gt?: Value
  readonly gte?: Value
  readonly lt?: Value
  readonly lte?: Value
}

/** Between two bounds, each included or not: `range({ gte: monday, lt: friday })`. */
export function range<Value extends Comparable>(bounds: RangeOptions<Value>): Range<Value> {
  for (const [name, value] of Object.entries(bounds))
    if (value === undefined)
      throw new InputError('range', [name], 'a value: a vanished bound would widen it', 'undefined')
  const lower = oneOf(bounds.gte, bounds.gt)
  const upper = oneOf(bounds.lte, bounds.lt)
  if (lower === undefined && upper === undefined)
    throw new InputError('range', [], 'a lower or an upper bound', 'neither')
  return made({ ...(lower && { lower }), ...(upper && { upper }) })
}

function oneOf(closed: unknown, open: unknown): Bound | undefined {
  if (closed !== undefined && open !== undefined)
    throw new InputError('range', [], 'one lower and one upper bound at most', 'two of one side')
  if (closed !== undefined) return { value: closed, inclusive: true }
  return open === undefined ? undefined : { value: open, inclusive: false }
}
