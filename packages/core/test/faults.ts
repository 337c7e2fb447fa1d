// Faults on the wire: below the SDK's own retries, so that every client over it meets the same ones. By seed and rate.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Readable } from 'node:stream'
import { randomFrom } from './random.js'

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>
}

interface HttpResponse {
  readonly response: { readonly statusCode: number; readonly headers: object; readonly body: unknown }
}

/** What carries HTTP requests. */
export interface Handler {
  handle(request: HttpRequest, options?: object): Promise<HttpResponse>
}

/** One way in which a request can go wrong. */
export type Fault = (send: () => Promise<HttpResponse>, request: HttpRequest) => Promise<HttpResponse>

function connectionError(code: string): Error {
  return Object.assign(new Error(`${code} on purpose`), { code })
}

function answer(statusCode: number, body: object): HttpResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.0' }
  return { response: { statusCode, headers, body: Readable.from([Buffer.from(JSON.stringify(body))]) } }
}

async function drained(send: () => Promise<HttpResponse>): Promise<void> {
  const { response } = await send()
  for await (const _ of response.body as AsyncIterable<unknown>);
}

const type = (name: string) => ({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'on purpose' })

/** Requests that arrive after their sender has given up; `settle` waits for them. */
const late = new Set<Promise<unknown>>()

/** Waits until all that was sent has arrived. */
export async function settle(): Promise<void> {
  while (late.size > 0) await Promise.all(late)
}

function arriveLate(send: () => Promise<HttpResponse>): void {
  const arrival = new Promise((resolve) => setTimeout(resolve, 3))
    .then(() => drained(send))
    .catch(() => undefined)
    .finally(() => late.delete(arrival))
  late.add(arrival)
}

export const faults = {
  'connection refused': () => Promise.reject(connectionError('ECONNREFUSED')),
  'reset before it arrived': () => Promise.reject(connectionError('ECONNRESET')),
  'reset after it was carried out': async (send) => {
    await drained(send)
    throw connectionError('ECONNRESET')
  },
  'reset, and carried out later': (send) => {
    arriveLate(send)
    return Promise.reject(connectionError('ECONNRESET'))
  },
  throttled: () => Promise.resolve(answer(400, type('ProvisionedThroughputExceededException'))),
  conflict: (_, request) =>
    Promise.resolve(
      (request.headers['x-amz-target'] ?? '').includes('Transact')
        ? answer(400, {
            ...type('TransactionCanceledException'),
            CancellationReasons: [{ Code: 'TransactionConflict' }],
          })
        : answer(400, type('TransactionConflictException')),
    ),
  '500 before it was carried out': () => Promise.resolve(answer(500, type('InternalServerError'))),
  '500 after it was carried out': async (send) => {
    await drained(send)
    return answer(500, type('InternalServerError'))
  },
  '503': () => Promise.resolve(answer(503, { message: 'on purpose' })),
} satisfies Record<string, Fault>

/** Which fault a request meets, if any; asked once for each. */
export type FaultPlan = (request: HttpRequest) => Fault | undefined

/** Any of the faults, at a rate. */
export function randomFaults(seed: number, rate: number): FaultPlan {
  const random = randomFrom(seed)
  const kinds: readonly Fault[] = Object.values(faults)
  return () => {
    const isHit = random() < rate
    const kind = kinds[Math.floor(random() * kinds.length)]
    return isHit ? kind : undefined
  }
}

/** A handler over that of a client. */
export function faultyHandler(client: DynamoDBClient, plan: FaultPlan): Handler {
  const inner = client.config.requestHandler as unknown as Handler
  return {
    handle(request, options) {
      const fault = plan(request)
      const send = () => inner.handle(request, options)
      return fault === undefined ? send() : fault(send, request)
    },
  }
}
