// DynamoDB for tests: an engine that runs, and clients for it.
import type { DynamoDBClient, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { createClient, randomAccessKey } from './client.js'
import { makeStrict } from './strict/strict-handler.js'
import { startEngine, type StartedEngine, type StartOptions } from './start-engine.js'

/** DynamoDB that runs. `stop` closes its clients too. */
export interface DynamoDB extends StartedEngine, AsyncDisposable {
  /**
   * A client for it. All clients of one start share a random access key, and so see the same tables on every engine.
   * What `config` holds comes first.
   */
  client(config?: DynamoDBClientConfig): DynamoDBClient
}

/**
 * Starts DynamoDB for tests and waits until it answers. It ends with the process at the latest, even a killed one.
 *
 * @throws EngineUnavailableError when no engine could be started, or not the one that was asked for.
 * @example
 * ```ts
 * const dynamodb = await startDynamoDB()
 * const client = dynamodb.client()
 * // …
 * await dynamodb.stop()
 * ```
 */
export async function startDynamoDB(options: StartOptions = {}): Promise<DynamoDB> {
  const started = await startEngine(options)
  const accessKey = randomAccessKey()
  const clients: DynamoDBClient[] = []
  const client = (config?: DynamoDBClientConfig): DynamoDBClient => {
    const made = createClient(started.endpoint, accessKey, config)
    if (started.strict) makeStrict(made)
    clients.push(made)
    return made
  }
  const stop = (): Promise<void> => {
    for (const made of clients.splice(0)) made.destroy()
    return started.stop()
  }
  return { ...started, client, stop, [Symbol.asyncDispose]: stop }
}
