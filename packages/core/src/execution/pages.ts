// Reads queries and scans page by page: exactly as many items as were asked for, and never one request more.
import { DecodeError } from '../errors/decode-error.js'
import { abortedError } from './send.js'
import { withinText } from '../model/within.js'
import type { ReadPlan } from '../operations/read-plan.js'
import type { Attributes } from '../types/attribute-value.js'
import type { ForeignRow, ReadOptions } from '../types/running.js'
import { ownValue } from '../values/codec.js'
import { checkReach, checkTable, type Connection, forCall } from './connection.js'
import { type CursorContext, decodeCursor, encodeCursor } from './cursor.js'
import { Hydrator } from './hydrator.js'
import { ParallelStream } from './parallel-stream.js'
import type { Batch, PlacedRow, Position, RowStream } from './position.js'
import { ReadCall } from './read-call.js'
import { checkReadOptions } from './read-options.js'
import { StageStream } from './stage-stream.js'

/** What one step of a read gave. */
export interface Step {
  readonly items: readonly object[]
  readonly issues: readonly DecodeError[]
  readonly foreign: readonly ForeignRow[]
  /** How many rows were counted and not sent. */
  readonly counted: number
  readonly scannedCount: number
  readonly consumedCapacity: number
  /** Where to go on: after the last item taken, or after the last row read; absent at the end. */
  readonly position: Position | undefined
}

/** How a read is taken. */
export interface Taking {
  /** Whether the next page is read ahead. */
  readonly prefetch?: boolean
  /** Whether rows are counted only. */
  readonly counts?: boolean
  /** Gets what ends the read, also while its next step is awaited. */
  readonly leaving?: (leave: () => void) => void
}

/** What encodes and decodes the cursors of a read. */
export function cursorContext(connection: Connection, { scope }: ReadOptions): CursorContext {
  const { within } = connection
  return { ...connection, scope: within === undefined ? scope : JSON.stringify([withinText(within), scope ?? null]) }
}

/** The steps of a read, one after the other, until `take`, `maxPages` or the end. Leaving it ends all requests. */
export async function* steps(
  connection: Connection,
  plan: ReadPlan,
  options: ReadOptions,
  { prefetch = false, counts = false, leaving }: Taking = {},
): AsyncGenerator<Step, void, undefined> {
  const connected = forCall(connection, plan.operation, 'read', options)
  checkReadOptions(plan, options)
  for (let ordinal = 0; ordinal < plan.width; ordinal++)
    checkTable(connected, plan.operation, plan.source(ordinal).table)
  checkReach(connected, plan)
  const start =
    options.cursor === undefined
      ? { next: 0, marks: [] }
      : await decodeCursor(plan, cursorContext(connection, options), options.cursor)
  const told = progressOf(connection, plan, options)
  const call = new ReadCall(connected, plan, options, counts)
  leaving?.(() => {
    call.close()
  })
  const stream = streamOf(call, start)
  let wanted = options.take ?? Infinity
  let pending: Promise<Batch | undefined> | undefined
  try {
    for (let isFirst = true; ; isFirst = false) {
      const batch = await (pending ?? stream.next(wanted))
      if (batch === undefined) return
      const step = await taken(call, batch, wanted)
      wanted -= step.items.length + step.counted
      const isLast = wanted <= 0 || step.position === undefined
      // Nobody knows yet whether the first page is all that is wanted.
      pending = prefetch && !isFirst && !isLast ? ahead(stream, wanted) : undefined
      yield step
      told?.(step)
      if (isLast) return
      refuseAborted(plan, options)
    }
  } catch (error) {
    if (!call.isLeft) throw error
  } finally {
    call.close()
  }
}

/** Sums up what `onProgress` is told. */
function progressOf(connection: Connection, plan: ReadPlan, options: ReadOptions): ((step: Step) => void) | undefined {
  const { onProgress } = options
  if (onProgress === undefined) return undefined
  let items = 0
  let scannedCount = 0
  let consumedCapacity = 0
  return (step) => {
    const { position } = step
    items += step.items.length + step.counted
    scannedCount += step.scannedCount
    consumedCapacity += step.consumedCapacity
    const cursor = async (): Promise<string | undefined> =>
      position && encodeCursor(plan, cursorContext(connection, options), position)
    onProgress({ items, scannedCount, consumedCapacity, cursor })
  }
}

function streamOf(call: ReadCall, start: Position): RowStream {
  const isOrdered = call.plan.source(0).order !== undefined
  return isOrdered ? new StageStream(call, start) : new ParallelStream(call, start)
}

/** The next step, begun now: should it fail, then for whoever asks for it. */
function ahead(stream: RowStream, wanted: number): Promise<Batch | undefined> {
  const next = stream.next(wanted)
  next.catch(() => undefined)
  return next
}

async function taken(call: ReadCall, batch: Batch, wanted: number): Promise<Step> {
  const { counts, options } = call
  const items: object[] = []
  const issues: DecodeError[] = []
  const foreign: ForeignRow[] = []
  let position = batch.after
  const hydrator = new Hydrator(call, batch.rows)
  for (const [index, placed] of batch.rows.entries()) {
    const { hydration } = placed.source
    const isPointer = hydration !== undefined && !counts && placed.source.accepts(placed.row)
    const whole = isPointer ? await hydrator.wholeRow(index, hydration, wanted - items.length) : undefined
    const item = counts ? counted(placed) : isPointer ? decoded(hydration, whole) : decoded(placed.source, placed.row)
    if (item instanceof DecodeError) {
      const { onInvalid } = options
      if (onInvalid === undefined || onInvalid === 'throw') throw item
      if (onInvalid === 'report') issues.push(item)
      else onInvalid(item)
    } else if (item !== undefined) items.push(item)
    else if (call.wantsForeign && placed.source.isForeign(placed.row)) {
      const row = foreignRow(placed)
      if (options.onForeign === 'report') foreign.push(row)
      else if (typeof options.onForeign === 'function') options.onForeign(row)
    }
    if (items.length < wanted) continue
    // A page that was half used is resumed at the very next row, not at its end.
    if (index < batch.rows.length - 1) position = batch.afterRow(index)
    break
  }
  const { scannedCount } = batch
  const consumedCapacity = batch.consumedCapacity + hydrator.consumedCapacity
  return { items, issues, foreign, counted: batch.counted, scannedCount, consumedCapacity, position }
}

/** A row of another entity, by the name that it has for it. */
function foreignRow({ source, row }: PlacedRow): ForeignRow {
  const { entityAttribute } = source.table
  return { entity: entityAttribute === false ? undefined : ownValue(row, entityAttribute)?.S, row }
}

function counted({ source, row }: PlacedRow): object | undefined {
  return source.accepts(row) ? row : undefined
}

function decoded(
  from: { readonly item: (row: Attributes) => object | undefined },
  row: Attributes | undefined,
): object | undefined {
  try {
    return row === undefined ? undefined : from.item(row)
  } catch (error) {
    if (error instanceof DecodeError) return error
    throw error
  }
}

/** Ends a read whose caller has given up, also where the next items are there already. */
export function refuseAborted({ operation }: ReadPlan, { signal }: ReadOptions): void {
  if (signal?.aborted === true) throw abortedError(operation, signal)
}
