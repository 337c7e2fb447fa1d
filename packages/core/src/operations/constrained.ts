// The verbs of entities with unique constraints: each says what it knows of the item before and after.
import { InputError } from '../errors/input-error.js'
import type { Path } from '../errors/path.js'
import { overlap } from '../expressions/field.js'
import { encodeKey, refusing } from '../model/item.js'
import type { Model } from '../model/model.js'
import { attributesOf } from '../model/row.js'
import type { Attributes } from '../types/attribute-value.js'
import { ownValue, setOwn, ValueProblem } from '../values/codec.js'
import { type KnownItem, withConstraints } from './constraints.js'
import { type DeleteOptions, planDelete } from './delete.js'
import { type Beliefs, versionGuards } from './given.js'
import type { OverwriteOptions } from './overwrite.js'
import type { ItemPlan } from './plan.js'
import { planCreate } from './put.js'
import { planWrittenReplace } from './replace.js'
import { transactWriteItems } from './transact-item.js'
import { planUpdate, type ReadState, type UpdateOptions } from './update.js'
import { encodeChanges, encodeGiven } from './update-changes.js'
import { encodeWritten } from './written-item.js'

const always = (): boolean => true

/** Claims the values of a new item. */
export function planConstrainedCreate(model: Model, item: unknown, options?: never): ItemPlan {
  const plan = planCreate(model, item, options)
  if (model.unique.length === 0) return plan
  const [main] = transactWriteItems(plan.request())
  const after: KnownItem = { values: attributesOf(model, main?.Put?.Item ?? {}), knows: always }
  return withConstraints(plan, `${model.name}.create`, { before: undefined, after, touches: always })
}

/** Releases and claims what an update changes. What it changes must be given as it is stored. */
export function planConstrainedUpdate(
  model: Model,
  key: unknown,
  options: UpdateOptions,
  state: ReadState = { guardsOf: versionGuards },
): ItemPlan {
  const plan = planUpdate(model, key, options, state)
  if (model.unique.length === 0) return plan
  const operation = `${model.name}.update`
  const { components } = encodeKey(model, operation, key)
  const changes = encodeChanges(model, operation, options)
  const { set, removed, added, opaque } = changes
  refusing(operation, [], () => {
    refuseOpaque(model, opaque)
  })
  const touches = (name: string): boolean => Object.hasOwn(set, name) || removed.has(name) || added.has(name)
  const before = knownItem(components, state.beliefs ?? changes.given)
  const values = { ...before.values, ...set }
  for (const name of removed) Reflect.deleteProperty(values, name)
  const after: KnownItem = {
    values,
    knows: (name) => !added.has(name) && (Object.hasOwn(set, name) || removed.has(name) || before.knows(name)),
  }
  return withConstraints(plan, operation, { before, after, touches })
}

/** Releases and claims what a replace changes. What was stored must be given. */
export function planConstrainedReplace(model: Model, item: unknown, options: OverwriteOptions = {}): ItemPlan {
  const operation = `${model.name}.replace`
  const written = encodeWritten(model, operation, item)
  const plan = planWrittenReplace(model, written, options)
  if (model.unique.length === 0) return plan
  const { attributes } = written
  const given = encodeGiven(model, operation, options.given)
  if (options.returning !== 'old' && options.returning !== 'none') refuseUnknownResult(model, operation, given)
  const key = Object.fromEntries(Object.entries(attributes).filter(([name]) => model.keyProperties.has(name)))
  return withConstraints(plan, operation, {
    before: knownItem(key, given),
    after: { values: attributes, knows: always },
    touches: (name) => !model.keyProperties.has(name),
  })
}

/** Releases the values of an item, which must be given as they are stored. */
export function planConstrainedDelete(model: Model, key: unknown, options: DeleteOptions = {}): ItemPlan {
  const plan = planDelete(model, key, options)
  if (model.unique.length === 0) return plan
  const operation = `${model.name}.delete`
  const { components } = encodeKey(model, operation, key)
  const before = knownItem(components, encodeGiven(model, operation, options.given))
  return withConstraints(plan, operation, { before, after: undefined, touches: always })
}

/** Refuses a replace whose result nobody would know: a transaction returns nothing. */
function refuseUnknownResult({ managed }: Model, operation: string, given: Beliefs): void {
  for (const name of [managed.version, managed.createdAt])
    if (name !== undefined && given.get(name) === undefined)
      throw new InputError(operation, ['given', name], "it, as stored, or returning: 'none'", 'nothing')
}

/** An item of which its key and what is believed of it are known. */
function knownItem(components: Attributes, given: Beliefs): KnownItem {
  const values: Attributes = { ...components }
  for (const [name, value] of given) if (value !== undefined) setOwn(values, name, value)
  return { values, knows: (name) => ownValue(components, name) !== undefined || given.has(name) }
}

/** Refuses a change of a unique value in place: what it would become depends on what is stored. */
function refuseOpaque(model: Model, opaque: readonly Path[]): void {
  for (const { name, parts } of model.unique) {
    const paths = parts.flatMap(({ template }) => template.components.map(({ path }) => path))
    if (model.managed.expiresAt !== undefined) paths.push([model.managed.expiresAt.name])
    const clash = opaque.find((changed) => paths.some((path) => overlap(path, changed)))
    if (clash === undefined) continue
    const expected = `no change in place, because the unique constraint ${name} is made of it: set the attribute as a whole`
    const problem = new ValueProblem(expected, 'one')
    problem.path.push('apply', ...clash)
    throw problem
  }
}
