// get: one item by its key.
import { Placeholders } from '../expressions/placeholders.js'
import { printProjection } from '../expressions/print.js'
import { encodeKey } from '../model/item.js'
import type { Model } from '../model/model.js'
import { isExpired } from '../model/stamps.js'
import type { GetOptions } from '../types/options.js'
import { showsExpired } from './expiry.js'
import { checkOptions } from './options.js'
import { type ItemPlan, sealed, tableName, timeOf } from './plan.js'
import { planShape } from './read-shape.js'

/** Plans a GetItem. A row of another entity counts as none. */
export function planGet(model: Model, key: unknown, options: GetOptions<unknown> = {}): ItemPlan {
  const operation = `${model.name}.get`
  checkOptions(operation, options, ['consistent', 'expired', 'select'])
  const shows = showsExpired(model, operation, options.expired)
  const encoded = encodeKey(model, operation, key)
  const shape = planShape(model, model.key, operation, options)
  const paths = shape.paths(false)
  return sealed<ItemPlan>({
    kind: 'get',
    entity: model.name,
    model,
    key: encoded.key,
    repeat: 'reads',
    request(from) {
      const placeholders = new Placeholders()
      return {
        operation: 'GetItem',
        input: {
          TableName: tableName(model, from),
          Key: encoded.key,
          ...(paths !== undefined && { ProjectionExpression: printProjection(paths, placeholders) }),
          ...placeholders.attributes(),
          ...(options.consistent === true && { ConsistentRead: true }),
        },
      }
    },
    result: ({ Item }, from) =>
      Item === undefined || !shape.isRow(Item) || (!shows && isExpired(model, Item, timeOf(from)))
        ? undefined
        : shape.item(Item),
    reason: () => 'condition',
  })
}
