// Whether a read gets on: a service that gives a position twice would be asked for ever.
import { compareKeyValues } from '../model/key-order.js'
import type { ReadSource } from '../operations/read-plan.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue } from '../values/codec.js'

// Cycles of up to so many pages are found at the first position that comes again.
const mostRemembered = 256

/**
 * Finds a position that was there before, in bounded memory: the last ones are remembered, and longer cycles are found by Brent's
 * algorithm (BIT 20, 1980), which holds one position and compares it with twice as many as before.
 */
export class CycleDetector {
  readonly #recent = new Set<string>()
  #anchor: string | undefined
  #steps = 0
  #power = 1

  /** Whether the position was there before. */
  isRepeated(position: string): boolean {
    if (position === this.#anchor || this.#recent.has(position)) return true
    this.#recent.add(position)
    const [oldest] = this.#recent
    if (this.#recent.size > mostRemembered && oldest !== undefined) this.#recent.delete(oldest)
    if (++this.#steps < this.#power) return false
    this.#anchor = position
    this.#steps = 0
    this.#power *= 2
    return false
  }
}

/** Follows the positions of one source: they must advance in its order, and where that doesn't tell, none may come again. */
export class Advance {
  readonly #source: ReadSource
  #last: Attributes | undefined
  #cycles = new CycleDetector()

  constructor(source: ReadSource, start: Attributes | undefined) {
    this.#source = source
    if (start !== undefined) this.isStandstill(start)
  }

  /** Whether a position can't come after those before it. */
  isStandstill(position: Attributes): boolean {
    const order = this.#last === undefined ? undefined : this.#order(this.#last, position)
    this.#last = position
    if (order !== undefined && order > 0) return true
    if (order !== undefined && order < 0) this.#cycles = new CycleDetector()
    return this.#cycles.isRepeated(textOf(this.#source, position))
  }

  #order(left: Attributes, right: Attributes): number | undefined {
    return this.#source.order === undefined ? undefined : compareRows(this.#source, left, right)
  }
}

/** The order of two rows of one source by its sort key, negative where the first comes first; 0 where that doesn't tell. */
export function compareRows({ order }: ReadSource, left: Attributes, right: Attributes): number {
  for (const { name } of order?.sortKey ?? []) {
    const a = ownValue(left, name)
    const b = ownValue(right, name)
    const found = a === undefined || b === undefined ? 0 : compareKeyValues(a, b)
    if (found !== 0) return order?.reverse === true ? -found : found
  }
  return 0
}

function textOf({ positionKinds }: ReadSource, position: Attributes): string {
  return JSON.stringify([...positionKinds.keys()].map((name) => plain(ownValue(position, name))))
}

function plain(value: AttributeValue | undefined): unknown {
  return value?.B === undefined ? value : { B: [...value.B] }
}
