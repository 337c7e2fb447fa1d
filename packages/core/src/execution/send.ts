// The one place that sends. Every request passes here, and this is the one loop that repeats it.
import { RequestError } from '../errors/request-error.js'
import type { Repeat } from '../operations/plan.js'
import type { ManyRequest, Request } from '../types/operation.js'
import type { Client } from '../types/running.js'
import { attempt } from './attempt.js'
import { channelOf } from './channel.js'
import { backoff } from './backoff.js'
import { commandOf, type OperationName, type Passage } from './commands.js'
import type { Connection } from './connection.js'
import { budgetOf } from './retry-budget.js'
import { pause } from './scheduler.js'
import { type Failure, failureOf } from './service-errors.js'
import { warnOfRetries } from './unproven-client.js'

/** One request on its way: what a repeat of it does, and what has happened so far. */
export interface Sending {
  /** What a repeat does where the first may have been applied. */
  readonly repeat: Repeat
  /** How often the request was sent. */
  attempts: number
  /** Whether an answer was lost, so that the request may have been applied before. */
  lost: boolean
  /** How often the service found the clock wrong. */
  skews: number
}

/** A request that wasn't sent yet; without a plan to say what a repeat does it is only as harmless as it looks. */
export function sendingOf(request: Request | ManyRequest, repeat: Repeat | undefined = repeatOf(request)): Sending {
  return { repeat, attempts: 0, lost: false, skews: 0 }
}

function repeatOf(request: Request | ManyRequest): Repeat {
  switch (request.operation) {
    case 'GetItem':
    case 'Query':
    case 'Scan':
    case 'BatchGetItem':
    case 'TransactGetItems':
      return 'reads'
    case 'TransactWriteItems':
      return request.input.ClientRequestToken === undefined ? 'doubles' : 'same'
    default:
      return 'doubles'
  }
}

/**
 * Sends a request and repeats it within the bounds of the connection, as far as a repeat does no harm. Throws `RequestError`, whose
 * outcome says what became of a write.
 */
export async function send(
  connection: Connection,
  operation: string,
  request: Request | ManyRequest,
  signal: AbortSignal | undefined,
  sending: Sending = sendingOf(request),
): Promise<unknown> {
  const { client, retry } = connection
  const { scheduler } = retry
  if (signal?.aborted === true) throw abortedError(operation, signal)
  const end = scheduler.now() + connection.timeout
  const budget = budgetOf(client, retry.budget)
  budget.earn()
  let last: Failure | undefined
  for (let round = 1; ; round++) {
    const passage: Passage = { attempt: round, attempts: retry.attempts, passes: 0 }
    const milliseconds = Math.min(retry.attemptTimeout, end - scheduler.now())
    try {
      const output = await attempt((abort) => deliver(client, request, passage, abort), scheduler, milliseconds, signal)
      sending.attempts += Math.max(1, passage.passes)
      if (last !== undefined && last.kind !== 'throttled') budget.refund()
      return output
    } catch (error) {
      const failure = failureOf(client, passage.passes, error)
      record(client, sending, failure)
      if (hasAborted(signal)) throw abortedError(operation, signal, sending)
      const delay = backoff(connection, round, failure.kind === 'throttled')
      const isOver = round >= retry.attempts || scheduler.now() + delay >= end
      if (isOver || !mayRepeat(connection, sending, failure) || !budget.spend())
        throw requestError(operation, sending, failure, error)
      await pause(scheduler, delay, signal)
      // Aborting ends a wait early, and a busy machine late.
      if (hasAborted(signal)) throw abortedError(operation, signal, sending)
      if (scheduler.now() >= end) throw requestError(operation, sending, failure, error)
      last = failure
    }
  }
}

// A function, since the checker takes a signal's state for what it was before the wait.
function hasAborted(signal: AbortSignal | undefined): signal is AbortSignal {
  return signal?.aborted === true
}

/** By the fast way where the client has one, else through its `send`. */
function deliver(
  client: Client,
  request: Request | ManyRequest,
  passage: Passage,
  abortSignal: AbortSignal,
): Promise<unknown> {
  const fast = channelOf(client, request.operation as OperationName)?.send(request.input, passage, abortSignal)
  return fast ?? client.send(commandOf(request, passage), { abortSignal })
}

function record(client: Client, sending: Sending, { kind, attempts }: Failure): void {
  sending.attempts += attempts ?? 1
  if (kind === 'skewed') sending.skews++
  if (sending.repeat === 'reads') return
  // What was refused last may have been applied before, where the client itself repeated it.
  if (kind === 'ambiguous' || attempts !== 1) sending.lost = true
  if (kind !== 'ambiguous' && attempts === undefined) warnOfRetries(client)
}

function mayRepeat({ repeatUnknown }: Connection, { repeat, lost, skews }: Sending, { kind }: Failure): boolean {
  if (kind === 'refused' || (kind === 'skewed' && skews > 1)) return false
  return !lost || (repeat !== 'doubles' && (repeat !== 'overwrites' || repeatUnknown))
}

function requestError(operation: string, sending: Sending, failure: Failure, error: unknown): RequestError {
  const { kind, awsName, requestId } = failure
  const outcome = sending.lost && !isFinal(sending, failure) ? 'unknown' : 'not-applied'
  const { attempts } = sending
  return new RequestError({ operation, awsName, retryable: kind !== 'refused', outcome, attempts, requestId }, error)
}

// Under one token all attempts are the same transaction: canceled now, it was not carried out before.
function isFinal({ repeat }: Sending, { kind, awsName }: Failure): boolean {
  return repeat === 'same' && kind === 'refused' && awsName === 'TransactionCanceledException'
}

/** The error of a call whose caller has given up; without a request that was on its way nothing was sent. */
export function abortedError(operation: string, { reason }: AbortSignal, sending?: Sending): RequestError {
  const name: unknown = reason instanceof Error ? reason.name : undefined
  const awsName = typeof name === 'string' && name !== 'Error' ? name : 'AbortError'
  const outcome = sending?.lost === true ? 'unknown' : 'not-applied'
  const attempts = sending?.attempts ?? 0
  return new RequestError({ operation, awsName, retryable: false, outcome, attempts, requestId: undefined }, reason)
}
