// delete: one item by its key.
import { Placeholders } from '../expressions/placeholders.js'
import { decodeRow, encodeKey } from '../model/item.js'
import type { Model } from '../model/model.js'
import type { DeleteOptions } from '../types/options.js'
import { withOnce } from './once.js'
import { checkOptions, oneOf } from './options.js'
import { conditional, conditionOf, guarded, type ItemPlan, sealed, tableName } from './plan.js'

/** Plans a DeleteItem. That nothing is there is no error, unless the condition says so. */
export function planDelete(model: Model, key: unknown, options: DeleteOptions<never, 'none' | 'old'> = {}): ItemPlan {
  const operation = `${model.name}.delete`
  checkOptions(operation, options, ['condition', 'returning', 'once'])
  const encoded = encodeKey(model, operation, key)
  const condition = guarded(
    model,
    options.condition === undefined ? [] : [conditionOf(model, operation, 'condition', options.condition)],
  )
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
