// The operations that a caller gives a batch or a transaction, checked one by one.
import { InputError } from '../errors/input-error.js'
import type { Path } from '../errors/path.js'
import { kindOf } from '../values/codec.js'
import { isSealed, type ItemPlan } from './plan.js'

/** The plan of an operation on one item. Throws `InputError` for anything else. */
export function planOf(operation: string, path: Path, given: unknown, expected: string): ItemPlan {
  if (isSealed(given) && 'result' in given) return given as ItemPlan
  throw new InputError(operation, path, expected, kindOf(given))
}

/** The plans of an array of operations. */
export function plansOf(operation: string, given: unknown, expected: string): readonly ItemPlan[] {
  if (!Array.isArray(given)) throw new InputError(operation, [], 'an array of operations', kindOf(given))
  // Not by map, which passes over holes.
  return Array.from(given as unknown[], (one, index) => planOf(operation, [index], one, expected))
}
