// The attributes that an update sets, adds to and removes, encoded and checked against each other.
import { InputError } from '../errors/input-error.js'
import type { Change } from '../expressions/update.js'
import type { AttributeChanges } from '../model/index-maintenance.js'
import { refusing } from '../model/item.js'
import { type Model, storedName } from '../model/model.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { kindOf, ownValue, type Property, setOwn, ValueProblem } from '../values/codec.js'
import { encodeProperty } from '../values/containers.js'

/** The options of an update that name attributes. */
export interface NamedChanges {
  readonly set?: object
  readonly add?: object
  readonly remove?: readonly string[]
  readonly given?: object
}

/** The encoded attributes of an update, and its changes but for those of index keys. */
export function encodeChanges(
  model: Model,
  operation: string,
  options: NamedChanges,
): Omit<AttributeChanges, 'key'> & { readonly changes: readonly Change[] } {
  const set: Attributes = {}
  const removed = new Set<string>()
  const added = new Set<string>()
  const changes: Change[] = []
  const claim = claims(operation, model)
  for (const [name, value] of namedValues(model, operation, 'set', options.set)) {
    const property = claim('set', name)
    const encoded = refusing(operation, ['set'], () => encodeSet(property, name, value))
    if (encoded === undefined) removed.add(name)
    else setOwn(set, name, encoded)
    if (model.keyOnly.has(name)) continue
    changes.push(
      encoded === undefined ? removal(model, name) : { action: 'set', path: [storedName(model, name)], value: encoded },
    )
  }
  for (const [name, value] of namedValues(model, operation, 'add', options.add)) {
    const property = claim('add', name)
    const encoded = refusing(operation, ['add'], () => encodeAdd(property, name, value))
    added.add(name)
    changes.push({ action: 'add', path: [storedName(model, name)], value: encoded })
  }
  for (const name of removedNames(operation, options.remove)) {
    if (!claim('remove', name).optional)
      throw new InputError(operation, ['remove', name], 'an optional attribute', 'one that every item must have')
    if (!model.keyOnly.has(name)) changes.push(removal(model, name))
    removed.add(name)
  }
  return { set, removed, added, given: encodeGiven(model, operation, options.given), changes }
}

function removal(model: Model, name: string): Change {
  return { action: 'remove', path: [storedName(model, name)] }
}

/** Hands out each attribute once: DynamoDB refuses two changes of one path. */
function claims(operation: string, model: Model): (place: string, name: string) => Property {
  const claimed = new Map<string, string>()
  return (place, name) => {
    const property = model.properties.get(name)
    if (property === undefined)
      throw new InputError(operation, [place, name], `an attribute of ${model.name}`, 'a name that it does not have')
    if (model.keyProperties.has(name))
      throw new InputError(operation, [place, name], 'no part of the table key: put a new item, delete this one', 'one')
    const other = claimed.get(name)
    if (other !== undefined)
      throw new InputError(operation, [place, name], `one change of an attribute`, `another one in ${other}`)
    claimed.set(name, place)
    return property
  }
}

function namedValues(model: Model, operation: string, place: string, values: unknown): [string, unknown][] {
  if (values === undefined) return []
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw new InputError(operation, [place], `an object of attributes of ${model.name}`, kindOf(values))
  return Object.entries(values)
}

function removedNames(operation: string, names: unknown): readonly string[] {
  if (names === undefined) return []
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names
  throw new InputError(operation, ['remove'], 'an array of attribute names', kindOf(names))
}

function encodeSet(property: Property, name: string, value: unknown): AttributeValue | undefined {
  if (value !== undefined) return encodeProperty({ ...property, optional: false }, name, value)
  const problem = new ValueProblem('a value: name the attribute in remove to take it away', 'undefined')
  problem.path.push(name)
  throw problem
}

function encodeAdd(property: Property, name: string, value: unknown): AttributeValue {
  const { codec } = property
  const amount = { codec: codec.unchecked ?? codec, optional: false }
  const encoded = codec.kind === 'N' ? encodeProperty(amount, name, value) : undefined
  if (encoded !== undefined) return encoded
  const problem = new ValueProblem('an attribute that holds a number', `one stored as ${codec.kind}`)
  problem.path.push(name)
  throw problem
}

/** What the caller believes is stored. Where it holds all that an item must have it is a whole item: what it lacks is absent. */
function encodeGiven(model: Model, operation: string, given: unknown): ReadonlyMap<string, AttributeValue | undefined> {
  const beliefs = new Map<string, AttributeValue | undefined>()
  if (given === undefined) return beliefs
  const values = Object.fromEntries(namedValues(model, operation, 'given', given))
  for (const [name, value] of Object.entries(values)) {
    const property = model.properties.get(name)
    if (property === undefined)
      throw new InputError(operation, ['given', name], `an attribute of ${model.name}`, 'a name that it does not have')
    const stored = { codec: property.codec.unchecked ?? property.codec, optional: true }
    beliefs.set(
      name,
      refusing(operation, ['given'], () => encodeProperty(stored, name, value)),
    )
  }
  const isWhole = [...model.properties].every(
    ([name, { optional }]) => optional || ownValue(values, name) !== undefined,
  )
  if (isWhole) for (const name of model.properties.keys()) if (!beliefs.has(name)) beliefs.set(name, undefined)
  return beliefs
}
