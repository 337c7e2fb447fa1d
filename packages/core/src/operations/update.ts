// update: changes of an item that must exist, with all index keys that follow from them.
import { InputError } from '../errors/input-error.js'
import type { ConditionTree } from '../expressions/condition.js'
import { Placeholders } from '../expressions/placeholders.js'
import { printUpdate } from '../expressions/print.js'
import type { Change } from '../expressions/update.js'
import { maintainIndexKeys } from '../model/index-maintenance.js'
import { encodeKey, refusing } from '../model/item.js'
import type { Model } from '../model/model.js'
import { decodeReturned, type Returning, returnValues } from './returned.js'
import { withOnce } from './once.js'
import { checkOptions, oneOf } from './options.js'
import { conditional, conditionOf, existence, guarded, type ItemPlan, sealed, tableName } from './plan.js'
import { encodeChanges } from './update-changes.js'

/** What `update` takes, as plain data. */
export interface UpdateOptions {
  readonly set?: object
  readonly add?: object
  readonly remove?: readonly string[]
  readonly given?: object
  readonly condition?: unknown
  readonly returning?: Returning
  readonly once?: unknown
}

const optionNames = ['set', 'add', 'remove', 'given', 'condition', 'returning', 'once']

/** Plans an UpdateItem. */
export function planUpdate(model: Model, key: unknown, options: UpdateOptions): ItemPlan {
  const operation = `${model.name}.update`
  checkOptions(operation, options, optionNames)
  const encoded = encodeKey(model, operation, key)
  const attributes = encodeChanges(model, operation, options)
  const maintenance = refusing(operation, [], () =>
    maintainIndexKeys(model, { ...attributes, key: encoded.components }),
  )
  const changes: readonly Change[] = [...attributes.changes, ...maintenance.changes]
  if (changes.length === 0) throw new InputError(operation, [], 'something to change in set, add or remove', 'nothing')
  const conditions: ConditionTree[] = [existence(model, 'exists'), ...maintenance.guards]
  if (options.condition !== undefined) conditions.push(conditionOf(model, operation, 'condition', options.condition))
  const returning = oneOf(operation, 'returning', options.returning ?? 'none', Object.keys(returnValues) as Returning[])
  const plan: ItemPlan = {
    kind: 'update',
    entity: model.name,
    model,
    key: encoded.key,
    // Arithmetic counts twice where it is sent twice.
    repeat: changes.every(({ action }) => action === 'set' || action === 'remove') ? 'overwrites' : 'doubles',
    needsOldImage: returning === 'old' || returning === 'updatedOld',
    request(from) {
      const placeholders = new Placeholders()
      const UpdateExpression = printUpdate(changes, placeholders)
      return {
        operation: 'UpdateItem',
        input: {
          TableName: tableName(model, from),
          Key: encoded.key,
          UpdateExpression,
          ...conditional(guarded(model, conditions), placeholders),
          ...placeholders.attributes(),
          ReturnValues: returnValues[returning],
        },
      }
    },
    result: ({ Attributes }) => decodeReturned(model, returning, Attributes),
    reason: (stored) => (stored === undefined ? 'not-found' : 'condition'),
  }
  return sealed(withOnce(plan, operation, options.once, returning !== 'none'))
}
