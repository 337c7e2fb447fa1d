// Whether a position lies in a key range, decided without a request.
import type { Comparison, KeyCondition } from '../expressions/condition.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue } from '../values/codec.js'
import { compareKeyValues } from './key-order.js'

/** Whether the key attributes fulfil all of a query's key conditions. */
export function satisfies(conditions: readonly KeyCondition[], position: Attributes): boolean {
  return conditions.every((condition) => holds(condition, position))
}

function holds(condition: KeyCondition, position: Attributes): boolean {
  switch (condition.type) {
    case 'compare': {
      const value = valueAt(condition.path, position)
      return value !== undefined && compares(condition.operator, compareKeyValues(value, condition.value))
    }
    case 'between': {
      const value = valueAt(condition.path, position)
      if (value === undefined) return false
      return compareKeyValues(value, condition.from) >= 0 && compareKeyValues(value, condition.to) <= 0
    }
    case 'begins-with': {
      const text = valueAt(condition.path, position)?.S
      return text !== undefined && condition.prefix.S !== undefined && text.startsWith(condition.prefix.S)
    }
    default:
      return false
  }
}

function valueAt(path: readonly (string | number)[], position: Attributes): AttributeValue | undefined {
  const [name] = path
  return typeof name === 'string' ? ownValue(position, name) : undefined
}

function compares(operator: Comparison, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0
    case '<>':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}
