// A transport that answers at once, with what the service would.
import { Buffer } from 'node:buffer'
import { makeOrder, makeOrders, refItem, TABLE } from './workload.mjs'
/** Request handler that answers at once with a canned DynamoDB JSON body, chosen by x-amz-target. */
export class StubHandler {
  metadata = { handlerProtocol: 'http/1.1' }
  last
  keep = false
  bodies = {}
  constructor(queryPage = 25, extra = {}) {
    const J = (x) => Buffer.from(JSON.stringify(x))
    this.bodies = {
      PutItem: J({}),
      UpdateItem: J({}),
      DeleteItem: J({}),
      TransactWriteItems: J({}),
      BatchWriteItem: J({ UnprocessedItems: {} }),
      GetItem: J({ Item: { ...refItem(makeOrder(4)), ...extra } }),
      Query: queryBody(queryPage, extra),
    }
  }
  async handle(request) {
    if (this.keep) this.last = request
    const target = request.headers['x-amz-target'] ?? request.headers['X-Amz-Target']
    const b = this.bodies[target.slice(target.indexOf('.') + 1)]
    return {
      response: {
        statusCode: 200,
        headers: {
          server: 'Server',
          date: 'Tue, 02 Jan 2024 10:00:00 GMT',
          'content-type': 'application/x-amz-json-1.0',
          'content-length': String(b.length),
          connection: 'keep-alive',
          'x-amzn-requestid': 'KPGJSKQ6QR9Q9PIEF3GLQ6KQ5RVV4KQNSO5AEMVJF66Q9ASUAAJG',
          'x-amz-crc32': '2745614147',
        },
        body: Buffer.from(b.buffer, b.byteOffset, b.length), // fresh view: the SDK re-prototypes it
      },
    }
  }
  updateHttpClientConfig() {}
  httpHandlerConfigs() {
    return {}
  }
  destroy() {}
}
export function queryBody(n, extra = {}) {
  const items = makeOrders(n, 1000).map((o) => ({ ...refItem(o), ...extra }))
  return Buffer.from(
    JSON.stringify({
      Count: n,
      Items: items,
      ScannedCount: n,
      ...(n >= 1000
        ? { LastEvaluatedKey: { pk: { S: 'a' }, sk: { S: 'b' }, gsi1pk: { S: 'c' }, gsi1sk: { S: 'd' } } }
        : {}),
    }),
  )
}
/** extra: the library's own bookkeeping attributes, present on every canned item as they would be in its table */
export function stubConfig(queryPage = 25, extra = {}) {
  const stub = new StubHandler(queryPage, extra)
  return {
    stub,
    config: {
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
      requestHandler: stub,
      maxAttempts: 1,
    },
  }
}
export { TABLE }
