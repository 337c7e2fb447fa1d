// The verbs of an entity, as operations or as promises.
import type { AnyEntityTypes, IndexQuery } from './entity-types.js'
import type { KindChanges, TagOf, TypesOfKind } from './kind-changes.js'
import type { Operation, OperationKind, OperationUse, Query, Scan } from './operation.js'
import type {
  ConsistentQueryOptions,
  ConsistentScanOptions,
  CreateOptions,
  DeleteOptions,
  GetOptions,
  HydrateOptions,
  ImportOptions,
  PutOptions,
  QueryOptions,
  ReplaceOptions,
  ScanOptions,
} from './options.js'
import type { BoundQuery } from './running.js'
import type { Chosen, Known, Selectable, Selected } from './select.js'
import type { AskForSiblings } from './update.js'
import type {
  AskForSupplied,
  Pick,
  UpdateChanges,
  UpdateResult,
  UpsertChanges,
  UpsertResult,
} from './update-changes.js'

/** The two ways of a verb: a value to be run later, or the promise of its result. */
export interface Returned<Result, Kind extends OperationKind, Use extends OperationUse = never> {
  readonly operation: Operation<Result, Kind, Use>
  readonly promise: Promise<Result>
}

interface ReturnedQuery<Item> {
  readonly operation: Query<Item>
  readonly promise: BoundQuery<Item>
}

interface ReturnedScan<Item> {
  readonly operation: Scan<Item>
  readonly promise: BoundQuery<Item>
}

export type Mode = 'operation' | 'promise'

type ReplaceResult<Item, Returning> = Returning extends 'none' ? undefined : Item
type PutResult<Item, Returning> = Returning extends 'old' ? Item | undefined : Item
type DeleteResult<Item, Returning> = Returning extends 'old' ? Item | undefined : undefined

// A transaction returns nothing of what was stored.
type NotReturning<Returning, Unless> = Returning extends Unless ? 'transaction' : never

// put and delete with options are signatures of their own: those may be a condition, which a batch has not. One for each number of
// arguments, so that the checker complains about one of them.

// By the kind of schema: what an update of a union costs the checker is paid for by unions alone.
interface UpdateVerbs<Types extends AnyEntityTypes, In extends Mode> {
  readonly object: <
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
  ) => Returned<UpdateResult<Types['Item'], Returning>, 'update', NotReturning<Returning, 'none'>>[In]
  readonly union: <
    const Value extends TagOf<Types> = TagOf<Types>,
    Set extends keyof TypesOfKind<Types, Value>['Patch'] = never,
    Given extends keyof TypesOfKind<Types, Value>['Item'] = never,
    Removed extends keyof TypesOfKind<Types, Value>['Item'] = never,
    const Returning extends 'none' | 'new' | 'old' | 'updatedNew' | 'updatedOld' = 'none',
  >(
    key: Types['Key'],
    changes: KindChanges<
      Types,
      Value,
      Pick<TypesOfKind<Types, Value>['Patch'], Set> & AskForSiblings<Types['IndexComponents'], Set, Given | Removed>,
      Pick<TypesOfKind<Types, Value>['Item'], Given>,
      Removed,
      Returning
    >,
  ) => Returned<
    UpdateResult<TypesOfKind<Types, Value>['Item'], Returning>,
    'update',
    NotReturning<Returning, 'none'>
  >[In]
}

// Nothing but itself can stand for an entity: said here, or the checker would find it out by taking all verbs to pieces.

/** The verbs of an entity, as operations or as promises. */
export interface Verbs<in out Types extends AnyEntityTypes, In extends Mode> {
  /** Reads one item. */
  get<const Select extends Selectable<Types['Item']> = never>(
    key: Types['Key'],
    options?: GetOptions<Select & Known<Select, Types['Item']>>,
  ): Returned<Chosen<Types['Item'], Select> | undefined, 'get'>[In]
  /** Creates or overwrites an item, and returns it as stored, defaults included. */
  put(item: Types['PutInput']): Returned<Types['Item'], 'put', 'transaction' | Types['Batch']>[In]
  put<const Returning extends 'new' | 'old' = 'new'>(
    item: Types['PutInput'],
    options: PutOptions<Types['Stored'], Returning> | undefined,
  ): Returned<PutResult<Types['Item'], Returning>, 'put', NotReturning<Returning, 'new'>>[In]
  put(
    item: Types['PutInput'],
    options: ImportOptions,
  ): Returned<Types['Item'], 'put', 'transaction' | Types['Import']>[In]
  /** Creates an item that must not exist. */
  create(item: Types['Input'], options?: CreateOptions): Returned<Types['Item'], 'create', 'transaction'>[In]
  /** Replaces an item that must exist: what it lacks is taken away, what its schema doesn't know is kept. */
  replace<const Returning extends 'new' | 'old' | 'none' = 'new'>(
    item: Types['Input'],
    options?: ReplaceOptions<Types['Stored'], Returning>,
  ): Returned<ReplaceResult<Types['Item'], Returning>, 'replace', NotReturning<Returning, 'new' | 'none'>>[In]
  /** Changes an item, or makes one: what it gives must be a whole item. Defaults fill in what is absent. */
  upsert<
    Set extends keyof Types['Patch'] = never,
    Added extends keyof Types['Patch'] = never,
    Removed extends keyof Types['Item'] = never,
    const Returning extends 'none' | 'new' | 'old' | 'updatedNew' | 'updatedOld' = 'none',
  >(
    key: Types['Key'],
    changes: UpsertChanges<
      Types,
      Pick<Types['Patch'], Set> &
        AskForSiblings<Types['IndexComponents'], Set, Removed> &
        AskForSupplied<Exclude<Types['Supplied'], Set | Added>>,
      Added,
      Removed,
      Returning
    >,
  ): Returned<UpsertResult<Types['Item'], Returning>, 'upsert', NotReturning<Returning, 'none'>>[In]
  /** Changes an item that must exist, and keeps its index keys true. */
  readonly update: UpdateVerbs<Types, In>[Types['Variety']]
  /** Deletes an item; one that isn't there is no error. */
  delete(key: Types['Key']): Returned<undefined, 'delete', 'transaction' | Types['Batch']>[In]
  delete<const Returning extends 'none' | 'old' = 'none'>(
    key: Types['Key'],
    options: DeleteOptions<Types['Stored'], Returning> | undefined,
  ): Returned<DeleteResult<Types['Item'], Returning>, 'delete', NotReturning<Returning, 'none'>>[In]
  /** Queries by the table key, and by the indexes under their names. */
  readonly query: Queries<Types, In>
  /**
   * Reads all of the table, or of an index under its name, and gives the items of this entity. It is paid for by what is read, other
   * entities' rows included: a query reads only what it gives.
   */
  readonly scan: Scans<Types, In>
}

/** A scan of the table is a call; one of an index is a method of its name. */
export type Scans<Types extends AnyEntityTypes, In extends Mode> = (<
  const Select extends Selectable<Types['Item']> = never,
>(
  options?: ConsistentScanOptions<Types['Stored'], Select & Known<Select, Types['Item']>>,
) => ReturnedScan<Chosen<Types['Item'], Select>>[In]) & {
  readonly [Index in keyof Types['IndexQueries']]: Types['IndexQueries'][Index] extends IndexQuery<
    unknown,
    infer Local,
    unknown,
    infer Whole
  >
    ? Whole extends true
      ? <const Select extends Selectable<Types['Item']> = never>(
          options?: ScanOptionsOn<Local, Types['Stored'], Select & Known<Select, Types['Item']>>,
        ) => ReturnedScan<Chosen<Types['Item'], Select>>[In]
      : <const Select extends Selectable<Types['Item']> = never, const Hydrate extends boolean = false>(
          options?: ScanOptionsOn<
            Local,
            FilterOf<Types, Index>,
            Select & Known<Select, Readable<Types, Index, Local, Hydrate>>
          > &
            HydrateOptions<Hydrate>,
        ) => ReturnedScan<Found<Types, Index, Local, Hydrate, Select>>[In]
    : never
}

/** A query by the table key is a call; one by an index is a method of its name. */
export type Queries<Types extends AnyEntityTypes, In extends Mode> = (<
  const Select extends Selectable<Types['Item']> = never,
>(
  key: Types['TableQuery'],
  options?: ConsistentQueryOptions<Types['Stored'], Types['TableKeyAttributes'], Select & Known<Select, Types['Item']>>,
) => ReturnedQuery<Chosen<Types['Item'], Select>>[In]) & {
  readonly [Index in keyof Types['IndexQueries']]: Types['IndexQueries'][Index] extends IndexQuery<
    infer Key,
    infer Local,
    infer KeyAttributes,
    infer Whole
  >
    ? Whole extends true
      ? <const Select extends Selectable<Types['Item']> = never>(
          key: Key,
          options?: QueryOptionsOn<Local, Types['Stored'], KeyAttributes, Select & Known<Select, Types['Item']>>,
        ) => ReturnedQuery<Chosen<Types['Item'], Select>>[In]
      : <const Select extends Selectable<Types['Item']> = never, const Hydrate extends boolean = false>(
          key: Key,
          options?: QueryOptionsOn<
            Local,
            FilterOf<Types, Index>,
            KeyAttributes,
            Select & Known<Select, Readable<Types, Index, Local, Hydrate>>
          > &
            HydrateOptions<Hydrate>,
        ) => ReturnedQuery<Found<Types, Index, Local, Hydrate, Select>>[In]
    : never
}

type QueryOptionsOn<Local, Item, KeyAttributes, Select> = Local extends true
  ? ConsistentQueryOptions<Item, KeyAttributes, Select>
  : QueryOptions<Item, KeyAttributes, Select>

type ScanOptionsOn<Local, Item, Select> = Local extends true
  ? ConsistentScanOptions<Item, Select>
  : ScanOptions<Item, Select>

type FilterOf<Types extends AnyEntityTypes, Index> = Types['IndexFilters'][Index & keyof Types['IndexFilters']]
type HeldOf<Types extends AnyEntityTypes, Index> = Types['IndexItems'][Index & keyof Types['IndexItems']]

/** What can be selected of what an index leads to: a local one fetches what it does not hold. */
type Readable<Types extends AnyEntityTypes, Index, Local, Hydrate> = true extends Local | Hydrate
  ? Types['Item']
  : HeldOf<Types, Index>

/** What a read of an index gives that holds parts of items. */
type Found<Types extends AnyEntityTypes, Index, Local, Hydrate, Select> = [Select] extends [never]
  ? Hydrate extends true
    ? Types['Item']
    : HeldOf<Types, Index>
  : Selected<Readable<Types, Index, Local, Hydrate>, Select>
