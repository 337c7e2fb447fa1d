// What an index holds of an entity: attributes that it projects, and what its keys can be read back to.
import { DefinitionError } from '../errors/definition-error.js'
import { formatPath } from '../errors/path.js'
import { ownValue, type Property, setOwn } from '../values/codec.js'
import type { Attributes } from '../types/attribute-value.js'
import { type EntityIndex, type KeyOnly, type Model, partsOf, storedName } from './model.js'
import { attributesOf, readKeyOnly } from './row.js'

/** What an index that does not hold whole rows holds of an entity. */
export interface Held {
  /** The properties that its rows have. */
  readonly properties: ReadonlyMap<string, Property>
  /** Where those are read from that it holds in keys alone. */
  readonly inKeys: ReadonlyMap<string, KeyOnly>
  /** Whether its rows have the attribute that names their entity. */
  readonly namesEntity: boolean
  /** Whether it has an attribute of this name. */
  has(attribute: string): boolean
}

const known = new WeakMap<EntityIndex, Held>()

/** What an index holds; `undefined` for all of it. */
export function heldBy(model: Model, index: EntityIndex): Held | undefined {
  if (index.physical === undefined || index.physical.projected === undefined) return undefined
  const held = known.get(index) ?? heldOf(model, index, index.physical.projected)
  known.set(index, held)
  return held
}

function heldOf(model: Model, index: EntityIndex, projected: ReadonlySet<string>): Held {
  const properties = new Map<string, Property>()
  const inKeys = new Map<string, KeyOnly>()
  const parts = [...partsOf(model.key), ...partsOf(index)]
  for (const [name, property] of model.properties) {
    const keyOnly = model.keyOnly.get(name)
    const isStored = keyOnly === undefined ? projected.has(storedName(model, name)) : projected.has(keyOnly.part.name)
    const place = isStored ? undefined : placeIn(parts, name)
    if (place !== undefined) inKeys.set(name, place)
    if (isStored || place !== undefined) properties.set(name, property)
  }
  const { discriminator } = model
  return {
    properties,
    inKeys,
    namesEntity: discriminator !== undefined && projected.has(discriminator.attribute),
    has: (attribute) => projected.has(attribute),
  }
}

function placeIn(parts: EntityIndex['partitionKey'], name: string): KeyOnly | undefined {
  for (const part of parts)
    for (const [position, component] of part.template.components.entries())
      if (component.path.length === 1 && component.name === name && component.format.isReversible)
        return { part, position }
  return undefined
}

/** The attributes of an index's row by the names of the schema, with those that are read back from keys. */
export function heldAttributes(model: Model, { inKeys }: Pick<Held, 'inKeys'>, row: Attributes): Attributes {
  const stored = attributesOf(model, row)
  if (inKeys.size === 0) return stored
  const attributes = { ...stored }
  for (const [name, place] of inKeys) {
    if (ownValue(attributes, name) !== undefined) continue
    const value = readKeyOnly(model, place, row)
    if (value !== undefined) setOwn(attributes, name, value)
  }
  return attributes
}

/** An index must hold what tells its rows apart. Throws `DefinitionError`. */
export function refusePoorIndexes(
  subject: string,
  { discriminator, sharesKeys, indexes, storedAs, managed }: Model,
): void {
  const all = [...indexes.values()]
  for (const { name, physical, when } of all) {
    if (physical?.projected === undefined) continue
    const shared = all.some((other) => other.name !== name && other.physical === physical)
    const { expiresAt } = managed
    const needed = [
      ...(expiresAt?.hides === true ? [storedAs.get(expiresAt.name) ?? expiresAt.name] : []),
      ...(sharesKeys && discriminator !== undefined ? [discriminator.attribute] : []),
      ...(shared ? when.map(({ property }) => storedAs.get(property) ?? property) : []),
    ]
    const missing = needed.find((attribute) => !physical.projected?.has(attribute))
    if (missing === undefined) continue
    const problem = `${physical.name} does not hold ${missing}, which tells its rows apart`
    throw new DefinitionError(subject, formatPath(['indexes', name]), problem, 'Add it to the projection of the index')
  }
}
