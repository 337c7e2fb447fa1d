// The types of an entity: resolved once when it is defined, then plain object types wherever they are used.
import type { KeySource } from './computed.js'
import type { InputOf, ItemOf, ItemSchema } from './item.js'
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
  readonly Batch: 'batch'
  readonly PutInput: unknown
}

type SortOf<Spec> = Spec extends { sortKey: infer Sort } ? Sort : ''
type PartitionOf<Spec, Key extends KeySpec> = Spec extends { partitionKey: infer Partition }
  ? Partition
  : Key['partitionKey']

type KeyNames<Key extends KeySpec> = ComponentNames<Key['partitionKey']> | ComponentNames<SortOf<Key>>

// A batch has no conditions: entities whose every write needs one have no place there.
type BatchUse<SharesKeys, Unique> = SharesKeys extends true ? never : keyof Unique extends never ? 'batch' : never

type UniquePut = 'the entity has unique constraints: use create; update, replace or delete with given; or db.modify'

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
  /** What plain writes are fit for besides transactions. */
  readonly Batch: BatchUse<SharesKeys, Unique>
  /** What a put takes, which looks at nothing that is stored. */
  readonly PutInput: keyof Unique extends never ? InputOf<Schema> : Problem<UniquePut>
  /** What filters of queries by the table key can't name. */
  readonly TableKeyAttributes: KeyAttributesOf<Definition>
  readonly IndexQueries: {
    readonly [Index in keyof Indexes]: IndexQuery<
      QueryKey<PartitionOf<Indexes[Index], Key>, SortOf<Indexes[Index]>, KeySource<ItemOf<Schema>, Computed>>,
      Indexes[Index]['index'] extends LocalIndexNames<Definition> ? true : false,
      KeyAttributesOf<Definition, Indexes[Index]['index']>
    >
  }
}

/** The key that a query on an index takes, whether it may read consistently, and what its filters can't name. */
export interface IndexQuery<Key, Local extends boolean, KeyAttributes> {
  readonly key: Key
  readonly local: Local
  readonly keyAttributes: KeyAttributes
}
