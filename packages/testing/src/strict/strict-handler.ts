// A request handler in front of the embedded engine's that refuses what DynamoDB refuses and the engine lets pass.
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { refusalBody } from '../faults/refusal.js'
import { requestProblem, type StrictInput } from './request-problem.js'
import { tableSchema, type TableDescription, type TableSchema } from './table-schema.js'

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface Handled {
  readonly response: {
    readonly statusCode: number
    readonly headers: Readonly<Record<string, string>>
    readonly body?: unknown
  }
}

type Handle = (request: HttpRequest, options?: object) => Promise<Handled>

const targetPrefix = 'DynamoDB_20120810.'
const checked = new Set([
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
])
const changesTables = new Set(['CreateTable', 'UpdateTable', 'DeleteTable'])

/** Makes a client strict, whatever its configuration: the refusals are answers of the service, and the SDK throws them. */
export function makeStrict(client: DynamoDBClient): DynamoDBClient {
  const inner = client.config.requestHandler
  const transmit = inner.handle.bind(inner) as unknown as Handle
  const handle = strictHandle(transmit)
  client.config.requestHandler = new Proxy(inner, {
    get: (target, name) => {
      if (name === 'handle') return handle
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
  return client
}

function strictHandle(transmit: Handle): Handle {
  const schemas = new Map<string, TableSchema>()

  const schemaOf = async (request: HttpRequest, table: string, index?: string): Promise<TableSchema | undefined> => {
    const known = schemas.get(table)
    if (known !== undefined && (index === undefined || known.indexes.has(index))) return known
    const { response } = await transmit(describing(request, table))
    const said = response.body instanceof Readable ? await text(response.body) : ''
    // The engine itself says best what is wrong with a table that is not there.
    if (response.statusCode !== 200 || said === '') return undefined
    const schema = tableSchema((JSON.parse(said) as { Table: TableDescription }).Table)
    schemas.set(table, schema)
    return schema
  }

  return async (request, options) => {
    const operation = request.headers['x-amz-target']?.slice(targetPrefix.length) ?? ''
    if (changesTables.has(operation)) schemas.clear()
    const body = checked.has(operation) ? bodyOf(request) : undefined
    if (body === undefined) return transmit(request, options)
    const input = JSON.parse(body) as StrictInput
    const problem = await requestProblem(operation, input, (table, index) => schemaOf(request, table, index))
    return problem === undefined ? transmit(request, options) : refused(problem)
  }
}

function bodyOf({ body }: HttpRequest): string | undefined {
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : undefined
}

// The embedded engine checks no signature: the headers of the request at hand do for another one.
function describing(request: HttpRequest, TableName: string): HttpRequest {
  const body = JSON.stringify({ TableName })
  const changed = Object.create(
    Object.getPrototypeOf(request) as object,
    Object.getOwnPropertyDescriptors(request),
  ) as HttpRequest
  const target = { 'x-amz-target': `${targetPrefix}DescribeTable` }
  const headers = { ...request.headers, ...target, 'content-length': String(Buffer.byteLength(body)) }
  return Object.assign(changed, { body, headers })
}

function refused(message: string): Handled {
  const body = JSON.stringify(refusalBody({ name: 'ValidationException', status: 400, message }))
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'strict' }
  return { response: { statusCode: 400, headers, body: Readable.from([Buffer.from(body)]) } }
}
