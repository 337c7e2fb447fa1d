// What an update or upsert changes, encoded and checked against each other.
import { InputError } from '../errors/input-error.js'
import type { Path } from '../errors/path.js'
import type { ConditionTree } from '../expressions/condition.js'
import { type Change, isPlain } from '../expressions/update.js'
import { computedFrom } from '../model/computed.js'
import type { AttributeChanges } from '../model/index-maintenance.js'
import { refusing } from '../model/item.js'
import { checkExpiry } from '../model/managed.js'
import { type Model, storedName } from '../model/model.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { kindOf, ownValue, type Property, setOwn, ValueProblem } from '../values/codec.js'
import { encodeProperty } from '../values/containers.js'
import { checkKind, checkShared, type Kind, kindOfItem } from './kind.js'
import { appliedActions, managedChange, type NamedChange, refuseOverlaps, tableKeyChange } from './apply.js'

/** The options of an update that change attributes. */
export interface ChangeOptions {
  readonly set?: object
  readonly add?: object
  readonly remove?: readonly string[]
  readonly apply?: unknown
  readonly is?: unknown
  readonly given?: object
}

/** What changes, but for index keys. */
export interface EncodedChanges extends Omit<AttributeChanges, 'key'> {
  readonly changes: readonly Change[]
  /** The maps that may be missing: the changes are for rows that have them, but for those that are said to be missing. */
  readonly maps: readonly Path[]
  /** That the item is of the kind that was said, and the maps are there or missing. */
  readonly conditions: readonly ConditionTree[]
}

/** The changes for a row that lacks the maps that are said to be missing. Throws `InputError`. */
export function encodeChanges(
  model: Model,
  operation: string,
  options: ChangeOptions,
  isMissing: (path: Path) => boolean = () => false,
): EncodedChanges {
  const set: Attributes = {}
  const removed = new Set<string>()
  const added = new Set<string>()
  const opaque: Path[] = []
  const named: NamedChange[] = []
  const kind = kindOfItem(model, operation, options.is, options.set)
  const property = propertyOf(operation, model, kind)
  for (const [name, value] of namedValues(model, operation, 'set', options.set)) {
    const found = property('set', name)
    const encoded = refusing(operation, ['set'], () => encodeSet(found, name, value))
    if (name === model.managed.expiresAt?.name)
      refusing(operation, ['set'], () => {
        checkExpiry(name, encoded)
      })
    if (encoded === undefined) removed.add(name)
    else setOwn(set, name, encoded)
    const path = [storedName(model, name)]
    const change: Change = encoded === undefined ? { action: 'remove', path } : { action: 'set', path, value: encoded }
    named.push({ change, place: ['set', name] })
  }
  for (const [name, value] of namedValues(model, operation, 'add', options.add)) {
    const found = property('add', name)
    const encoded = refusing(operation, ['add'], () => encodeAdd(found, name, value))
    added.add(name)
    named.push({ change: { action: 'add', path: [storedName(model, name)], value: encoded }, place: ['add', name] })
  }
  for (const name of removedNames(operation, options.remove)) {
    if (!property('remove', name, true).optional)
      throw new InputError(operation, ['remove', name], 'an optional attribute', 'one that every item must have')
    removed.add(name)
    named.push({ change: { action: 'remove', path: [storedName(model, name)] }, place: ['remove', name] })
  }
  const conditions: ConditionTree[] = [...kind.conditions]
  const actions = appliedActions(model, operation, model.fields, options.apply)
  for (const { changes, orCreate } of actions) {
    const path = orCreate?.node.path ?? []
    if (orCreate !== undefined) conditions.push({ type: isMissing(path) ? 'not-exists' : 'exists', path })
    for (const { node, change } of orCreate !== undefined && isMissing(path) ? [orCreate] : changes) {
      const [name] = node.names
      // A field of another kind: the fields are those of all.
      if (typeof name === 'string' && model.properties.has(name)) property('apply', name, change.action === 'remove')
      named.push({ change, place: ['apply', ...node.names] })
      if (node.names.length > 1 || typeof name !== 'string') opaque.push(node.names)
      else if (change.action === 'remove') removed.add(name)
      else if (change.action === 'set' && isPlain(change.value)) setOwn(set, name, change.value)
      else opaque.push(node.names)
    }
  }
  refuseOverlaps(operation, named)
  const changed = named.flatMap(({ change, place: [, name] }) => (change.action === 'remove' ? [] : String(name)))
  checkShared(model, operation, kind, set, changed)
  checkKind(model, operation, kind, set, removed)
  const given = encodeGiven(model, operation, options.given)
  // What is stored in keys alone has no attribute of its own.
  const changes = named.flatMap(({ change, place }) => (model.keyOnly.has(String(place[1])) ? [] : change))
  const maps = actions.flatMap(({ orCreate }) => (orCreate === undefined ? [] : [orCreate.node.path]))
  return { set, removed, added, opaque, given, changes, maps, conditions }
}

/** Finds the property that an option names. */
function propertyOf(
  operation: string,
  model: Model,
  { properties, removable }: Kind,
): (place: string, name: string, isRemoved?: boolean) => Property {
  return (place, name, isRemoved = false) => {
    const property = (isRemoved ? removable : properties).get(name)
    if (property === undefined)
      throw new InputError(operation, [place, name], `an attribute of ${model.name}`, 'a name that it does not have')
    if (place !== 'apply' && model.keyProperties.has(name)) throw tableKeyChange(operation, [place, name])
    if (model.managed.names.has(name)) throw managedChange(operation, [place, name])
    const computed = model.computed.get(name)
    if (computed !== undefined) throw new InputError(operation, [place, name], computedFrom(computed), 'a change')
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

/** A new value of an attribute; `undefined` for an empty set, which is none. Throws `ValueProblem`. */
export function encodeSet(
  property: Property,
  name: string,
  value: unknown,
  expected = 'a value: name the attribute in remove to take it away',
): AttributeValue | undefined {
  if (value !== undefined) return encodeProperty({ ...property, optional: false }, name, value)
  const problem = new ValueProblem(expected, 'undefined')
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
export function encodeGiven(
  model: Model,
  operation: string,
  given: unknown,
): ReadonlyMap<string, AttributeValue | undefined> {
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
