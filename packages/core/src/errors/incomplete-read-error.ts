// The error of a read that a bound of the caller ended early.
import { KeyloomError } from './keyloom-error.js'

/** A bound of the caller ended a read early; what was read so far is in `items`. */
export class IncompleteReadError extends KeyloomError {
  readonly code = 'incomplete-read'
  override readonly name = 'IncompleteReadError'
  // Private, so that inspect doesn't show them: a cursor without a key can be read, and holds values.
  readonly #items: readonly unknown[]
  readonly #cursor: string | undefined
  constructor(
    readonly operation: string,
    items: readonly unknown[],
    /** How many items were read, or counted. */
    readonly count: number,
    cursor: string | undefined,
  ) {
    super(`${operation}: maxPages ended the read after ${count} items. Go on with \`error.cursor\`, or raise it.`)
    this.#items = items
    this.#cursor = cursor
  }
  /** The items read before the bound was met. */
  get items(): readonly unknown[] {
    return this.#items
  }
  /** Goes on where the read ended. */
  get cursor(): string | undefined {
    return this.#cursor
  }
}
