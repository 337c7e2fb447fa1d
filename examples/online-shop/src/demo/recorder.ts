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
  #exchanges: Exchange[] = []

  constructor(client: DynamoDBClient) {
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          const input = { ReturnConsumedCapacity: 'TOTAL' as const, ...args.input }
          const result = await next({ ...args, input })
          this.#exchanges.push({ operation: commandName.replace(/Command$/, ''), input, output: result.output })
          return result
        },
      { step: 'initialize', name: 'recorder' },
    )
  }

  /** What was exchanged since the last call. */
  take(): Exchange[] {
    const taken = this.#exchanges
    this.#exchanges = []
    return taken
  }
}
