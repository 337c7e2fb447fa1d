// What all of Keyloom's errors have in common. Each says who must act and what to do; none shows an item's values.

// Registered, so that two copies of the package know each other's errors.
export const errorBrand: unique symbol = Symbol.for('keyloom.error') as never

/** What became of a write whose call ended in an error. */
export type Outcome = 'applied' | 'not-applied' | 'unknown'

/** What all of Keyloom's errors have in common; `isError` tells them from others. */
export abstract class KeyloomError extends Error {
  /** A stable name for the kind of error, with a section of its own in docs/errors.md. */
  abstract readonly code: string
  static {
    Object.defineProperty(this.prototype, errorBrand, { value: true })
  }
}
