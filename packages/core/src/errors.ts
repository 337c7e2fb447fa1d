// The typed errors. Each says who must act and what to do; none shows an item's values.

// Registered, so that two copies of the package know each other's errors.
const brand = Symbol.for('keyloom.error')

/** Where in an item something is wrong: attribute names and list positions. */
export type Path = readonly (string | number)[]

/** What became of a write whose call ended in an error. */
export type Outcome = 'applied' | 'not-applied' | 'unknown'

/** `lines[0].sku`: a path as one reads it; names that aren't plain words are quoted. */
export function formatPath(path: Path): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[\w-]+$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}

/** What all of Keyloom's errors have in common; `isError` tells them from others. */
export abstract class KeyloomError extends Error {
  /** A stable name for the kind of error, with a section of its own in docs/errors.md. */
  abstract readonly code: ErrorCode
  static {
    Object.defineProperty(this.prototype, brand, { value: true })
  }
}

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

/** Why a condition failed: the item is there already, it isn't there, or the condition of the call said no. */
export type ConditionFailure = 'already-exists' | 'not-found' | 'condition'

/** A stored row, decoded as the entity that it is. */
export interface StoredItem {
  readonly entity: string
  readonly item: object
}

/** The stored state did not allow the write; nothing was changed. */
export class ConditionFailedError extends KeyloomError {
  readonly code = 'condition-failed'
  override readonly name = 'ConditionFailedError'
  readonly #stored: StoredItem | undefined
  constructor(
    readonly operation: string,
    readonly reason: ConditionFailure,
    /** `unknown` where the client had sent the write before and lost the answer: the item may be the write's own. */
    readonly outcome: Outcome,
    stored: StoredItem | undefined,
  ) {
    super(`${operation}: ${failureTexts[reason]}`)
    this.#stored = stored
  }
  /** The item that is stored, at no extra read; `undefined` if there is none, or none that its entity can decode. */
  get item(): object | undefined {
    return this.#stored?.item
  }
  /** The entity of `item`: rows of several entities may share a key. */
  get itemEntity(): string | undefined {
    return this.#stored?.entity
  }
}

const failureTexts: Record<ConditionFailure, string> = {
  'already-exists': 'an item with this key is there already.',
  'not-found': 'there is no item with this key.',
  condition: 'the condition does not hold for the stored item; `error.item` is that item.',
}

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

/** A bound of the caller ended a read early; what was read so far is in `items`. */
export class IncompleteReadError extends KeyloomError {
  readonly code = 'incomplete-read'
  override readonly name = 'IncompleteReadError'
  readonly #items: readonly unknown[]
  constructor(
    readonly operation: string,
    items: readonly unknown[],
    /** Goes on where the read ended. */
    readonly cursor: string | undefined,
  ) {
    super(
      `${operation}: maxPages ended the read after ${items.length} items. Go on with \`error.cursor\`, or raise it.`,
    )
    this.#items = items
  }
  /** The items read before the bound was met. */
  get items(): readonly unknown[] {
    return this.#items
  }
}

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

interface ErrorsByCode {
  definition: DefinitionError
  input: InputError
  'condition-failed': ConditionFailedError
  decode: DecodeError
  cursor: CursorError
  'incomplete-read': IncompleteReadError
  request: RequestError
}

/** The stable names of the errors, each with a section in docs/errors.md. */
export type ErrorCode = keyof ErrorsByCode

/**
 * Whether something thrown is Keyloom's error, of this code where one is given. It works over two copies of the package, where
 * `instanceof` doesn't.
 *
 * @example
 * ```ts
 * try {
 *   await orders.create(order)
 * } catch (error) {
 *   if (isError(error, 'condition-failed')) return 'already placed'
 *   throw error
 * }
 * ```
 */
export function isError<Code extends ErrorCode = ErrorCode>(error: unknown, code?: Code): error is ErrorsByCode[Code] {
  if (typeof error !== 'object' || error === null || !(brand in error)) return false
  return code === undefined || (error as { code?: unknown }).code === code
}
