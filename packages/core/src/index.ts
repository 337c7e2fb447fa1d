// The public surface of the package.
export { connect, type ConnectOptions, type Db } from './connect.js'
export { entity, type EntityOptions } from './entity.js'
export {
  ConditionFailedError,
  type ConditionFailure,
  CursorError,
  type CursorFailure,
  DecodeError,
  DefinitionError,
  type ErrorCode,
  IncompleteReadError,
  InputError,
  isError,
  KeyloomError,
  type Outcome,
  type Path,
  RequestError,
  type RequestFailure,
} from './errors.js'
export { computed } from './model/computed.js'
export { beginsWith, between, gt, gte, lt, lte, range, type RangeOptions } from './model/range.js'
export { absent, present } from './model/when.js'
export { codec } from './schema/codecs.js'
export { ExactNumber } from './values/any.js'
export { table } from './table.js'
export type { Absent, ComputedSpec, Present } from './types/computed.js'
export type { Comparable, Condition, ConditionCallback, Field, Fields, Operators } from './types/condition.js'
export type {
  AnyEntity,
  AnyEntityTypes,
  ConsistentQueryOptions,
  DeleteOptions,
  Entity,
  EntityTypes,
  GetOptions,
  Input,
  Item,
  Key,
  Patch,
  PutOptions,
  Queries,
  QueryOptions,
  Repository,
  TypesOf,
  UpdateChanges,
  Verbs,
} from './types/entity.js'
export type { Operation, Query, Request, RequestOptions, TableNames } from './types/operation.js'
export type { Range } from './types/query-key.js'
export type { BoundQuery, CallOptions, Client, Page, ReadOptions } from './types/running.js'
export type { IndexDefinition, KeyAttribute, KeyType, Table, TableDefinition } from './types/table.js'
export { ulid } from 'ulid'
