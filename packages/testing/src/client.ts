// Clients for an engine: local address, any region, a random access key.
import { randomBytes } from 'node:crypto'
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'

/** DynamoDB Local keeps the tables of each access key apart, and takes letters and digits only. */
export function randomAccessKey(): string {
  return `KEYLOOM${randomBytes(8).toString('hex').toUpperCase()}`
}

/** A client that needs no credentials of its own. */
export function createClient(endpoint: string, accessKeyId: string, config?: DynamoDBClientConfig): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: accessKeyId },
    ...config,
  })
}
