// transactWrite: several writes that happen together or not at all.
import { AmbiguousWriteError, type WriteCheck } from '../errors/ambiguous-write-error.js'
import { InputError } from '../errors/input-error.js'
import { RequestError } from '../errors/request-error.js'
import { TransactionCanceledError } from '../errors/transaction-canceled-error.js'
import { keysOf } from '../model/table-model.js'
import {
  byLabel,
  checkTransaction,
  labelled,
  transactionPart,
  type TransactionPart,
} from '../operations/transaction.js'
import type { Request, RequestOptions } from '../types/operation.js'
import type { TransactOptions } from '../types/running.js'
import { kindOf } from '../values/codec.js'
import { cancellationsOf } from './cancellation.js'
import { checkWrite } from './check-write.js'
import { checkPlan, type Connection, forCall } from './connection.js'
import { makeNonce } from './nonce.js'
import { withinToken } from './once.js'
import { send, sendingOf } from './send.js'

const operation = 'db.transactWrite'
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
const longestToken = 36

/** Makes all of some writes or none. Throws `TransactionCanceledError`, `AmbiguousWriteError`, `RequestError`. */
export async function transactWrite(
  connection: Connection,
  writes: unknown,
  options: TransactOptions = {},
): Promise<unknown> {
  const call = forCall(connection, operation, 'transaction', options)
  const token = tokenOf(options)
  const labels = labelled(operation, [], writes)
  for (const { plan } of labels) checkPlan(call, operation, plan)
  // Under a token of the caller's the call may be made again: then it must mark its writes the same.
  const nonce = token ?? makeNonce()
  const made: RequestOptions = { tables: call.tables, now: new Date(call.clock()), nonce }
  const parts = labels.map((one) => transactionPart(operation, [], one, made))
  checkTransaction(operation, [], parts)
  if (parts.length > 0) await carryOut(call, operation, parts, made, { signal: options.signal, token })
  return byLabel(writes, labels, resultsOf(parts, made))
}

/** What each verb returns, as far as that is known without reading. */
export function resultsOf(parts: readonly TransactionPart[], made: RequestOptions): readonly unknown[] {
  return parts.map(({ plan }) => plan.result({}, made))
}

/** Sends a transaction under one token, until it is carried out or its bounds are used up. */
export async function carryOut(
  call: Connection,
  name: string,
  parts: readonly TransactionPart[],
  made: RequestOptions,
  { signal, token = makeNonce() }: { readonly signal: AbortSignal | undefined; readonly token?: string | undefined },
): Promise<void> {
  const request: Request = {
    operation: 'TransactWriteItems',
    input: { TransactItems: parts.flatMap(({ items }) => items), ClientRequestToken: token },
  }
  const sending = sendingOf(request)
  try {
    await send(withinToken(call), name, request, signal, sending)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const { outcome, attempts, requestId } = error
    const cancellations = cancellationsOf(parts, error.serviceError, made)
    if (cancellations !== undefined)
      throw new TransactionCanceledError({ operation: name, outcome, attempts, requestId, token, cancellations })
    if (outcome !== 'unknown') throw error
    const keyAttributes = [...new Set(parts.flatMap(({ plan }) => keysOf(plan.model.table).map((key) => key.name)))]
    throw new AmbiguousWriteError({ operation: name, outcome, attempts, keyAttributes, token }, error, () =>
      checkParts(call, name, parts, made),
    )
  }
}

/** One item that can only have come from this transaction proves all of it. */
async function checkParts(
  call: Connection,
  name: string,
  parts: readonly TransactionPart[],
  made: RequestOptions,
): Promise<WriteCheck> {
  for (const { plan } of parts) {
    if (plan.isOwn === undefined) continue
    const check = await checkWrite(call, name, plan, made)
    if (check.outcome === 'applied') return check
  }
  return { outcome: 'unknown', item: undefined }
}

function tokenOf(options: TransactOptions): string | undefined {
  const { token } = options
  if (!('token' in options)) return undefined
  if (typeof token === 'string' && token.length >= 1 && token.length <= longestToken) return token
  throw new InputError(operation, ['token'], `a string of 1 to ${longestToken} characters`, kindOf(token))
}
