// Keeps each composed key attribute equal to its template over the stored attributes, or absent, when components change.
import type { ConditionTree } from '../expressions/condition.js'
import type { Change } from '../expressions/update.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue, setOwn, ValueProblem } from '../values/codec.js'
import { checkKeyValue, keyValue } from './key-value.js'
import { isOwnAttribute, type KeyPart, type Model } from './model.js'

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
  for (const part of model.keyParts) {
    const names = part.template.components.map(({ attribute }) => attribute)
    if (isOwnAttribute(part)) {
      const value = ownValue(change.set, part.name)
      if (value !== undefined) checkKeyValue(part, value)
    } else if (names.some((name) => touches(change, name))) changes.push(changeOf(part, names, change, believed))
  }
  const guards = [...believed].map((name): ConditionTree => {
    const value = change.given.get(name)
    return value === undefined
      ? { type: 'not-exists', path: [name] }
      : { type: 'compare', operator: '=', path: [name], value }
  })
  return { changes, guards }
}

function touches({ set, removed, added }: AttributeChanges, name: string): boolean {
  return Object.hasOwn(set, name) || removed.has(name) || added.has(name)
}

function changeOf(part: KeyPart, names: readonly string[], change: AttributeChanges, believed: Set<string>): Change {
  const remove: Change = { action: 'remove', path: [part.name] }
  const summed = names.find((name) => change.added.has(name))
  if (summed !== undefined) throw summedComponent(part, summed)
  if (names.some((name) => change.removed.has(name))) return remove
  const known: Attributes = {}
  const missing: string[] = []
  for (const name of names) {
    const certain = ownValue(change.set, name) ?? ownValue(change.key, name)
    const value = certain ?? change.given.get(name)
    if (value !== undefined) setOwn(known, name, value)
    if (certain === undefined && change.given.has(name)) believed.add(name)
    else if (certain === undefined) missing.push(name)
  }
  if (missing.length > 0)
    throw new ValueProblem(
      `${missing.join(', ')} too, in set or in given: the key ${part.name} is made of it`,
      'nothing',
    )
  const value = keyValue(part, known)
  return value === undefined ? remove : { action: 'set', path: [part.name], value }
}

function summedComponent(part: KeyPart, name: string): ValueProblem {
  const expected = `no arithmetic, because the key ${part.name} is made of it: read the item, set the sum, give what was read`
  const problem = new ValueProblem(expected, 'an addition')
  problem.path.push('add', name)
  return problem
}
