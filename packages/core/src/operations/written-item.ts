// An item as put, create and replace take it: what is written, and what it says of the version that it was read as.
import { refusing } from '../model/item.js'
import { checkExpiry } from '../model/managed.js'
import type { Model } from '../model/model.js'
import { nextVersion, storedTime } from '../model/stamps.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { RequestOptions } from '../types/operation.js'
import { kindOf, ownValue, problemAt, setOwn } from '../values/codec.js'
import { encodeProperty, isObject } from '../values/containers.js'
import type { Beliefs } from './given.js'
import { timeOf } from './plan.js'

/** An encoded item. */
export interface WrittenItem {
  /** Attributes by property, without the managed ones. */
  readonly attributes: Attributes
  /** The version and times that the caller's item has. */
  readonly carried: Beliefs
}

/** Encodes an item apart from what writes keep up by themselves. Throws `InputError`. */
export function encodeWritten(model: Model, operation: string, item: unknown): WrittenItem {
  return refusing(operation, [], () => {
    const { names, expiresAt } = model.managed
    const { others, carried } = names.size === 0 ? { others: item, carried: new Map() } : taken(model, item)
    const attributes = model.codec.encode(others)?.M ?? {}
    for (const name of names) Reflect.deleteProperty(attributes, name)
    if (expiresAt !== undefined) checkExpiry(expiresAt.name, ownValue(attributes, expiresAt.name))
    return { attributes, carried }
  })
}

/** The item with examples in place of what is managed, for a schema that asks for it. */
function taken(
  model: Model,
  item: unknown,
): { readonly others: unknown; readonly carried: Map<string, AttributeValue> } {
  const carried = new Map<string, AttributeValue>()
  if (!isObject(item)) return { others: item, carried }
  const { names, added, version } = model.managed
  const others = { ...item } as Record<string, unknown>
  // Another prototype is one that the codec itself refuses.
  Object.setPrototypeOf(others, Object.getPrototypeOf(item) as object | null)
  for (const name of names) {
    const value = ownValue(others, name)
    const property = model.properties.get(name)
    if (value !== undefined && property !== undefined) {
      const stored = { codec: property.codec.unchecked ?? property.codec, optional: false }
      const encoded = encodeProperty(stored, name, value)
      if (name === version && !Number.isSafeInteger(value)) throw problemAt(name, 'a whole number', kindOf(value))
      if (encoded !== undefined) carried.set(name, encoded)
    }
    if (added.has(name)) Reflect.deleteProperty(others, name)
    else setOwn(others, name, name === version ? 1 : wholeSecond)
  }
  return { others, carried }
}

const wholeSecond = new Date(0)

/** What of an item a write makes itself: by property, and the nonce by its attribute. */
export interface Stamps {
  readonly attributes: Attributes
  readonly nonce: Attributes
}

/** How the managed attributes of a whole item are made; what is absent here is made of the time of the write. */
export interface StampRule {
  /** The version before; absent for a new item. */
  readonly version: AttributeValue | undefined
  readonly createdAt: AttributeValue | undefined
}

/** The managed attributes of an item that is written as a whole. */
export function stampsOf(model: Model, rule: StampRule, from: RequestOptions | undefined): Stamps {
  const { version, createdAt, updatedAt } = model.managed
  const attributes: Attributes = {}
  if (version !== undefined)
    setOwn(attributes, version, rule.version === undefined ? { N: '1' } : nextVersion(version, rule.version))
  if (createdAt !== undefined || updatedAt !== undefined) {
    const now = timeOf(from)
    if (createdAt !== undefined) setOwn(attributes, createdAt, rule.createdAt ?? storedTime(model, createdAt, now))
    if (updatedAt !== undefined) setOwn(attributes, updatedAt, storedTime(model, updatedAt, now))
  }
  return { attributes, nonce: nonceOf(model, from) }
}

/** The nonce of a run as its attribute, for entities that have one. */
export function nonceOf({ managed: { nonce } }: Model, from: RequestOptions | undefined): Attributes {
  const attributes: Attributes = {}
  if (nonce !== undefined && from?.nonce !== undefined) setOwn(attributes, nonce, { S: from.nonce })
  return attributes
}

/** Whether a row has the nonce of a run. */
export function hasNonce({ managed: { nonce } }: Model, stored: Attributes, from: RequestOptions): boolean {
  return nonce !== undefined && from.nonce !== undefined && ownValue(stored, nonce)?.S === from.nonce
}
