// The error of a batch that ended before all of its operations were done.
import type { Operation, OperationUse } from '../types/operation.js'
import { KeyloomError } from './keyloom-error.js'

/** What became of one operation of a batch: done; perhaps done, its answer was lost; left, and so certainly not done. */
export type BatchOutcome = 'done' | 'unknown' | 'left'

/** An operation of a batch that fits the same batch again. */
export type BatchOperation = Operation<unknown, never, OperationUse>

/** What an `IncompleteBatchError` tells. */
export interface IncompleteBatch {
  readonly operation: string
  readonly operations: readonly unknown[]
  readonly outcomes: readonly BatchOutcome[]
  readonly items: () => readonly unknown[]
}

/** The last failure of a batch, as far as it is known. */
interface BatchFailure {
  readonly awsName?: string
  readonly retryable?: boolean
  readonly requestId?: string | undefined
  readonly serviceError?: unknown
}

/** A batch ended early: each of its operations is done, unknown or left. */
export class IncompleteBatchError extends KeyloomError {
  readonly code = 'incomplete-batch'
  override readonly name = 'IncompleteBatchError'
  readonly operation: string
  /** AWS's name of the failure that ended the batch, or that of the network's; `UnprocessedItems` where the service left too much. */
  readonly awsName: string | undefined
  /** Whether what is left may succeed later. */
  readonly retryable: boolean
  readonly requestId: string | undefined
  // Private, so that inspect doesn't show them: they hold values.
  readonly #batch: IncompleteBatch
  readonly #failure: unknown
  constructor(batch: IncompleteBatch, failure: unknown) {
    super(
      `${batch.operation}: ${counted(batch.outcomes)}. Go on with \`error.left\`; look before repeating \`error.unknown\`.`,
    )
    const { awsName, retryable = false, requestId } = Object(failure) as BatchFailure
    this.operation = batch.operation
    this.awsName = awsName
    this.retryable = retryable
    this.requestId = requestId
    this.#batch = batch
    this.#failure = failure
  }
  /** What became of each operation, in the order of the input. */
  get outcomes(): readonly BatchOutcome[] {
    return this.#batch.outcomes
  }
  /** The operations that are done. */
  get done(): readonly BatchOperation[] {
    return this.#those('done')
  }
  /** The writes that may be done: their answer was lost. */
  get unknown(): readonly BatchOperation[] {
    return this.#those('unknown')
  }
  /** The operations that are not done: sent and left unprocessed, or never sent. */
  get left(): readonly BatchOperation[] {
    return this.#those('left')
  }
  /** What a batch get has read, in the order of the input: `undefined` where there is no item, and where `outcomes` says `left`. */
  get items(): readonly unknown[] {
    return this.#batch.items()
  }
  /** What ended the batch: a `RequestError`, or what `onProgress` threw. */
  get failure(): unknown {
    return this.#failure
  }
  #those(outcome: BatchOutcome): readonly BatchOperation[] {
    return this.#batch.operations.filter((_, index) => this.#batch.outcomes[index] === outcome) as BatchOperation[]
  }
}

function counted(outcomes: readonly BatchOutcome[]): string {
  const count = (wanted: BatchOutcome): number => outcomes.filter((outcome) => outcome === wanted).length
  return `of ${outcomes.length} operations ${count('done')} are done, ${count('unknown')} unknown and ${count('left')} left`
}
