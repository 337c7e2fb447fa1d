// The ways of reading a query or scan: a page, all items, the first, their number, or one after the other.
import type { DecodeError } from '../errors/decode-error.js'
import { IncompleteReadError } from '../errors/incomplete-read-error.js'
import type { ReadPlan } from '../operations/read-plan.js'
import type { ForeignRow, Page, ReadOptions } from '../types/running.js'
import { ownValue, setOwn } from '../values/codec.js'
import type { Connection } from './connection.js'
import { encodeCursor } from './cursor.js'
import { cursorContext, refuseAborted, steps } from './pages.js'
import type { Position } from './position.js'
import { refuseReport } from './read-options.js'

/** One page: `take` items, or one request's worth without it. */
export async function readPage(
  connection: Connection,
  plan: ReadPlan,
  options: ReadOptions = {},
): Promise<Page<object>> {
  const items: object[] = []
  const issues: DecodeError[] = []
  const foreign: ForeignRow[] = []
  let scannedCount = 0
  let consumedCapacity = 0
  let position: Position | undefined
  const bounds = options.take === undefined ? { ...options, maxPages: options.maxPages ?? plan.width } : options
  for await (const step of steps(connection, plan, bounds)) {
    items.push(...step.items)
    issues.push(...step.issues)
    foreign.push(...step.foreign)
    scannedCount += step.scannedCount
    consumedCapacity += step.consumedCapacity
    position = step.position
  }
  const cursor = await cursorAt(connection, plan, options, position)
  return { items, issues, foreign, scannedCount, consumedCapacity, ...(cursor !== undefined && { cursor }) }
}

/** The items one by one. The next page is read ahead once the first is used up; leaving the loop ends all requests. */
export function readItems(
  connection: Connection,
  plan: ReadPlan,
  options: ReadOptions = {},
): AsyncIterableIterator<object, void, undefined> {
  let leave: (() => void) | undefined
  const items = itemsOf(connection, plan, options, (end) => {
    leave = end
  })
  return {
    next: () => items.next(),
    // A generator would wait for the item that is under way.
    return: () => {
      leave?.()
      return items.return()
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function* itemsOf(
  connection: Connection,
  plan: ReadPlan,
  options: ReadOptions,
  leaving: (leave: () => void) => void,
): AsyncGenerator<object, void, undefined> {
  refuseReport(plan, options)
  for await (const { items } of steps(connection, plan, options, { prefetch: options.prefetch ?? true, leaving }))
    for (const item of items) {
      refuseAborted(plan, options)
      yield item
    }
}

/** All items. Throws `IncompleteReadError` where `maxPages` ends the read before `take` or the end does. */
export async function readAll(connection: Connection, plan: ReadPlan, options: ReadOptions = {}): Promise<object[]> {
  refuseReport(plan, options)
  const items: object[] = []
  let position: Position | undefined
  for await (const step of steps(connection, plan, options)) {
    for (const item of step.items) items.push(item)
    position = step.position
  }
  if (items.length >= (options.take ?? Infinity) || position === undefined) return items
  const cursor = await cursorAt(connection, plan, options, position)
  throw new IncompleteReadError(plan.operation, items, items.length, cursor)
}

/** The first item. Throws `IncompleteReadError` where `maxPages` ends the search before there is one. */
export async function readFirst(
  connection: Connection,
  plan: ReadPlan,
  options: ReadOptions = {},
): Promise<object | undefined> {
  const [first] = await readAll(connection, plan, { ...options, take: 1 })
  return first
}

/** How many items there are, or `take` where there are more. Throws `IncompleteReadError` where `maxPages` ends the count. */
export async function readCount(connection: Connection, plan: ReadPlan, options: ReadOptions = {}): Promise<number> {
  const { take = Infinity } = options
  let count = 0
  let position: Position | undefined
  for await (const step of steps(connection, plan, options, { counts: true })) {
    count += step.items.length + step.counted
    position = step.position
  }
  if (count >= take) return take
  if (position === undefined) return count
  // Counts of merged sources come in no order: no one position says what was counted.
  const cursor = plan.width > 1 ? undefined : await cursorAt(connection, plan, options, position)
  throw new IncompleteReadError(plan.operation, [], count, cursor)
}

async function cursorAt(
  connection: Connection,
  plan: ReadPlan,
  options: ReadOptions,
  position: Position | undefined,
): Promise<string | undefined> {
  return position && encodeCursor(plan, cursorContext(connection, options), position)
}

/** All items of a collection's query by the labels of their entities. */
export async function readGroups(
  connection: Connection,
  plan: ReadPlan & { readonly labels: readonly string[] },
  options: ReadOptions = {},
): Promise<Readonly<Record<string, unknown[]>>> {
  const groups: Record<string, unknown[]> = {}
  for (const label of plan.labels) setOwn(groups, label, [])
  for (const { entity, item } of (await readAll(connection, plan, options)) as { entity: string; item: unknown }[])
    ownValue(groups, entity)?.push(item)
  return groups
}
