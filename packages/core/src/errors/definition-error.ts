// The error of a description that can't be compiled.
import { KeyloomError } from './keyloom-error.js'

/** An entity, table or index is described wrongly. Thrown while the description is compiled; `fix` says what to do. */
export class DefinitionError extends KeyloomError {
  readonly code = 'definition'
  override readonly name = 'DefinitionError'
  constructor(
    /** The entity or table that is described. */
    readonly subject: string,
    /** The part of the description, such as `key.partitionKey`. */
    readonly place: string,
    problem: string,
    /** What to do about it. */
    readonly fix: string,
  ) {
    super(`${subject}, ${place}: ${problem}. ${fix}.`)
  }
}
