// Runs an operation on one item.
import { ConditionFailedError } from '../errors/condition-failed-error.js'
import { InputError } from '../errors/input-error.js'
import { RequestError } from '../errors/request-error.js'
import { decodeAnyRow } from '../model/item.js'
import { isSealed, type ItemOutput, type ItemPlan } from '../operations/plan.js'
import type { Attributes } from '../types/attribute-value.js'
import type { RequestOptions } from '../types/operation.js'
import type { CallOptions } from '../types/running.js'
import { kindOf } from '../values/codec.js'
import { checkTable, type Connection, forCall } from './connection.js'
import { send } from './send.js'

/** Sends an operation's request and gives its result. Throws `ConditionFailedError`, `DecodeError`, `RequestError`. */
export async function run(connection: Connection, operation: unknown, options: CallOptions = {}): Promise<unknown> {
  if (!isSealed(operation) || !('result' in operation))
    throw new InputError('db.run', [], 'an operation, such as Order.get(key)', kindOf(operation))
  const plan = operation as ItemPlan
  const name = `${plan.entity}.${plan.kind}`
  const call = forCall(connection, name, 'call', options)
  checkTable(call, name, plan.model.table)
  const made: RequestOptions = { tables: call.tables, now: new Date(call.clock()) }
  return plan.result(await answer(call, name, plan, made, options.signal), made)
}

async function answer(
  call: Connection,
  name: string,
  plan: ItemPlan,
  made: RequestOptions,
  signal: AbortSignal | undefined,
): Promise<ItemOutput> {
  try {
    return (await send(call, name, plan.request(made), signal)) as ItemOutput
  } catch (error) {
    if (!(error instanceof RequestError) || error.awsName !== 'ConditionalCheckFailedException') throw error
    const { Item } = error.serviceError as { readonly Item?: Attributes }
    const stored = Item === undefined ? undefined : decodeAnyRow(plan.model.table, Item)
    throw new ConditionFailedError(name, plan.reason(Item), error.outcome, stored)
  }
}
