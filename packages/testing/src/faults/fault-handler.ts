// A request handler in front of another, under the client's own retries, that makes things go wrong.
import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import type { Exchange, Fields } from './exchange.js'
import type { FaultOptions } from './fault-options.js'
import { faultRun, type FaultReport } from './fault-run.js'
import { connectionError, refusalBody } from './refusal.js'

/** What the SDK calls a request handler: `requestHandler` of a client's configuration. */
export interface AnyRequestHandler {
  handle(request: never, options?: never): Promise<{ readonly response: object }>
}

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface HttpResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface Handled {
  readonly response: HttpResponse
}

interface HandlerOptions {
  readonly abortSignal?: AbortSignal
}

type Handle = (request: HttpRequest, options?: HandlerOptions) => Promise<Handled>

/**
 * Wraps a request handler so that each attempt of the SDK meets faults: its retries, its errors and its observers are the real ones. Pass
 * it to a client as `requestHandler`, with the handler of that client or a handler of your own in it.
 *
 * @throws FaultOptionsError when the options ask for what can't be injected.
 * @example
 * ```ts
 * const plain = new DynamoDBClient({})
 * const handler = faultHandler(plain.config.requestHandler, { rate: 0.1, faults: ['lost-answer-after'] })
 * const broken = new DynamoDBClient({ requestHandler: handler })
 * ```
 */
export function faultHandler<Handler extends AnyRequestHandler>(
  requestHandler: Handler,
  options: FaultOptions,
): Handler & FaultReport {
  const run = faultRun(options)
  let count = 0

  const handle: Handle = async (request, handlerOptions) => {
    const transmit = requestHandler.handle.bind(requestHandler) as unknown as Handle
    const target = request.headers['x-amz-target']
    const body = bodyOf(request)
    if (target === undefined || body === undefined) return transmit(request, handlerOptions)
    count += 1
    const requestId = `injected-${count}`
    const input = JSON.parse(body) as Fields
    const send = (other: Fields = input, given = handlerOptions): Promise<Handled> =>
      transmit(other === input ? request : withBody(request, other), given)
    const exchange: Exchange<Handled> = {
      operation: target.slice(target.lastIndexOf('.') + 1),
      input,
      signal: handlerOptions?.abortSignal,
      send,
      sendLate: async (other) => {
        // Read to its end, or the connection would stay in use.
        const { response } = await send(other, {})
        const said = await textOf(response)
        if (response.statusCode >= 400) throw Object.assign(new Error(said), { name: nameIn(said) })
      },
      refuse: (refusal) => Promise.resolve({ response: responseOf(refusal.status, refusalBody(refusal), requestId) }),
      disconnect: connectionError,
      read: async (answer) => {
        const said = await textOf(answer.response)
        const response = { ...answer.response, body: Readable.from([Buffer.from(said)]) }
        const isOutput = response.statusCode < 300
        return { output: isOutput ? (JSON.parse(said) as Fields) : undefined, answer: { response } }
      },
      answer: (output) => ({ response: responseOf(200, output, requestId) }),
    }
    return run.pass(exchange)
  }

  const members = { handle, log: run.log, replay: run.replay, settle: () => run.settle() }
  return new Proxy(requestHandler, {
    get: (handler, name) => {
      if (Object.hasOwn(members, name)) return Reflect.get(members, name) as unknown
      const value = Reflect.get(handler, name) as unknown
      return typeof value === 'function' ? (value.bind(handler) as unknown) : value
    },
    has: (handler, name) => Object.hasOwn(members, name) || Reflect.has(handler, name),
  }) as Handler & FaultReport
}

function bodyOf({ body }: HttpRequest): string | undefined {
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : undefined
}

// No engine for tests checks the signature. The service does: there only faults that send the request as it is can be used.
function withBody(request: HttpRequest, input: Fields): HttpRequest {
  const body = JSON.stringify(input)
  const changed = Object.create(
    Object.getPrototypeOf(request) as object,
    Object.getOwnPropertyDescriptors(request),
  ) as HttpRequest
  const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(body)) }
  return Object.assign(changed, { body, headers })
}

function responseOf(statusCode: number, body: object, requestId: string): HttpResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId }
  return { statusCode, headers, body: Readable.from([Buffer.from(JSON.stringify(body))]) }
}

async function textOf({ body }: HttpResponse): Promise<string> {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body)
  return body instanceof Readable ? text(body) : ''
}

function nameIn(body: string): string {
  return /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(body)?.[1] ?? 'Error'
}
