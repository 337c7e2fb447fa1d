// Compiles what a query asks for into the partitions it reads, one or many, and the range of each.
import type { ConditionTree } from '../expressions/condition.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue, problemAt, setOwn, ValueProblem } from '../values/codec.js'
import { type BucketRange, compileBucketRange } from './bucket-range.js'
import { severalOf } from './fan-out.js'
import { encodeNamed } from './item.js'
import { compileKeyRange, type Given, type KeyRange, queryObject } from './key-range.js'
import { type Component, componentText } from './key-template.js'
import { checkKeyValue } from './key-value.js'
import type { EntityIndex, KeyPart, Model } from './model.js'
import { boundsOf, type RangeBounds } from './range.js'

/** How a query that reads several partitions does so. */
export interface FanOut {
  readonly reverse: boolean
  /** How many time buckets it may read. */
  readonly maxBuckets: number | undefined
  /** Whether partitions are read one after the other instead of being merged. */
  readonly unordered: boolean
}

/** The partitions that a query reads, and what of each. */
export interface KeyRanges {
  readonly count: number
  /** How many partitions, next to each other, are merged. */
  readonly width: number
  /** How many partitions there are in a time bucket, or in all. */
  readonly choices: number
  range(ordinal: number): KeyRange
  /** The range over a time that the key can't ask for exactly: whole buckets are read. */
  readonly inexact: { readonly component: Component; readonly bounds: RangeBounds } | undefined
}

// More partitions than that are no query but a scan.
const mostChoices = 256

/** What takes the place of some components: stored values, or the very texts in the key. */
interface Choice {
  readonly values: Attributes
  readonly texts: Readonly<Record<string, string>>
}

/** Compiles a query key. Throws `ValueProblem`. */
export function compileKeyRanges(model: Model, index: EntityIndex, given: unknown, fanOut: FanOut): KeyRanges {
  const values = queryObject(index, given)
  const components = index.partitionKey.flatMap(({ template }) => template.components)
  const names = [...new Set(components.map(({ name }) => name))]
  const bucketed = names.find((name) => boundsOf(ownValue(values, name)) !== undefined && isBucketed(components, name))
  const several = names.filter((name) => severalOf(ownValue(values, name)) !== undefined)
  const plain = encodeNamed(
    model,
    names.filter((name) => name !== bucketed && !several.includes(name)),
    values,
  )
  const choices = several.reduce<readonly Choice[]>(
    (found, name) => product(found, choicesOf(model, components, name, ownValue(values, name))),
    [{ values: plain, texts: {} }],
  )
  const buckets =
    bucketed === undefined
      ? undefined
      : compileBucketRange(model, finest(components, bucketed), ownValue(values, bucketed), fanOut.maxBuckets)
  const open = nextOpen(index, choices[0]?.values ?? {}, values)
  const isExact = bucketed === undefined || (open?.name === bucketed && isOrdered(model, open))
  const asked = without(values, [...several, ...(isExact ? [] : [bucketed])])
  const bounds = isExact ? undefined : boundsOf(ownValue(values, bucketed))
  const count = (buckets?.count ?? 1) * choices.length
  const range = (ordinal: number): KeyRange => {
    const position = fanOut.reverse ? count - 1 - ordinal : ordinal
    const choice = choices[position % choices.length] ?? { values: {}, texts: {} }
    const texts = { ...choice.texts, ...bucketAt(buckets, Math.floor(position / choices.length)) }
    const partition: Attributes = {}
    for (const part of index.partitionKey) setOwn(partition, part.name, partValue(part, choice.values, texts))
    return compileKeyRange(model, index, partition, choice.values, asked)
  }
  // What is wrong with one of them is said at once. Buckets differ in nothing but their texts, which are equally long.
  const ranges = choices.map((_, position) => range(position))
  const isMerged = !fanOut.unordered && choices.length > 1 && ranges.some((found) => hasOpenSortKey(index, found))
  return {
    count,
    width: isMerged ? choices.length : 1,
    choices: choices.length,
    range,
    inexact: bounds && bucketed !== undefined ? { component: finest(components, bucketed), bounds } : undefined,
  }
}

function isBucketed(components: readonly Component[], name: string): boolean {
  return components.some((component) => component.name === name && component.format.bucket !== undefined)
}

/** Of several buckets of one time the shortest: the others' texts begin its. */
function finest(components: readonly Component[], name: string): Component {
  const own = components.filter((component) => component.name === name)
  const [first, ...others] = own.toSorted((a, b) => (b.format.width ?? 0) - (a.format.width ?? 0))
  if (first === undefined || [first, ...others].some(({ format }) => format.bucket === undefined))
    throw problemAt(name, 'one value: not all that the partition key holds of it are time buckets', 'a range')
  return first
}

function bucketAt(buckets: BucketRange | undefined, position: number): Readonly<Record<string, string>> {
  return buckets === undefined ? {} : { [buckets.name]: buckets.text(position) }
}

/** What one component may be. */
function choicesOf(model: Model, components: readonly Component[], name: string, given: unknown): readonly Choice[] {
  const several = severalOf(given)
  const own = components.filter((component) => component.name === name)
  const [{ format } = { format: undefined }] = own
  const texts = (list: readonly string[]): readonly Choice[] =>
    list.map((text) => ({ values: {}, texts: { [name]: text } }))
  const shards = own.every((component) => component.format.shards === format?.shards) ? format?.shards : undefined
  const shardText = (number: number): string => String(number).padStart(format?.width ?? 0, '0')
  switch (several?.type) {
    case 'shard':
      if (shards === undefined) throw problemAt(name, 'a value: its template is no shard', 'a shard')
      if (several.number >= shards) throw problemAt(name, `a shard from 0 to ${shards - 1}`, 'a greater one')
      return texts([shardText(several.number)])
    case 'bucket': {
      const component = finest(components, name)
      if (several.text.length !== component.format.width)
        throw problemAt(name, `a bucket of one ${component.format.bucket ?? ''}`, 'one of another length')
      return texts([several.text])
    }
    default:
      if (shards !== undefined && shards <= mostChoices)
        return texts(Array.from({ length: shards }, (_, number) => shardText(number)))
      return valuesOf(model, own, name).map((value) => ({ values: { [name]: value }, texts: {} }))
  }
}

function valuesOf(model: Model, own: readonly Component[], name: string): readonly AttributeValue[] {
  const { codec } = model.components.get(name) ?? {}
  const values = codec?.values?.filter(({ NULL }) => NULL === undefined) ?? []
  const isText = own.some(({ format }) => format.bucket !== undefined || format.shards !== undefined)
  if (!isText && values.length > 0 && values.length <= mostChoices) return values
  throw problemAt(
    name,
    `a value: it has not finitely many, or more than ${mostChoices} (an enum, literals, a boolean, z.int().min(…).max(…) or a shard have)`,
    'each()',
  )
}

function product(left: readonly Choice[], right: readonly Choice[]): readonly Choice[] {
  if (left.length * right.length > mostChoices)
    throw new ValueProblem(`at most ${mostChoices} partitions for all each() together`, 'more')
  return left.flatMap((one) =>
    right.map((other) => ({ values: { ...one.values, ...other.values }, texts: { ...one.texts, ...other.texts } })),
  )
}

/** The value of one attribute of the partition key. */
function partValue(part: KeyPart, values: Attributes, texts: Readonly<Record<string, string>>): AttributeValue {
  const { template } = part
  const native = template.native === undefined ? undefined : ownValue(values, template.native)
  const value = native ?? { S: partText(part, values, texts) }
  checkKeyValue(part, value)
  return value
}

function partText({ template }: KeyPart, values: Attributes, texts: Readonly<Record<string, string>>): string {
  let text = template.literals[0] ?? ''
  for (const [position, component] of template.components.entries()) {
    const given = ownValue(texts, component.name)
    // The text of a year begins that of its months, and so on.
    text += given === undefined ? componentText(component, values) : given.slice(0, component.format.width)
    text += template.literals[position + 1] ?? ''
  }
  return text
}

/** The first component of the sort key that has no single value. */
function nextOpen(index: EntityIndex, known: Attributes, values: Given): Component | undefined {
  return index.sortKey
    .flatMap(({ template }) => template.components)
    .find(({ name }) => {
      const value = ownValue(values, name)
      const isGiven = value !== undefined && boundsOf(value) === undefined && severalOf(value) === undefined
      return !Object.hasOwn(known, name) && !isGiven
    })
}

function isOrdered(model: Model, { name, format }: Component): boolean {
  return format.orderedKinds.includes(model.components.get(name)?.codec.kind ?? '')
}

function without(values: Given, names: readonly string[]): Given {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
}

function hasOpenSortKey(index: EntityIndex, { fixed }: KeyRange): boolean {
  return index.sortKey.some(({ name }) => !Object.hasOwn(fixed, name))
}

/** The conditions that a time lies in a range, for a filter. */
export function boundsConditions(
  path: readonly string[],
  { lower, upper }: RangeBounds,
  encode: (value: unknown) => AttributeValue | undefined,
): readonly ConditionTree[] {
  const ends = [
    [lower, lower?.inclusive === true ? '>=' : '>'] as const,
    [upper, upper?.inclusive === true ? '<=' : '<'] as const,
  ]
  return ends.flatMap(([bound, operator]): ConditionTree[] => {
    const value = bound && encode(bound.value)
    return value === undefined ? [] : [{ type: 'compare', operator, path, value }]
  })
}
