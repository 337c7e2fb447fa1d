// Reads the pages of a query: exactly as many items as were asked for, and never one request more.
import { DecodeError } from '../errors/decode-error.js'
import { IncompleteReadError } from '../errors/incomplete-read-error.js'
import { InputError } from '../errors/input-error.js'
import { RequestError } from '../errors/request-error.js'
import { isSealed } from '../operations/plan.js'
import type { QueryPlan } from '../operations/query.js'
import type { Attributes } from '../types/attribute-value.js'
import type { Page, ReadOptions } from '../types/running.js'
import { kindOf, ownValue, setOwn } from '../values/codec.js'
import { checkTable, type Connection, forCall } from './connection.js'
import { decodeCursor, encodeCursor } from './cursor.js'
import { send } from './send.js'

interface QueryOutput {
  readonly Items?: readonly Attributes[]
  readonly LastEvaluatedKey?: Attributes
  readonly ScannedCount?: number
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number }
}

/** One answer of the service, and how much of it was used. */
interface Answer {
  readonly items: readonly object[]
  readonly issues: readonly DecodeError[]
  readonly scannedCount: number
  readonly consumedCapacity: number
  /** Where to go on: after the last item taken, or after the last row read; absent at the end. */
  readonly position: Attributes | undefined
}

/** The requests of a query, one after the other, until `take`, `maxPages` or the end. */
async function* answers(connection: Connection, plan: QueryPlan, options: ReadOptions): AsyncGenerator<Answer> {
  const call = forCall(connection, plan.operation, 'read', options)
  checkTable(call, plan.operation, plan.model.table)
  const { take = Infinity, pageSize = Infinity, maxPages = Infinity } = checkBounds(plan.operation, options)
  let startKey = options.cursor === undefined ? undefined : await decodeCursor(plan, options.cursor)
  let wanted = take
  for (let pages = 0; pages < maxPages; pages++) {
    const limit = plan.hasFilter ? pageSize : Math.min(wanted, pageSize)
    const request = plan.request({
      tables: call.tables,
      ...(startKey !== undefined && { startKey }),
      ...(limit !== Infinity && { limit }),
    })
    const output = (await send(call, plan.operation, request, options.signal)) as QueryOutput
    refuseStandstill(plan, startKey, output.LastEvaluatedKey)
    const answer = takeFrom(plan, output, wanted, options.onInvalid)
    wanted -= answer.items.length
    startKey = answer.position
    yield answer
    if (wanted === 0 || startKey === undefined) return
  }
}

function takeFrom(plan: QueryPlan, output: QueryOutput, wanted: number, onInvalid: ReadOptions['onInvalid']): Answer {
  const rows = output.Items ?? []
  const items: object[] = []
  const issues: DecodeError[] = []
  let position = output.LastEvaluatedKey
  for (const [index, row] of rows.entries()) {
    const item = decoded(plan, row)
    if (item instanceof DecodeError) {
      if (onInvalid === undefined || onInvalid === 'throw') throw item
      if (onInvalid === 'report') issues.push(item)
      else onInvalid(item)
    } else if (item !== undefined) items.push(item)
    if (items.length < wanted) continue
    // A page that was half used is resumed at the very next row, not at its end.
    if (index < rows.length - 1) position = positionOf(plan, row)
    break
  }
  return {
    items,
    issues,
    position,
    scannedCount: output.ScannedCount ?? rows.length,
    consumedCapacity: output.ConsumedCapacity?.CapacityUnits ?? 0,
  }
}

function decoded(plan: QueryPlan, row: Attributes): object | undefined {
  try {
    return plan.item(row)
  } catch (error) {
    if (error instanceof DecodeError) return error
    throw error
  }
}

function positionOf(plan: QueryPlan, row: Attributes): Attributes {
  const position: Attributes = {}
  for (const name of plan.positionKinds.keys()) {
    const value = ownValue(row, name)
    if (value !== undefined) setOwn(position, name, value)
  }
  return position
}

// The service would answer the same for ever.
function refuseStandstill(plan: QueryPlan, start: Attributes | undefined, last: Attributes | undefined): void {
  if (start === undefined || last === undefined) return
  const stands = [...plan.positionKinds.keys()].every(
    (name) => JSON.stringify(ownValue(start, name)) === JSON.stringify(ownValue(last, name)),
  )
  if (!stands) return
  const failure = { operation: plan.operation, awsName: 'RepeatedLastEvaluatedKey', retryable: false, attempts: 1 }
  throw new RequestError({ ...failure, outcome: 'not-applied', requestId: undefined }, undefined)
}

function checkBounds(operation: string, options: ReadOptions): ReadOptions {
  for (const name of ['take', 'pageSize', 'maxPages'] as const) {
    const value = options[name]
    if (value === undefined || (Number.isSafeInteger(value) && value > 0)) continue
    throw new InputError(operation, [name], 'a whole number from 1', kindOf(value))
  }
  const { onInvalid } = options
  if (![undefined, 'throw', 'report'].includes(onInvalid as string | undefined) && typeof onInvalid !== 'function')
    throw new InputError(operation, ['onInvalid'], "'throw', 'report' or a callback", kindOf(onInvalid))
  return options
}

/** Without a page nobody would see what is only reported. */
function refuseReport(operation: string, { onInvalid }: ReadOptions): void {
  if (onInvalid === 'report')
    throw new InputError(operation, ['onInvalid'], 'a callback: only a page has issues', "'report'")
}

/** The plan of a query; anything else is refused. */
export function queryPlan(operation: string, query: unknown): QueryPlan {
  if (isSealed(query) && 'range' in query) return query as QueryPlan
  throw new InputError(operation, [], 'a query, such as Order.query({ … })', kindOf(query))
}

/** One page: `take` items, or one request's worth without it. */
export async function readPage(
  connection: Connection,
  plan: QueryPlan,
  options: ReadOptions = {},
): Promise<Page<object>> {
  const items: object[] = []
  const issues: DecodeError[] = []
  let scannedCount = 0
  let consumedCapacity = 0
  let position: Attributes | undefined
  const bounds = options.take === undefined ? { maxPages: 1, ...options } : options
  for await (const answer of answers(connection, plan, bounds)) {
    items.push(...answer.items)
    issues.push(...answer.issues)
    scannedCount += answer.scannedCount
    consumedCapacity += answer.consumedCapacity
    position = answer.position
  }
  const cursor = position === undefined ? undefined : await encodeCursor(plan, position)
  return { items, issues, scannedCount, consumedCapacity, ...(cursor !== undefined && { cursor }) }
}

/** The items one by one. The next request is made when the items of the last one are used up; leaving the loop ends it. */
export async function* readItems(
  connection: Connection,
  plan: QueryPlan,
  options: ReadOptions = {},
): AsyncGenerator<object, void, undefined> {
  refuseReport(plan.operation, options)
  for await (const { items } of answers(connection, plan, options)) yield* items
}

/** All items. Throws `IncompleteReadError` where `maxPages` ends the read before `take` or the end does. */
export async function readAll(connection: Connection, plan: QueryPlan, options: ReadOptions = {}): Promise<object[]> {
  refuseReport(plan.operation, options)
  const { take = Infinity, maxPages } = options
  const items: object[] = []
  let position: Attributes | undefined
  for await (const answer of answers(connection, plan, options)) {
    items.push(...answer.items)
    position = answer.position
  }
  if (maxPages === undefined || items.length >= take || position === undefined) return items
  throw new IncompleteReadError(plan.operation, items, await encodeCursor(plan, position))
}

/** The first item. Throws `IncompleteReadError` where `maxPages` ends the search before there is one. */
export async function readFirst(
  connection: Connection,
  plan: QueryPlan,
  options: ReadOptions = {},
): Promise<object | undefined> {
  const [first] = await readAll(connection, plan, { ...options, take: 1 })
  return first
}
