// Clients of one test file.
import type { DynamoDBClient, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { createClient, randomAccessKey } from '../client.js'
import { makeStrict } from '../strict/strict-handler.js'
import { provided } from './provided.js'

// One for all that a file makes: the engines keep the tables of each access key apart.
const accessKey = randomAccessKey()

/** A client for the tables of the file; its caller closes it. */
export function fileClient(config?: DynamoDBClientConfig): DynamoDBClient {
  const { endpoint, strict } = provided()
  const client = createClient(endpoint, accessKey, config)
  return strict ? makeStrict(client) : client
}
