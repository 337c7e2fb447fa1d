// Compiles what a query asks for into exact bounds on the key, inside the entity's own prefix.
import type { KeyCondition } from '../expressions/condition.js'
import type { Attributes } from '../types/attribute-value.js'
import { kindOf, ownValue, problemAt, setOwn, ValueProblem } from '../values/codec.js'
import { encodeNamed } from './item.js'
import { fillTemplate } from './key-template.js'
import { keyValue } from './key-value.js'
import { type EntityIndex, type KeyPart, type Model, namesOf } from './model.js'
import { boundsOf } from './range.js'
import {
  nativeSortRange,
  prefixRange,
  type RowCheck,
  sameComponents,
  type SortRange,
  templateSortRange,
} from './sort-range.js'
import { holds } from './when.js'

/** The rows that a query reads. */
export interface KeyRange {
  /** On the partition key first; then, if there is anything to ask, on the sort key. */
  readonly conditions: readonly KeyCondition[]
  /** The key attributes that are the same in every row of the range. */
  readonly fixed: Attributes
  /** What DynamoDB has no exact bounds for: rows that don't pass are dropped. */
  readonly checks: readonly RowCheck[]
  /** Whether the range lies inside a literal prefix of the entity's sort key, which other entities don't share. */
  readonly insideOwnPrefix: boolean
}

/** What a caller gives for the components of a key. */
export type Given = Readonly<Record<string, unknown>>

/** Compiles what a query asks for within one partition: the sort key from the left, with one range at most. Throws `ValueProblem`. */
export function compileKeyRange(
  model: Model,
  index: EntityIndex,
  partition: Attributes,
  partitionComponents: Attributes,
  values: Given,
): KeyRange {
  const known = { ...partitionComponents }
  const fixed = { ...partition }
  const conditions = index.partitionKey.map(({ name }): KeyCondition => {
    const value = ownValue(partition, name)
    if (value === undefined) throw new ValueProblem('every part of the partition key', 'fewer')
    return { type: 'compare', operator: '=', path: [name], value }
  })
  // Another entry of the same index may make the same keys for other items.
  const checks: RowCheck[] = index.when.length === 0 ? [] : [(_, row) => holds(index.when, row)]
  let open: KeyPart | undefined
  for (const part of index.sortKey) {
    if (open !== undefined) refuseMore(part, open, values, known)
    else {
      const sort = sortRange(model, part, known, values)
      if (sort.condition !== undefined) conditions.push(sort.condition)
      checks.push(...(sort.checks ?? []))
      if (sort.equal === undefined) open = part
      else setOwn(fixed, part.name, sort.equal)
    }
  }
  const insideOwnPrefix = (index.sortKey[0]?.template.literals[0] ?? '') !== ''
  return { conditions, fixed, checks, insideOwnPrefix }
}

/** The components that a query gives, each of them one of the index, and none that is there and has no value. */
export function queryObject(index: EntityIndex, given: unknown): Given {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new ValueProblem(`an object with the components of ${index.name}`, kindOf(given))
  const values = given as Given
  const names = namesOf(index)
  for (const name of Object.keys(values)) {
    if (!names.includes(name))
      throw problemAt(name, `a component of ${index.name} (${names.join(', ')})`, 'another name')
    if (values[name] === undefined) throw problemAt(name, 'a value: leave it out to read everything below', 'undefined')
  }
  return values
}

/** What one sort key attribute's part of a query asks for. Values that it finds are added to those known. */
function sortRange(model: Model, part: KeyPart, known: Attributes, values: Given): SortRange {
  const { components, native } = part.template
  let depth = 0
  while (depth < components.length && take(model, components[depth]?.name ?? '', known, values)) depth++
  const next = components[depth]
  const bounds = next && boundsOf(ownValue(values, next.name))
  for (const { name } of components.slice(bounds === undefined ? depth : depth + 1))
    if (Object.hasOwn(values, name)) throw outOfOrder(part, name, next?.name ?? '', bounds !== undefined)
  if (next !== undefined && bounds !== undefined) {
    const codec = model.components.get(next.name)?.codec
    if (codec === undefined) throw new ValueProblem('a component of the sort key', 'none')
    return native === undefined
      ? templateSortRange(part, depth, known, codec, bounds)
      : nativeSortRange(part, codec, bounds)
  }
  if (depth === components.length) {
    const equal = keyValue(part, known)
    if (equal === undefined) throw new ValueProblem('every part of the sort key', 'fewer')
    return { condition: { type: 'compare', operator: '=', path: [part.name], value: equal }, equal }
  }
  if (native !== undefined) return { condition: undefined }
  return { ...prefixRange(part, fillTemplate(part.template, known, depth)), checks: sameComponents(part, depth, known) }
}

/** Whether a component is known from the partition key, or given by equality. */
function take(model: Model, name: string, known: Attributes, values: Given): boolean {
  if (Object.hasOwn(known, name)) return true
  const value = ownValue(values, name)
  if (value === undefined || boundsOf(value) !== undefined) return false
  setOwn(known, name, ownValue(encodeNamed(model, [name], values), name))
  return true
}

function refuseMore({ template }: KeyPart, open: KeyPart, values: Given, known: Attributes): void {
  const next = open.template.components.find(({ name }) => !Object.hasOwn(known, name))?.name ?? ''
  for (const { name } of template.components)
    if (Object.hasOwn(values, name) && !Object.hasOwn(known, name))
      throw outOfOrder(open, name, next, boundsOf(ownValue(values, next)) !== undefined)
}

function outOfOrder(part: KeyPart, name: string, next: string, afterRange: boolean): ValueProblem {
  const problem = afterRange
    ? new ValueProblem(`nothing after the range on ${next}: filter on it instead`, 'a value')
    : new ValueProblem(`${next} before it: the sort key is read from the left (${part.template.text})`, 'a hole')
  problem.path.push(name)
  return problem
}
