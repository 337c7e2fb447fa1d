// The error of a call that can't be sent.
import { KeyloomError } from './keyloom-error.js'
import { formatPath, type Path } from './path.js'

/** What a caller gave can't be used. Thrown when an operation is built, before anything is sent. */
export class InputError extends KeyloomError {
  readonly code = 'input'
  override readonly name = 'InputError'
  readonly outcome = 'not-applied'
  constructor(
    /** The operation, such as `Order.put`. */
    readonly operation: string,
    readonly path: Path,
    /** What would have been right. */
    readonly expected: string,
    /** The kind of what was given, never the value. */
    readonly received: string,
  ) {
    const place = path.length === 0 ? '' : `${formatPath(path)}: `
    super(`${operation}: ${place}expected ${expected}, received ${received}.`)
  }
}
