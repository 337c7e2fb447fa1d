// Attributes by the names that the schema gives them, and rows by the names that they are stored under.
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue, problemAt, setOwn } from '../values/codec.js'
import { withComputed } from './computed.js'
import { variantValue } from './key-value.js'
import { keysOf } from './table-model.js'
import { type KeyOnly, type Model, storedName } from './model.js'
import { readTemplate } from './read-key.js'
import { holds } from './when.js'

/** The whole row of an item's attributes: renamed, with its keys, the name of its entity and its constants. */
export function rowOf(model: Model, attributes: Attributes): Attributes {
  refuseReserved(model, attributes)
  const values = withComputed(model.computed, model.properties, attributes)
  const row = storedAttributes(model, attributes)
  for (const [name, { store }] of model.computed) {
    const value = store ? ownValue(values, name) : undefined
    if (value !== undefined) setOwn(row, name, value)
  }
  for (const { name, variants } of model.keyAttributes) {
    const variant = variants.find(({ when }) => holds(when, values))
    const value = variant && variantValue(variant, values)
    if (value !== undefined) setOwn(row, name, value)
  }
  for (const [name, value] of Object.entries(model.constants)) setOwn(row, name, value)
  if (model.discriminator !== undefined) setOwn(row, model.discriminator.attribute, { S: model.discriminator.value })
  return row
}

/** The attributes under the names that they are stored by; those that are in keys alone are left out. */
function storedAttributes(model: Model, attributes: Attributes): Attributes {
  // The encoder has made them for this row alone.
  if (model.storedAs.size === 0 && model.keyOnly.size === 0) return attributes
  const stored: Attributes = {}
  for (const [property, value] of Object.entries(attributes))
    if (!model.keyOnly.has(property)) setOwn(stored, storedName(model, property), value)
  return stored
}

/** A property that the schema doesn't name must not be taken for a key, nor a key for it. */
function refuseReserved({ reserved, properties }: Model, attributes: Attributes): void {
  if (reserved === undefined) return
  for (const name of Object.keys(attributes))
    if (reserved.has(name) && !properties.has(name))
      throw problemAt(name, 'another name: the row has an attribute of this one', 'it')
}

/** The attributes of a row by the names that the schema gives them, those that are stored in keys alone included. */
export function attributesOf(model: Model, row: Attributes): Attributes {
  const { reserved, properties } = model
  if (model.storedAs.size === 0 && model.keyOnly.size === 0 && reserved === undefined) return row
  const attributes: Attributes = {}
  if (reserved !== undefined)
    for (const [name, value] of Object.entries(row))
      if (!reserved.has(name) && !properties.has(name)) setOwn(attributes, name, value)
  for (const property of model.properties.keys()) {
    const keyOnly = model.keyOnly.get(property)
    const value = keyOnly === undefined ? ownValue(row, storedName(model, property)) : readKeyOnly(model, keyOnly, row)
    if (value !== undefined) setOwn(attributes, property, value)
  }
  return attributes
}

/** The value of a property out of the key that holds it; `undefined` where the row has no such key. */
export function readKeyOnly(model: Model, { part, position }: KeyOnly, row: Attributes): AttributeValue | undefined {
  const stored = ownValue(row, part.name)
  const component = part.template.components[position]
  if (stored === undefined || component === undefined) return undefined
  if (part.template.native !== undefined) return stored
  const text = stored.S === undefined ? undefined : readTemplate(part.template, stored.S)?.[position]
  const kind = model.components.get(component.name)?.codec.kind
  return text === undefined || kind === undefined ? undefined : component.format.read(text, kind)
}

/** Whether a row is of this entity: by its discriminator, or else by the shape of its key. */
export function isRowOf(model: Model, row: Attributes): boolean {
  const { discriminator } = model
  if (discriminator === undefined) return hasKeyOf(model, row)
  return ownValue(row, discriminator.attribute)?.S === discriminator.value
}

/** Whether the key of a row is one that this entity makes. */
export function hasKeyOf({ key, table }: Model, row: Attributes): boolean {
  const parts = [...key.partitionKey, ...key.sortKey]
  return keysOf(table).every(({ name, kind }, position) => {
    const value = ownValue(row, name)
    const template = parts[position]?.template
    if (template === undefined || value === undefined) return false
    if (template.native !== undefined) return Object.hasOwn(value, kind)
    return value.S !== undefined && readTemplate(template, value.S) !== undefined
  })
}
