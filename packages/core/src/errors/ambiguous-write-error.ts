// The error of a write that may have taken place.
import { KeyloomError } from './keyloom-error.js'
import type { RequestError } from './request-error.js'

/** What a later look at the item says of a write whose answer was lost. */
export interface WriteCheck {
  /** `applied` where the stored item proves it. Everything else proves nothing: the item may have been changed since. */
  readonly outcome: 'applied' | 'unknown'
  /** The item that is stored now. */
  readonly item: object | undefined
}

/** What an `AmbiguousWriteError` tells. */
export interface AmbiguousWrite {
  readonly operation: string
  readonly outcome: 'applied' | 'unknown'
  readonly attempts: number
  readonly keyAttributes: readonly string[]
  readonly token: string | undefined
}

/**
 * The answer to a write was lost, and nothing proves what became of it; or it was applied, but the item that was asked for was
 * lost with the answer.
 */
export class AmbiguousWriteError extends KeyloomError {
  readonly code = 'ambiguous-write'
  override readonly name = 'AmbiguousWriteError'
  readonly operation: string
  /** `unknown`; or `applied`, where only the item that was asked for is lost. */
  readonly outcome: 'applied' | 'unknown'
  /** How often the write was sent. */
  readonly attempts: number
  /** AWS's name of the last error, or that of the network's. */
  readonly awsName: string | undefined
  readonly requestId: string | undefined
  /** The names of the item's key attributes. */
  readonly keyAttributes: readonly string[]
  /** The token of a write with `once`: with it the same write may be sent again for ten minutes, and happens once. */
  readonly token: string | undefined
  // Private, and not called `cause`, which inspect shows: they hold values.
  readonly #last: RequestError | undefined
  readonly #check: () => Promise<WriteCheck>
  constructor(write: AmbiguousWrite, last: RequestError | undefined, check: () => Promise<WriteCheck>) {
    super(`${write.operation}: ${texts[write.outcome]}`)
    this.operation = write.operation
    this.outcome = write.outcome
    this.attempts = write.attempts
    this.awsName = last?.awsName
    this.requestId = last?.requestId
    this.keyAttributes = write.keyAttributes
    this.token = write.token
    this.#last = last
    this.#check = check
  }
  /** What the client threw last. */
  get serviceError(): unknown {
    return this.#last?.serviceError
  }
  /** Reads the item, consistently, and says whether it proves that the write took place. */
  check(): Promise<WriteCheck> {
    return this.#check()
  }
}

const texts: Record<AmbiguousWrite['outcome'], string> = {
  unknown: 'the answer was lost, and the write may or may not have been applied. `error.check()` reads the item.',
  applied: 'the write was applied, but the item that was asked for was lost with its answer.',
}
