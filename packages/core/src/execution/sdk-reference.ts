// What the SDK itself makes of an input and of an answer: the truth that our own way is checked against.
import { bareCommand, type HttpRequest, type OperationName, type Result } from './commands.js'
import { fingerprintOf, type SdkClient } from './sdk-client.js'

const serde: ReadonlySet<string | undefined> = new Set(['serializerMiddleware', 'deserializerMiddleware'])

/**
 * The request that the SDK makes of an input, and the output that it makes of a response; an error response is thrown as the
 * exception that it is. Nothing is sent, and no middleware of the client's owner is run.
 */
export async function sdkReference(
  client: SdkClient,
  operation: OperationName,
  input: object,
  response: unknown,
): Promise<{ readonly request: HttpRequest; readonly output: object }> {
  let request: HttpRequest | undefined
  const requestHandler = {
    handle: (made: HttpRequest) => {
      request = made
      return Promise.resolve({ response })
    },
  }
  const stack = client.middlewareStack.clone()
  for (const [middleware, { name }] of fingerprintOf(client)) if (!serde.has(name)) stack.remove(middleware)
  const handler = bareCommand(operation, input).resolveMiddleware(stack, { ...client.config, requestHandler }, {})
  const { output }: Result = await handler({ input })
  if (request === undefined) throw new TypeError('the SDK made no request')
  return { request, output: output ?? {} }
}
