// One read: what all of its requests share, from the first to the last.
import type { ReadPlan, ReadSource } from '../operations/read-plan.js'
import type { Attributes } from '../types/attribute-value.js'
import type { ManyRequest, Request } from '../types/operation.js'
import type { ReadOptions } from '../types/running.js'
import type { Connection } from './connection.js'
import { onAbort } from './on-abort.js'
import { Pace } from './pace.js'
import { send } from './send.js'

/** What DynamoDB answers to a query or scan. */
export interface ReadOutput {
  readonly Items?: readonly Attributes[]
  readonly Count?: number
  readonly ScannedCount?: number
  readonly LastEvaluatedKey?: Attributes
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number }
}

function unitsOf(output: unknown): number {
  const { ConsumedCapacity } = output as { ConsumedCapacity?: Capacity | readonly Capacity[] }
  return [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }: Capacity) => sum + CapacityUnits, 0)
}

interface Capacity {
  readonly CapacityUnits?: number
}

/** The requests of one read: how many there may be, how large they are, and how they end. */
export class ReadCall {
  readonly pageSize: number
  /** The time that expiry goes by, the same for all pages. */
  readonly now: Date
  /** How many more requests may be made. */
  pagesLeft: number
  /** Whether the caller wants no more. */
  isLeft = false
  readonly #inFlight = new Set<AbortController>()
  readonly #pace: Pace | undefined

  constructor(
    readonly connection: Connection,
    readonly plan: ReadPlan,
    readonly options: ReadOptions,
    readonly counts = false,
  ) {
    this.now = new Date(connection.clock())
    this.pageSize = options.pageSize ?? Infinity
    this.pagesLeft = options.maxPages ?? Infinity
    const { readUnitsPerSecond } = options
    this.#pace = readUnitsPerSecond === undefined ? undefined : new Pace(readUnitsPerSecond, connection.retry.scheduler)
  }

  /** The limit of a request that is to give so many items at most. */
  limit(source: ReadSource, wanted: number): number | undefined {
    const limit = source.hasFilter ? this.pageSize : Math.min(wanted, this.pageSize)
    return limit === Infinity ? undefined : limit
  }

  async send(request: Request): Promise<ReadOutput> {
    this.pagesLeft--
    return (await this.sendBeside(request)) as ReadOutput
  }

  /** Sends a request that is no page of the read. */
  async sendBeside(request: Request | ManyRequest): Promise<unknown> {
    const { signal } = this.options
    // The caller's signal is listened to only while a request runs: who drops an iterator leaves nothing behind.
    const controller = new AbortController()
    const abort = (): void => {
      controller.abort(signal?.reason)
    }
    if (signal?.aborted === true) abort()
    const stopWatching = signal && onAbort(signal, abort)
    this.#inFlight.add(controller)
    try {
      const expected = await this.#pace?.turn(controller.signal)
      const output = await send(this.connection, this.plan.operation, request, controller.signal)
      if (expected !== undefined) this.#pace?.used(unitsOf(output), expected)
      return output
    } finally {
      this.#inFlight.delete(controller)
      stopWatching?.()
    }
  }

  /** Whether rows of other entities are to be told of. */
  get wantsForeign(): boolean {
    const { onForeign = 'skip' } = this.options
    return !this.counts && onForeign !== 'skip'
  }

  /** Ends the requests that are still under way. */
  close(): void {
    this.isLeft = true
    for (const controller of this.#inFlight) controller.abort(new DOMException('the read was left', 'AbortError'))
  }
}
