// The kind of an item that an update is about, where an entity has several.
import { InputError } from '../errors/input-error.js'
import type { ConditionTree } from '../expressions/condition.js'
import { refusing } from '../model/item.js'
import { type Model, storedName } from '../model/model.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { type Codec, kindOf, ownValue, type Property } from '../values/codec.js'
import { encodeProperty, plainObject } from '../values/containers.js'
import { scalarKey } from '../values/literals.js'

/** What an update knows of the item's kind. */
export interface Kind {
  /** The properties that an item of this kind has; of all kinds where it isn't known. */
  readonly properties: ReadonlyMap<string, Property>
  /** That the item is of this kind. */
  readonly conditions: readonly ConditionTree[]
  /** The kinds that the item may be of; empty where an entity has one. */
  readonly variants: readonly Codec[]
}

/** The kind that `is` names. Throws `InputError`. */
export function kindOfItem(model: Model, operation: string, is: unknown): Kind {
  const { variants } = model.codec
  if (is === undefined) return { properties: model.properties, conditions: [], variants: variants?.codecs ?? [] }
  const tag = variants?.tag
  if (variants === undefined || tag === undefined)
    throw new InputError(operation, ['is'], `no such option: ${model.name} has one kind of item`, kindOf(is))
  const value = refusing(operation, ['is'], () => tagValue(model, tag, plainObject(is)))
  const variant = value && variantOf(variants.codecs, tag, value)
  if (value === undefined || variant === undefined || Object.keys(is as object).length !== 1)
    throw new InputError(operation, ['is'], `${tag} alone, which tells the kinds of ${model.name} apart`, kindOf(is))
  return {
    properties: variant.properties ?? new Map<string, Property>(),
    conditions: [{ type: 'compare', operator: '=', path: [storedName(model, tag)], value }],
    variants: [variant],
  }
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
