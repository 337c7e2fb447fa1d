// A request as it was sent, with what its placeholders stand for.
import type { Fields } from '../faults/exchange.js'
import { operationName } from '../faults/operation-name.js'
import { fromAttribute, fromNative, plainItem, printName, printValue } from './plain-value.js'
import { resolveExpression } from './resolve-expression.js'

/** What one request asks of one table. */
export interface RecordedAction {
  /** The operation; within a transaction or a batch the part: `Put`, `ConditionCheck`, `Get`, …. */
  readonly operation: string
  /** The table, by the name that it was given for the record, else by the physical one. */
  readonly table?: string
  readonly index?: string
  /** Plain values, whichever client sent them. */
  readonly key?: Readonly<Record<string, unknown>>
  readonly item?: Readonly<Record<string, unknown>>
  /** Expressions, with names and values for the placeholders. */
  readonly keyCondition?: string
  readonly filter?: string
  readonly condition?: string
  readonly update?: string
  readonly projection?: string
  readonly limit?: number
  readonly consistent?: boolean
  readonly reverse?: boolean
  readonly startKey?: Readonly<Record<string, unknown>>
  readonly returning?: string
}

/** One request. */
export interface RecordedRequest extends RecordedAction {
  /** The parts of a batch or a transaction. */
  readonly actions?: readonly RecordedAction[]
  /** What was sent. */
  readonly input: Fields
  /** What came back, once it has. */
  output?: Fields
  /** What was thrown instead. */
  error?: unknown
}

export type TableNamesForRecord = Readonly<Record<string, string>>

/** Reads a command. Physical table names are replaced by those of the record, so that fresh names don't show. */
export function readRequest(command: object, tables: TableNamesForRecord): RecordedRequest {
  const input = ('input' in command ? command.input : {}) as Fields
  const operation = operationName(command)
  const logical = new Map(Object.entries(tables).map(([name, physical]) => [physical, name]))
  const nameOf = (physical: string): string => logical.get(physical) ?? physical
  // The document client's commands hold native values.
  const read = 'clientCommand' in command ? fromNative : fromAttribute
  const actions = actionsOf(operation, input, nameOf, read)
  return {
    ...actionOf(operation, input, nameOf, read),
    ...(actions === undefined ? {} : { actions }),
    input,
  }
}

type NameOf = (physical: string) => string
type Read = (value: unknown) => unknown

function actionsOf(operation: string, input: Fields, nameOf: NameOf, read: Read): RecordedAction[] | undefined {
  if (Array.isArray(input['TransactItems'])) {
    return (input['TransactItems'] as Record<string, Fields>[]).flatMap((part) =>
      Object.entries(part).map(([kind, fields]) => actionOf(kind, fields, nameOf, read)),
    )
  }
  if (operation !== 'BatchGetItem' && operation !== 'BatchWriteItem') return undefined
  const parts = Object.entries((input['RequestItems'] ?? {}) as Record<string, Fields | Record<string, Fields>[]>)
  return parts.flatMap(([TableName, part]) => {
    if (!Array.isArray(part)) {
      const { Keys = [], ...rest } = part as Fields & { Keys?: object[] }
      return Keys.map((Key) => actionOf('Get', { ...rest, TableName, Key }, nameOf, read))
    }
    return part.flatMap((request) =>
      Object.entries(request).map(([kind, fields]) =>
        actionOf(kind.replace('Request', ''), { ...fields, TableName }, nameOf, read),
      ),
    )
  })
}

const texts = { index: 'IndexName', returning: 'ReturnValues' }
const items = { key: 'Key', item: 'Item', startKey: 'ExclusiveStartKey' }
const expressions = {
  keyCondition: 'KeyConditionExpression',
  filter: 'FilterExpression',
  condition: 'ConditionExpression',
  update: 'UpdateExpression',
  projection: 'ProjectionExpression',
}

function actionOf(operation: string, input: Fields, nameOf: NameOf, read: Read): RecordedAction {
  const names = (input['ExpressionAttributeNames'] ?? {}) as Record<string, string>
  const values = mapValues((input['ExpressionAttributeValues'] ?? {}) as Fields, read)
  const action: Record<string, unknown> = { operation }
  const { TableName, Limit, ConsistentRead, ScanIndexForward } = input
  if (typeof TableName === 'string') action['table'] = nameOf(TableName)
  for (const [name, source] of Object.entries(texts)) if (input[source] !== undefined) action[name] = input[source]
  for (const [name, source] of Object.entries(items)) {
    if (input[source] !== undefined) action[name] = mapValues(input[source] as Fields, read)
  }
  for (const [name, source] of Object.entries(expressions)) {
    if (typeof input[source] === 'string') action[name] = resolveExpression(input[source], names, values)
  }
  if (Limit !== undefined) action['limit'] = Limit
  if (ConsistentRead !== undefined) action['consistent'] = ConsistentRead
  if (ScanIndexForward === false) action['reverse'] = true
  return action as unknown as RecordedAction
}

function mapValues(fields: Fields, read: Read): Record<string, unknown> {
  return plainItem(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, read(value)])))
}

/** A request as text: the same for the same request, however its placeholders are called. For people and for snapshots. */
export function printRequest(request: RecordedAction & { readonly actions?: readonly RecordedAction[] }): string {
  const { operation, table, index, actions = [] } = request
  const place = [table, index].filter((name) => name !== undefined).join('.')
  const lines = [place === '' ? operation : `${operation} ${place}`]
  for (const name of Object.keys(items) as (keyof typeof items)[]) {
    if (request[name] !== undefined) lines.push(`  ${name} ${printValue(request[name])}`)
  }
  for (const name of Object.keys(expressions) as (keyof typeof expressions)[]) {
    if (request[name] !== undefined) lines.push(`  ${printName(name)} ${request[name]}`)
  }
  for (const name of ['limit', 'consistent', 'reverse', 'returning'] as const) {
    if (request[name] !== undefined) lines.push(`  ${name} ${String(request[name])}`)
  }
  for (const action of actions)
    lines.push(
      ...printRequest(action)
        .split('\n')
        .map((line) => `  ${line}`),
    )
  return lines.join('\n')
}
