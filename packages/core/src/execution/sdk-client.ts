// A client of the SDK as the fast way through it sees it, and whether it may be taken.
import type { Client } from '../types/running.js'
import type { MiddlewareStack } from './commands.js'

/** A transport, as the SDK's clients have one. */
export interface RequestHandler {
  handle(request: unknown, options?: { abortSignal: AbortSignal }): Promise<{ readonly response: unknown }>
}

/** A client whose `send` resolves the middleware of a command and calls it. */
export interface SdkClient extends Client {
  readonly middlewareStack: MiddlewareStack
  readonly config: {
    readonly requestHandler: RequestHandler
    readonly logger?: { readonly info?: unknown }
  }
}

/** What a client may have, before anything is known of it. */
interface Parts {
  readonly middlewareStack?: { readonly applyToStack?: unknown }
  readonly config?: { readonly requestHandler?: { readonly handle?: unknown } }
  readonly send: unknown
}

/**
 * Whether a client sends as the SDK's do. One whose `send` is another function, such as a mock's or a tracer's, must be called
 * through it.
 */
export function isSdkClient(client: Client): client is SdkClient {
  const { middlewareStack, config, send } = client as Parts
  return (
    typeof middlewareStack?.applyToStack === 'function' &&
    typeof config?.requestHandler?.handle === 'function' &&
    Function.prototype.toString.call(send).includes('resolveMiddleware')
  )
}

/** Whether nobody listens: then nothing need be copied for the log. */
export function isSilent({ config: { logger } }: SdkClient): boolean {
  const { info } = logger ?? {}
  return info === undefined || (typeof info === 'function' && /\{\s*\}$/.test(Function.prototype.toString.call(info)))
}

/** What a stack consists of: the middleware, and where each stands. */
export type Fingerprint = readonly (readonly [middleware: unknown, options: Placement])[]

/** Where in a stack a middleware stands. */
export interface Placement {
  readonly name?: string
  readonly step?: string
  readonly priority?: string
  readonly relation?: string
  readonly toMiddleware?: string
}

/** What the client's stack consists of now. */
export function fingerprintOf({ middlewareStack }: SdkClient): Fingerprint {
  const found: [unknown, Placement][] = []
  const add = (middleware: unknown, options: Placement): void => {
    found.push([middleware, options])
  }
  middlewareStack.applyToStack({ add, addRelativeTo: add, identifyOnResolve: () => false })
  return found
}

/** Whether a stack consists of the same as before: its owner may add and remove middleware at any time. */
export function isUnchanged({ middlewareStack }: SdkClient, fingerprint: Fingerprint): boolean {
  let position = 0
  let matches = 0
  const compare = (middleware: unknown): void => {
    if (fingerprint[position++]?.[0] === middleware) matches++
  }
  middlewareStack.applyToStack({ add: compare, addRelativeTo: compare, identifyOnResolve: () => false })
  return matches === position && position === fingerprint.length
}
