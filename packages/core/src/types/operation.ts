// Operations as values: immutable plans that print their request when asked.
import type {
  BatchGetItemCommandInput,
  BatchWriteItemCommandInput,
  ConditionCheck,
  DeleteItemCommandInput,
  GetItemCommandInput,
  PutItemCommandInput,
  QueryCommandInput,
  ScanCommandInput,
  TransactGetItemsCommandInput,
  TransactWriteItemsCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb'
import type { Explanation } from './explanation.js'

/** A request as it is sent: DynamoDB's name of the operation, and its input. */
export type Request =
  | { readonly operation: 'GetItem'; readonly input: GetItemCommandInput }
  | { readonly operation: 'PutItem'; readonly input: PutItemCommandInput }
  | { readonly operation: 'UpdateItem'; readonly input: UpdateItemCommandInput }
  | { readonly operation: 'DeleteItem'; readonly input: DeleteItemCommandInput }
  | { readonly operation: 'Query'; readonly input: QueryCommandInput }
  | { readonly operation: 'Scan'; readonly input: ScanCommandInput }
  | { readonly operation: 'TransactWriteItems'; readonly input: TransactWriteItemsCommandInput }
  | { readonly operation: 'ConditionCheck'; readonly input: ConditionCheck }

/** A request about several items, of several tables. */
export type ManyRequest =
  | { readonly operation: 'BatchGetItem'; readonly input: BatchGetItemCommandInput }
  | { readonly operation: 'BatchWriteItem'; readonly input: BatchWriteItemCommandInput }
  | { readonly operation: 'TransactGetItems'; readonly input: TransactGetItemsCommandInput }

/** Physical table names by logical name. */
export type TableNames = Readonly<Record<string, string>>

/** What a request depends on besides its operation. */
export interface RequestOptions {
  /** Physical table names by logical name; the logical name itself where one is missing. */
  readonly tables?: TableNames
  /** The time of the write, for timestamps and expiry. A run makes it once, for all its attempts; else it is the current one. */
  readonly now?: Date
  /** What marks the write as this run's own; a run makes it once, for all its attempts. */
  readonly nonce?: string
}

declare const resultType: unique symbol
declare const useType: unique symbol

/** What an operation does: the name of its verb. */
export type OperationKind = 'get' | 'put' | 'create' | 'replace' | 'update' | 'upsert' | 'delete' | 'check'

/** The verbs that run by themselves: a check is a part of transactions. */
export type RunnableKind = Exclude<OperationKind, 'check'>

/** Where a write can go besides `db.run`: a batch has no conditions, and neither returns what was stored. */
export type OperationUse = 'batch' | 'transaction'

/** One operation on one item: an immutable value that can be run, inspected and compared. */
export interface Operation<
  out Result,
  out Kind extends OperationKind = RunnableKind,
  in Use extends OperationUse = never,
> {
  readonly kind: Kind
  /** The name of the entity that it is about. */
  readonly entity: string
  /** The request that running it sends. */
  request(options?: RequestOptions): Request
  /**
   * What that request asks for, in names and without values.
   *
   * @example
   * ```ts
   * Order.update(key, { set: { note: 'x' } }).explain().condition // what must hold
   * ```
   */
  explain(): Explanation
  readonly [resultType]: Result
  readonly [useType]?: (use: Use) => void
}

/** The results of several operations, by their labels or places. */
export type Results<Operations> = {
  -readonly [Name in keyof Operations]: Operations[Name] extends Operation<infer Result, OperationKind> ? Result : never
}

/** A read of many items as a value: a query or a scan. `db.items`, `db.page`, `db.all`, `db.first` and `db.count` run it. */
export interface Readable<out Item> {
  readonly kind: 'query' | 'scan'
  /** The name of the entity that it is about. */
  readonly entity: string
  /** The request for its first page. */
  request(options?: RequestOptions): Request
  /**
   * What that request asks for, in names and without values: the index, the key condition, and what is only a filter.
   *
   * @example
   * ```ts
   * Order.query.byStatus({ status: 'pending', region: 'eu' }).explain().keyCondition // gsi1pk = ? …
   * ```
   */
  explain(): Explanation
  readonly [resultType]: Item
}

/** A query as a value. */
export interface Query<out Item> extends Readable<Item> {
  readonly kind: 'query'
}

/** A scan as a value. */
export interface Scan<out Item> extends Readable<Item> {
  readonly kind: 'scan'
}
