// Ranges over sort keys, as conditions. Components are compared, not raw strings: the delimiter `#` lies below every character
// that a component can hold, so all keys with one component value lie together, before those with any greater one.
import type { ConditionTree } from '../expressions/condition.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { type Codec, rethrowAt, ValueProblem } from '../values/codec.js'
import { stringCodec } from '../values/scalars.js'
import { escapeComponent } from './component.js'
import { compareKeyValues } from './key-order.js'
import { fillTemplate } from './key-template.js'
import type { KeyPart } from './model.js'
import type { Bound, RangeBounds } from './range.js'

/** A condition on a sort key. */
export interface SortRange {
  readonly condition: ConditionTree | undefined
  /** The only sort key that is asked for. */
  readonly equal?: AttributeValue
  /** Sort keys to drop from what was read: BETWEEN includes both of its ends. */
  readonly excluded?: readonly AttributeValue[]
}

interface End {
  readonly value: AttributeValue
  /** Whether the end itself lies outside of the range. */
  readonly open: boolean
}

/** All sort keys that begin with a text; without a text there is nothing to ask. */
export function prefixRange(part: KeyPart, prefix: string): SortRange {
  if (prefix === '') return { condition: undefined }
  return { condition: { type: 'begins-with', path: [part.name], prefix: { S: prefix } } }
}

/** A range over a key attribute that holds the attribute's own value. */
export function nativeSortRange(part: KeyPart, codec: Codec, { prefix, lower, upper }: RangeBounds): SortRange {
  const attribute = part.template.native ?? part.name
  if (prefix !== undefined) return prefixRange(part, prefixText(codec, attribute, prefix))
  const end = (bound: Bound): End => ({ value: encodeBound(codec, attribute, bound), open: !bound.inclusive })
  return rangeBetween(part, attribute, lower && end(lower), upper && end(upper))
}

/** A range over one component of a template, after the text of those before it. */
export function templateSortRange(
  part: KeyPart,
  position: number,
  before: Attributes,
  codec: Codec,
  { prefix, lower, upper }: RangeBounds,
): SortRange {
  const { template } = part
  const { attribute = '', format } = template.components[position] ?? {}
  const start = fillTemplate(template, before, position)
  if (prefix !== undefined) return prefixRange(part, start + escapeComponent(prefixText(codec, attribute, prefix)))
  const textOf = (bound: Bound): string =>
    start + at(attribute, () => format?.write(encodeBound(codec, attribute, bound)) ?? '')
  const after = template.literals[position + 1] ?? ''
  const isLast = position === template.components.length - 1 && after === ''
  // Where more follows, the keys of one value are those that begin with its text and the literal after it.
  const above = (bound: Bound): string => successor(textOf(bound) + after)
  const lowerEnd = (bound: Bound): End =>
    bound.inclusive || isLast ? end(textOf(bound), !bound.inclusive) : end(above(bound), false)
  const upperEnd = (bound: Bound): End =>
    bound.inclusive && !isLast ? end(above(bound), true) : end(textOf(bound), !bound.inclusive)
  const wholeLower = start === '' ? undefined : end(start, false)
  const wholeUpper = start === '' ? undefined : end(successor(start), true)
  return rangeBetween(part, attribute, lower ? lowerEnd(lower) : wholeLower, upper ? upperEnd(upper) : wholeUpper)
}

function end(text: string, open: boolean): End {
  return { value: { S: text }, open }
}

function rangeBetween(part: KeyPart, attribute: string, lower: End | undefined, upper: End | undefined): SortRange {
  const path = [part.name]
  if (lower === undefined || upper === undefined) {
    if (lower !== undefined)
      return { condition: { type: 'compare', operator: lower.open ? '>' : '>=', path, value: lower.value } }
    if (upper !== undefined)
      return { condition: { type: 'compare', operator: upper.open ? '<' : '<=', path, value: upper.value } }
    return { condition: undefined }
  }
  const order = compareKeyValues(lower.value, upper.value)
  if (order > 0 || (order === 0 && (lower.open || upper.open))) throw reversed(attribute)
  const excluded = [lower, upper].filter(({ open }) => open).map(({ value }) => value)
  return { condition: { type: 'between', path, from: lower.value, to: upper.value }, excluded }
}

function encodeBound(codec: Codec, attribute: string, { value }: Bound): AttributeValue {
  const encoded = at(attribute, () => (codec.unchecked ?? codec).encode(value))
  if (encoded === undefined) throw new ValueProblem('a value that has an order', 'an empty set')
  return encoded
}

function prefixText(codec: Codec, attribute: string, prefix: string): string {
  return at(attribute, () => {
    if (codec.kind !== 'S')
      throw new ValueProblem('a range other than beginsWith: the attribute is no text', 'a prefix')
    return stringCodec.encode(prefix)?.S ?? ''
  })
}

function at<Result>(attribute: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof ValueProblem && error.path.length > 0) throw error
    rethrowAt(error, attribute)
  }
}

function reversed(attribute: string): ValueProblem {
  const problem = new ValueProblem('a range whose first bound is not greater than its second', 'reversed bounds')
  problem.path.push(attribute)
  return problem
}

/** The least text above all that begin with this one: the last code point plus one, without the surrogates. */
export function successor(text: string): string {
  const points = Array.from(text)
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const point = last.codePointAt(0) ?? 0
    if (point === 0x10ffff) continue
    return points.join('') + String.fromCodePoint(point === 0xd7ff ? 0xe000 : point + 1)
  }
  return '\u{10ffff}'
}
