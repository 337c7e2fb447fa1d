// The seam to the SDK: requests as its commands, with the retries of the client switched off.
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { ManyRequest, Request } from '../types/operation.js'

/** One attempt as the client's own middleware saw it. */
export interface Passage {
  /** Which attempt of ours it is, from 1. */
  readonly attempt: number
  /** How many there may be. */
  readonly attempts: number
  /** How often the client tried: 0 where it has no middleware, or never got that far. */
  passes: number
}

interface Arguments {
  readonly request?: { readonly headers?: Record<string, string> }
}

interface Result {
  readonly output?: { readonly $metadata?: { attempts?: number } }
}

type Handler = (args: Arguments) => Promise<Result>

interface MiddlewareStack {
  add(middleware: (next: Handler) => Handler, options: object): void
}

// The place and the name of the SDK's own: https://github.com/smithy-lang/smithy-typescript/tree/main/packages/middleware-retry
const retryMiddleware = {
  name: 'retryMiddleware',
  step: 'finalizeRequest',
  priority: 'high',
  tags: ['RETRY'],
  override: true,
}

/** A request as a command that is sent once. The command is the caller's alone: its client stays as it is. */
export function commandOf(request: Request | ManyRequest, passage: Passage): object {
  const command = bareCommand(request)
  const stack = command.middlewareStack as unknown as MiddlewareStack
  stack.add((next) => (args) => pass(next, args, passage), retryMiddleware)
  return command
}

// Whoever watches the client sees each attempt, with the header and the count that the SDK's own retries would show.
async function pass(next: Handler, args: Arguments, passage: Passage): Promise<Result> {
  passage.passes++
  const headers = args.request?.headers
  if (headers !== undefined) headers['amz-sdk-request'] = `attempt=${passage.attempt}; max=${passage.attempts}`
  const result = await next(args)
  const metadata = result.output?.$metadata
  if (metadata !== undefined) metadata.attempts = passage.attempt
  return result
}

function bareCommand(request: Request | ManyRequest) {
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
    case 'BatchGetItem':
      return new BatchGetItemCommand(request.input)
    case 'BatchWriteItem':
      return new BatchWriteItemCommand(request.input)
    case 'TransactGetItems':
      return new TransactGetItemsCommand(request.input)
    case 'TransactWriteItems':
      return new TransactWriteItemsCommand(request.input)
  }
}
