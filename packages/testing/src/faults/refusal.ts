// What the service or the network says for a fault: as an error that the SDK throws, and as an HTTP answer.
import * as dynamodb from '@aws-sdk/client-dynamodb'
import type { Fault } from './fault.js'

/** What the service answers instead of an output. */
export interface Refusal {
  readonly name: string
  readonly status: number
  readonly message: string
  readonly reasons?: readonly object[]
}

/** The answer of the service to a request that meets this fault; undefined where the service has none. */
export function refusalOf(fault: Fault, operation: string, input: object, random: number): Refusal | undefined {
  switch (fault) {
    case 'server-error-before':
    case 'server-error-after':
      return { name: 'InternalServerError', status: 500, message: 'The request processing has failed' }
    case 'throughput-exceeded': {
      const message = 'The level of configured provisioned throughput for the table was exceeded'
      return { name: 'ProvisionedThroughputExceededException', status: 400, message }
    }
    case 'throttling':
      return { name: 'ThrottlingException', status: 400, message: 'Rate exceeded' }
    case 'clock-skew':
      return { name: 'InvalidSignatureException', status: 400, message: 'Signature not yet current' }
    case 'transaction-in-progress': {
      const message = 'The transaction with the given request token is already in progress'
      return { name: 'TransactionInProgressException', status: 400, message }
    }
    case 'transaction-conflict':
      return operation.startsWith('Transact') ? canceled(input, random) : conflict
    default:
      return undefined
  }
}

const conflict: Refusal = {
  name: 'TransactionConflictException',
  status: 400,
  message: 'Transaction is ongoing for the item',
}

function canceled(input: object, random: number): Refusal {
  const parts = 'TransactItems' in input && Array.isArray(input.TransactItems) ? input.TransactItems.length : 1
  const hit = Math.floor(random * parts)
  const reasons = Array.from({ length: parts }, (_, index) =>
    index === hit ? { Code: 'TransactionConflict', Message: conflict.message } : { Code: 'None' },
  )
  const codes = reasons.map(({ Code }) => Code).join(', ')
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`
  return { name: 'TransactionCanceledException', status: 400, message, reasons }
}

type ErrorOptions = ConstructorParameters<typeof dynamodb.DynamoDBServiceException>[0]
type ErrorClass = new (options: ErrorOptions) => Error

/** The error that the SDK throws for it: of its own class where the SDK has one. */
export function serviceError({ name, status, message, reasons }: Refusal, requestId: string): Error {
  const Class = (Reflect.get(dynamodb, name) as ErrorClass | undefined) ?? dynamodb.DynamoDBServiceException
  const options = {
    name,
    $fault: status >= 500 ? ('server' as const) : ('client' as const),
    message,
    $metadata: { httpStatusCode: status, requestId, attempts: 1, totalRetryDelay: 0 },
    ...(reasons === undefined ? {} : { CancellationReasons: reasons }),
  }
  return new Class(options)
}

/** The body of the HTTP answer. */
export function refusalBody({ name, message, reasons }: Refusal): object {
  const __type = `com.amazonaws.dynamodb.v20120810#${name}`
  return reasons === undefined ? { __type, message } : { __type, Message: message, CancellationReasons: reasons }
}

// As the SDK's handler for Node reports them: it calls every lost connection a timeout.
const connections = {
  reset: { message: 'read ECONNRESET', name: 'TimeoutError', errno: -104, code: 'ECONNRESET', syscall: 'read' },
  timeout: {
    message: '@smithy/node-http-handler - [ERROR] a request has exceeded the configured requestTimeout.',
    name: 'TimeoutError',
    code: 'ETIMEDOUT',
  },
  refused: {
    message: 'connect ECONNREFUSED 127.0.0.1:8000',
    name: 'Error',
    errno: -111,
    code: 'ECONNREFUSED',
    syscall: 'connect',
    address: '127.0.0.1',
    port: 8000,
  },
}

/** A connection that failed, as the SDK's request handler rejects. */
export function connectionError(kind: keyof typeof connections): Error {
  const { message, name, ...more } = connections[kind]
  const error = new Error(message)
  // Node's own errors have the name on the prototype.
  return Object.assign(error, name === 'Error' ? more : { name, ...more })
}

/** What the SDK rejects with when the caller gives up. */
export function abortError(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' })
}
