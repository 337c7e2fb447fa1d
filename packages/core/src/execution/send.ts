// The one place that sends. Every request passes here, with its deadline and its caller's signal.
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { Request } from '../types/operation.js'
import type { Connection } from './connection.js'
import { requestError } from './service-errors.js'

/** Sends a request once, as far as Keyloom goes: repeats are the client's. Throws `RequestError`. */
export async function send(
  { client, timeout }: Connection,
  operation: string,
  request: Request,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const reads = ['GetItem', 'Query', 'Scan'].includes(request.operation)
  if (signal?.aborted === true) throw requestError(operation, { reads, sent: false }, signal.reason)
  const controller = new AbortController()
  const abort = (): void => {
    controller.abort(signal?.reason)
  }
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`no answer within ${timeout} ms`, 'TimeoutError'))
  }, timeout)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    // A client may take its time to notice the signal, or ignore it: the caller does not wait for that.
    return await Promise.race([
      client.send(commandOf(request), { abortSignal: controller.signal }),
      rejection(controller.signal),
    ])
  } catch (error) {
    throw requestError(operation, { reads, sent: true }, controller.signal.aborted ? controller.signal.reason : error)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason as Error)
      },
      { once: true },
    )
  })
}

function commandOf(request: Request): object {
  switch (request.operation) {
    case 'GetItem':
      return new GetItemCommand(request.input)
    case 'PutItem':
      return new PutItemCommand(request.input)
    case 'UpdateItem':
      return new UpdateItemCommand(request.input)
    case 'DeleteItem':
      return new DeleteItemCommand(request.input)
    case 'Query':
      return new QueryCommand(request.input)
    case 'Scan':
      return new ScanCommand(request.input)
  }
}
