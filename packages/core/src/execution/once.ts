// A write as a transaction of its own: DynamoDB carries out one transaction for one token, however often it is sent.
import type { Attributes } from '../types/attribute-value.js'
import type { Request } from '../types/operation.js'
import type { Connection } from './connection.js'

/** How long DynamoDB knows a token, in milliseconds; after that it would take a repeat for a new transaction. */
const tokenLife = 600_000

/** The token of a request, if it has one. */
export function tokenOf(request: Request): string | undefined {
  return request.operation === 'TransactWriteItems' ? request.input.ClientRequestToken : undefined
}

/** The connection within whose bounds a token is known. */
export function withinToken(call: Connection): Connection {
  return call.timeout < tokenLife ? call : { ...call, timeout: tokenLife - 1 }
}

interface Refusal {
  readonly name?: unknown
  readonly Item?: Attributes
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: Attributes }[]
}

/** The refusal of a write whose condition did not hold, alone or as its own transaction; `undefined` for any other failure. */
export function conditionFailure(error: unknown): { readonly Item?: Attributes } | undefined {
  const { name, Item, CancellationReasons: [reason] = [] } = Object(error) as Refusal
  if (name === 'ConditionalCheckFailedException') return Item === undefined ? {} : { Item }
  if (name !== 'TransactionCanceledException' || reason?.Code !== 'ConditionalCheckFailed') return undefined
  return reason.Item === undefined ? {} : { Item: reason.Item }
}
