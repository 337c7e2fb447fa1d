// Components of keys that a connection is bound to: what has other values of them is out of its reach.
import { InputError } from '../errors/input-error.js'
import type { Attributes } from '../types/attribute-value.js'
import { kindOf, ownValue } from '../values/codec.js'
import { encodeNamed, refusing } from './item.js'
import { compareKeyValues } from './key-order.js'
import { componentText, type Component } from './key-template.js'
import type { KeyPart, Model } from './model.js'
import { readTemplate } from './read-key.js'

/** The values of the components, by name. */
export type Within = ReadonlyMap<string, unknown>

/** The components that a caller binds. Throws `InputError`. */
export function withinOf(operation: string, bound: unknown): Within {
  if (typeof bound !== 'object' || bound === null || Array.isArray(bound))
    throw new InputError(operation, [], 'an object such as { tenantId }', kindOf(bound))
  const entries = Object.entries(bound)
  // What has vanished must not open everything.
  if (entries.length === 0) throw new InputError(operation, [], 'one component of a key at least', 'none')
  for (const [name, value] of entries) {
    const isValue = ['string', 'number', 'bigint', 'boolean'].includes(typeof value) || value instanceof Date
    if (!isValue) throw new InputError(operation, [name], 'a string, a number, a boolean or a Date', kindOf(value))
  }
  return new Map(entries)
}

/** Refuses keys that have other values than the bound ones, and entities and indexes whose keys are not made of them. */
export function checkWithin(
  within: Within,
  operation: string,
  model: Model,
  parts: readonly KeyPart[],
  attributes: Attributes,
): void {
  for (const [name, value] of within) {
    const places = parts.flatMap((part) => {
      const component = part.template.components.find((candidate) => candidate.name === name && decides(candidate))
      return component === undefined ? [] : [{ part, component }]
    })
    if (places.length === 0)
      throw new InputError(
        operation,
        [name],
        `a key that is made of ${name}, which the connection is bound to`,
        'another',
      )
    const values = refusing(operation, [], () => encodeNamed(model, [name], { [name]: value }))
    for (const { part, component } of places)
      if (!refusing(operation, [], () => has(part, component, values, attributes)))
        throw new InputError(operation, [name], 'the value that the connection is bound to', 'another one')
  }
}

/** Whether all of the components say which keys these are. */
export function isBoundBy(within: Within, parts: readonly KeyPart[]): boolean {
  const components = parts.flatMap(({ template }) => template.components)
  return [...within.keys()].every((name) =>
    components.some((component) => component.name === name && decides(component)),
  )
}

// Many values are in one shard or one bucket.
function decides({ format }: Component): boolean {
  return format.isReversible || format.width === undefined
}

function has(part: KeyPart, component: Component, values: Attributes, attributes: Attributes): boolean {
  const stored = ownValue(attributes, part.name)
  const { template } = part
  if (stored === undefined) return false
  if (template.native !== undefined) {
    const value = ownValue(values, component.name)
    return value !== undefined && Object.hasOwn(stored, part.kind) && compareKeyValues(stored, value) === 0
  }
  const found = stored.S === undefined ? undefined : readTemplate(template, stored.S)
  return found?.[template.components.indexOf(component)] === componentText(component, values)
}

/** The components as a text, which cursors are bound to. */
export function withinText(within: Within): string {
  const entries = [...within].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(
    entries.map(([name, value]) => [name, typeof value, value instanceof Date ? value.getTime() : String(value)]),
  )
}
