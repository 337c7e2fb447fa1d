// What a connection knows: a client, and the physical names of its tables.
import { InputError } from '../errors/input-error.js'
import type { Path } from '../errors/path.js'
import { partsOf } from '../model/model.js'
import type { TableModel } from '../model/table-model.js'
import { checkWithin, type Within } from '../model/within.js'
import { checkOptions } from '../operations/options.js'
import type { ItemPlan } from '../operations/plan.js'
import type { ReadPlan } from '../operations/read-plan.js'
import type { TableNames } from '../types/operation.js'
import type { CallOptions, Client } from '../types/running.js'
import { kindOf, ownValue } from '../values/codec.js'
import type { CursorKeyRing } from './cursor-keys.js'
import { readOptionNames } from './read-options.js'
import type { Retry } from './retry.js'

/** A connection as execution sees it. */
export interface Connection {
  readonly client: Client
  readonly tables: TableNames
  readonly timeout: number
  readonly retry: Retry
  /** Whether writes that overwrite whatever is there are repeated after a lost answer. */
  readonly repeatUnknown: boolean
  /** The time now, in milliseconds since 1970. */
  readonly clock: () => number
  /** A number from 0 to less than 1. */
  readonly random: () => number
  /** Seals cursors, if the connection has a key. */
  readonly cursorKeys?: CursorKeyRing | undefined
  /** The components of keys that it is bound to: nothing else is in its reach. */
  readonly within?: Within | undefined
}

/** What timers can wait at most, in milliseconds. */
const longest = 2 ** 31 - 1

/** The most that one request may take, in milliseconds, unless the caller says otherwise. */
export const defaultTimeout = 30_000

/** What a call does: that decides about its options. */
export type CallKind = 'call' | 'read' | 'batch' | 'transaction'

const callOptions = ['signal', 'timeout', 'client', 'tables', 'repeatUnknown']
const optionsOf: Readonly<Record<CallKind, readonly string[]>> = {
  call: callOptions,
  read: [...callOptions, ...readOptionNames],
  batch: [...callOptions, 'concurrency', 'onProgress'],
  transaction: [...callOptions, 'token'],
}

/** The connection with what a call says for itself. Throws `InputError`. */
export function forCall(connection: Connection, operation: string, kind: CallKind, options: CallOptions): Connection {
  checkOptions(operation, options, optionsOf[kind])
  const {
    client = connection.client,
    tables,
    timeout = connection.timeout,
    repeatUnknown = connection.repeatUnknown,
  } = options
  checkClient(operation, client)
  checkTimeout(operation, ['timeout'], timeout)
  checkFlag(operation, 'repeatUnknown', repeatUnknown)
  return { ...connection, client, timeout, repeatUnknown, tables: { ...connection.tables, ...tables } }
}

/** Refuses what is no time to wait, or more than timers can. */
export function checkTimeout(operation: string, path: Path, value: number): void {
  if (typeof value !== 'number' || !(value > 0 && value <= longest))
    throw new InputError(operation, path, 'milliseconds, more than 0', kindOf(value))
}

/** Refuses what is neither true nor false. */
export function checkFlag(operation: string, name: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new InputError(operation, [name], 'true or false', kindOf(value))
}

/** Refuses what can't send. */
export function checkClient(operation: string, client: unknown): asserts client is Client {
  if (typeof client === 'object' && client !== null && 'send' in client && typeof client.send === 'function') return
  throw new InputError(operation, ['client'], 'a DynamoDBClient, or an object that sends commands', kindOf(client))
}

/** Refuses an operation on a table without a physical name, or on an item that is out of reach. */
export function checkPlan(
  connection: Connection,
  operation: string,
  { model, key }: Pick<ItemPlan, 'model' | 'key'>,
): void {
  checkTable(connection, operation, model.table)
  const { within } = connection
  if (within !== undefined) checkWithin(within, operation, model, partsOf(model.key), key)
}

/** Refuses reads of partitions that are out of reach. */
export function checkReach({ within }: Connection, plan: ReadPlan): void {
  if (within === undefined) return
  for (let ordinal = 0; ordinal < plan.count; ordinal++) {
    const { reads, fixed } = plan.source(ordinal)
    for (const { model, index } of reads) checkWithin(within, plan.operation, model, index.partitionKey, fixed)
  }
}

/** Refuses a table without a physical name: a guess could write to another table. */
export function checkTable({ tables }: Connection, operation: string, table: TableModel): void {
  const name: unknown = ownValue(tables, table.name)
  if (typeof name === 'string' && name !== '') return
  const expected = `the physical name of the table: connect({ tables: { ${table.name}: … } })`
  throw new InputError(operation, ['tables', table.name], expected, kindOf(name))
}
