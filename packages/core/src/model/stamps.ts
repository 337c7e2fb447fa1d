// The values of managed attributes: what a write stores for its version and its times.
import type { AttributeValue } from '../types/attribute-value.js'
import { ValueProblem } from '../values/codec.js'
import type { Model } from './model.js'

/** A time as its attribute stores it; what holds whole seconds alone gets the last one. */
export function storedTime(model: Model, name: string, time: Date): AttributeValue {
  const codec = model.properties.get(name)?.codec
  const encoder = codec?.unchecked ?? codec
  let stored: AttributeValue | undefined
  try {
    stored = encoder?.encode(time)
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error
    stored = encoder?.encode(new Date(Math.floor(time.getTime() / 1000) * 1000))
  }
  if (stored === undefined) throw new Error(`no codec for ${name}`)
  return stored
}

/** The version after a stored one. Throws a `ValueProblem` for what is none. */
export function nextVersion(name: string, version: AttributeValue): AttributeValue {
  const number = Number(version.N)
  if (Number.isSafeInteger(number) && number < Number.MAX_SAFE_INTEGER) return { N: String(number + 1) }
  const problem = new ValueProblem('a whole number', 'another one')
  problem.path.push(name)
  throw problem
}

/** Whether the row was past its expiry at a time, and the entity takes it for gone then. */
export function isExpired(
  { managed, storedAs }: Model,
  row: Readonly<Record<string, AttributeValue>>,
  now: Date,
): boolean {
  if (managed.expiresAt?.hides !== true) return false
  const { name } = managed.expiresAt
  const attribute = storedAs.get(name) ?? name
  const stored = Object.hasOwn(row, attribute) ? row[attribute]?.N : undefined
  return stored !== undefined && Number(stored) <= secondsOf(now)
}

/** Whole seconds since 1970. */
export function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}
