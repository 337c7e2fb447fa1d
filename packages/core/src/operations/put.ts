// put and create: a whole item, over what is there or where nothing is.
import type { ConditionTree } from '../expressions/condition.js'
import { Placeholders } from '../expressions/placeholders.js'
import { decodeRow, encodeItem, keyOfRow } from '../model/item.js'
import type { Model } from '../model/model.js'
import type { CreateOptions, PutOptions } from '../types/options.js'
import { generatedIn, isGenerated } from './generated.js'
import { withOnce } from './once.js'
import { checkOptions, oneOf } from './options.js'
import { conditional, conditionOf, existence, guarded, type ItemPlan, sealed, tableName } from './plan.js'

/** Plans a PutItem that overwrites whatever is there. */
export function planPut(model: Model, item: unknown, options: PutOptions<never, 'new' | 'old'> = {}): ItemPlan {
  const operation = `${model.name}.put`
  checkOptions(operation, options, ['condition', 'returning', 'once'])
  const conditions =
    options.condition === undefined ? [] : [conditionOf(model, operation, 'condition', options.condition)]
  const returning = oneOf(operation, 'returning', options.returning ?? 'new', ['new', 'old'])
  return planPutItem(model, 'put', item, conditions, returning, options.once)
}

/** Plans a PutItem that is refused where an item with this key is stored. */
export function planCreate(model: Model, item: unknown, options: CreateOptions = {}): ItemPlan {
  const operation = `${model.name}.create`
  checkOptions(operation, options, ['once'])
  return planPutItem(model, 'create', item, [existence(model, 'not-exists')], 'new', options.once)
}

function planPutItem(
  model: Model,
  kind: 'put' | 'create',
  item: unknown,
  conditions: readonly ConditionTree[],
  returning: 'new' | 'old',
  once: unknown,
): ItemPlan {
  const operation = `${model.name}.${kind}`
  const row = encodeItem(model, operation, item)
  const generated = generatedIn(model, item, row)
  const condition = guarded(model, conditions)
  const plan: ItemPlan = {
    kind,
    entity: model.name,
    model,
    key: keyOfRow(model, row),
    repeat: kind === 'create' ? 'refused' : 'overwrites',
    needsOldImage: returning === 'old',
    isOwn: (stored) => generated.some((value) => isGenerated(model, value, stored)),
    request(from) {
      const placeholders = new Placeholders()
      return {
        operation: 'PutItem',
        input: {
          TableName: tableName(model, from),
          Item: row,
          ...conditional(condition, placeholders),
          ...placeholders.attributes(),
          ...(returning === 'old' && { ReturnValues: 'ALL_OLD' }),
        },
      }
    },
    // The item is decoded from what was sent: just what a get would give, and never the caller's own object.
    result: ({ Attributes }) => {
      if (returning === 'new') return decodeRow(model, row)
      return Attributes === undefined ? undefined : decodeRow(model, Attributes)
    },
    reason: () => (kind === 'create' ? 'already-exists' : 'condition'),
  }
  return sealed(withOnce(plan, operation, once, returning === 'old'))
}
