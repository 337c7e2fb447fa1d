// Key conditions that begin at a value inside of a range: how one partition of several goes on where another one stopped.
import type { KeyCondition } from '../expressions/condition.js'
import type { AttributeValue } from '../types/attribute-value.js'
import { ownValue } from '../values/codec.js'
import { compareKeyValues } from './key-order.js'
import type { KeyRange } from './key-range.js'
import { successor } from './sort-range.js'
import type { PhysicalKey } from './table-model.js'

interface Ends {
  readonly lower: AttributeValue | undefined
  readonly upper: AttributeValue | undefined
}

/**
 * The conditions from a sort key on, or in reverse up to it; `undefined` where nothing is left. An excluded end may become an
 * included one, and only the first attribute that differs between rows is asked for: rows must be held against what they come from.
 */
export function narrowed(
  { conditions, fixed }: Pick<KeyRange, 'conditions' | 'fixed'>,
  sortKey: readonly PhysicalKey[],
  from: readonly AttributeValue[],
  reverse: boolean,
): readonly KeyCondition[] | undefined {
  for (const [index, { name }] of sortKey.entries()) {
    const value = from[index]
    if (value === undefined) return conditions
    const same = ownValue(fixed, name)
    if (same === undefined) return narrowedOn(conditions, name, value, reverse)
    const order = compareKeyValues(same, value)
    if (order !== 0) return order > 0 === reverse ? undefined : conditions
  }
  return conditions
}

function narrowedOn(
  conditions: readonly KeyCondition[],
  name: string,
  from: AttributeValue,
  reverse: boolean,
): readonly KeyCondition[] | undefined {
  const path = [name]
  const position = conditions.findIndex((condition) => 'path' in condition && condition.path[0] === name)
  const { lower, upper } = endsOf(conditions[position])
  // The range lies on the wanted side already.
  const outer = reverse ? upper : lower
  if (outer !== undefined && isBeyond(outer, from, reverse)) return conditions
  const inner = reverse ? lower : upper
  if (inner !== undefined && isBeyond(from, inner, reverse)) return undefined
  const condition: KeyCondition =
    inner === undefined
      ? { type: 'compare', operator: reverse ? '<=' : '>=', path, value: from }
      : { type: 'between', path, from: reverse ? inner : from, to: reverse ? from : inner }
  return position === -1 ? [...conditions, condition] : conditions.with(position, condition)
}

function isBeyond(one: AttributeValue, other: AttributeValue, reverse: boolean): boolean {
  const order = compareKeyValues(one, other)
  return reverse ? order < 0 : order > 0
}

function endsOf(condition: KeyCondition | undefined): Ends {
  switch (condition?.type) {
    case 'compare': {
      const { operator, value } = condition
      const isLower = operator === '>' || operator === '>=' || operator === '='
      const isUpper = operator === '<' || operator === '<=' || operator === '='
      return { lower: isLower ? value : undefined, upper: isUpper ? value : undefined }
    }
    case 'between':
      return { lower: condition.from, upper: condition.to }
    case 'begins-with': {
      const prefix = condition.prefix.S ?? ''
      return { lower: condition.prefix, upper: { S: successor(prefix) } }
    }
    default:
      return { lower: undefined, upper: undefined }
  }
}
