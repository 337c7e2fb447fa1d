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

/** A failed condition: of which part of the write, and the row that is stored there. */
export interface ConditionRefusal {
  /** 0 for the item itself; others only where the write is a transaction of several. */
  readonly part: number
  readonly Item?: Attributes | undefined
}

/** The refusal of a write whose condition did not hold, alone or as its own transaction; `undefined` for any other failure. */
export function conditionFailure(error: unknown): ConditionRefusal | undefined {
  const { name, Item, CancellationReasons = [] } = Object(error) as Refusal
  if (name === 'ConditionalCheckFailedException') return { part: 0, Item }
  if (name !== 'TransactionCanceledException') return undefined
  const part = CancellationReasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed')
  return part < 0 ? undefined : { part, Item: CancellationReasons[part]?.Item }
}
