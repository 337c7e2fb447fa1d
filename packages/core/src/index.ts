// The public surface of the package.
export { collection, type CollectionOptions } from './collection.js'
export { type BoundDb, connect, type ConnectOptions, type Db } from './connect.js'
export { entity, type EntityOptions } from './entity.js'
export { AmbiguousWriteError, type AmbiguousWrite, type WriteCheck } from './errors/ambiguous-write-error.js'
export { ConditionFailedError, type ConditionFailure } from './errors/condition-failed-error.js'
export { CursorError, type CursorFailure } from './errors/cursor-error.js'
export { DecodeError } from './errors/decode-error.js'
export { DefinitionError } from './errors/definition-error.js'
export { type BatchOperation, type BatchOutcome, IncompleteBatchError } from './errors/incomplete-batch-error.js'
export { type GroupReport, IncompleteGroupsError } from './errors/incomplete-groups-error.js'
export { IncompleteReadError } from './errors/incomplete-read-error.js'
export { InputError } from './errors/input-error.js'
export { type ErrorCode, isError } from './errors/is-error.js'
export { KeyloomError, type Outcome } from './errors/keyloom-error.js'
export type { Path } from './errors/path.js'
export { RequestError, type RequestFailure } from './errors/request-error.js'
export {
  type Cancellation,
  type CancellationReason,
  TransactionCanceledError,
} from './errors/transaction-canceled-error.js'
export { computed } from './model/computed.js'
export { bucket, each, shard } from './model/fan-out.js'
export { beginsWith, between, gt, gte, lt, lte, range, type RangeOptions } from './model/range.js'
export { absent, present } from './model/when.js'
export { merge } from './operations/merge.js'
export { codec } from './schema/codecs.js'
export { ExactNumber } from './values/any.js'
export { table } from './table.js'
export type {
  AnyCollectionQuery,
  Collection,
  CollectionEntities,
  CollectionQuery,
  CollectionQueryOptions,
  Groups,
  Tagged,
} from './types/collection.js'
export type { Absent, ComputedSpec, Present } from './types/computed.js'
export type {
  At,
  Comparable,
  Comparand,
  Condition,
  ConditionCallback,
  Equality,
  Field,
  Fields,
  FilterCallback,
  FilterFields,
  Operators,
  Ordering,
  StoredType,
} from './types/condition.js'
export type { AnyEntity, Entity, Input, Item, Key, Patch, Repository, TypesOf } from './types/entity.js'
export type { AnyEntityTypes, EntityTypes } from './types/entity-types.js'
export type { Explanation } from './types/explanation.js'
export type {
  ConsistentQueryOptions,
  ConsistentScanOptions,
  CreateOptions,
  DeleteOptions,
  FailureOptions,
  GetOptions,
  GivenOptions,
  ImportOptions,
  HydrateOptions,
  Once,
  PutOptions,
  QueryOptions,
  ReplaceOptions,
  ScanOptions,
} from './types/options.js'
export type { Position, Positions } from './types/position.js'
export type { Chosen, Known, Selectable, Selected } from './types/select.js'
export type { Modification, ModifyOptions, MoveChanges } from './types/modify.js'
export type { KindChanges } from './types/kind-changes.js'
export type { UpdateChanges, UpsertChanges } from './types/update-changes.js'
export type {
  Action,
  ApplyCallback,
  Computation,
  Fallback,
  Merge,
  MergeOptions,
  NewValue,
  UpdateOperators,
} from './types/update-operators.js'
export type { Queries, Scans, Verbs } from './types/verbs.js'
export type {
  Operation,
  OperationKind,
  OperationUse,
  Query,
  Readable,
  Request,
  RequestOptions,
  Results,
  RunnableKind,
  Scan,
  TableNames,
} from './types/operation.js'
export type { Bucket, Each, Range, Shard } from './types/query-key.js'
export type {
  BatchOptions,
  BatchProgress,
  BoundQuery,
  CallOptions,
  Client,
  CursorKey,
  CursorKeys,
  ForeignRow,
  Page,
  ReadOptions,
  ReadProgress,
  RetryOptions,
  Scheduler,
  TransactOptions,
} from './types/running.js'
export type { IndexDefinition, KeyAttribute, KeyType, Table, TableDefinition } from './types/table.js'
export type { BoundComponents, BoundRepository } from './types/within.js'
export { ulid } from 'ulid'
