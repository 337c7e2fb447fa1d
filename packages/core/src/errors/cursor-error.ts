// The error of a cursor that can't be used, or can't be made.
import { KeyloomError } from './keyloom-error.js'

/**
 * Why there is no going on from a cursor: it is damaged or none; it is stale, which means of another format, from before a change of
 * the key definition, sealed with a key that is gone, or past its expiry; it is another query's; or it would be over 8 KB.
 */
export type CursorFailure = 'malformed' | 'stale' | 'other-query' | 'too-long'

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
  stale:
    'the cursor has expired, or format, keys or key templates have changed since it was made. Start again without it.',
  'other-query':
    'the cursor belongs to another query. Use it with the entity, index, key, direction and scope it was made for.',
  'too-long':
    'the keys are so long that a cursor would be over 8 KB. Read to the end, or with fewer segments at a time.',
}
