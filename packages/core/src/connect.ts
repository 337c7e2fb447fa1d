// connect(): runs operations on a client.
import { modelOf } from './entity.js'
import { InputError } from './errors/input-error.js'
import { batchGet } from './execution/batch-get.js'
import { batchWrite } from './execution/batch-write.js'
import { checkClient, checkFlag, checkTimeout, type Connection, defaultTimeout } from './execution/connection.js'
import { CursorKeyRing } from './execution/cursor-keys.js'
import { withinOf } from './model/within.js'
import { readAll, readCount, readFirst, readGroups, readItems, readPage } from './execution/read.js'
import { modify } from './execution/modify.js'
import { move } from './execution/move.js'
import { repositoryOf } from './execution/repository.js'
import { retryOf } from './execution/retry.js'
import { run } from './execution/run.js'
import { transactGet } from './execution/transact-get.js'
import { transactGroups } from './execution/transact-groups.js'
import { transactWrite } from './execution/transact-write.js'
import { collectionPlan } from './operations/collection-query.js'
import { checkOptions } from './operations/options.js'
import { readPlan } from './operations/read-plan.js'
import type { AnyCollectionQuery, GroupsOf } from './types/collection.js'
import type { AnyEntity, Repository, TypesOf } from './types/entity.js'
import type { Modification, ModifyOptions, MoveChanges } from './types/modify.js'
import type { Operation, OperationKind, Readable, Results, TableNames } from './types/operation.js'
import type {
  BatchOptions,
  CallOptions,
  Client,
  CursorKey,
  CursorKeys,
  Page,
  ReadOptions,
  RetryOptions,
  TransactOptions,
} from './types/running.js'
import type { BoundComponents, BoundRepository, Reachable } from './types/within.js'

/** What `connect()` takes. */
export interface ConnectOptions {
  /** A `DynamoDBClient` or anything else that sends commands. */
  readonly client: Client
  /** The physical names of the tables, by their logical names. */
  readonly tables: TableNames
  /** Milliseconds that one request may take, its repeats included; 30,000 unless said otherwise. */
  readonly timeout?: number
  /** How requests are repeated. The client's own retries are off for the requests that Keyloom sends. */
  readonly retry?: RetryOptions
  /** Whether writes that overwrite whatever is there are repeated after a lost answer; not unless said otherwise. */
  readonly repeatUnknown?: boolean
  /** The time now, in milliseconds since 1970: what timestamps and expiry go by. `Date.now` unless said otherwise. */
  readonly clock?: () => number
  /** A number from 0 to less than 1: what the waits between attempts vary by. `Math.random` unless said otherwise. */
  readonly random?: () => number
  /**
   * Seals cursors, so that they can be neither read nor changed: a secret of 32 random bytes or more, or several with the one before.
   * Without it a cursor shows the keys that it holds, and can be bent to another position of the same query.
   */
  readonly cursorKey?: CursorKey | CursorKeys
}

/** A connection: runs operations and queries. */
export interface Db {
  /** Runs an operation on one item. */
  run<Result>(operation: Operation<Result>, options?: CallOptions): Promise<Result>
  /** The items of a query one by one; leaving the loop ends the requests. */
  items<Item>(query: Readable<Item>, options?: ReadOptions): AsyncIterable<Item>
  /** One page: `take` items, or one request's worth without it. */
  page<Item>(query: Readable<Item>, options?: ReadOptions): Promise<Page<Item>>
  /** All items of a query. */
  all<Item>(query: Readable<Item>, options?: ReadOptions): Promise<Item[]>
  /** The first item of a query, if there is one. */
  first<Item>(query: Readable<Item>, options?: Omit<ReadOptions, 'take'>): Promise<Item | undefined>
  /** How many items a query has, or `take` where there are more. Reading them costs the same, but they are not sent. */
  count(query: Readable<unknown>, options?: ReadOptions): Promise<number>
  /**
   * Reads any number of items, of any entities and tables. Each comes in its place: `undefined` where there is none, and twice where
   * it was asked for twice. Throws `IncompleteBatchError` where the bounds are used up.
   */
  batchGet<const Gets extends readonly Operation<unknown, 'get'>[]>(
    gets: Gets,
    options?: BatchOptions,
  ): Promise<Results<Gets>>
  /**
   * Puts and deletes any number of items, of any entities and tables, without conditions and not as one: some may be written and
   * others not. Throws `IncompleteBatchError` where the bounds are used up, and says what is done, unknown and left.
   */
  batchWrite<const Writes extends readonly Operation<unknown, 'put' | 'delete', 'batch'>[]>(
    writes: Writes,
    options?: BatchOptions,
  ): Promise<Results<Writes>>
  /**
   * Makes up to 100 writes and checks together or not at all, given by labels or in an array, and gives what their verbs return. One
   * token makes all attempts the same transaction. Throws `TransactionCanceledError`, with a reason for each label.
   */
  transactWrite<
    const Writes extends
      | Readonly<Record<string, Operation<unknown, OperationKind, 'transaction'>>>
      | readonly Operation<unknown, OperationKind, 'transaction'>[],
  >(
    writes: Writes,
    options?: TransactOptions,
  ): Promise<Results<Writes>>
  /**
   * Makes any number of groups of writes, each together or not at all, in as few transactions as fit, and in order where groups
   * touch the same item. A group that is refused takes no other with it. Throws `IncompleteGroupsError`, which reports on each.
   */
  transactGroups<
    const Groups extends readonly (
      | Readonly<Record<string, Operation<unknown, OperationKind, 'transaction'>>>
      | readonly Operation<unknown, OperationKind, 'transaction'>[]
    )[],
  >(
    groups: Groups,
    options?: CallOptions,
  ): Promise<{ -readonly [Place in keyof Groups]: Results<Groups[Place]> }>
  /** Reads up to 100 items as they were at one moment, given by labels or in an array. Throws `TransactionCanceledError`. */
  transactGet<
    const Gets extends Readonly<Record<string, Operation<unknown, 'get'>>> | readonly Operation<unknown, 'get'>[],
  >(
    gets: Gets,
    options?: CallOptions,
  ): Promise<Results<Gets>>
  /**
   * Reads an item, consistently, and writes what the function wants changed, unless the item was changed in between: then it begins
   * anew, within `timeout`. The function must be pure; it gets a frozen item, and `undefined` from it writes nothing.
   */
  modify<Of extends AnyEntity>(
    entity: Of,
    key: TypesOf<Of>['Key'],
    change: (item: TypesOf<Of>['Item']) => Modification<TypesOf<Of>> | undefined,
    options?: ModifyOptions<keyof TypesOf<Of>['Stored']>,
  ): Promise<TypesOf<Of>['Item']>
  /**
   * Gives an item another table key: reads it, consistently, and deletes it there and puts it here in one transaction, unless it was
   * changed in between: then it begins anew, within `timeout`. `createdAt` and what the schema doesn't know go with it. Throws
   * `ConditionFailedError` with reason `not-found` where there is none, and `already-exists` where the new place is taken.
   */
  move<Of extends AnyEntity>(
    entity: Of,
    key: TypesOf<Of>['Key'],
    changes: NoInfer<MoveChanges<TypesOf<Of>>>,
    options?: CallOptions,
  ): Promise<TypesOf<Of>['Item']>
  /** An entity's verbs bound to this connection: what application code uses most. */
  for<Of extends AnyEntity>(entity: Of, options?: CallOptions): Repository<TypesOf<Of>>
  /** All items of a collection's query, by the labels of their entities. */
  groups<Of extends AnyCollectionQuery>(query: Of, options?: ReadOptions): Promise<GroupsOf<Of>>
  /**
   * The same connection, bound to components of keys: they are filled in, and nothing with other values of them can be read or
   * written. Entities and indexes whose keys are not made of them are out of its reach.
   */
  within<const Bound extends BoundComponents>(bound: Bound): BoundDb<keyof Bound & string>
}

/** A connection that is bound to components of keys. */
export interface BoundDb<in out Bound extends string> extends Omit<Db, 'for' | 'within'> {
  /** An entity's verbs, without the components that are bound. */
  for<Of extends AnyEntity>(entity: Of & Reachable<Of, Bound>, options?: CallOptions): BoundRepository<Of, Bound>
}

/**
 * Connects definitions to a client and to physical tables.
 *
 * @throws InputError for a client that can't send, and bounds that are none.
 * @example
 * ```ts
 * const db = connect({ client: new DynamoDBClient({}), tables: { shop: 'shop-production' } })
 * const orders = db.for(Order)
 * const order = await orders.get({ customerId: 'c-1', placedAt: new Date('2026-02-16'), orderId: 'o-1' })
 * ```
 */
export function connect(options: ConnectOptions): Db {
  checkOptions('connect', options, [
    'client',
    'tables',
    'timeout',
    'retry',
    'repeatUnknown',
    'clock',
    'random',
    'cursorKey',
  ])
  const { client, tables, timeout = defaultTimeout, repeatUnknown = false } = options
  const { clock = Date.now, random = Math.random } = options
  checkClient('connect', client)
  checkTimeout('connect', ['timeout'], timeout)
  checkFlag('connect', 'repeatUnknown', repeatUnknown)
  const retry = retryOf(options.retry)
  const { cursorKey } = options
  if ('cursorKey' in options && cursorKey === undefined)
    throw new InputError('connect', ['cursorKey'], 'a secret: leave it out if there is none', 'undefined')
  const cursorKeys = cursorKey === undefined ? undefined : new CursorKeyRing(cursorKey)
  const connection: Connection = { client, tables, timeout, retry, repeatUnknown, clock, random, cursorKeys }
  return dbOf(connection)
}

function dbOf(connection: Connection): Db {
  const db = {
    run: (operation: unknown, options?: CallOptions) => run(connection, operation, options),
    items: (query: unknown, options?: ReadOptions) => readItems(connection, readPlan('db.items', query), options),
    page: async (query: unknown, options?: ReadOptions) => readPage(connection, readPlan('db.page', query), options),
    all: async (query: unknown, options?: ReadOptions) => readAll(connection, readPlan('db.all', query), options),
    first: async (query: unknown, options?: ReadOptions) => readFirst(connection, readPlan('db.first', query), options),
    count: async (query: unknown, options?: ReadOptions) => readCount(connection, readPlan('db.count', query), options),
    batchGet: (gets: unknown, options?: BatchOptions) => batchGet(connection, gets, options),
    batchWrite: (writes: unknown, options?: BatchOptions) => batchWrite(connection, writes, options),
    transactWrite: (writes: unknown, options?: TransactOptions) => transactWrite(connection, writes, options),
    transactGroups: (groups: unknown, options?: CallOptions) => transactGroups(connection, groups, options),
    transactGet: (gets: unknown, options?: CallOptions) => transactGet(connection, gets, options),
    modify: async (entity: AnyEntity, key: unknown, change: unknown, options?: ModifyOptions<string>) =>
      modify(connection, modelOf('db.modify', entity), key, change, options),
    move: async (entity: AnyEntity, key: unknown, changes: unknown, options?: CallOptions) =>
      move(connection, modelOf('db.move', entity), key, changes, options),
    for: (entity: AnyEntity, options: CallOptions = {}) => repositoryOf(connection, modelOf('db.for', entity), options),
    groups: async (query: unknown, options?: ReadOptions) =>
      readGroups(connection, collectionPlan('db.groups', query), options),
    ...(connection.within === undefined && {
      within: (bound: unknown) => dbOf({ ...connection, within: withinOf('db.within', bound) }),
    }),
  }
  // Plans carry their results as plain data; the operation's type says what they are.
  return Object.freeze(db) as unknown as Db
}
