// Keeps each composed key attribute equal to its template over the stored attributes, or absent, when components change.
import type { ConditionTree } from '../expressions/condition.js'
import type { Change } from '../expressions/update.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue, setOwn, ValueProblem } from '../values/codec.js'
import { checkKeyValue, keyValue } from './key-value.js'
import { type KeyPart, type Model, storedName } from './model.js'

/** What an update is about to do to an item's attributes. */
export interface AttributeChanges {
  readonly set: Attributes
  readonly removed: ReadonlySet<string>
  readonly added: ReadonlySet<string>
  /** The components of the table key, which can't change. */
  readonly key: Attributes
  /** What the caller believes is stored; `undefined` for an attribute believed absent. */
  readonly given: ReadonlyMap<string, AttributeValue | undefined>
}

/** The changes of key attributes that follow, and the conditions that the beliefs they rest on still hold. */
export interface Maintenance {
  readonly changes: readonly Change[]
  readonly guards: readonly ConditionTree[]
}

/** Works out what the change of some attributes does to the index keys. Throws a `ValueProblem` that names what is missing. */
export function maintainIndexKeys(model: Model, change: AttributeChanges): Maintenance {
  const changes: Change[] = []
  const believed = new Set<string>()
  const guards: ConditionTree[] = []
  for (const part of model.keyParts) {
    const properties = [...new Set(part.template.components.map(({ path }) => path[0]))]
    if (!properties.some((property) => touches(change, property))) continue
    if (!part.isOwnAttribute) {
      const { next, beliefs } = changeOf(part, properties, change)
      changes.push(next)
      if (beliefs.some((property) => model.keyOnly.has(property))) guards.push(unchanged(part, change))
      else for (const property of beliefs) believed.add(property)
      continue
    }
    const value = ownValue(change.set, part.template.native ?? part.name)
    if (value !== undefined) checkKeyValue(part, value)
  }
  return { changes, guards: [...guards, ...[...believed].map((property) => guardOf(model, property, change))] }
}

function touches({ set, removed, added }: AttributeChanges, property: string): boolean {
  return Object.hasOwn(set, property) || removed.has(property) || added.has(property)
}

function changeOf(
  part: KeyPart,
  properties: readonly string[],
  change: AttributeChanges,
): { next: Change; beliefs: readonly string[] } {
  const remove: Change = { action: 'remove', path: [part.name] }
  const summed = properties.find((property) => change.added.has(property))
  if (summed !== undefined) throw summedComponent(part, summed)
  if (properties.some((property) => change.removed.has(property))) return { next: remove, beliefs: [] }
  const known: Attributes = { ...change.key }
  const missing: string[] = []
  const beliefs: string[] = []
  for (const property of properties) {
    const certain = ownValue(change.set, property) ?? ownValue(change.key, property)
    const value = certain ?? change.given.get(property)
    if (value !== undefined) setOwn(known, property, value)
    if (certain === undefined && change.given.has(property)) beliefs.push(property)
    else if (certain === undefined && !isInKey(part, property, change)) missing.push(property)
  }
  if (missing.length > 0)
    throw new ValueProblem(
      `${missing.join(', ')} too, in set or in given: the key ${part.name} is made of it`,
      'nothing',
    )
  const value = keyValue(part, known)
  return { next: value === undefined ? remove : { action: 'set', path: [part.name], value }, beliefs }
}

// A path's value may be known from the table key while the rest of its property is not.
function isInKey({ template }: KeyPart, property: string, { key }: AttributeChanges): boolean {
  return template.components.every(({ name, path }) => path[0] !== property || Object.hasOwn(key, name))
}

function guardOf(model: Model, property: string, { given }: AttributeChanges): ConditionTree {
  const path = [storedName(model, property)]
  const value = given.get(property)
  return value === undefined ? { type: 'not-exists', path } : { type: 'compare', operator: '=', path, value }
}

/** What is stored in the key alone can't be compared as an attribute: the key as it was before stands for it. */
function unchanged(part: KeyPart, { key, given }: AttributeChanges): ConditionTree {
  const before: Attributes = { ...key }
  for (const [property, value] of given) if (value !== undefined) setOwn(before, property, value)
  const value = keyValue(part, before)
  if (value === undefined)
    throw new ValueProblem(
      `all of ${part.template.text} in given, because a part of it is stored in the key alone`,
      'less',
    )
  return { type: 'compare', operator: '=', path: [part.name], value }
}

function summedComponent(part: KeyPart, property: string): ValueProblem {
  const expected = `no arithmetic, because the key ${part.name} is made of it: read the item, set the sum, give what was read`
  const problem = new ValueProblem(expected, 'an addition')
  problem.path.push('add', property)
  return problem
}
