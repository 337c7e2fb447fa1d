// A table in memory that answers queries and scans in pages of any layout: what an engine does, at the speed of a test.
import { fnv1a } from '../src/model/text-formats.js'
import { compareKeyValues } from '../src/model/key-order.js'
import { stubClient, type StubClient } from './stub-client.js'

interface Value {
  readonly S?: string
  readonly N?: string
}

export type Row = Readonly<Record<string, Value>>

interface Input {
  readonly IndexName?: string
  readonly KeyConditionExpression?: string
  readonly FilterExpression?: string
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>
  readonly ExpressionAttributeValues?: Readonly<Record<string, Value>>
  readonly ScanIndexForward?: boolean
  readonly ExclusiveStartKey?: Row
  readonly Limit?: number
  readonly Select?: string
  readonly Segment?: number
  readonly TotalSegments?: number
}

type Keys = readonly [partition: string, sort: string]

function compareBy(names: readonly string[], left: Row, right: Row): number {
  for (const name of names) {
    const order = compareKeyValues(left[name] as never, right[name] as never)
    if (order !== 0) return order
  }
  return 0
}

/** The conditions of an expression whose parts are all joined by AND. */
function holds(input: Input, expression: string | undefined, row: Row): boolean {
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = input
  const parts = expression?.matchAll(
    /begins_with\((#\d+), (:\d+)\)|(#\d+) BETWEEN (:\d+) AND (:\d+)|(#\d+) (=|<=?|>=?) (:\d+)/g,
  )
  for (const [, prefixed, prefix, within, from, to, name, operator, value] of parts ?? []) {
    const stored = row[names[prefixed ?? within ?? name ?? ''] ?? '']
    if (stored === undefined) return false
    const order = (key: string | undefined) => compareKeyValues(stored as never, values[key ?? ''] as never)
    if (prefixed !== undefined && !stored.S?.startsWith(values[prefix ?? '']?.S ?? '')) return false
    if (within !== undefined && (order(from) < 0 || order(to) > 0)) return false
    if (operator === '=' && order(value) !== 0) return false
    if (operator?.startsWith('<') === true && !(operator === '<=' ? order(value) <= 0 : order(value) < 0)) return false
    if (operator?.startsWith('>') === true && !(operator === '>=' ? order(value) >= 0 : order(value) > 0)) return false
  }
  return true
}

/** `pageSize` says how many rows the next page holds at most; `repeats` whether an end is told with a key and an empty page. */
export function fakeTable(
  rows: readonly Row[],
  indexes: Readonly<Record<string, Keys>>,
  pageSize: () => number,
  repeats: () => boolean = () => false,
): StubClient {
  const table: Keys = ['pk', 'sk']
  return stubClient(({ operation, input: given }) => {
    const input = given as Input
    const keys = input.IndexName === undefined ? table : (indexes[input.IndexName] ?? table)
    const names = operation === 'Query' ? [keys[1], ...table] : [...table, ...keys]
    const forward = input.ScanIndexForward ?? true
    const order = (left: Row, right: Row) => (forward ? 1 : -1) * compareBy(names, left, right)
    const { TotalSegments = 1, Segment = 0, ExclusiveStartKey: start } = input
    const found = rows
      .filter((row) => keys.every((name) => row[name] !== undefined))
      .filter((row) => fnv1a(row['pk']?.S ?? '') % TotalSegments === Segment)
      .filter((row) => holds(input, input.KeyConditionExpression, row))
      .filter((row) => start === undefined || order(row, start) > 0)
      .toSorted(order)
    const most = Math.min(input.Limit ?? Infinity, pageSize())
    const read = found.slice(0, most)
    const Items = read.filter((row) => holds(input, input.FilterExpression, row))
    const last = read.at(-1)
    const goesOn = read.length < found.length || (last !== undefined && repeats())
    return {
      ...(input.Select !== 'COUNT' && { Items }),
      Count: Items.length,
      ScannedCount: read.length,
      ConsumedCapacity: { CapacityUnits: 0.5 * read.length },
      ...(goesOn && {
        LastEvaluatedKey: Object.fromEntries([...new Set([...keys, ...table])].map((name) => [name, last?.[name]])),
      }),
    }
  })
}
