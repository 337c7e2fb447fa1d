// get: one item by its key.
import { decodeRow, encodeKey } from '../model/item.js'
import type { Model } from '../model/model.js'
import { isExpired } from '../model/stamps.js'
import type { GetOptions } from '../types/options.js'
import { showsExpired } from './expiry.js'
import { checkOptions } from './options.js'
import { type ItemPlan, sealed, tableName, timeOf } from './plan.js'

/** Plans a GetItem. A row of another entity counts as none. */
export function planGet(model: Model, key: unknown, options: GetOptions = {}): ItemPlan {
  const operation = `${model.name}.get`
  checkOptions(operation, options, ['consistent', 'expired'])
  const shows = showsExpired(model, operation, options.expired)
  const encoded = encodeKey(model, operation, key)
  return sealed<ItemPlan>({
    kind: 'get',
    entity: model.name,
    model,
    key: encoded.key,
    repeat: 'reads',
    request: (from) => ({
      operation: 'GetItem',
      input: {
        TableName: tableName(model, from),
        Key: encoded.key,
        ...(options.consistent === true && { ConsistentRead: true }),
      },
    }),
    result: ({ Item }, from) =>
      Item === undefined || (!shows && isExpired(model, Item, timeOf(from))) ? undefined : decodeRow(model, Item),
    reason: () => 'condition',
  })
}
