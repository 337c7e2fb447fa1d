// What DynamoDB refuses in any condition, and the embedded engine lets pass.
import { comparisonsOf, type Comparison, type Names } from './comparisons.js'

/** A value on the wire: one member, named by the type. */
export type WireValue = Readonly<Record<string, unknown>>
export type WireItem = Readonly<Record<string, WireValue>>

const mostOperands = 100
const types = new Set(['S', 'SS', 'N', 'NS', 'B', 'BS', 'BOOL', 'NULL', 'L', 'M'])
const ordered = new Set(['<', '<=', '>', '>='])

/** What is wrong with a condition or a filter, in a sentence; undefined where nothing is. */
export function conditionProblem(
  kind: string,
  expression: string,
  names: Names,
  values: WireItem | undefined,
): string | undefined {
  for (const comparison of comparisonsOf(expression, names)) {
    const problem = comparisonProblem(comparison, values ?? {})
    if (problem !== undefined) return `Invalid ${kind}: ${problem}`
  }
  return undefined
}

function comparisonProblem({ operator, operands }: Comparison, values: WireItem): string | undefined {
  const [first, ...rest] = operands
  if (first !== undefined && !first.startsWith(':') && rest.includes(first)) {
    return `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}`
  }
  if (operator === 'IN' && rest.length > mostOperands) {
    return `Too many operands for this operator or function; operator: IN, number of operands: ${rest.length}`
  }
  const given = operands.map((operand) => (operand?.startsWith(':') === true ? values[operand] : undefined))
  if (ordered.has(operator) && given.some((value) => value !== undefined && !isOrdered(value))) {
    return `Incorrect operand type for operator or function; operator or function: ${operator}`
  }
  const type = operator === 'attribute_type' ? given[1]?.['S'] : undefined
  return typeof type === 'string' && !types.has(type) ? 'Invalid attribute type name found' : undefined
}

/** Whether values of its type have an order. */
export function isOrdered(value: WireValue): boolean {
  return 'S' in value || 'N' in value || 'B' in value
}
