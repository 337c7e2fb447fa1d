// The error of a stored row that doesn't fit its schema.
import { KeyloomError } from './keyloom-error.js'
import { formatPath, type Path } from './path.js'

/** A stored row doesn't fit its entity's schema. */
export class DecodeError extends KeyloomError {
  readonly code = 'decode'
  override readonly name = 'DecodeError'
  constructor(
    readonly entity: string,
    readonly path: Path,
    /** What the schema asks for. */
    readonly expected: string,
    /** The kind of what is stored, never the value. */
    readonly found: string,
    /** The names of the row's key attributes. */
    readonly keyAttributes: readonly string[],
  ) {
    super(
      `${entity}: a stored row doesn't fit the schema at ${formatPath(path)}: expected ${expected}, found ${found}.`,
    )
  }
}
