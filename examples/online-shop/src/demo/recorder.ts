// Listens at a client: what was sent and what came back, with the capacity that each request consumed.
import type { DynamoDBClient, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-dynamodb'

/** A request and its answer. */
export interface Exchange {
  /** DynamoDB's name of the operation: `Query`. */
  readonly operation: string
  readonly input: ServiceInputTypes
  readonly output: ServiceOutputTypes
}

export class Recorder {
  #sent = 0
  #exchanges = new Map<number, Exchange>()

  constructor(client: DynamoDBClient) {
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          const position = this.#sent++
          const input = { ReturnConsumedCapacity: 'TOTAL' as const, ...args.input }
          const result = await next({ ...args, input })
          const operation = commandName.replace(/Command$/, '')
          this.#exchanges.set(position, { operation, input, output: result.output })
          return result
        },
      { step: 'initialize', name: 'recorder' },
    )
  }

  /** What was exchanged since the last call, in the order in which it was sent. */
  take(): Exchange[] {
    const taken = [...this.#exchanges].sort(([one], [other]) => one - other)
    this.#exchanges.clear()
    return taken.map(([, exchange]) => exchange)
  }
}
