// Running operations: clients, options and pages.
import type { DecodeError } from '../errors/decode-error.js'
import type { Attributes } from './attribute-value.js'
import type { TableNames } from './operation.js'

/** Anything that sends commands: a `DynamoDBClient`, a `DynamoDBDocumentClient`, a fake. */
export interface Client {
  send(command: object, options?: { abortSignal?: AbortSignal }): Promise<unknown>
}

/** How requests are repeated. Every bound has a default. */
export interface RetryOptions {
  /** How often one request is sent at most, the first time included: 8 unless said otherwise, 1 for no repeats. */
  readonly attempts?: number | undefined
  /** Milliseconds that one attempt may take: 5,000 unless said otherwise. */
  readonly attemptTimeout?: number | undefined
  /**
   * The upper bound of the first wait, in milliseconds: 25 unless said otherwise. It doubles with every attempt, is four times as
   * much after throttling, and each wait is any part of it.
   */
  readonly baseDelay?: number | undefined
  /** The upper bound of every wait, in milliseconds: 2,000 unless said otherwise. */
  readonly maxDelay?: number | undefined
  /**
   * How many repeats a client may have in hand: 20 unless said otherwise. Each call earns a tenth of one, each repeat costs one, and
   * one that helped against anything but throttling is given back.
   */
  readonly budget?: number | undefined
  /** The passing of time: the machine's unless said otherwise. For simulations and tests. */
  readonly scheduler?: Scheduler | undefined
}

/** The passing of time, for deadlines and waits. */
export interface Scheduler {
  /** Milliseconds since any moment; never less than before. */
  now(): number
  /** Calls back once, that many milliseconds later, unless what it returns is called before. */
  after(milliseconds: number, callback: () => void): () => void
}

/** What every call may say for itself. */
export interface CallOptions {
  /** Ends the call with a `RequestError` or, where a write may have taken place, an `AmbiguousWriteError` when it aborts. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds that one request may take, its repeats included; 30,000 unless said otherwise. */
  readonly timeout?: number | undefined
  /**
   * Whether writes that overwrite whatever is there are repeated after a lost answer: another writer's newer value may then be
   * overwritten too. Never done with arithmetic.
   */
  readonly repeatUnknown?: boolean | undefined
  /** Another client for this call. */
  readonly client?: Client | undefined
  /** Other physical table names for this call. */
  readonly tables?: TableNames | undefined
}

/** How a batch is run. `timeout` holds for each request of it, its repeats and those of its unprocessed parts included. */
export interface BatchOptions extends CallOptions {
  /** How many requests are under way at the same time at most: 4 unless said otherwise. */
  readonly concurrency?: number | undefined
  /** Told after each request how far the batch is. What it throws ends the batch. */
  readonly onProgress?: ((progress: BatchProgress) => void) | undefined
}

/** How a transaction of writes is run. */
export interface TransactOptions extends CallOptions {
  /**
   * What makes all attempts one transaction: made for each run unless it is given here. With the same token the same transaction
   * happens once within ten minutes, also over several calls; the operations must then be the same too, generated ids and times included.
   */
  readonly token?: string
}

/** How far a batch is. */
export interface BatchProgress {
  /** Operations that are done. */
  readonly done: number
  /** All operations of the batch. */
  readonly total: number
}

/** How many items to read, and at which cost. */
export interface ReadOptions extends CallOptions {
  /** How many items you get at most, exactly so many if there are. */
  readonly take?: number | undefined
  /** How many rows DynamoDB evaluates in one request at most. */
  readonly pageSize?: number | undefined
  /** How many requests are made at most. */
  readonly maxPages?: number | undefined
  /** Where an earlier page of the same query ended. */
  readonly cursor?: string | undefined
  /** Whom the cursors of this read are for, such as a user's id: with another scope they are refused. */
  readonly scope?: string | undefined
  /** Whether iterating reads the next page ahead, once the first is used up: yes unless said otherwise. */
  readonly prefetch?: boolean | undefined
  /** How many read units are used in a second at most, summed over all requests of this read: they wait for their turn. */
  readonly readUnitsPerSecond?: number | undefined
  /** Is told how far the read is, each time that the items of a page are used up. */
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined
  /**
   * What becomes of a row that doesn't fit its schema: by default it ends the read. With `report` a page lists it in `issues`
   * beside the good items; a callback is told of it.
   */
  readonly onInvalid?: 'throw' | 'report' | ((issue: DecodeError) => void) | undefined
  /**
   * What becomes of a row of another entity: by default it is passed over. With `report` a page lists it in `foreign`; a callback is
   * told of it. A filter holds for such rows too.
   */
  readonly onForeign?: 'skip' | 'report' | ((row: ForeignRow) => void) | undefined
}

/** A row of another entity than those that were read. */
export interface ForeignRow {
  /** What the row calls its entity, if it says so. */
  readonly entity: string | undefined
  /** The row as it is stored. */
  readonly row: Attributes
}

/** How far a read is. */
export interface ReadProgress {
  /** Items given out, or counted. */
  readonly items: number
  /** Rows that DynamoDB read, before filters. */
  readonly scannedCount: number
  /** Read units, summed over the requests made. */
  readonly consumedCapacity: number
  /** Goes on after the last item given out; `undefined` at the end. */
  cursor(): Promise<string | undefined>
}

/** A secret that seals cursors: 32 random bytes or more, as bytes or as text. */
export type CursorKey = string | Uint8Array

/** The secrets that seal cursors, and how long those are good for. */
export interface CursorKeys {
  /** Seals. */
  readonly current: CursorKey
  /** Those before it: what they have sealed is still good. */
  readonly previous?: readonly CursorKey[]
  /** Milliseconds after which a cursor is refused. */
  readonly maxAge?: number
}

/** One page of a query. */
export interface Page<out Item> {
  readonly items: Item[]
  /** Rows that don't fit their schema, where `onInvalid` is `report`. */
  readonly issues: readonly DecodeError[]
  /** Rows of other entities, where `onForeign` is `report`. */
  readonly foreign: readonly ForeignRow[]
  /** Where to go on; absent at the end. A cursor doesn't promise that more follows. */
  readonly cursor?: string
  /** Rows that DynamoDB read, before filters. */
  readonly scannedCount: number
  /** Read units, summed over the requests made. */
  readonly consumedCapacity: number
}

/** A query bound to a connection. */
export interface BoundQuery<out Item> extends AsyncIterable<Item> {
  /** All items, in order. */
  all(options?: ReadOptions): Promise<Item[]>
  /** The first item, if there is one. */
  first(options?: Omit<ReadOptions, 'take'>): Promise<Item | undefined>
  /** How many items there are, or `take` where there are more. Reading them costs the same, but they are not sent. */
  count(options?: ReadOptions): Promise<number>
  /** One page: `take` items, or one request's worth without it. */
  page(options?: ReadOptions): Promise<Page<Item>>
  /** The items one by one, as iterating gives them, with options. */
  items(options?: ReadOptions): AsyncIterable<Item>
}
