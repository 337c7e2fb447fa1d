// An entity in types: resolved once when it is defined, then plain object types wherever it is used.
import type { KeySource } from './computed.js'
import type { ConditionCallback } from './condition.js'
import type { InputOf, ItemOf, ItemSchema, OptionalKeys } from './item.js'
import type { Operation, Query } from './operation.js'
import type { QueryKey } from './query-key.js'
import type { BoundQuery } from './running.js'
import type { LocalIndexNames, TableDefinition } from './table.js'
import type { ComponentNames, IndexSpec, KeySpec, ValueAt } from './templates.js'
import type { AskForSiblings, IndexComponents, Problem, PropertyOf } from './update.js'

/** What the types know of an entity. */
export interface AnyEntityTypes {
  readonly Name: string
  readonly Item: object
  readonly Input: unknown
  readonly Key: object
  readonly Patch: object
  readonly IndexComponents: unknown
  readonly Stored: object
  readonly TableQuery: unknown
  readonly IndexQueries: object
}

type SortOf<Spec> = Spec extends { sortKey: infer Sort } ? Sort : ''
type PartitionOf<Spec, Key extends KeySpec> = Spec extends { partitionKey: infer Partition }
  ? Partition
  : Key['partitionKey']

type KeyNames<Key extends KeySpec> = ComponentNames<Key['partitionKey']> | ComponentNames<SortOf<Key>>

/** The types of one entity, each resolved when it is first asked for. */
export interface EntityTypes<
  Name extends string,
  Schema extends ItemSchema,
  Definition extends TableDefinition,
  Key extends KeySpec,
  Indexes extends Record<string, IndexSpec>,
  KeyOnly extends PropertyKey,
  Computed,
> {
  readonly Name: Name
  readonly Item: ItemOf<Schema>
  readonly Input: InputOf<Schema>
  readonly Key: { [Part in KeyNames<Key>]: ValueAt<ItemOf<Schema>, Part> }
  readonly Patch: ItemOf<Schema> extends infer Item
    ? { [Name in Exclude<keyof Item, PropertyOf<Item, KeyNames<Key>>>]-?: Exclude<Item[Name], undefined> }
    : never
  readonly IndexComponents: IndexComponents<Indexes, ItemOf<Schema>, KeyNames<Key>>
  /** What conditions can name: not what is stored in keys alone. */
  readonly Stored: [KeyOnly] extends [never] ? ItemOf<Schema> : Omit<ItemOf<Schema>, KeyOnly>
  readonly TableQuery: QueryKey<Key['partitionKey'], SortOf<Key>, ItemOf<Schema>>
  readonly IndexQueries: {
    readonly [Index in keyof Indexes]: IndexQuery<
      QueryKey<PartitionOf<Indexes[Index], Key>, SortOf<Indexes[Index]>, KeySource<ItemOf<Schema>, Computed>>,
      Indexes[Index]['index'] extends LocalIndexNames<Definition> ? true : false
    >
  }
}

/** The key that a query on an index takes, and whether it may read consistently. */
export interface IndexQuery<Key, Local extends boolean> {
  readonly key: Key
  readonly local: Local
}

/** The two ways of a verb: a value to be run later, or the promise of its result. */
export interface Returned<Result> {
  readonly operation: Operation<Result>
  readonly promise: Promise<Result>
}

interface ReturnedQuery<Item> {
  readonly operation: Query<Item>
  readonly promise: BoundQuery<Item>
}

export type Mode = 'operation' | 'promise'

/** Options of `get`. */
export interface GetOptions {
  /** Reads the newest state at twice the cost. */
  readonly consistent?: boolean
}

/** Options of `put`. */
export interface PutOptions<Item, Returning> {
  /** Must hold for the stored item, or nothing is written. */
  readonly condition?: NoInfer<ConditionCallback<Item>>
  /** `'new'`, the default, gives the item as stored; `'old'` the one that it replaced, if there was one. */
  readonly returning?: Returning
}

/** Options of `delete`. */
export interface DeleteOptions<Item, Returning> {
  /** Must hold for the stored item, or nothing is deleted. */
  readonly condition?: NoInfer<ConditionCallback<Item>>
  /** `'old'` gives the item that was deleted, if there was one. */
  readonly returning?: Returning
}

/** Options of a query. */
export interface QueryOptions<Item> {
  /** Which of the rows read are wanted. It doesn't make the read cheaper. */
  readonly filter?: ConditionCallback<Item>
  /** From the end of the sort key to its start. */
  readonly reverse?: boolean
}

/** Options of a query on the table or on a local index. */
export interface ConsistentQueryOptions<Item> extends QueryOptions<Item> {
  /** Reads the newest state at twice the cost. */
  readonly consistent?: boolean
}

// `NoInfer` here and on conditions: to infer from a value as well, the checker would resolve all attributes of the item.
// It has the name of the library's, which stands in what readers see of a wrong update.
type Pick<Patch, Names extends keyof Patch> = { [Name in Names]: NoInfer<Patch[Name]> }

// Asks of the names given only, and lists all optional ones in the error alone: a constraint would list them in each call.
type Removable<Item, Name> = Name extends keyof Item
  ? undefined extends Item[Name]
    ? Name
    : OptionalKeys<Item>
  : never

// One pass, with `undefined` on the other side: taking it away from each attribute first costs three times as much.
type NumberNames<Item, Names extends PropertyKey> = {
  [Name in keyof Item]-?: Item[Name] extends number | bigint | undefined ? Name : never
}[keyof Item & Names]

/** What an update changes, on which condition, and what it returns. */
export interface UpdateChanges<Types extends AnyEntityTypes, Set, Given, Removed, Returning> {
  /** New values. `undefined` is refused: use `remove`. */
  readonly set?: Set
  /** Adds to numbers; an absent one starts at 0. */
  readonly add?: {
    readonly [Name in NumberNames<Types['Item'], keyof Types['Patch']>]?: Name extends keyof Types['IndexComponents']
      ? Problem<`${Name & string} is part of an index key: set the sum, with what you read in given`>
      : number
  }
  /** Optional attributes to take away. */
  readonly remove?: readonly Removable<Types['Item'], Removed>[]
  /** What you believe is stored. The values that an index key is made of are guarded by a condition. */
  readonly given?: Given
  /** Must hold for the stored item, or nothing is changed. */
  readonly condition?: NoInfer<ConditionCallback<Types['Stored']>>
  /** The whole item after or before the change; or only the changed attributes, after or before. */
  readonly returning?: Returning
}

// Conditions, not lookups by the option: in generic code the checker would infer the option from the expected result.

/** What an update returns, by its option. */
export type UpdateResult<Item, Returning> = Returning extends 'none'
  ? undefined
  : Returning extends 'new' | 'old'
    ? Item
    : Partial<Item>

type PutResult<Item, Returning> = Returning extends 'old' ? Item | undefined : Item
type DeleteResult<Item, Returning> = Returning extends 'old' ? Item | undefined : undefined

/** The verbs of an entity, as operations or as promises. */
export interface Verbs<Types extends AnyEntityTypes, In extends Mode> {
  /** Reads one item. */
  get(key: Types['Key'], options?: GetOptions): Returned<Types['Item'] | undefined>[In]
  /** Creates or overwrites an item, and returns it as stored, defaults included. */
  put<const Returning extends 'new' | 'old' = 'new'>(
    item: Types['Input'],
    options?: PutOptions<Types['Stored'], Returning>,
  ): Returned<PutResult<Types['Item'], Returning>>[In]
  /** Creates an item that must not exist. */
  create(item: Types['Input']): Returned<Types['Item']>[In]
  /** Changes an item that must exist, and keeps its index keys true. */
  update<
    Set extends keyof Types['Patch'] = never,
    Given extends keyof Types['Item'] = never,
    Removed extends keyof Types['Item'] = never,
    const Returning extends 'none' | 'new' | 'old' | 'updatedNew' | 'updatedOld' = 'none',
  >(
    key: Types['Key'],
    changes: UpdateChanges<
      Types,
      Pick<Types['Patch'], Set> & AskForSiblings<Types['IndexComponents'], Set, Given | Removed>,
      Pick<Types['Item'], Given>,
      Removed,
      Returning
    >,
  ): Returned<UpdateResult<Types['Item'], Returning>>[In]
  /** Deletes an item; one that isn't there is no error. */
  delete<const Returning extends 'none' | 'old' = 'none'>(
    key: Types['Key'],
    options?: DeleteOptions<Types['Stored'], Returning>,
  ): Returned<DeleteResult<Types['Item'], Returning>>[In]
  /** Queries by the table key, and by the indexes under their names. */
  readonly query: Queries<Types, In>
}

/** A query by the table key is a call; one by an index is a method of its name. */
export type Queries<Types extends AnyEntityTypes, In extends Mode> = ((
  key: Types['TableQuery'],
  options?: ConsistentQueryOptions<Types['Stored']>,
) => ReturnedQuery<Types['Item']>[In]) & {
  readonly [Index in keyof Types['IndexQueries']]: Types['IndexQueries'][Index] extends IndexQuery<
    infer Key,
    infer Local
  >
    ? (
        key: Key,
        options?: Local extends true ? ConsistentQueryOptions<Types['Stored']> : QueryOptions<Types['Stored']>,
      ) => ReturnedQuery<Types['Item']>[In]
    : never
}

declare const typesOf: unique symbol

/** An entity: its verbs make operations. Made by `entity()`. */
export interface Entity<Types extends AnyEntityTypes> extends Verbs<Types, 'operation'> {
  readonly name: Types['Name']
  readonly [typesOf]: Types
}

/** Any entity, for generic code: `function repository<E extends AnyEntity>(entity: E)`. */
export interface AnyEntity {
  readonly name: string
  readonly [typesOf]: AnyEntityTypes
}

/** The types that an entity was resolved to. */
export type TypesOf<Of extends AnyEntity> = Of[typeof typesOf]

/** An entity bound to a connection: its verbs return promises. Made by `db.for()`. */
export type Repository<Types extends AnyEntityTypes> = Verbs<Types, 'promise'>

/** The item of an entity as it is read. */
export type Item<Of extends AnyEntity> = TypesOf<Of>['Item']
/** What a put of the entity takes: defaults are optional. */
export type Input<Of extends AnyEntity> = TypesOf<Of>['Input']
/** The attributes that the table key of the entity is made of. */
export type Key<Of extends AnyEntity> = TypesOf<Of>['Key']
/** What an update of the entity may set. */
export type Patch<Of extends AnyEntity> = TypesOf<Of>['Patch']
