// The warning about a client that may repeat requests on its own.
import type { Client } from '../types/running.js'

const warned = new WeakSet<Client>()

const text =
  'Keyloom cannot tell whether this client repeats requests on its own: it has no middleware, and its error does not say how often ' +
  'it tried. The outcome of writes that fail on it is unknown. Give the DynamoDBClient itself, or `$metadata.attempts` in the error.'

/** Warns once for each client. */
export function warnOfRetries(client: Client): void {
  if (warned.has(client)) return
  warned.add(client)
  // Not every runtime has a process.
  const { process } = globalThis as { process?: { emitWarning?: (text: string, options: object) => void } }
  process?.emitWarning?.(text, { type: 'KeyloomWarning', code: 'KEYLOOM_CLIENT_RETRIES' })
}
