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

/** A request on its way through the middleware. */
export interface Arguments {
  readonly input: object
  readonly request?: HttpRequest
}

/** A request as the SDK's transports take it. */
export interface HttpRequest {
  readonly method: string
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly query?: object
  readonly headers: Record<string, string>
  readonly body?: unknown
}

/** An operation of the service: the name of the request that it takes. */
export type OperationName = Exclude<(Request | ManyRequest)['operation'], 'ConditionCheck'>

/** An answer on its way back. */
export interface Result {
  readonly response?: unknown
  readonly output?: { readonly $metadata?: { attempts?: number } }
}

export type Handler = (args: Arguments) => Promise<Result>

/** What we need of the SDK's stack of middleware. */
export interface MiddlewareStack {
  add(middleware: (next: Handler, context: Context) => Handler, options: object): void
  remove(middleware: unknown): boolean
  clone(): MiddlewareStack
  /** Hands each middleware to another stack: the cheap way to see which there are. */
  applyToStack(stack: object): void
}

/** What the SDK's middleware tell each other of a call. */
export interface Context {
  readonly endpointV2?: { readonly url: URL }
}

/** What we need of the SDK's commands. */
export interface SdkCommand {
  readonly middlewareStack: MiddlewareStack
  resolveMiddleware(clientStack: MiddlewareStack, config: object, options: object): Handler
}

// The place and the name of the SDK's own: https://github.com/smithy-lang/smithy-typescript/tree/main/packages/middleware-retry
export const retryMiddleware: object = {
  name: 'retryMiddleware',
  step: 'finalizeRequest',
  priority: 'high',
  tags: ['RETRY'],
  override: true,
}

/** A request as a command that is sent once. The command is the caller's alone: its client stays as it is. */
export function commandOf(request: Request | ManyRequest, passage: Passage): object {
  const command = bareCommand(request.operation as OperationName, request.input)
  command.middlewareStack.add((next) => (args) => pass(next, args, passage), retryMiddleware)
  return command
}

/** Whoever watches the client sees each attempt, with the header and the count that the SDK's own retries would show. */
export async function pass(next: Handler, args: Arguments, passage: Passage): Promise<Result> {
  passage.passes++
  const headers = args.request?.headers
  if (headers !== undefined) headers['amz-sdk-request'] = `attempt=${passage.attempt}; max=${passage.attempts}`
  const result = await next(args)
  const metadata = result.output?.$metadata
  if (metadata !== undefined) metadata.attempts = passage.attempt
  return result
}

const commands = {
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  UpdateItem: UpdateItemCommand,
  DeleteItem: DeleteItemCommand,
  Query: QueryCommand,
  Scan: ScanCommand,
  BatchGetItem: BatchGetItemCommand,
  BatchWriteItem: BatchWriteItemCommand,
  TransactGetItems: TransactGetItemsCommand,
  TransactWriteItems: TransactWriteItemsCommand,
} satisfies Record<OperationName, unknown>

/** The SDK's command of an operation. */
export function bareCommand(operation: OperationName, input: object): SdkCommand {
  const Command = commands[operation] as new (input: object) => unknown
  return new Command(input) as SdkCommand
}
