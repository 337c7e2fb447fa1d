// Reads one source by one request after the other.
import { RequestError } from '../errors/request-error.js'
import { satisfies } from '../model/key-condition.js'
import type { ReadSource } from '../operations/read-plan.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue, setOwn } from '../values/codec.js'
import { Advance } from './advance.js'
import type { ReadCall } from './read-call.js'

/** Where a source begins: after a position of its own, and after a row of another source that it is merged with. */
export interface Start {
  readonly key: Attributes | undefined
  readonly beside:
    { readonly values: readonly AttributeValue[]; readonly isWanted: (row: Attributes) => boolean } | undefined
}

/** One answer. */
export interface Fetched {
  readonly rows: readonly Attributes[]
  /** How many rows were found that were only counted and not sent. */
  readonly counted: number
  readonly scannedCount: number
  readonly consumedCapacity: number
}

/** The pages of a source, one at a time. */
export class SourceReader {
  /** Where the next request begins; absent before the first. */
  position: Attributes | undefined
  isDone = false
  readonly #advance: Advance

  constructor(
    readonly call: ReadCall,
    readonly source: ReadSource,
    readonly start: Start,
  ) {
    this.position = start.key
    this.#advance = new Advance(source, this.position)
  }

  /** Reads the next page, of so many rows at most. */
  async read(wanted: number): Promise<Fetched> {
    const { call, source } = this
    const limit = call.limit(source, wanted)
    const { beside } = this.start
    const request = source.request({
      tables: call.connection.tables,
      now: call.now,
      ...(this.position !== undefined && { startKey: this.position }),
      ...(limit !== undefined && { limit }),
      ...(beside !== undefined && { from: beside.values }),
      ...(call.counts && beside === undefined && { counts: true }),
      ...(call.wantsForeign && { foreign: true }),
    })
    if (request === undefined) {
      this.isDone = true
      return { rows: [], counted: 0, scannedCount: 0, consumedCapacity: 0 }
    }
    const output = await call.send(request)
    this.#goOn(output.LastEvaluatedKey)
    const rows = output.Items ?? []
    const isCounted = 'Select' in request.input && request.input.Select === 'COUNT'
    return {
      rows: beside ? rows.filter((row) => satisfies(source.conditions, row) && beside.isWanted(row)) : rows,
      counted: isCounted ? (output.Count ?? 0) : 0,
      scannedCount: output.ScannedCount ?? rows.length,
      consumedCapacity: output.ConsumedCapacity?.CapacityUnits ?? 0,
    }
  }

  #goOn(last: Attributes | undefined): void {
    this.isDone = last === undefined
    if (last !== undefined && this.#advance.isStandstill(last)) throw standstill(this.call.plan.operation)
    this.position = last
  }
}

function standstill(operation: string): RequestError {
  const failure = { operation, awsName: 'RepeatedLastEvaluatedKey', retryable: false, attempts: 1 }
  return new RequestError({ ...failure, outcome: 'not-applied', requestId: undefined }, undefined)
}

/** Where a row of a source stands. */
export function positionOf({ positionKinds }: ReadSource, row: Attributes): Attributes {
  const position: Attributes = {}
  for (const name of positionKinds.keys()) {
    const value = ownValue(row, name)
    if (value !== undefined) setOwn(position, name, value)
  }
  return position
}
