// The kind of an item that an update is about, where an entity has several.
import { InputError } from '../errors/input-error.js'
import type { ConditionTree } from '../expressions/condition.js'
import { refusing } from '../model/item.js'
import { type Model, storedName } from '../model/model.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { type Codec, kindOf, ownValue, type Property, ValueProblem, type Variants } from '../values/codec.js'
import { encodeProperty, plainObject } from '../values/containers.js'
import { isEqual } from '../values/is-equal.js'
import { scalarKey } from '../values/literals.js'
import { mergedProperties } from '../values/unions.js'

/** What an update knows of the item's kind. */
export interface Kind {
  /** What may be set: the properties of the kinds that it may be of after the update. */
  readonly properties: ReadonlyMap<string, Property>
  /** What may be removed: those of the kinds before it as well. */
  readonly removable: ReadonlyMap<string, Property>
  /** That the item is of this kind. */
  readonly conditions: readonly ConditionTree[]
  /** The kinds that the item may be of; empty where an entity has one. */
  readonly variants: readonly Codec[]
  /** The kinds that it may be of after the update. */
  readonly next: readonly Codec[]
}

/** The kind that `is` names, and the one that `set` makes of it. Throws `InputError`. */
export function kindOfItem(model: Model, operation: string, is: unknown, set: unknown): Kind {
  const { variants } = model.codec
  const { properties } = model
  if (variants === undefined) {
    if (is === undefined) return { properties, removable: properties, conditions: [], variants: [], next: [] }
    throw new InputError(operation, ['is'], `no such option: ${model.name} has one kind of item`, kindOf(is))
  }
  const named = is === undefined ? undefined : namedKind(model, operation, variants, is)
  const before = named === undefined ? variants.codecs : [named.variant]
  const made = kindMadeBy(model, operation, variants, set)
  const next = made === undefined ? before : [made]
  return {
    properties: propertiesOf(model, variants, next),
    removable: propertiesOf(model, variants, [...new Set([...before, ...next])]),
    conditions: named === undefined ? [] : [named.condition],
    variants: before,
    next,
  }
}

/** The kind that an item becomes by a new tag. */
function kindMadeBy(model: Model, operation: string, { tag, codecs }: Variants, set: unknown): Codec | undefined {
  if (typeof set !== 'object' || set === null || ownValue(set as Readonly<Record<string, unknown>>, tag) === undefined)
    return undefined
  const value = refusing(operation, ['set'], () => tagValue(model, tag, set as Readonly<Record<string, unknown>>))
  return value && variantOf(codecs, tag, value)
}

/** The properties of some kinds, with those that the entity adds to all. */
function propertiesOf(model: Model, { codecs }: Variants, some: readonly Codec[]): ReadonlyMap<string, Property> {
  if (some.length === codecs.length) return model.properties
  const added = [...model.properties].filter(([name]) => !codecs.some(({ properties }) => properties?.has(name)))
  return new Map([...mergedProperties(some), ...added])
}

function namedKind(
  model: Model,
  operation: string,
  { tag, codecs }: Variants,
  is: unknown,
): { readonly variant: Codec; readonly condition: ConditionTree } {
  const value = refusing(operation, ['is'], () => tagValue(model, tag, plainObject(is)))
  const variant = value && variantOf(codecs, tag, value)
  if (value === undefined || variant === undefined || Object.keys(is as object).length !== 1)
    throw new InputError(operation, ['is'], `${tag} alone, which tells the kinds of ${model.name} apart`, kindOf(is))
  return { variant, condition: { type: 'compare', operator: '=', path: [storedName(model, tag)], value } }
}

function tagValue(model: Model, tag: string, is: Readonly<Record<string, unknown>>): AttributeValue | undefined {
  const property = model.properties.get(tag)
  const value = ownValue(is, tag)
  return property === undefined || value === undefined ? undefined : encodeProperty(property, tag, value)
}

function variantOf(variants: readonly Codec[], tag: string, value: AttributeValue): Codec | undefined {
  return variants.find(({ properties }) =>
    properties?.get(tag)?.codec.values?.some((known) => scalarKey(known) === scalarKey(value)),
  )
}

/** Refuses changes of what the kinds that the item may be of don't all have, or don't all read as the same. */
export function checkShared(
  model: Model,
  operation: string,
  { next }: Kind,
  set: Attributes,
  names: Iterable<string>,
): void {
  const [first, ...others] = next
  if (first === undefined || others.length === 0) return
  const refuse = (problem: string): InputError =>
    new InputError(operation, ['is'], `the kind of the item: ${problem}`, 'nothing')
  for (const name of names) {
    const isOfKinds = model.codec.variants?.codecs.some(({ properties }) => properties?.has(name))
    if (name === model.codec.variants?.tag || isOfKinds !== true) continue
    const codecs = next.flatMap(({ properties }) => properties?.get(name)?.codec ?? [])
    if (codecs.length < next.length) throw refuse(`not all kinds of ${model.name} have ${name}`)
    const stored = ownValue(set, name)
    if (!isStoredAlike(codecs) || (stored !== undefined && !isReadAlike(codecs, stored)))
      throw refuse(`the kinds of ${model.name} differ in ${name}`)
  }
}

function isStoredAlike([first, ...others]: readonly Codec[]): boolean {
  const kinds = [...(first?.reads.keys() ?? [])]
  return others.every(({ reads }) => reads.size === kinds.length && kinds.every((kind) => reads.has(kind)))
}

/** Whether all would store what the first reads as the same. */
function isReadAlike(codecs: readonly Codec[], stored: AttributeValue): boolean {
  try {
    const value = codecs[0]?.decode(stored)
    return codecs.every((codec) => {
      const encoded = codec.encode(value)
      return encoded !== undefined && isEqual(encoded, stored)
    })
  } catch (error) {
    if (error instanceof ValueProblem) return false
    throw error
  }
}

/** Refuses changes after which an item may lack what its kind must have. */
export function checkKind(
  model: Model,
  operation: string,
  { variants }: Kind,
  set: Attributes,
  removed: ReadonlySet<string>,
): void {
  const tag = model.codec.variants?.tag
  if (tag === undefined) return
  const next = ownValue(set, tag)
  const kinds = next === undefined ? variants : [variantOf(model.codec.variants?.codecs ?? [], tag, next)]
  for (const kind of kinds) {
    const needed = [...(kind?.properties ?? [])].filter(([, property]) => isNeeded(property)).map(([name]) => name)
    const lost = needed.find((name) => removed.has(name))
    if (lost !== undefined)
      throw new InputError(
        operation,
        [lost],
        'an optional attribute: say in is of which kind the item is',
        'one that a kind must have',
      )
    const missing = needed.filter(
      (name) => !Object.hasOwn(set, name) && !variants.every(({ properties }) => isNeeded(properties?.get(name))),
    )
    if (next !== undefined && missing.length > 0)
      throw new InputError(
        operation,
        ['set', tag],
        `${missing.join(', ')} too: an item of this kind must have them`,
        'nothing',
      )
  }
}

function isNeeded(property: Property | undefined): boolean {
  return (
    property !== undefined &&
    !property.optional &&
    property.makeDefault === undefined &&
    property.codec.absent === undefined
  )
}
