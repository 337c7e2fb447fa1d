// Reads the sources of a plan stage by stage, and merges those of one stage in the order of their sort keys.
import { compareKeyValues } from '../model/key-order.js'
import type { ReadPlan, ReadSource } from '../operations/read-plan.js'
import type { Attributes } from '../types/attribute-value.js'
import { ownValue } from '../values/codec.js'
import { inParallel } from './in-parallel.js'
import { type Batch, type Mark, type PlacedRow, type Position, type RowStream, summed } from './position.js'
import type { ReadCall } from './read-call.js'
import { positionOf, SourceReader } from './source-reader.js'

/** One source of the stage, with what was read of it and not yet given out. */
interface Lane {
  readonly ordinal: number
  readonly source: ReadSource
  readonly reader: SourceReader
  rows: readonly Attributes[]
  used: number
}

/** Reads one stage after the other, each only when its first row is asked for. */
export class StageStream implements RowStream {
  readonly #call: ReadCall
  readonly #plan: ReadPlan
  /** The first source of the stage after this one. */
  #next: number
  #lanes: readonly Lane[] = []
  /** The last row given out, or where the read began: no position lies before it. */
  #floor: PlacedRow | undefined

  constructor(call: ReadCall, { next, marks }: Position) {
    this.#call = call
    this.#plan = call.plan
    this.#next = next
    const [mark] = marks
    if (mark !== undefined) this.#open(mark.ordinal - (mark.ordinal % this.#plan.width), marks)
  }

  async next(wanted: number): Promise<Batch | undefined> {
    if (this.#lanes.length === 0) {
      // Half a stage says nothing about the order of the whole: where the bound ends the read, it ends before.
      if (this.#next >= this.#plan.count || this.#call.pagesLeft < this.#plan.width) return undefined
      this.#open(this.#next, [])
    }
    const blocking = this.#blocking()
    if (blocking.length > 0 && this.#call.pagesLeft === 0) return undefined
    const lanes = blocking.slice(0, this.#call.pagesLeft)
    const found = await inParallel(this.#plan.concurrency, lanes, async (lane) => {
      const fetched = await lane.reader.read(wanted)
      lane.rows = fetched.rows
      lane.used = 0
      return fetched
    })
    const rows = this.#givenOut()
    const next = this.#next
    return {
      ...summed(found),
      rows,
      after: this.#after(),
      afterRow: (index) => ({ next, marks: rows.slice(index, index + 1).map(markOf) }),
    }
  }

  #open(first: number, marks: readonly Mark[]): void {
    const { width, count } = this.#plan
    this.#next = Math.min(first + width, count)
    const [main] = marks
    const floor: PlacedRow | undefined =
      main?.key === undefined
        ? undefined
        : { ordinal: main.ordinal, source: this.#plan.source(main.ordinal), row: main.key }
    this.#floor = floor
    this.#lanes = Array.from({ length: this.#next - first }, (_, index) => {
      const ordinal = first + index
      const source = this.#plan.source(ordinal)
      const key = marks.find((mark) => mark.ordinal === ordinal)?.key
      const beside =
        floor === undefined || floor.ordinal === ordinal
          ? undefined
          : {
              values: (floor.source.order?.sortKey ?? []).flatMap(({ name }) => ownValue(floor.row, name) ?? []),
              isWanted: (row: Attributes) => compare({ ordinal, source, row }, floor) > 0,
            }
      return { ordinal, source, reader: new SourceReader(this.#call, source, { key, beside }), rows: [], used: 0 }
    })
  }

  /** The sources without which it isn't known which row comes next. */
  #blocking(): Lane[] {
    const empty = this.#lanes.filter((lane) => isEmpty(lane) && !lane.reader.isDone)
    const least = this.#least()
    if (least === undefined) return empty
    return empty.filter((lane) => comesBefore(frontierOf(lane), headOf(least)))
  }

  #least(): Lane | undefined {
    let least: Lane | undefined
    for (const lane of this.#lanes)
      if (!isEmpty(lane) && (least === undefined || compare(headOf(lane), headOf(least)) < 0)) least = lane
    return least
  }

  /** All rows that are known to come next. */
  #givenOut(): PlacedRow[] {
    const [only, ...others] = this.#lanes
    if (only !== undefined && others.length === 0) {
      const rows = only.rows.slice(only.used).map((row) => ({ ordinal: only.ordinal, source: only.source, row }))
      only.used = only.rows.length
      this.#floor = rows.at(-1) ?? this.#floor
      return rows
    }
    const rows: PlacedRow[] = []
    let bar = this.#bar()
    for (let lane = this.#least(); lane !== undefined; lane = this.#least()) {
      const head = headOf(lane)
      if (bar !== undefined && comesBefore(bar, head)) break
      rows.push(head)
      lane.used++
      if (isEmpty(lane) && !lane.reader.isDone) bar = this.#bar()
    }
    this.#floor = rows.at(-1) ?? this.#floor
    return rows
  }

  /** The first place from which on a source has to be read. */
  #bar(): PlacedRow | undefined {
    let bar: PlacedRow | undefined
    for (const lane of this.#lanes) {
      if (!isEmpty(lane) || lane.reader.isDone) continue
      const frontier = frontierOf(lane)
      if (bar === undefined || comesBefore(frontier, bar)) bar = frontier
    }
    return bar
  }

  #after(): Position | undefined {
    const next = this.#next
    const bar = this.#bar()
    if (bar === undefined) {
      // Nothing is left to read, and so nothing that was not given out.
      this.#lanes = []
      return next < this.#plan.count ? { next, marks: [] } : undefined
    }
    const floor = this.#floor
    if (floor === undefined || !comesBefore(bar, floor)) return { next, marks: [markOf(bar)] }
    // Nothing was given out yet: rows that share a sort key with the floor are read again, and their sources go on where that stopped.
    const others = this.#lanes.filter(({ ordinal }) => ordinal !== floor.ordinal)
    return { next, marks: [markOf(floor), ...others.flatMap((lane) => passedMark(lane, floor))] }
  }
}

/** How far a source is with what comes before a row, in this read or an earlier one. */
function passedMark(lane: Lane, floor: PlacedRow): Mark[] {
  const { ordinal, reader } = lane
  const isBehind = !reader.isDone && isEmpty(lane) && comesBefore(frontierOf(lane), floor)
  const key = isBehind ? reader.position : reader.start.key
  return key === undefined ? [] : [{ ordinal, key }]
}

function isEmpty({ rows, used }: Lane): boolean {
  return used >= rows.length
}

function headOf({ ordinal, source, rows, used }: Lane): PlacedRow {
  return { ordinal, source, row: rows[used] ?? {} }
}

/** Where a source goes on; one that isn't begun has no row there yet. */
function frontierOf({ ordinal, source, reader }: Lane): PlacedRow {
  return { ordinal, source, row: reader.position ?? {} }
}

function markOf({ ordinal, source, row }: PlacedRow): Mark {
  return { ordinal, key: positionOf(source, row) }
}

/** Whether the place of a source that goes on lies before a row; one that isn't begun lies before all. */
function comesBefore(place: PlacedRow, other: PlacedRow): boolean {
  return Object.keys(place.row).length === 0 || compare(place, other) < 0
}

/** The order of rows of several sources: by their sort keys, then by the source. A plan read in reverse has its sources in reverse. */
function compare(left: PlacedRow, right: PlacedRow): number {
  const { sortKey = [], reverse = false } = left.source.order ?? {}
  let order = 0
  for (let index = 0; order === 0 && index < sortKey.length; index++) {
    const a = ownValue(left.row, sortKey[index]?.name ?? '')
    const b = ownValue(right.row, right.source.order?.sortKey[index]?.name ?? '')
    if (a !== undefined && b !== undefined) order = compareKeyValues(a, b)
  }
  if (order === 0) return left.ordinal - right.ordinal
  return reverse ? -order : order
}
