// transactGet: several items as they were at one moment.
import { InputError } from '../errors/input-error.js'
import { RequestError } from '../errors/request-error.js'
import { TransactionCanceledError } from '../errors/transaction-canceled-error.js'
import { keysOf } from '../model/table-model.js'
import { itemIdentity } from '../operations/item-identity.js'
import { transactGetItem } from '../operations/transact-item.js'
import { byLabel, labelled, mostItems, refuseTwice } from '../operations/transaction.js'
import type { Attributes } from '../types/attribute-value.js'
import type { ManyRequest, RequestOptions } from '../types/operation.js'
import type { CallOptions } from '../types/running.js'
import { cancellationsOf } from './cancellation.js'
import { checkPlan, type Connection, forCall } from './connection.js'
import { send } from './send.js'

const operation = 'db.transactGet'

/** Reads all of some gets at one moment. Throws `TransactionCanceledError`, `DecodeError`, `RequestError`. */
export async function transactGet(connection: Connection, gets: unknown, options: CallOptions = {}): Promise<unknown> {
  const call = forCall(connection, operation, 'call', options)
  const labels = labelled(operation, [], gets)
  for (const { plan } of labels) checkPlan(call, operation, plan)
  const made: RequestOptions = { tables: call.tables, now: new Date(call.clock()) }
  const parts = labels.map(({ label, plan }) => {
    const item = transactGetItem(plan.request(made))
    if (item === undefined)
      throw new InputError(operation, [label], 'a get, such as Order.get(key)', `${plan.entity}.${plan.kind}`)
    const keyNames = keysOf(plan.model.table).map(({ name }) => name)
    return { label, plan, items: [item], identities: [itemIdentity(item.Get?.TableName ?? '', keyNames, plan.key)] }
  })
  if (parts.length > mostItems)
    throw new InputError(operation, [], `at most ${mostItems} items in a transaction`, `${parts.length} of them`)
  refuseTwice(operation, [], parts)
  if (parts.length === 0) return byLabel(gets, labels, [])
  const TransactItems = parts.flatMap(({ items }) => items)
  const request: ManyRequest = { operation: 'TransactGetItems', input: { TransactItems } }
  try {
    const output = (await send(call, operation, request, options.signal)) as TransactGetOutput
    const results = parts.map(({ plan }, index) => plan.result(output.Responses?.[index] ?? {}, made))
    return byLabel(gets, labels, results)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const { outcome, attempts, requestId } = error
    const cancellations = cancellationsOf(parts, error.serviceError)
    if (cancellations === undefined) throw error
    throw new TransactionCanceledError({ operation, outcome, attempts, requestId, token: undefined, cancellations })
  }
}

interface TransactGetOutput {
  readonly Responses?: readonly { readonly Item?: Attributes }[]
}
