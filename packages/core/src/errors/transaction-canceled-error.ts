// The error of a transaction that was not carried out.
import type { ConditionFailure, StoredItem } from './condition-failed-error.js'
import { KeyloomError, type Outcome } from './keyloom-error.js'

/**
 * Why an operation stood in the way of its transaction: its condition, as for a write alone; another writer on the item; no room; a
 * full item collection; something that DynamoDB can't do to the stored item.
 */
export type CancellationReason = ConditionFailure | 'conflict' | 'throttled' | 'collection-full' | 'invalid' | 'other'

/** What one operation says about a canceled transaction. */
export interface Cancellation {
  readonly reason: CancellationReason
  /** AWS's name of it. */
  readonly awsName: string
  /** The item that is stored, where a condition failed; `undefined` if there is none, or none that its entity can decode. */
  readonly item: object | undefined
  /** The entity of `item`. */
  readonly itemEntity: string | undefined
  /** The unique constraint that said no. */
  readonly constraint: string | undefined
}

/** An operation that stood in the way, under its label. */
export interface LabelledCancellation {
  readonly label: string | number
  /** The verb and its entity: `Account.update`. */
  readonly name: string
  readonly reason: CancellationReason
  readonly awsName: string
  readonly stored: StoredItem | undefined
  readonly constraint: string | undefined
}

/** What a `TransactionCanceledError` tells. */
export interface CanceledTransaction {
  readonly operation: string
  readonly outcome: Outcome
  readonly attempts: number
  readonly requestId: string | undefined
  readonly token: string | undefined
  readonly cancellations: readonly LabelledCancellation[]
}

const passing: ReadonlySet<CancellationReason> = new Set(['conflict', 'throttled'])

/** A transaction was canceled; nothing of it was done. */
export class TransactionCanceledError extends KeyloomError {
  readonly code = 'transaction-canceled'
  override readonly name = 'TransactionCanceledError'
  readonly operation: string
  /** `unknown` where the client had sent the transaction before without a token and lost the answer. */
  readonly outcome: Outcome
  /** How often it was sent. */
  readonly attempts: number
  readonly requestId: string | undefined
  /** The token of all attempts. */
  readonly token: string | undefined
  /** Whether nothing but other writers and throttling stood in the way: then the same call may succeed later. */
  readonly retryable: boolean
  // Private, so that inspect doesn't show it: the stored items are in it, and labels may be data.
  readonly #canceled: CanceledTransaction
  constructor(canceled: CanceledTransaction) {
    const { cancellations } = canceled
    const why = cancellations
      .map(({ name, reason, constraint }) =>
        constraint === undefined ? `${name} (${reason})` : `${name} (${reason}: ${constraint})`,
      )
      .join(', ')
    super(`${canceled.operation} was canceled: ${why === '' ? 'no reason was given' : why}. See \`error.reasons\`.`)
    this.operation = canceled.operation
    this.outcome = canceled.outcome
    this.attempts = canceled.attempts
    this.requestId = canceled.requestId
    this.token = canceled.token
    this.retryable = cancellations.length > 0 && cancellations.every(({ reason }) => passing.has(reason))
    this.#canceled = canceled
  }
  /** Why it was canceled, by the labels of the operations that stood in the way; in an array by their places. */
  get reasons(): Readonly<Record<string | number, Cancellation>> {
    return Object.fromEntries(
      this.#canceled.cancellations.map(({ label, reason, awsName, stored, constraint }) => [
        label,
        { reason, awsName, item: stored?.item, itemEntity: stored?.entity, constraint },
      ]),
    )
  }
  /**
   * The same about the operations from one place on, under labels of their own; `undefined` if none of them stood in the way.
   * @internal
   */
  within(start: number, labels: readonly (string | number)[]): TransactionCanceledError | undefined {
    const cancellations = this.#canceled.cancellations.flatMap((one) => {
      const label = typeof one.label === 'number' ? labels[one.label - start] : undefined
      return label === undefined ? [] : [{ ...one, label }]
    })
    return cancellations.length === 0 ? undefined : new TransactionCanceledError({ ...this.#canceled, cancellations })
  }
}
