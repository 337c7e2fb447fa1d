// Overwrites that keep what they don't know: replace, and put without a look at the version. They are updates of all that is known.
import type { ConditionTree } from '../expressions/condition.js'
import { Placeholders } from '../expressions/placeholders.js'
import { printUpdate } from '../expressions/print.js'
import type { Change } from '../expressions/update.js'
import { InputError } from '../errors/input-error.js'
import { decodeRow, keyOfRow, refusing } from '../model/item.js'
import { type Model, storedName } from '../model/model.js'
import { rowOf } from '../model/row.js'
import { nextVersion, storedTime } from '../model/stamps.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { RequestOptions } from '../types/operation.js'
import { setOwn } from '../values/codec.js'
import { failureOf, givenGuards } from './given.js'
import { withOnce } from './once.js'
import { oneOf } from './options.js'
import { conditional, conditionOf, existence, guarded, type ItemPlan, sealed, tableName, timeOf } from './plan.js'
import { stampChanges } from './stamp-changes.js'
import { encodeGiven } from './update-changes.js'
import { hasNonce, type WrittenItem } from './written-item.js'

/** What an overwrite takes besides the item, as plain data; its names are checked by the verb. */
export interface OverwriteOptions {
  readonly condition?: unknown
  readonly given?: unknown
  readonly ignoreVersion?: boolean
  readonly returning?: 'new' | 'old' | 'none' | undefined
  readonly returnOnFailure?: unknown
  readonly once?: unknown
}

const returnValues = { new: 'ALL_NEW', old: 'ALL_OLD', none: 'NONE' } as const

/** Plans an UpdateItem that sets all that an item has and takes away what it hasn't. */
export function planOverwrite(
  model: Model,
  kind: 'replace' | 'put',
  written: WrittenItem,
  options: OverwriteOptions,
): ItemPlan {
  const operation = `${model.name}.${kind}`
  const { version, createdAt } = model.managed
  const isBlind = options.ignoreVersion === true
  const given = encodeGiven(model, operation, options.given)
  const isReadItem = options.given === undefined && version !== undefined && written.carried.has(version)
  const beliefs = isReadItem && !isBlind ? written.carried : given
  const guards = givenGuards(model, beliefs)
  const created = createdAt === undefined ? undefined : beliefs.get(createdAt)
  const next =
    version === undefined || guards.version === undefined ? undefined : nextOf(operation, version, guards.version)
  const rowFor = (from: RequestOptions | undefined): Attributes =>
    refusing(operation, [], () =>
      rowOf(model, { ...written.attributes, ...knownTimes(model, operation, created, from) }),
    )
  const first = rowFor(undefined)
  const key = keyOfRow(model, first)
  const conditions: ConditionTree[] = [...guards.conditions]
  if (kind === 'replace' && guards.conditions[0]?.type !== 'exists') conditions.push(existence(model, 'exists'))
  if (options.condition !== undefined) conditions.push(conditionOf(model, operation, 'condition', options.condition))
  const returning = oneOf(operation, 'returning', options.returning ?? 'new', ['new', 'old', 'none'])
  const returnOnFailure = options.returnOnFailure !== false
  const plan: ItemPlan = {
    kind,
    entity: model.name,
    model,
    key,
    repeat: guards.version === undefined ? 'overwrites' : 'refused',
    needsOldImage: returning === 'old',
    isOwn: (stored, from) => hasNonce(model, stored, from),
    request(from) {
      const placeholders = new Placeholders()
      const row = model.keysHoldTimes ? rowFor(from) : first
      const changes = [...changesTo(model, row, key), ...stampChanges(model, from)]
      const UpdateExpression = printUpdate(changes, placeholders)
      return {
        operation: 'UpdateItem',
        input: {
          TableName: tableName(model, from),
          Key: key,
          UpdateExpression,
          ...conditional(guarded(model, conditions, from), placeholders, returnOnFailure),
          ...placeholders.attributes(),
          ReturnValues: returnValues[returning],
        },
      }
    },
    result({ Attributes }, from) {
      if (returning === 'none') return undefined
      if (Attributes !== undefined || returning === 'old') return Attributes && decodeRow(model, Attributes)
      // A transaction returns nothing: what is stored is known where the item said what it was.
      if ((version !== undefined && next === undefined) || (createdAt !== undefined && created === undefined))
        return undefined
      const known = { ...rowFor(from) }
      const { updatedAt } = model.managed
      if (version !== undefined && next !== undefined) setOwn(known, storedName(model, version), next)
      if (createdAt !== undefined && created !== undefined) setOwn(known, storedName(model, createdAt), created)
      if (updatedAt !== undefined)
        setOwn(known, storedName(model, updatedAt), storedTime(model, updatedAt, timeOf(from)))
      return decodeRow(model, known)
    },
    reason: (stored, from) => (returnOnFailure ? failureOf(model, guards, stored, from) : 'condition'),
  }
  return sealed(withOnce(plan, operation, options.once, returning !== 'none'))
}

function nextOf(operation: string, name: string, version: AttributeValue): AttributeValue {
  return refusing(operation, ['given'], () => nextVersion(name, version))
}

/** The times that index keys are made of, as far as they are. */
function knownTimes(
  model: Model,
  operation: string,
  created: AttributeValue | undefined,
  from: RequestOptions | undefined,
): Attributes {
  const known: Attributes = {}
  if (!model.keysHoldTimes) return known
  const { createdAt, updatedAt } = model.managed
  if (updatedAt !== undefined) setOwn(known, updatedAt, storedTime(model, updatedAt, timeOf(from)))
  if (createdAt !== undefined && model.keyAttributes.some(({ variants }) => variants.some(holds(createdAt))))
    setOwn(known, createdAt, created ?? unknownCreation(operation, createdAt))
  return known
}

function holds(name: string): (variant: Model['keyAttributes'][number]['variants'][number]) => boolean {
  return ({ part, when }) =>
    part.template.components.some(({ path }) => path[0] === name) || when.some(({ property }) => property === name)
}

function unknownCreation(operation: string, name: string): never {
  throw new InputError(operation, [name], 'it in the item or in given: an index key is made of it', 'nothing')
}

/** All that is known of the entity: set where the row has it, taken away where it hasn't. */
function changesTo(model: Model, row: Attributes, key: Attributes): readonly Change[] {
  const stamped = new Set([...model.managed.names].map((name) => storedName(model, name)))
  const changes: Change[] = []
  const isOwn = (name: string): boolean => Object.hasOwn(key, name) || stamped.has(name)
  for (const [name, value] of Object.entries(row))
    if (!isOwn(name)) changes.push({ action: 'set', path: [name], value })
  const known = new Set(model.keyAttributes.map(({ name }) => name))
  for (const property of model.properties.keys())
    if (!model.keyOnly.has(property)) known.add(storedName(model, property))
  for (const name of known)
    if (!isOwn(name) && !Object.hasOwn(row, name)) changes.push({ action: 'remove', path: [name] })
  return changes
}
