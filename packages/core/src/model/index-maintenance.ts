// Keeps each composed key attribute equal to its template over the stored attributes, or absent, when components change.
import type { Path } from '../errors/path.js'
import type { ConditionTree } from '../expressions/condition.js'
import { overlap } from '../expressions/field.js'
import type { Change } from '../expressions/update.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue, setOwn, ValueProblem } from '../values/codec.js'
import { computeValue } from './computed.js'
import { checkKeyValue, keyValue, variantValue } from './key-value.js'
import { type KeyAttribute, type KeyVariant, type Model, storedName } from './model.js'
import { holds, passes } from './when.js'

/** What an update is about to do to an item's attributes. */
export interface AttributeChanges {
  readonly set: Attributes
  readonly removed: ReadonlySet<string>
  readonly added: ReadonlySet<string>
  /** The paths that become what is not known here: inside of an attribute, or by a computation. */
  readonly opaque: readonly Path[]
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
export function maintainIndexKeys(model: Model, given: AttributeChanges): Maintenance {
  const { changes, change, believed } = recompute(model, given)
  const guards: ConditionTree[] = []
  for (const key of model.keyAttributes) {
    const properties = propertiesOf(model, key)
    const own = key.variants.find(({ part }) => part.isOwnAttribute)?.part
    if (own === undefined) refuseOpaque(model, key, change)
    if (!properties.some((property) => touches(change, property))) continue
    if (own === undefined) {
      const known = new KnownAttributes(change)
      refuseSums(change, properties, madeOf(key))
      changes.push(changeOf(model, key, known))
      if ([...known.believed].some((property) => model.keyOnly.has(property))) guards.push(unchanged(key, change))
      else for (const property of known.believed) believed.add(property)
      continue
    }
    const value = ownValue(change.set, own.template.native ?? own.name)
    if (value !== undefined) checkKeyValue(own, value)
  }
  return { changes, guards: [...guards, ...[...believed].map((property) => guardOf(model, property, change.given))] }
}

/** The stored computed attributes that follow from the changes, as further ones. */
function recompute(
  model: Model,
  change: AttributeChanges,
): { readonly changes: Change[]; readonly change: AttributeChanges; readonly believed: Set<string> } {
  const changes: Change[] = []
  const believed = new Set<string>()
  const set = { ...change.set }
  const removed = new Set(change.removed)
  for (const [name, { store, from }] of model.computed) {
    if (!store) continue
    const why = `${name} is computed from it`
    refuseInPlace(
      change.opaque,
      from.map((property) => [property]),
      why,
    )
    if (!from.some((property) => touches(change, property))) continue
    refuseSums(change, from, why)
    const known = new KnownAttributes(change)
    const missing = from.filter((property) => !known.learn(property))
    if (missing.length > 0) throw missingSiblings(why, missing)
    for (const property of known.believed) believed.add(property)
    const value = learnt(model, name, known)
    const path = [name]
    if (value === undefined) removed.add(name)
    else setOwn(set, name, value)
    changes.push(value === undefined ? { action: 'remove', path } : { action: 'set', path, value })
  }
  return { changes, change: { ...change, set, removed }, believed }
}

/** All properties that decide about a key attribute: its components', their sources', and those that say which template applies. */
export function propertiesOf(model: Model, { variants }: KeyAttribute): readonly string[] {
  return variants.flatMap(({ part, when }) => [
    ...part.template.components.flatMap(({ path }) => sourcesOf(model, path[0])),
    ...when.flatMap(({ property }) => sourcesOf(model, property)),
  ])
}

function sourcesOf(model: Model, property: string): readonly string[] {
  return model.computed.get(property)?.from ?? [property]
}

function touches({ set, removed, added }: AttributeChanges, property: string): boolean {
  return Object.hasOwn(set, property) || removed.has(property) || added.has(property)
}

/** What is known of the item after the change, and what of that is only believed. */
class KnownAttributes {
  readonly values: Attributes
  readonly believed: Set<string> = new Set<string>()

  constructor(readonly change: AttributeChanges) {
    this.values = { ...change.key }
  }

  /** Whether a property's value or absence is known; its value is then in `values`. */
  learn(property: string): boolean {
    const { set, key, removed, given } = this.change
    const certain = ownValue(set, property) ?? ownValue(key, property)
    if (certain === undefined && !removed.has(property)) {
      if (!given.has(property)) return false
      this.believed.add(property)
    }
    const value = certain ?? (removed.has(property) ? undefined : given.get(property))
    if (value !== undefined) setOwn(this.values, property, value)
    return true
  }
}

function changeOf(model: Model, key: KeyAttribute, known: KnownAttributes): Change {
  const remove: Change = { action: 'remove', path: [key.name] }
  const unsure = new Set<string>()
  for (const variant of key.variants) {
    const verdict = applies(model, variant, known)
    if (verdict === false) continue
    if (verdict !== true) verdict.forEach((property) => unsure.add(property))
    else {
      const value = valueOf(model, variant, known)
      return value === undefined ? remove : { action: 'set', path: [key.name], value }
    }
  }
  if (unsure.size > 0) throw missingSiblings(madeOf(key), [...unsure])
  return remove
}

/** Whether a template applies to the item; where that can't be said, what one would have to know. */
function applies(model: Model, { when }: KeyVariant, known: KnownAttributes): boolean | readonly string[] {
  const unknown: string[] = []
  for (const test of when) {
    const missing = sourcesOf(model, test.property).filter((property) => !known.learn(property))
    if (missing.length > 0) unknown.push(...missing)
    else if (!passes(test, learnt(model, test.property, known))) return false
  }
  return unknown.length === 0 ? true : unknown
}

function learnt(model: Model, property: string, known: KnownAttributes): AttributeValue | undefined {
  const computed = model.computed.get(property)
  if (computed !== undefined) return computeValue(property, computed, model.properties, known.values)
  return ownValue(known.values, property)
}

function valueOf(model: Model, variant: KeyVariant, known: KnownAttributes): AttributeValue | undefined {
  const { template } = variant.part
  const missing: string[] = []
  let isAbsent = false
  for (const { name, path } of template.components) {
    // A path's value may be known from the table key while the rest of its property is not.
    if (Object.hasOwn(known.change.key, name)) continue
    const unknown = sourcesOf(model, path[0]).filter((property) => !known.learn(property))
    missing.push(...unknown)
    const value = unknown.length > 0 ? undefined : learnt(model, path[0], known)
    if (value !== undefined) setOwn(known.values, path[0], value)
    else if (unknown.length === 0) isAbsent = true
  }
  // Without one of its components the key is absent, whatever the others are.
  if (missing.length > 0 && !(isAbsent && variant.when.length === 0))
    throw missingSiblings(madeOf(variant.part), missing)
  return variantValue(variant, known.values)
}

function missingSiblings(why: string, properties: readonly string[]): ValueProblem {
  const names = [...new Set(properties)].join(', ')
  return new ValueProblem(`${names} too, in set or in given: ${why}`, 'nothing')
}

/** The condition that what a caller believes of a property holds. */
export function guardOf(model: Model, property: string, given: AttributeChanges['given']): ConditionTree {
  const path = [storedName(model, property)]
  const value = given.get(property)
  return value === undefined ? { type: 'not-exists', path } : { type: 'compare', operator: '=', path, value }
}

/** What is stored in the key alone can't be compared as an attribute: the key as it was before stands for it. */
function unchanged({ name, variants }: KeyAttribute, { key, given }: AttributeChanges): ConditionTree {
  const before: Attributes = { ...key }
  for (const [property, value] of given) if (value !== undefined) setOwn(before, property, value)
  const variant = variants.find(({ when }) => holds(when, before))
  const value = variant && keyValue(variant.part, before)
  if (value === undefined)
    throw new ValueProblem(
      `all that the key ${name} is made of in given, because a part of it is stored there alone`,
      'less',
    )
  return { type: 'compare', operator: '=', path: [name], value }
}

/** Refuses a change of a component in place: what the key would become depends on what is stored. */
function refuseOpaque(model: Model, { name, variants }: KeyAttribute, { opaque }: AttributeChanges): void {
  if (opaque.length === 0) return
  const paths: readonly Path[] = variants.flatMap(({ part, when }) => [
    ...part.template.components.flatMap(({ path }): readonly Path[] =>
      model.computed.has(path[0]) ? sourcesOf(model, path[0]).map((property) => [property]) : [path],
    ),
    ...when.flatMap(({ property }) => sourcesOf(model, property).map((source) => [source])),
  ])
  refuseInPlace(opaque, paths, madeOf({ name }))
}

function refuseInPlace(opaque: readonly Path[], paths: readonly Path[], why: string): void {
  const clash = opaque.find((changed) => paths.some((path) => overlap(path, changed)))
  if (clash === undefined) return
  const expected = `no change in place, because ${why}: set the attribute as a whole, or use db.modify()`
  const problem = new ValueProblem(expected, 'one')
  problem.path.push('apply', ...clash)
  throw problem
}

function madeOf({ name }: { readonly name: string }): string {
  return `the key ${name} is made of it`
}

function refuseSums({ added }: AttributeChanges, properties: readonly string[], why: string): void {
  const summed = properties.find((property) => added.has(property))
  if (summed === undefined) return
  const expected = `no arithmetic, because ${why}: read the item, set the sum, give what was read`
  const problem = new ValueProblem(expected, 'an addition')
  problem.path.push('add', summed)
  throw problem
}
