// Ranges over sort keys, as conditions. Components are compared, not raw strings: the delimiter `#` lies below every character
// that an escaped component can hold, so all keys with one value lie together, before those with any greater one.
import type { KeyCondition } from '../expressions/condition.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { type Codec, ownValue, rethrowAt, ValueProblem } from '../values/codec.js'
import { stringCodec } from '../values/scalars.js'
import { compareKeyValues } from './key-order.js'
import { type Component, componentText, componentValue, fillTemplate, writeComponent } from './key-template.js'
import type { KeyPart } from './model.js'
import type { Bound, RangeBounds } from './range.js'
import { readTemplate } from './read-key.js'

/** Whether a row is asked for; `values` are its attributes by the names of the schema. */
export type RowCheck = (row: Attributes, values: Attributes) => boolean

/** A condition on a sort key. */
export interface SortRange {
  readonly condition: KeyCondition | undefined
  /** The only sort key that is asked for. */
  readonly equal?: AttributeValue
  readonly checks?: readonly RowCheck[]
}

/** One end of a range over the values of a key attribute. */
export interface End {
  readonly value: AttributeValue
  /** Whether the end itself lies outside of the range. */
  readonly open: boolean
}

/** All sort keys that begin with a text; without a text there is nothing to ask. */
export function prefixRange(part: KeyPart, prefix: string): SortRange {
  if (prefix === '') return { condition: undefined }
  return { condition: { type: 'begins-with', path: [part.name], prefix: { S: prefix } } }
}

/** A prefix that runs over a component which may contain its own delimiter also matches longer ones: rows tell. */
export function sameComponents(part: KeyPart, depth: number, known: Attributes): readonly RowCheck[] {
  const { components, permissive } = part.template
  const given = components.slice(0, depth)
  if (permissive === undefined || !given.includes(permissive)) return []
  return given.map((component) => {
    const text = componentText(component, known)
    return (row, values) => textIn(part, component, row, values) === text
  })
}

/** The text of a component in a row; out of the key where the row does not have the attribute itself. */
function textIn(part: KeyPart, component: Component, row: Attributes, values: Attributes): string | undefined {
  if (componentValue(component, values) !== undefined) return componentText(component, values)
  const key = ownValue(row, part.name)?.S
  return key === undefined ? undefined : readTemplate(part.template, key)?.[part.template.components.indexOf(component)]
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
  bounds: RangeBounds,
): SortRange {
  const { template } = part
  const component = template.components[position]
  if (component === undefined) throw new Error(`no component ${position} in ${template.text}`)
  const { name, format } = component
  const start = fillTemplate(template, before, position)
  if (bounds.prefix !== undefined) {
    const prefix = format.prefix?.(prefixText(codec, name, bounds.prefix))
    if (prefix === undefined) throw unordered(component)
    return prefixRange(part, start + prefix)
  }
  if (!format.orderedKinds.includes(codec.kind)) throw unordered(component)
  const after = template.literals[position + 1] ?? ''
  const isLast = position === template.components.length - 1 && after === ''
  const textOf = (bound: Bound): string => at(name, () => writeComponent(component, encodeBound(codec, name, bound)))
  const ends = format.isRaw && !isLast ? rawEnds(start, after, textOf) : escapedEnds(start, after, isLast, textOf)
  // Where the greatest value has the least text, the keys begin at the upper bound.
  const { lower, upper } = format.descends === true ? { lower: bounds.upper, upper: bounds.lower } : bounds
  const wholeLower = start === '' ? undefined : end(start, false)
  const wholeUpper = start === '' ? undefined : end(successor(start), true)
  const range = rangeBetween(part, name, lower ? ends.lower(lower) : wholeLower, upper ? ends.upper(upper) : wholeUpper)
  const inside =
    format.isRaw && !isLast
      ? [insideBounds(part, component, lower && textOf(lower), upper && textOf(upper), bounds)]
      : []
  return { ...range, checks: [...(range.checks ?? []), ...inside, ...sameComponents(part, position, before)] }
}

interface Ends {
  readonly lower: (bound: Bound) => End
  readonly upper: (bound: Bound) => End
}

/** Exact ends: where more follows, the keys of one value are those that begin with its text and the literal after it. */
function escapedEnds(start: string, after: string, isLast: boolean, textOf: (bound: Bound) => string): Ends {
  const above = (bound: Bound): string => successor(start + textOf(bound) + after)
  return {
    lower: (bound) =>
      bound.inclusive || isLast ? end(start + textOf(bound), !bound.inclusive) : end(above(bound), false),
    upper: (bound) =>
      bound.inclusive && !isLast ? end(above(bound), true) : end(start + textOf(bound), !bound.inclusive),
  }
}

/**
 * Ends that are wide enough. A raw text may hold characters below the delimiter, and then sorts after a shorter one that it
 * begins with: the upper end goes up to that shorter text's keys.
 */
function rawEnds(start: string, after: string, textOf: (bound: Bound) => string): Ends {
  const [delimiter = ''] = after
  return {
    lower: (bound) => end(start + textOf(bound), false),
    upper: (bound) => {
      const text = Array.from(textOf(bound))
      const low = text.findIndex((character) => character <= delimiter)
      return end(successor(start + text.slice(0, low === -1 ? undefined : low).join('') + after), true)
    },
  }
}

function insideBounds(
  part: KeyPart,
  component: Component,
  lower: string | undefined,
  upper: string | undefined,
  bounds: RangeBounds,
): RowCheck {
  return (row, values) => {
    const text = textIn(part, component, row, values)
    if (text === undefined) return false
    const below = lower === undefined ? 1 : compareKeyValues({ S: text }, { S: lower })
    const above = upper === undefined ? -1 : compareKeyValues({ S: text }, { S: upper })
    return (
      (bounds.lower?.inclusive === true ? below >= 0 : below > 0) &&
      (bounds.upper?.inclusive === true ? above <= 0 : above < 0)
    )
  }
}

function end(text: string, open: boolean): End {
  return { value: { S: text }, open }
}

/** A range between two ends, each of them absent or not. */
export function rangeBetween(
  part: KeyPart,
  attribute: string,
  lower: End | undefined,
  upper: End | undefined,
): SortRange {
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
  // BETWEEN includes both of its ends.
  const excluded = [lower, upper].filter(({ open }) => open).map(({ value }) => value)
  const condition = { type: 'between', path, from: lower.value, to: upper.value } as const
  if (excluded.length === 0) return { condition }
  return { condition, checks: [(row) => !excluded.some((value) => isAt(row[part.name], value))] }
}

function isAt(stored: AttributeValue | undefined, value: AttributeValue): boolean {
  return stored !== undefined && compareKeyValues(stored, value) === 0
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

function unordered({ name }: Component): ValueProblem {
  const problem = new ValueProblem('one value: texts of its format do not sort as its values do', 'a range')
  problem.path.push(name)
  return problem
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
