// What requests have consumed, in capacity units.
import type { RecordedRequest } from '../requests/recorded-request.js'

/** Capacity units; none where nothing is said. */
export interface Cost {
  readonly read?: number
  readonly write?: number
}

interface Consumed {
  readonly CapacityUnits?: number
}

const reads = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'])

/** The sum over requests; throws where a request does not say what it has consumed. */
export function costOf(requests: readonly RecordedRequest[]): Required<Cost> {
  const cost = { read: 0, write: 0 }
  for (const { operation, output, error } of requests) {
    // What the service refused says nothing, though a failed condition costs a write.
    if (error !== undefined) continue
    const consumed = output?.['ConsumedCapacity'] as Consumed | readonly Consumed[] | undefined
    if (consumed === undefined) {
      const why = output === undefined ? 'has not come back' : 'does not say what it has consumed'
      throw new TypeError(`toCost: ${operation} ${why}; recordRequests() asks for it unless it is told not to`)
    }
    const parts: readonly Consumed[] = Array.isArray(consumed)
      ? (consumed as readonly Consumed[])
      : [consumed as Consumed]
    cost[reads.has(operation) ? 'read' : 'write'] += parts.reduce(
      (sum, { CapacityUnits = 0 }) => sum + CapacityUnits,
      0,
    )
  }
  return cost
}
