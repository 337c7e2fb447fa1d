// The error of a cursor that isn't this query's.
import { KeyloomError } from './keyloom-error.js'

/** Why a cursor can't be used: it is no cursor, of another format version, or of another query. */
export type CursorFailure = 'malformed' | 'version' | 'other-query'

/** A cursor can't be used with this query. No request was sent. */
export class CursorError extends KeyloomError {
  readonly code = 'cursor'
  override readonly name = 'CursorError'
  constructor(
    readonly operation: string,
    readonly reason: CursorFailure,
  ) {
    super(`${operation}: ${cursorTexts[reason]}`)
  }
}

const cursorTexts: Record<CursorFailure, string> = {
  malformed: 'the cursor is damaged or is none. Start again without it.',
  version: 'the cursor was made by another version of the format. Start again without it.',
  'other-query':
    'the cursor belongs to another query. Use it with the entity, index, key and direction it was made for.',
}
