// What DynamoDB refuses about keys and indexes, and the embedded engine lets pass.
import { attributesOf, comparisonsOf, type Comparison, type Names } from './comparisons.js'
import type { WireItem, WireValue } from './condition-rules.js'
import type { TableSchema } from './table-schema.js'

const invalid = 'One or more parameter values were invalid:'

/** What is wrong with the key condition of a query and the key from which it goes on. */
export function keyConditionProblem(
  expression: string,
  names: Names,
  values: WireItem,
  startKey: WireItem | undefined,
  schema: TableSchema,
): string | undefined {
  for (const comparison of comparisonsOf(expression, names)) {
    const { attribute, given } = clauseOf(comparison, values)
    if (attribute === undefined) continue
    for (const value of given) {
      const problem = keyValueProblem(attribute, comparison.operator, value, schema)
      if (problem !== undefined) return problem
    }
    const start = startKey?.[attribute]
    if (start !== undefined && isOutside(comparison, start, values)) {
      return 'The provided starting key is outside query boundaries based on provided conditions'
    }
  }
  return undefined
}

function clauseOf({ operands }: Comparison, values: WireItem): { attribute: string | undefined; given: WireValue[] } {
  const given = operands
    .map((operand) => (operand === undefined ? undefined : values[operand]))
    .filter((value) => value !== undefined)
  return { attribute: operands.find((operand) => operand !== undefined && !operand.startsWith(':')), given }
}

function keyValueProblem(
  attribute: string,
  operator: string,
  value: WireValue,
  schema: TableSchema,
): string | undefined {
  const type = schema.types.get(attribute)
  if (type === undefined) return undefined
  if (!(type in value)) return `${invalid} Condition parameter type does not match schema type`
  if (operator === 'begins_with' && type === 'N') {
    return 'Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with'
  }
  const size = sizeOf(value)
  if (size === 0) return 'One or more parameter values are not valid. A key attribute cannot contain an empty value'
  // A partition key that is too long finds nothing, as it does in DynamoDB Local.
  const most = schema.mostBytes.get(attribute)
  return most === 1_024 && size !== undefined && size > most
    ? `${invalid} Size limit of range keys exceeded`
    : undefined
}

/** Of strings and binaries, in bytes. */
function sizeOf({ S, B }: WireValue): number | undefined {
  if (typeof S === 'string') return Buffer.byteLength(S)
  return typeof B === 'string' ? Buffer.byteLength(B, 'base64') : undefined
}

const outside: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order !== 0,
  '<': (order) => order >= 0,
  '<=': (order) => order > 0,
  '>': (order) => order <= 0,
  '>=': (order) => order < 0,
}

function isOutside({ operator, operands }: Comparison, start: WireValue, values: WireItem): boolean {
  const [first, second, third] = operands.map((operand) => (operand === undefined ? undefined : values[operand]))
  const value = first ?? second
  if (value === undefined) return false
  if (operator === 'begins_with') {
    const [bytes, prefix] = [bytesOf(start), bytesOf(value)]
    return bytes !== undefined && prefix !== undefined && !bytes.subarray(0, prefix.length).equals(prefix)
  }
  if (operator === 'BETWEEN') return third !== undefined && (order(start, value) < 0 || order(start, third) > 0)
  // The value may come first: `:a < sk`.
  const turned = first === undefined ? operator : (turnedOperators[operator] ?? operator)
  const signed = order(start, value)
  return Number.isNaN(signed) ? false : (outside[turned]?.(signed) ?? false)
}

const turnedOperators: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function bytesOf({ S, B }: WireValue): Buffer | undefined {
  if (typeof S === 'string') return Buffer.from(S)
  return typeof B === 'string' ? Buffer.from(B, 'base64') : undefined
}

/** NaN where it can't be said: numbers that differ in more digits than JavaScript has are let pass. */
function order(one: WireValue, other: WireValue): number {
  if (one['N'] !== undefined && other['N'] !== undefined) {
    if (one['N'] === other['N']) return 0
    const difference = Math.sign(Number(one['N']) - Number(other['N']))
    return difference === 0 && (one['N'] as string).length > exactDigits ? NaN : difference
  }
  const [left, right] = [bytesOf(one), bytesOf(other)]
  return left === undefined || right === undefined ? NaN : Buffer.compare(left, right)
}

const exactDigits = 15

/** What is wrong with the attributes that are asked of a global index. */
export function projectionProblem(
  expression: string,
  names: Names,
  index: string,
  schema: TableSchema,
): string | undefined {
  const projected = schema.indexes.get(index)?.projected
  const other = projected && attributesOf(expression, names).some((name) => !projected.has(name))
  return other === true
    ? `${invalid} Global secondary index ${index} does not project all that is asked for`
    : undefined
}

/** What is wrong with the sizes of the keys of indexes in an item, or in what an update sets. */
export function keySizeProblem(item: WireItem, schema: TableSchema): string | undefined {
  for (const [attribute, most] of schema.mostBytes) {
    const value = item[attribute]
    if (value !== undefined && (sizeOf(value) ?? 0) > most) return `${invalid} Size limit exceeded`
  }
  return undefined
}

/** What an update sets its top-level attributes to. */
export function assignedValues(expression: string, names: Names, values: WireItem): WireItem {
  const assigned = comparisonsOf(expression, names).flatMap(({ operator, operands: [attribute, value] }) => {
    const given = value === undefined ? undefined : values[value]
    return operator === '=' && attribute !== undefined && given !== undefined ? [[attribute, given] as const] : []
  })
  return Object.fromEntries(assigned)
}
