// The types of an entity: resolved once when it is defined, then plain object types wherever they are used.
import type { ItemWith, KeySource } from './computed.js'
import type { Deciding, HeldBy, IsWhole, StoredIn } from './held.js'
import type { InputOf, ItemOf, ItemSchema } from './item.js'
import type { InputWithManaged, WithManaged } from './managed.js'
import type { QueryKey } from './query-key.js'
import type { KeyAttributesOf, LocalIndexNames, TableDefinition } from './table.js'
import type { ComponentNames, IndexSpec, KeySpec, ValueAt } from './templates.js'
import type { IndexComponents, Problem, PropertyOf } from './update.js'

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
  readonly TableKeyAttributes: unknown
  readonly IndexQueries: object
  readonly TablePartition: PropertyKey
  readonly IndexItems: object
  readonly IndexFilters: object
  readonly IndexPartitions: object
  readonly IndexPlaces: object
  readonly TablePartitionKey: object
  readonly IndexPartitionKeys: object
  readonly Batch: 'batch'
  readonly PutInput: unknown
  readonly Import: 'batch'
  readonly Supplied: unknown
  readonly Variety: 'object' | 'union'
  readonly Tag: unknown
}

type SortOf<Spec> = Spec extends { sortKey: infer Sort } ? Sort : ''
type PartitionOf<Spec, Key extends KeySpec> = Spec extends { partitionKey: infer Partition }
  ? Partition
  : Key['partitionKey']

type KeyNames<Key extends KeySpec> = ComponentNames<Key['partitionKey']> | ComponentNames<SortOf<Key>>

// All of a partition key, by values.
type PartitionKey<Template, Item> = {
  readonly [Part in ComponentNames<Template>]: Exclude<ValueAt<Item, Part>, undefined>
}

// A batch has no conditions: entities whose every write needs one have no place there.
type BatchUse<SharesKeys, Unique> = SharesKeys extends true ? never : keyof Unique extends never ? 'batch' : never

type UniquePut = 'the entity has unique constraints: use create, or update and delete with given'

type NeededNames<Input> = { [Name in keyof Input]-?: undefined extends Input[Name] ? never : Name }[keyof Input]

// Of each kind, where there are several.
// Compile errors of wrong fields show its name.
type OutsideOfKeys<Item, KeyOnly> = { readonly [Name in keyof Item as Exclude<Name, KeyOnly>]: Item[Name] }

/** The types of one entity, each resolved when it is first asked for. */
export interface EntityTypes<
  Name extends string,
  Schema extends ItemSchema,
  Definition extends TableDefinition,
  Key extends KeySpec,
  Indexes extends Record<string, IndexSpec>,
  KeyOnly extends PropertyKey,
  Computed,
  SharesKeys,
  Unique,
  Version extends PropertyKey,
  Time extends PropertyKey,
  Expiry extends PropertyKey,
  StoredAs,
> {
  readonly Name: Name
  readonly Item: ItemWith<WithManaged<ItemOf<Schema>, Version, Time, Expiry>, Computed>
  readonly Input: InputWithManaged<InputOf<Schema>, Version, Time, Expiry>
  readonly Key: { [Part in KeyNames<Key>]: ValueAt<ItemOf<Schema>, Part> }
  readonly Patch: WithManaged<ItemOf<Schema>, never, never, Expiry> extends infer Item
    ? {
        [Name in Exclude<keyof Item, PropertyOf<Item, KeyNames<Key>> | Version | Time>]-?: Exclude<
          Item[Name],
          undefined
        >
      }
    : never
  /** What an upsert must give, so that it can make an item. */
  readonly Supplied: Exclude<NeededNames<InputOf<Schema>>, PropertyOf<ItemOf<Schema>, KeyNames<Key>> | Version | Time>
  readonly IndexComponents: IndexComponents<Indexes, WithManaged<ItemOf<Schema>, Version, Time, Expiry>, KeyNames<Key>>
  /** What conditions can name: not what is stored in keys alone. */
  readonly Stored: [KeyOnly] extends [never]
    ? ItemWith<WithManaged<ItemOf<Schema>, Version, Time, Expiry>, Computed>
    : OutsideOfKeys<ItemWith<WithManaged<ItemOf<Schema>, Version, Time, Expiry>, Computed>, KeyOnly>
  /** Whether there may be several kinds of items, and the attribute that tells them apart. */
  readonly Variety: Schema['_zod']['def']['type']
  readonly Tag: Schema['_zod']['def'] extends { discriminator: infer Tag } ? Tag : never
  readonly TableQuery: QueryKey<Key['partitionKey'], SortOf<Key>, ItemOf<Schema>>
  /** What plain writes are fit for besides transactions. */
  readonly Batch: [Version] extends [never] ? BatchUse<SharesKeys, Unique> : never
  /** What a put takes, which looks at nothing that is stored. */
  readonly PutInput: keyof Unique extends never
    ? InputWithManaged<InputOf<Schema>, Version, Time, Expiry>
    : Problem<UniquePut>
  /** The same of puts that write a version as it is given. */
  readonly Import: BatchUse<SharesKeys, Unique>
  /** What filters of queries by the table key can't name. */
  readonly TableKeyAttributes: KeyAttributesOf<Definition>
  readonly IndexQueries: {
    readonly [Index in keyof Indexes]: IndexQuery<
      QueryKey<
        PartitionOf<Indexes[Index], Key>,
        SortOf<Indexes[Index]>,
        KeySource<WithManaged<ItemOf<Schema>, Version, Time, Expiry>, Computed>
      >,
      Indexes[Index]['index'] extends LocalIndexNames<Definition> ? true : false,
      KeyAttributesOf<Definition, Indexes[Index]['index']>,
      IsWhole<Definition, Indexes[Index]['index']>
    >
  }
  /** The components that say which partition of the table a row is in. */
  readonly TablePartition: Deciding<Key['partitionKey']>
  readonly TablePartitionKey: PartitionKey<Key['partitionKey'], ItemOf<Schema>>
  readonly IndexPartitionKeys: {
    readonly [Index in keyof Indexes]: PartitionKey<
      PartitionOf<Indexes[Index], Key>,
      KeySource<ItemOf<Schema>, Computed>
    >
  }
  /** The names of the physical indexes. */
  readonly IndexPlaces: { readonly [Index in keyof Indexes]: Indexes[Index]['index'] }
  /** What the rows of an index hold of an item. */
  readonly IndexItems: {
    readonly [Index in keyof Indexes]: HeldBy<ItemOf<Schema>, Definition, Indexes[Index], Key, StoredAs, KeyOnly>
  }
  /** What filters on an index can name that holds parts: what its rows have. */
  readonly IndexFilters: {
    readonly [Index in keyof Indexes]: StoredIn<ItemOf<Schema>, Definition, Indexes[Index], StoredAs, KeyOnly>
  }
  /** The components that say which partition of an index a row is in. */
  readonly IndexPartitions: {
    readonly [Index in keyof Indexes]: Deciding<PartitionOf<Indexes[Index], Key>>
  }
}

/** The key that a query on an index takes, whether it may read consistently, what its filters can't name, and whether it holds whole rows. */
export interface IndexQuery<Key, Local extends boolean, KeyAttributes, Whole extends boolean> {
  readonly key: Key
  readonly local: Local
  readonly keyAttributes: KeyAttributes
  readonly whole: Whole
}
