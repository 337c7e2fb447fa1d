// A client in front of another that remembers what was sent through it, and what came back.
import { clientWith, sendOn, type AnyClient } from '../faults/client-with.js'
import { copyCommand } from '../faults/command-copy.js'
import type { Fields } from '../faults/exchange.js'
import { printRequest, readRequest, type RecordedRequest } from './recorded-request.js'

/** What to remember. */
export interface RecordOptions {
  /** Names for physical tables in the record: `{ shop: physicalName }`. */
  readonly tables?: Readonly<Record<string, string>> | undefined
  /** Whether requests ask for the capacity that they consume, for `toCost`: yes unless said otherwise. */
  readonly capacity?: boolean | undefined
}

/** What was sent through a client. */
export interface RequestRecord {
  /** In order; those under way have neither output nor error. */
  readonly requests: readonly RecordedRequest[]
  /** The requests as text, without placeholders and fresh names: for snapshots. */
  print(): string
  /** Forgets them. */
  clear(): void
}

/** A client with its record. */
export type RecordingClient<Client> = Client & RequestRecord

const withCapacity = new Set(['GetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchGetItem'])
for (const name of ['BatchWriteItem', 'TransactGetItems', 'TransactWriteItems']) withCapacity.add(name)

/**
 * Wraps a client so that its requests can be looked at: operation, table, expressions with their names and values.
 *
 * @example
 * ```ts
 * const recorded = recordRequests(client, { tables: { shop: 'shop-3f9c' } })
 * await recorded.send(new GetItemCommand({ TableName: 'shop-3f9c', Key: { pk: { S: 'a' } } }))
 * console.log(recorded.print()) // GetItem shop, and below it the key
 * ```
 */
export function recordRequests<Client extends AnyClient>(
  client: Client,
  options: RecordOptions = {},
): RecordingClient<Client> {
  const { tables = {}, capacity = true } = options
  const requests: RecordedRequest[] = []

  const send = (command: object, ...args: unknown[]): unknown => {
    const request = readRequest(command, tables)
    requests.push(request)
    const asks =
      capacity && withCapacity.has(request.operation) && request.input['ReturnConsumedCapacity'] === undefined
    const sent = asks ? copyCommand(command, { ...request.input, ReturnConsumedCapacity: 'TOTAL' }) : command
    const answered = sendOn(client, sent, ...args)
    // With a callback there is no promise: then what came back is not known.
    if (!(answered instanceof Promise)) return answered
    return answered.then(
      (output: Fields) => {
        request.output = output
        return output
      },
      (error: unknown) => {
        request.error = error
        throw error
      },
    )
  }
  return clientWith(client, {
    send,
    requests,
    print: () => requests.map(printRequest).join('\n'),
    clear: () => {
      requests.length = 0
    },
  })
}
