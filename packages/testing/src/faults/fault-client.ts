// A client in front of another, between a caller and its `send`, that makes things go wrong.
import { clientWith, sendOn, type AnyClient, type SendOptions } from './client-with.js'
import { copyCommand } from './command-copy.js'
import type { Exchange, Fields } from './exchange.js'
import type { FaultOptions } from './fault-options.js'
import { faultRun, type FaultReport } from './fault-run.js'
import { operationName } from './operation-name.js'
import { abortError, connectionError, serviceError } from './refusal.js'

type Send = (command: object, options?: SendOptions) => Promise<Fields>
type Callback = (error: unknown, output?: Fields) => void

/** The client, with what was injected. */
export type FaultClient<Client> = Client & FaultReport

/**
 * Wraps a client so that requests meet faults, by seed and rate, by script, or both. Callers see errors and outputs as the SDK gives
 * them, of its own classes. It stands above the client's own retries, which see none of the faults: `faultHandler` stands below them.
 *
 * @throws FaultOptionsError when the options ask for what can't be injected.
 * @example
 * ```ts
 * const broken = faultClient(client, { script: [{ operation: 'UpdateItem', nth: 3, fault: 'lost-answer-after' }] })
 * console.log(broken.replay, broken.log)
 * ```
 */
export function faultClient<Client extends AnyClient>(client: Client, options: FaultOptions): FaultClient<Client> {
  const run = faultRun(options)
  let count = 0
  const dispatch: Send = async (command, sendOptions) => {
    const signal = sendOptions?.abortSignal
    if (signal?.aborted === true) throw abortError()
    const input = ('input' in command ? command.input : {}) as Fields
    const send = (other: Fields = input, given = sendOptions): Promise<Fields> =>
      sendOn(client, other === input ? command : copyCommand(command, other), given) as Promise<Fields>
    count += 1
    const requestId = `injected-${count}`
    const exchange: Exchange<Fields> = {
      operation: operationName(command),
      input,
      signal,
      send,
      sendLate: (other) => send(other, undefined),
      refuse: (refusal) => Promise.reject(serviceError(refusal, requestId)),
      disconnect: (kind) => Object.assign(connectionError(kind), { $metadata: { attempts: 1, totalRetryDelay: 0 } }),
      read: (output) => Promise.resolve({ output, answer: output }),
      answer: (output) => ({
        ...output,
        $metadata: output['$metadata'] ?? { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 },
      }),
    }
    return run.pass(exchange)
  }

  // The SDK's clients take a callback as well, as the last argument.
  const send = (command: object, ...args: unknown[]): unknown => {
    const sent = dispatch(
      command,
      args.find((arg) => typeof arg === 'object' && arg !== null),
    )
    const callback = args.find((arg) => typeof arg === 'function') as Callback | undefined
    if (callback === undefined) return sent
    sent.then((output) => {
      callback(null, output)
    }, callback)
    return undefined
  }
  return clientWith(client, { send, log: run.log, replay: run.replay, settle: () => run.settle() })
}
