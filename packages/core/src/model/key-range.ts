// Compiles what a query asks for into exact bounds on the key, inside the entity's own prefix.
import type { ConditionTree } from '../expressions/condition.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { kindOf, ownValue, setOwn, ValueProblem } from '../values/codec.js'
import { encodeNamed } from './item.js'
import { fillTemplate } from './key-template.js'
import { keyValue } from './key-value.js'
import type { EntityIndex, KeyPart, Model } from './model.js'
import { boundsOf, type RangeBounds } from './range.js'
import { nativeSortRange, prefixRange, type SortRange, templateSortRange } from './sort-range.js'

/** The rows that a query reads. */
export interface KeyRange {
  /** On the partition key first; then, if there is anything to ask, on the sort key. */
  readonly conditions: readonly ConditionTree[]
  /** The key attributes that are the same in every row of the range. */
  readonly fixed: Attributes
  /** Sort keys to drop from what was read: BETWEEN includes both of its ends. */
  readonly excluded: readonly AttributeValue[]
  /** Whether the range lies inside a literal prefix of the entity's sort key, which other entities don't share. */
  readonly insideOwnPrefix: boolean
}

/** Compiles a query key: all of the partition key, then the sort key from the left, with one range at most. Throws `ValueProblem`. */
export function compileKeyRange(model: Model, index: EntityIndex, given: unknown): KeyRange {
  const { partitionKey, sortKey } = index
  const values = queryObject(index, given)
  const partitionNames = partitionKey.template.components.map(({ attribute }) => attribute)
  const known = encodeNamed(model, partitionNames, values)
  const partition = keyValue(partitionKey, known)
  if (partition === undefined) throw new ValueProblem('every part of the partition key', 'fewer')
  const sort = sortKey === undefined ? undefined : sortRange(model, sortKey, known, values)
  const fixed: Attributes = {}
  setOwn(fixed, partitionKey.name, partition)
  if (sortKey !== undefined && sort?.equal !== undefined) setOwn(fixed, sortKey.name, sort.equal)
  return {
    conditions: [
      { type: 'compare', operator: '=', path: [partitionKey.name], value: partition },
      ...(sort?.condition === undefined ? [] : [sort.condition]),
    ],
    fixed,
    excluded: sort?.excluded ?? [],
    insideOwnPrefix: (sortKey?.template.literals[0] ?? '') !== '',
  }
}

function queryObject(index: EntityIndex, given: unknown): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new ValueProblem(`an object with the components of ${index.name}`, kindOf(given))
  const values = given as Readonly<Record<string, unknown>>
  const names = [index.partitionKey, index.sortKey].flatMap(
    (part) => part?.template.components.map(({ attribute }) => attribute) ?? [],
  )
  for (const name of Object.keys(values)) {
    const problem = names.includes(name)
      ? values[name] === undefined && new ValueProblem('a value: leave it out to read everything below', 'undefined')
      : new ValueProblem(`a component of ${index.name} (${names.join(', ')})`, 'another name')
    if (problem === false) continue
    problem.path.push(name)
    throw problem
  }
  return values
}

/** What the sort key's part of a query asks for. */
function sortRange(
  model: Model,
  part: KeyPart,
  known: Attributes,
  values: Readonly<Record<string, unknown>>,
): SortRange {
  const { components } = part.template
  let depth = 0
  let range: { readonly position: number; readonly bounds: RangeBounds } | undefined
  for (const [position, { attribute }] of components.entries()) {
    if (Object.hasOwn(known, attribute) && depth === position) {
      depth++
      continue
    }
    const value = ownValue(values, attribute)
    if (value === undefined) continue
    if (depth !== position || range !== undefined) throw outOfOrder(part, attribute, depth, range !== undefined)
    const bounds = boundsOf(value)
    if (bounds !== undefined) range = { position, bounds }
    else {
      setOwn(known, attribute, ownValue(encodeNamed(model, [attribute], values), attribute))
      depth++
    }
  }
  if (range !== undefined) {
    const { codec } = model.properties.get(components[range.position]?.attribute ?? '') ?? {}
    if (codec === undefined) throw new ValueProblem('a component of the sort key', 'none')
    return part.template.native === undefined
      ? templateSortRange(part, range.position, known, codec, range.bounds)
      : nativeSortRange(part, codec, range.bounds)
  }
  if (depth === components.length) {
    const equal = keyValue(part, known)
    if (equal === undefined) throw new ValueProblem('every part of the sort key', 'fewer')
    return { condition: { type: 'compare', operator: '=', path: [part.name], value: equal }, equal }
  }
  return prefixRange(part, fillTemplate(part.template, known, depth))
}

function outOfOrder(part: KeyPart, attribute: string, depth: number, afterRange: boolean): ValueProblem {
  const next = part.template.components[depth]?.attribute ?? ''
  const problem = afterRange
    ? new ValueProblem(`nothing after the range on ${next}: filter on it instead`, 'a value')
    : new ValueProblem(`${next} before it: the sort key is read from the left (${part.template.text})`, 'a hole')
  problem.path.push(attribute)
  return problem
}
