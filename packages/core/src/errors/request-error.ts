// The error of a request that the service or the network did not answer as hoped.
import { KeyloomError, type Outcome } from './keyloom-error.js'

/** What a `RequestError` tells. */
export interface RequestFailure {
  readonly operation: string
  readonly awsName: string
  readonly retryable: boolean
  readonly outcome: Outcome
  readonly attempts: number
  readonly requestId: string | undefined
}

/** Anything else that the service or the network said. The service's own words are in `serviceError`. */
export class RequestError extends KeyloomError {
  readonly code = 'request'
  override readonly name = 'RequestError'
  readonly operation: string
  /** AWS's name of the error, such as `ResourceNotFoundException`, or that of the network's. */
  readonly awsName: string
  /** Whether the same call may succeed later. */
  readonly retryable: boolean
  /** Whether a write took place. */
  readonly outcome: Outcome
  readonly attempts: number
  readonly requestId: string | undefined
  // Private, and not called `cause`, which inspect shows: a service's message may quote values.
  readonly #serviceError: unknown
  constructor(failure: RequestFailure, serviceError: unknown) {
    super(`${failure.operation} failed: ${failure.awsName}. Its own words are in \`error.serviceError\`.`)
    this.operation = failure.operation
    this.awsName = failure.awsName
    this.retryable = failure.retryable
    this.outcome = failure.outcome
    this.attempts = failure.attempts
    this.requestId = failure.requestId
    this.#serviceError = serviceError
  }
  /** What the client threw: the service's own error, with its message. */
  get serviceError(): unknown {
    return this.#serviceError
  }
}
