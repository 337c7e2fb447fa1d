// check: a condition on an item as a part of a transaction, without a change of it.
import { Placeholders } from '../expressions/placeholders.js'
import { encodeKey } from '../model/item.js'
import type { Model } from '../model/model.js'
import { failureOf } from './given.js'
import { conditional, conditionOf, existence, guarded, type ItemPlan, sealed, tableName } from './plan.js'

/** Plans a ConditionCheck: without a condition it asks that the item is there. */
export function planCheck(model: Model, key: unknown, ...conditions: readonly unknown[]): ItemPlan {
  const operation = `${model.name}.check`
  const encoded = encodeKey(model, operation, key)
  // A condition that is `undefined` has got lost on the way.
  const condition =
    conditions.length === 0 ? existence(model, 'exists') : conditionOf(model, operation, 'condition', conditions[0])
  return sealed<ItemPlan>({
    kind: 'check',
    entity: model.name,
    model,
    key: encoded.key,
    repeat: 'reads',
    request(from) {
      const placeholders = new Placeholders()
      const { ConditionExpression, ...rest } = conditional(guarded(model, [condition], from), placeholders)
      return {
        operation: 'ConditionCheck',
        input: {
          TableName: tableName(model, from),
          Key: encoded.key,
          ConditionExpression,
          ...placeholders.attributes(),
          ...rest,
        },
      }
    },
    result: () => undefined,
    reason: (stored, from) => failureOf(model, { conditions: [], version: undefined }, stored, from),
  })
}
