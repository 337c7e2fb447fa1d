// Where a read stands, over all of its sources.
import type { ReadSource } from '../operations/read-plan.js'
import type { Attributes } from '../types/attribute-value.js'

/** Where one source stands; without a key at its beginning. */
export interface Mark {
  readonly ordinal: number
  readonly key: Attributes | undefined
}

/** Sources from `next` on are not begun; of those before it the marked ones are under way, and the others done. */
export interface Position {
  readonly next: number
  /** Of merged sources one mark is enough: the sort key in it says where each of the others goes on. */
  readonly marks: readonly Mark[]
}

/** A row and where it comes from. */
export interface PlacedRow {
  readonly ordinal: number
  readonly source: ReadSource
  readonly row: Attributes
}

/** What became known by the requests of one step. */
export interface Batch {
  readonly rows: readonly PlacedRow[]
  /** How many rows were counted and not sent. */
  readonly counted: number
  readonly scannedCount: number
  readonly consumedCapacity: number
  /** Where to go on when all rows are used; absent at the end. */
  readonly after: Position | undefined
  /** Where to go on when the rows up to this one are used. */
  afterRow(index: number): Position
}

/** A read, step by step. */
export interface RowStream {
  /** The next rows, of which so many are wanted; `undefined` at the end, or where no more requests may be made. */
  next(wanted: number): Promise<Batch | undefined>
}

type Sums = Pick<Batch, 'counted' | 'scannedCount' | 'consumedCapacity'>

/** What several answers, or several batches, add up to. */
export function summed(parts: readonly Sums[]): Sums {
  const sums = { counted: 0, scannedCount: 0, consumedCapacity: 0 }
  for (const part of parts) {
    sums.counted += part.counted
    sums.scannedCount += part.scannedCount
    sums.consumedCapacity += part.consumedCapacity
  }
  return sums
}
