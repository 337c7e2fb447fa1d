// Tells Keyloom's errors from others, by their codes.
import type { AmbiguousWriteError } from './ambiguous-write-error.js'
import type { ConditionFailedError } from './condition-failed-error.js'
import type { CursorError } from './cursor-error.js'
import type { DecodeError } from './decode-error.js'
import type { DefinitionError } from './definition-error.js'
import type { IncompleteBatchError } from './incomplete-batch-error.js'
import type { IncompleteGroupsError } from './incomplete-groups-error.js'
import type { IncompleteReadError } from './incomplete-read-error.js'
import type { InputError } from './input-error.js'
import { errorBrand } from './keyloom-error.js'
import type { RequestError } from './request-error.js'
import type { TransactionCanceledError } from './transaction-canceled-error.js'

interface ErrorsByCode {
  definition: DefinitionError
  input: InputError
  'condition-failed': ConditionFailedError
  decode: DecodeError
  cursor: CursorError
  'transaction-canceled': TransactionCanceledError
  'incomplete-read': IncompleteReadError
  'incomplete-batch': IncompleteBatchError
  'incomplete-groups': IncompleteGroupsError
  'ambiguous-write': AmbiguousWriteError
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
  if (typeof error !== 'object' || error === null || !(errorBrand in error)) return false
  return code === undefined || (error as { code?: unknown }).code === code
}
