// upsert: changes of an item that is there, or a new item of what the changes give.
import { Placeholders } from '../expressions/placeholders.js'
import { checkUpdateSize, printUpdate } from '../expressions/print.js'
import { InputError } from '../errors/input-error.js'
import { type Change, defaultChange } from '../expressions/update.js'
import { encodeKey, givenValue, refusing } from '../model/item.js'
import { type Model, storedName } from '../model/model.js'
import { rowOf } from '../model/row.js'
import { storedTime } from '../model/stamps.js'
import { upsertIndexKeys } from '../model/upsert-keys.js'
import type { Attributes } from '../types/attribute-value.js'
import type { RequestOptions } from '../types/operation.js'
import { ownValue, setOwn } from '../values/codec.js'
import { withOnce } from './once.js'
import { checkOptions, flag, oneOf } from './options.js'
import { conditional, conditionOf, guarded, type ItemPlan, sealed, tableName, timeOf } from './plan.js'
import { decodeReturned, type Returning, returnValues } from './returned.js'
import { stampChanges } from './stamp-changes.js'
import { repeatOf, type UpdateOptions } from './update.js'
import { encodeChanges, type EncodedChanges } from './update-changes.js'
import { createdValue } from './created-value.js'
import { encodeWritten, hasNonce } from './written-item.js'

const optionNames = ['set', 'add', 'remove', 'apply', 'condition', 'returning', 'returnOnFailure', 'once']

/** Plans an UpdateItem that makes the item where there is none. What it gives must make a valid one. */
export function planUpsert(model: Model, key: unknown, options: Omit<UpdateOptions, 'given'>): ItemPlan {
  const operation = `${model.name}.upsert`
  checkOptions(operation, options, optionNames)
  const encoded = encodeKey(model, operation, key)
  const attributes = encodeChanges(model, operation, options)
  const { set, removed, added, opaque } = attributes
  const nested = opaque.find((path) => path.length > 1)
  if (nested !== undefined)
    throw new InputError(
      operation,
      ['apply', ...nested],
      'a whole attribute: a new item has nothing to change in it',
      'a part',
    )
  const changed = new Set([...Object.keys(set), ...removed, ...added, ...opaque.map(([name]) => String(name))])
  const { attributes: made } = encodeWritten(model, operation, itemOf(model, key, attributes))
  const defaulted = new Set(Object.keys(made).filter((name) => !changed.has(name) && !model.keyProperties.has(name)))
  const plainChanges = [...attributes.changes, ...ownAttributes(model, made, defaulted)]
  const changesFor = (from: RequestOptions | undefined): readonly Change[] =>
    refusing(operation, [], () => {
      const times = indexedTimes(model, from)
      const { updatedAt, createdAt } = model.managed
      const keys = upsertIndexKeys(model, {
        change: {
          set: withOne(set, updatedAt, times),
          removed,
          added,
          opaque,
          given: new Map(),
          key: encoded.components,
        },
        made: rowOf(model, { ...made, ...times }),
        defaulted: createdAt === undefined ? defaulted : new Set([...defaulted, createdAt]),
      })
      return [...plainChanges, ...keys, ...stampChanges(model, from)]
    })
  refusing(operation, [], () => {
    checkUpdateSize(changesFor(undefined))
  })
  const conditions =
    options.condition === undefined ? [] : [conditionOf(model, operation, 'condition', options.condition)]
  const returning = oneOf(operation, 'returning', options.returning ?? 'none', Object.keys(returnValues) as Returning[])
  const returnOnFailure = flag(operation, 'returnOnFailure', options.returnOnFailure, true)
  const plan: ItemPlan = {
    kind: 'upsert',
    entity: model.name,
    model,
    key: encoded.key,
    repeat: repeatOf(attributes.changes),
    needsOldImage: returning === 'old' || returning === 'updatedOld',
    isOwn: (stored, from) => hasNonce(model, stored, from),
    request(from) {
      const placeholders = new Placeholders()
      const UpdateExpression = printUpdate(changesFor(from), placeholders)
      return {
        operation: 'UpdateItem',
        input: {
          TableName: tableName(model, from),
          Key: encoded.key,
          UpdateExpression,
          ...conditional(guarded(model, conditions, from), placeholders, returnOnFailure),
          ...placeholders.attributes(),
          ReturnValues: returnValues[returning],
        },
      }
    },
    result: ({ Attributes }) => {
      // There may have been nothing before.
      if (returning === 'old' && Attributes === undefined) return undefined
      return decodeReturned(model, returning, Attributes)
    },
    reason: () => 'condition',
  }
  return sealed(withOnce(plan, operation, options.once, returning !== 'none'))
}

/** The item that is made where there is none: of the key, and of what the changes give an attribute that is absent. */
function itemOf(model: Model, key: unknown, { changes, set }: EncodedChanges): object {
  const item: Record<string, unknown> = {}
  for (const name of model.keyProperties) {
    const value = givenValue(key as Readonly<Record<string, unknown>>, name)
    if (value !== undefined) setOwn(item, name, value)
  }
  for (const name of model.keyOnly.keys()) {
    const value = ownValue(set, name)
    if (value !== undefined) setOwn(item, name, model.properties.get(name)?.codec.decode(value))
  }
  const names = new Map([...model.properties.keys()].map((name) => [storedName(model, name), name]))
  for (const change of changes) {
    const name = names.get(String(change.path[0]))
    const codec = name === undefined ? undefined : model.properties.get(name)?.codec
    if (name === undefined || codec === undefined || change.action === 'remove' || change.action === 'delete') continue
    const value = change.action === 'add' ? change.value : createdValue(change.value)
    if (value !== undefined) setOwn(item, name, (codec.unchecked ?? codec).decode(value))
  }
  return item
}

/** What every row has, and the defaults: the first as they are, the others where they are absent. */
function ownAttributes(model: Model, made: Attributes, defaulted: ReadonlySet<string>): readonly Change[] {
  const changes: Change[] = []
  const keys = new Set([...model.table.partitionKey, ...model.table.sortKey].map(({ name }) => name))
  for (const [property, value] of Object.entries(made)) {
    const name = storedName(model, property)
    if (model.keyOnly.has(property) || keys.has(name)) continue
    if (defaulted.has(property)) changes.push(defaultChange([name], value))
    else if (model.keyProperties.has(property)) changes.push({ action: 'set', path: [name], value })
  }
  for (const [name, value] of Object.entries(model.constants)) changes.push({ action: 'set', path: [name], value })
  const { discriminator } = model
  if (discriminator !== undefined)
    changes.push({ action: 'set', path: [discriminator.attribute], value: { S: discriminator.value } })
  return changes
}

/** The times of the write, where index keys are made of them. */
function indexedTimes(model: Model, from: RequestOptions | undefined): Attributes {
  const times: Attributes = {}
  if (!model.keysHoldTimes) return times
  const { createdAt, updatedAt } = model.managed
  for (const name of [createdAt, updatedAt])
    if (name !== undefined) setOwn(times, name, storedTime(model, name, timeOf(from)))
  return times
}

function withOne(set: Attributes, name: string | undefined, from: Attributes): Attributes {
  const value = name === undefined ? undefined : ownValue(from, name)
  return name === undefined || value === undefined ? set : { ...set, [name]: value }
}
