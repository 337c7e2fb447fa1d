// delete: one item by its key.
import { Placeholders } from '../expressions/placeholders.js'
import { guardOf } from '../model/index-maintenance.js'
import { decodeRow, encodeKey } from '../model/item.js'
import type { Model } from '../model/model.js'
import { withOnce } from './once.js'
import { checkOptions, oneOf } from './options.js'
import { conditional, conditionOf, guarded, type ItemPlan, sealed, tableName } from './plan.js'
import { encodeGiven } from './update-changes.js'

/** What `delete` takes besides the key, as plain data. */
export interface DeleteOptions {
  readonly condition?: unknown
  readonly given?: unknown
  readonly returning?: 'none' | 'old'
  readonly once?: unknown
}

/** Plans a DeleteItem. That nothing is there is no error, unless the condition says so. */
export function planDelete(model: Model, key: unknown, options: DeleteOptions = {}): ItemPlan {
  const operation = `${model.name}.delete`
  checkOptions(operation, options, ['condition', 'given', 'returning', 'once'])
  const encoded = encodeKey(model, operation, key)
  const given = encodeGiven(model, operation, options.given)
  const conditions = [...given.keys()]
    .filter((name) => !model.keyProperties.has(name) && !model.keyOnly.has(name))
    .map((name) => guardOf(model, name, given))
  if (options.condition !== undefined) conditions.push(conditionOf(model, operation, 'condition', options.condition))
  const condition = guarded(model, conditions)
  const returning = oneOf(operation, 'returning', options.returning ?? 'none', ['none', 'old'])
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
          ...conditional(condition, placeholders),
          ...placeholders.attributes(),
          ...(returning === 'old' && { ReturnValues: 'ALL_OLD' }),
        },
      }
    },
    result: ({ Attributes }) =>
      returning === 'none' || Attributes === undefined ? undefined : decodeRow(model, Attributes),
    reason: (stored) => (stored === undefined ? 'not-found' : 'condition'),
  }
  return sealed(withOnce(plan, operation, options.once, returning !== 'none'))
}
