// The fast way through a client of the SDK: its middleware resolved once for each operation, and requests and answers written and
// read by us. Endpoint, signing, credentials, user agent, transport and the owner's middleware stay the client's own. What we write
// and read is compared with what the SDK does, once for each client and operation; where it differs, the client's `send` is used.
import type { Client } from '../types/running.js'
import { fromJsonText, toJsonText } from '../values/json-text.js'
import {
  type Arguments,
  bareCommand,
  type Context,
  type Handler,
  type HttpRequest,
  type OperationName,
  pass,
  type Passage,
  type Result,
  retryMiddleware,
} from './commands.js'
import { covers } from './covers.js'
import { textOfBody } from './response-body.js'
import { type Fingerprint, fingerprintOf, isSdkClient, isSilent, isUnchanged, type SdkClient } from './sdk-client.js'
import { sdkReference } from './sdk-reference.js'

/** What our middleware know of one attempt. */
interface Call {
  readonly passage: Passage
  readonly signal: AbortSignal
}

// Beside the input, where middleware hand it on with the rest.
const callKey: unique symbol = Symbol('keyloom.call')

interface CallArguments extends Arguments {
  readonly [callKey]?: Call
}

interface HttpResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: unknown
}

type MakeRequest = new (parts: HttpRequest) => HttpRequest

// The places and names of the SDK's own.
const serializer = { name: 'serializerMiddleware', step: 'serialize', tags: ['SERIALIZER'], override: true }
const deserializer = { name: 'deserializerMiddleware', step: 'deserialize', tags: ['DESERIALIZER'], override: true }
const logger = { name: 'loggerMiddleware', step: 'initialize', tags: ['LOGGER'], override: true }

/** One operation's way through one client. */
export class Channel {
  #fits = true
  #isProven = false
  #fingerprint: Fingerprint = []
  #handler: Handler | undefined
  #Request: MakeRequest | undefined
  #headers: Readonly<Record<string, string>> = {}

  constructor(
    readonly client: SdkClient,
    readonly operation: OperationName,
  ) {}

  /** Sends one attempt, and gives what the client's `send` would give; `undefined` where that must do it. */
  send(input: object, passage: Passage, signal: AbortSignal): Promise<unknown> | undefined {
    if (!this.#fits) return undefined
    const handler = this.#currentHandler()
    const args: CallArguments = { input, [callKey]: { passage, signal } }
    return handler?.(args).then(({ output }) => output)
  }

  /** The owner may add and remove middleware at any time: looking costs less than half a microsecond. */
  #currentHandler(): Handler | undefined {
    const { client } = this
    if (this.#fingerprint.length > 0 && isUnchanged(client, this.#fingerprint)) return this.#handler
    this.#fingerprint = fingerprintOf(client)
    this.#handler = takesOurs(this.#fingerprint) ? this.#resolved() : undefined
    return this.#handler
  }

  #resolved(): Handler {
    const command = bareCommand(this.operation, {})
    const stack = command.middlewareStack
    const passing = (next: Handler) => (args: CallArguments) => {
      const call = args[callKey]
      return call === undefined ? next(args) : pass(next, args, call.passage)
    }
    stack.add(passing, retryMiddleware)
    stack.add((next, context) => (args) => this.#write(next, context, args), serializer)
    stack.add(() => (args) => this.#read(args), deserializer)
    // It copies every input and every output, whether anybody listens or not.
    if (isSilent(this.client)) stack.add((next) => next, logger)
    return command.resolveMiddleware(this.client.middlewareStack, this.client.config, {})
  }

  async #write(next: Handler, context: Context, args: Arguments): Promise<Result> {
    if (this.#Request !== undefined) return next({ ...args, request: this.#made(this.#Request, context, args.input) })
    const empty = { statusCode: 200, headers: {}, body: new TextEncoder().encode('{}') }
    const { request } = await sdkReference(this.client, this.operation, args.input, empty)
    const { headers, body, ...rest } = request
    const Request = request.constructor as MakeRequest
    this.#headers = headers
    const ours = this.#made(Request, context, args.input)
    const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body
    const names = Object.keys(headers).map((name) => name.toLowerCase())
    const isSame =
      covers(ours, rest) &&
      typeof text === 'string' &&
      covers(JSON.parse(ours.body as string), JSON.parse(text)) &&
      // Any other header may depend on the body.
      names.every((name) => name === 'content-type' || name === 'x-amz-target')
    if (isSame) this.#Request = Request
    else this.#fits = false
    return next({ ...args, request: isSame ? ours : request })
  }

  #made(Request: MakeRequest, { endpointV2 }: Context, input: object): HttpRequest {
    if (endpointV2 === undefined) throw new TypeError('the client has no endpoint')
    const { protocol, hostname, port, pathname } = endpointV2.url
    return new Request({
      method: 'POST',
      protocol,
      hostname,
      ...(port !== '' && { port: Number(port) }),
      path: pathname,
      headers: { ...this.#headers },
      body: toJsonText(input),
    })
  }

  async #read(args: CallArguments): Promise<Result> {
    const { client, operation } = this
    const call = args[callKey]
    const handled = await client.config.requestHandler.handle(args.request, call && { abortSignal: call.signal })
    const response = handled.response as HttpResponse
    const theirs = async (given: HttpResponse): Promise<object> =>
      (await sdkReference(client, operation, args.input, given)).output
    // Throws the SDK's own exception.
    if (response.statusCode >= 300) return { response, output: await theirs(response) }
    const text = await textOfBody(response.body)
    if (text === undefined) {
      this.#fits = false
      return { response, output: await theirs(response) }
    }
    const output = { ...fromJsonText(text), $metadata: metadataOf(response) }
    if (!this.#isProven) {
      const expected = await theirs({ ...response, body: new TextEncoder().encode(text) })
      if (!covers(output, expected)) {
        this.#fits = false
        return { response, output: expected }
      }
      this.#isProven = true
    }
    return { response, output }
  }
}

/**
 * Whether ours take the places of the SDK's, and nothing sees something else for it. Older SDKs have theirs on the command, where
 * they'd take the places of ours.
 */
function takesOurs(fingerprint: Fingerprint): boolean {
  const names = fingerprint.map(([, { name }]) => name)
  return names.includes(serializer.name) && names.includes(deserializer.name) && !fingerprint.some(isMoved)
}

function isMoved([, { name, step, relation }]: Fingerprint[number]): boolean {
  if (step === 'serialize') return relation === undefined && name !== serializer.name
  return step === 'deserialize' && name !== deserializer.name
}

function metadataOf({ statusCode, headers }: HttpResponse): object {
  return {
    httpStatusCode: statusCode,
    requestId: headers['x-amzn-requestid'] ?? headers['x-amzn-request-id'] ?? headers['x-amz-request-id'],
    extendedRequestId: headers['x-amz-id-2'],
    cfId: headers['x-amz-cf-id'],
  }
}

interface Known {
  readonly send: unknown
  /** Absent where the client must be called through its `send`. */
  readonly channels: Map<OperationName, Channel> | undefined
}

const clients = new WeakMap<Client, Known>()

/** The channel of an operation; `undefined` where a client must be called through its `send`. */
export function channelOf(client: Client, operation: OperationName): Channel | undefined {
  const { channels } = knownOf(client)
  if (channels === undefined) return undefined
  let channel = channels.get(operation)
  if (channel === undefined) channels.set(operation, (channel = new Channel(client as SdkClient, operation)))
  return channel
}

function knownOf(client: Client): Known {
  const known = clients.get(client)
  const { send } = client as { readonly send: unknown }
  // A `send` that was replaced, as mocks do, is the one to call.
  if (known !== undefined && known.send === send) return known
  const fresh: Known = {
    send,
    channels: isSdkClient(client) ? new Map<OperationName, Channel>() : undefined,
  }
  clients.set(client, fresh)
  return fresh
}
