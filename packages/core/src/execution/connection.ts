// What a connection knows: a client, and the physical names of its tables.
import { InputError } from '../errors/input-error.js'
import type { TableModel } from '../model/table-model.js'
import { checkOptions } from '../operations/options.js'
import type { TableNames } from '../types/operation.js'
import type { CallOptions, Client } from '../types/running.js'
import { kindOf, ownValue } from '../values/codec.js'
import type { CursorKeyRing } from './cursor-keys.js'
import { readOptionNames } from './read-options.js'

/** A connection as execution sees it. */
export interface Connection {
  readonly client: Client
  readonly tables: TableNames
  readonly timeout: number
  /** The time now, in milliseconds since 1970. */
  readonly clock: () => number
  /** A number from 0 to less than 1. */
  readonly random: () => number
  /** Seals cursors, if the connection has a key. */
  readonly cursorKeys?: CursorKeyRing | undefined
}

/** The most that one request may take, in milliseconds, unless the caller says otherwise. */
export const defaultTimeout = 30_000

const callOptions = ['signal', 'timeout', 'client', 'tables']
const readOptions = [...callOptions, ...readOptionNames]

/** The connection with what a call says for itself. Throws `InputError`. */
export function forCall(
  connection: Connection,
  operation: string,
  kind: 'call' | 'read',
  options: CallOptions,
): Connection {
  checkOptions(operation, options, kind === 'call' ? callOptions : readOptions)
  const { client = connection.client, tables, timeout = connection.timeout } = options
  checkClient(operation, client)
  if (!(timeout > 0 && timeout <= 2 ** 31 - 1))
    throw new InputError(operation, ['timeout'], 'milliseconds, more than 0', kindOf(timeout))
  return { ...connection, client, timeout, tables: { ...connection.tables, ...tables } }
}

/** Refuses what can't send. */
export function checkClient(operation: string, client: unknown): asserts client is Client {
  if (typeof client === 'object' && client !== null && 'send' in client && typeof client.send === 'function') return
  throw new InputError(operation, ['client'], 'a DynamoDBClient, or an object that sends commands', kindOf(client))
}

/** Refuses a table without a physical name: a guess could write to another table. */
export function checkTable({ tables }: Connection, operation: string, table: TableModel): void {
  const name: unknown = ownValue(tables, table.name)
  if (typeof name === 'string' && name !== '') return
  const expected = `the physical name of the table: connect({ tables: { ${table.name}: … } })`
  throw new InputError(operation, ['tables', table.name], expected, kindOf(name))
}
