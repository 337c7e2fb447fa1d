// What the service, the network and the client say, and what it means for a write.
import type { Client } from '../types/running.js'

/**
 * What became of one attempt: it never left, the service refused it, had no room for it or met another writer on the way, or nobody
 * knows.
 */
export type FailureKind = 'unsent' | 'refused' | 'throttled' | 'passing' | 'skewed' | 'ambiguous'

/** A failed attempt. */
export interface Failure {
  readonly kind: FailureKind
  /** AWS's name of the error, or that of the network's. */
  readonly awsName: string
  readonly requestId: string | undefined
  /** How often the client sent the request; `undefined` where it doesn't say. */
  readonly attempts: number | undefined
}

interface ServiceError {
  readonly name?: unknown
  readonly code?: unknown
  readonly $fault?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly attempts?: number }
  readonly CancellationReasons?: readonly { readonly Code?: string }[]
}

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html, and the names of the SDK's own list.
const kinds: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ...named('throttled', [
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'SlowDown',
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
  ]),
  // Another request is at work on the same item.
  ...named('passing', ['ReplicatedWriteConflictException', 'TransactionConflictException']),
  // The SDK sets its clock by the answer, so that the next attempt is signed with the right time.
  ...named('skewed', [
    'AuthFailure',
    'InvalidSignatureException',
    'RequestExpired',
    'RequestInTheFuture',
    'RequestTimeTooSkewed',
    'SignatureDoesNotMatch',
  ]),
  // The connection was never made, so nothing was sent.
  ...named('unsent', [
    'CredentialsProviderError',
    'EADDRNOTAVAIL',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETDOWN',
    'ENETUNREACH',
    'ENOTFOUND',
    'UND_ERR_CONNECT_TIMEOUT',
  ]),
  // Known by name, for fakes that give no status.
  ...named('refused', ['ConditionalCheckFailedException', 'ItemCollectionSizeLimitExceededException']),
  // The service gave up waiting for a request that may have arrived all the same, or still works on an earlier attempt.
  ...named('ambiguous', ['RequestTimeout', 'RequestTimeoutException', 'TransactionInProgressException']),
])

function named(kind: FailureKind, names: readonly string[]): [string, FailureKind][] {
  return names.map((name) => [name, kind])
}

/** What a client threw, classified by its name and status. `passes` is how often its own middleware sent the request. */
export function failureOf(client: Client, passes: number, error: unknown): Failure {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as ServiceError
  const { name, code, $metadata = {} } = thrown
  const awsName = textOf(code) ?? textOf(name) ?? 'UnknownError'
  return {
    awsName,
    kind: kinds.get(awsName) ?? (awsName === 'TransactionCanceledException' ? canceled(thrown) : byStatus(thrown)),
    requestId: $metadata.requestId,
    attempts: passes > 0 ? passes : ($metadata.attempts ?? ('middlewareStack' in client ? 1 : undefined)),
  }
}

function byStatus({ $fault: fault, $metadata: { httpStatusCode: status } = {} }: ServiceError): FailureKind {
  if (status === undefined) return fault === 'client' ? 'refused' : 'ambiguous'
  return status >= 400 && status < 500 ? 'refused' : 'ambiguous'
}

// A transaction is worth repeating where nothing but other requests stood in its way.
function canceled({ CancellationReasons: reasons = [] }: ServiceError): FailureKind {
  let kind: FailureKind = 'refused'
  for (const { Code: code = 'None' } of reasons) {
    if (code === 'None') continue
    if (code === 'ThrottlingError' || code === 'ProvisionedThroughputExceeded') kind = 'throttled'
    else if (code === 'TransactionConflict') kind = kind === 'throttled' ? kind : 'passing'
    else return 'refused'
  }
  return kind
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
