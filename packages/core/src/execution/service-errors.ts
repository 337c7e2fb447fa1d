// What the service and the network say, as one typed error with its consequence for a write.
import type { Outcome } from '../errors/keyloom-error.js'
import { RequestError } from '../errors/request-error.js'

/** What is known of a request that failed. */
export interface RequestContext {
  readonly reads: boolean
  readonly sent: boolean
}

interface ServiceError {
  readonly name?: unknown
  readonly code?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly attempts?: number }
}

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html: "OK to retry? Yes"
const throttling: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
])
const passing: ReadonlySet<string> = new Set(['TransactionConflictException', 'TransactionInProgressException'])

// The connection was never made, so nothing was sent.
const unsent: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError'])

/** The typed form of whatever sending threw. */
export function requestError(operation: string, { reads, sent }: RequestContext, error: unknown): RequestError {
  const { name, code, $metadata = {} } = (typeof error === 'object' && error !== null ? error : {}) as ServiceError
  const status = $metadata.httpStatusCode
  const attempts = $metadata.attempts ?? (sent ? 1 : 0)
  const awsName = textOf(code) ?? textOf(name) ?? 'UnknownError'
  const refused = status !== undefined && status >= 400 && status < 500
  // With one attempt a refusal is certain; an earlier attempt whose answer was lost may have been applied.
  const outcome: Outcome =
    reads || !sent || (attempts <= 1 && (refused || unsent.has(awsName))) ? 'not-applied' : 'unknown'
  const retryable =
    throttling.has(awsName) ||
    passing.has(awsName) ||
    unsent.has(awsName) ||
    (sent && (status === undefined || status >= 500))
  return new RequestError({ operation, awsName, retryable, outcome, attempts, requestId: $metadata.requestId }, error)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
