// A real DynamoDBClient over a handler that answers what a test says: every middleware runs, nothing leaves the process.
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { Readable } from 'node:stream'

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** A status and a body; or an error that the connection fails with. */
export type HttpAnswer = { readonly status: number; readonly body: object } | Error

export interface SdkClient {
  readonly client: DynamoDBClient
  readonly requests: HttpRequest[]
}

export function sdkClient(answer: (count: number) => HttpAnswer, config: DynamoDBClientConfig = {}): SdkClient {
  const requests: HttpRequest[] = []
  const requestHandler = {
    async handle(request: HttpRequest) {
      requests.push({ ...request, headers: { ...request.headers } })
      const answered = answer(requests.length)
      if (answered instanceof Error) throw answered
      const body = Readable.from([Buffer.from(JSON.stringify(answered.body))])
      return { response: { statusCode: answered.status, headers: {}, body } }
    },
  }
  const client = new DynamoDBClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    requestHandler: requestHandler as never,
    ...config,
  })
  return { client, requests }
}

/** What DynamoDB answers when it refuses. */
export function refusal(name: string, status = 400, more: object = {}): HttpAnswer {
  return { status, body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'SECRET', ...more } }
}
