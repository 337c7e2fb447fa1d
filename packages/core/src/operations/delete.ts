// delete: one item by its key.
import { Placeholders } from '../expressions/placeholders.js'
import { decodeRow, encodeKey } from '../model/item.js'
import type { Model } from '../model/model.js'
import { type Beliefs, failureOf, givenGuards } from './given.js'
import { withOnce } from './once.js'
import { checkOptions, flag, oneOf } from './options.js'
import { conditional, conditionOf, guarded, type ItemPlan, sealed, tableName } from './plan.js'
import { encodeGiven } from './update-changes.js'

/** What `delete` takes besides the key, as plain data. */
export interface DeleteOptions {
  readonly condition?: unknown
  readonly given?: unknown
  readonly returning?: 'none' | 'old'
  readonly returnOnFailure?: unknown
  readonly once?: unknown
}

/** Plans a DeleteItem. That nothing is there is no error, unless a condition or a version says so. */
export function planDelete(model: Model, key: unknown, options: DeleteOptions = {}): ItemPlan {
  const operation = `${model.name}.delete`
  checkOptions(operation, options, ['condition', 'given', 'returning', 'returnOnFailure', 'once'])
  const encoded = encodeKey(model, operation, key)
  const beliefs =
    options.given === undefined ? carriedBy(model, operation, key) : encodeGiven(model, operation, options.given)
  const guards = givenGuards(model, beliefs)
  const conditions = [...guards.conditions]
  if (options.condition !== undefined) conditions.push(conditionOf(model, operation, 'condition', options.condition))
  const returning = oneOf(operation, 'returning', options.returning ?? 'none', ['none', 'old'])
  const returnOnFailure = flag(operation, 'returnOnFailure', options.returnOnFailure, true)
  const plan: ItemPlan = {
    kind: 'delete',
    entity: model.name,
    model,
    key: encoded.key,
    repeat: 'overwrites',
    needsOldImage: returning === 'old',
    request(from) {
      const placeholders = new Placeholders()
      return {
        operation: 'DeleteItem',
        input: {
          TableName: tableName(model, from),
          Key: encoded.key,
          ...conditional(guarded(model, conditions, from), placeholders, returnOnFailure),
          ...placeholders.attributes(),
          ...(returning === 'old' && { ReturnValues: 'ALL_OLD' }),
        },
      }
    },
    result: ({ Attributes }) =>
      returning === 'none' || Attributes === undefined ? undefined : decodeRow(model, Attributes),
    reason: (stored, from) => (returnOnFailure ? failureOf(model, guards, stored, from) : 'condition'),
  }
  return sealed(withOnce(plan, operation, options.once, returning !== 'none'))
}

/** The version of an item that stands for its key. */
function carriedBy(model: Model, operation: string, key: unknown): Beliefs {
  const { version, createdAt } = model.managed
  const item = key as Readonly<Record<string, unknown>>
  if (version === undefined || !Object.hasOwn(item, version) || item[version] === undefined) return new Map()
  const names = createdAt === undefined ? [version] : [version, createdAt]
  const carried = names.filter((name) => Object.hasOwn(item, name)).map((name) => [name, item[name]] as const)
  return encodeGiven(model, operation, Object.fromEntries(carried))
}
