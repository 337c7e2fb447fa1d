// A later look at the item of a write whose answer was lost.
import type { WriteCheck } from '../errors/ambiguous-write-error.js'
import { decodeAnyRow } from '../model/item.js'
import { type ItemPlan, tableName } from '../operations/plan.js'
import type { Attributes } from '../types/attribute-value.js'
import type { RequestOptions } from '../types/operation.js'
import type { Connection } from './connection.js'
import { send } from './send.js'

/** Reads the item of a write, and says whether it proves that the write of the run with these options took place. */
export async function checkWrite(
  connection: Connection,
  operation: string,
  plan: ItemPlan,
  made: RequestOptions,
): Promise<WriteCheck> {
  const input = { TableName: tableName(plan.model, made), Key: plan.key, ConsistentRead: true }
  const output = await send(connection, operation, { operation: 'GetItem', input }, undefined)
  const { Item: row } = output as { readonly Item?: Attributes }
  return {
    outcome: row !== undefined && plan.isOwn?.(row, made) === true ? 'applied' : 'unknown',
    item: row && decodeAnyRow(plan.model.table, row)?.item,
  }
}
