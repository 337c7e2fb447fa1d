// Decides for each request which fault it meets, and remembers what was injected.
import { hits, type Fault } from './fault.js'
import type { FaultSettings } from './fault-options.js'
import { randomFrom, type Random } from './random.js'

/** One fault that was injected. */
export interface InjectedFault {
  /** Which request it was, of all that were counted, from 1. */
  readonly request: number
  readonly operation: string
  /** Which request of this operation it was, from 1. */
  readonly nth: number
  readonly fault: Fault
  /** What became of a write that arrives late: the name of the error, or `applied`; undefined until it has arrived. */
  late?: string
}

/** One request on its way. */
export interface PlannedRequest {
  readonly operation: string
  readonly request: number
  readonly nth: number
  readonly fault: Fault | undefined
  /** A number in [0, 1) of this request's own. */
  random(text: string): number
}

/** Counts requests and hands out faults. */
export interface FaultPlan {
  /** Undefined: the operation isn't counted. */
  next(operation: string): PlannedRequest | undefined
}

/** The plan of a run: the nth request of an operation meets the same fault whatever else is going on. */
export function faultPlan(settings: FaultSettings): FaultPlan {
  const random = randomFrom(settings.seed)
  const counts = new Map<string, number>()
  let all = 0
  let hasSkewed = false
  return {
    next(operation) {
      if (!settings.operations.includes(operation)) return undefined
      const nth = (counts.get(operation) ?? 0) + 1
      counts.set(operation, nth)
      all += 1
      const request = all
      const place = `${operation}#${nth}`
      let fault = scripted(settings, operation, nth, request) ?? drawn(settings, random, operation, place)
      if (fault === 'clock-skew') {
        if (hasSkewed) fault = undefined
        hasSkewed = true
      }
      return { operation, request, nth, fault, random: (text) => random(`${place}/${text}`) }
    },
  }
}

function scripted({ script }: FaultSettings, operation: string, nth: number, request: number): Fault | undefined {
  const found = script.find((entry) =>
    entry.operation === undefined
      ? entry.nth === request && hits(entry.fault, operation)
      : entry.operation === operation && entry.nth === nth,
  )
  return found?.fault
}

function drawn(settings: FaultSettings, random: Random, operation: string, place: string): Fault | undefined {
  if (random(place) >= settings.rate) return undefined
  const possible = settings.faults.filter((fault) => hits(fault, operation))
  return possible[Math.floor(random(`${place}/fault`) * possible.length)]
}
