// The options of the verbs and queries.
import type { Problem } from './update.js'
import type { ConditionCallback, FilterCallback } from './condition.js'

/** Options of `get`. */
export interface GetOptions<Select = never> {
  /** What of the item is wanted: `{ status: true, address: { city: true } }`. It doesn't make the read cheaper. */
  readonly select?: Select
  /** Reads the newest state at twice the cost. */
  readonly consistent?: boolean
  /** `'include'` gives an item past its expiry too, where those count as gone. */
  readonly expired?: 'include'
}

/**
 * Makes a write happen once, however often it has to be sent: it is sent as a transaction of its own, at twice the write units. Its
 * token is made for each run, unless the caller gives one; DynamoDB knows a token for ten minutes.
 */
export type Once = boolean | { readonly token: string }

/** Stands where a write is to return what only a plain request can. */
export type OnceUnless<Returning, Silent> = [Returning] extends [Silent]
  ? Once
  : Problem<'a transaction returns nothing of what was stored: leave out returning, or once'>

/** What writes on a condition may say of it. */
export interface FailureOptions {
  /** `false` leaves the stored item out of the error where a condition fails; `reason` says less then. */
  readonly returnOnFailure?: boolean
}

/** What a write believes is stored. */
export interface GivenOptions<Item> extends FailureOptions {
  /**
   * What you believe is stored. Where it has a version the item must have that one, and else all that is given: nothing is written
   * where it has not.
   */
  readonly given?: NoInfer<Partial<Item>>
  /** Must hold for the stored item, or nothing is written. */
  readonly condition?: NoInfer<ConditionCallback<Item>>
}

/** Options of `create`. */
export interface CreateOptions extends FailureOptions {
  /** Sends it as a transaction of its own, so that it happens once. */
  readonly once?: Once
}

/** Options of `put`. */
export interface PutOptions<Item, Returning> extends GivenOptions<Item> {
  /** Overwrites whatever version is there, by an update that keeps the attributes it doesn't know. */
  readonly ignoreVersion?: boolean
  /** `'new'`, the default, gives the item as stored; `'old'` the one that it replaced, if there was one. */
  readonly returning?: Returning
  /** Sends it as a transaction of its own, so that it happens once. */
  readonly once?: OnceUnless<Returning, 'new'>
}

/** Options of a `put` that writes version and times as they are given, over whatever is there. */
export interface ImportOptions {
  readonly import: true
}

/** Options of `replace`. */
export interface ReplaceOptions<Item, Returning> extends GivenOptions<Item> {
  /** Replaces the item whatever version it has. */
  readonly ignoreVersion?: boolean
  /** `'new'`, the default, gives the item as stored; `'old'` the one before. */
  readonly returning?: Returning
  /** Sends it as a transaction of its own, so that it happens once. */
  readonly once?: OnceUnless<Returning, 'none'>
}

/** Options of `delete`. */
export interface DeleteOptions<Item, Returning> extends GivenOptions<Item> {
  /** `'old'` gives the item that was deleted, if there was one. */
  readonly returning?: Returning
  /** Sends it as a transaction of its own, so that it happens once. */
  readonly once?: OnceUnless<Returning, 'none'>
}

/** Options of a query. */
export interface QueryOptions<Item, KeyAttributes = never, Select = never> {
  /** What of each item is wanted: `{ status: true, address: { city: true } }`. It doesn't make the read cheaper. */
  readonly select?: Select
  /** Which of the rows read are wanted. It doesn't make the read cheaper. */
  readonly filter?: NoInfer<FilterCallback<Item, KeyAttributes>>
  /** From the end of the sort key to its start. */
  readonly reverse?: boolean
  /** How many time buckets are read at most; with it a range over buckets needs one end only. */
  readonly maxBuckets?: number
  /** Adds a filter where a range over time buckets would otherwise give whole buckets. */
  readonly exact?: boolean
  /** Reads the partitions of `each()` one after the other, in no common order. */
  readonly unordered?: boolean
  /** How many partitions are read at the same time at most; 8 unless said otherwise. */
  readonly concurrency?: number
  /** `'include'` gives items past their expiry too, where those count as gone. */
  readonly expired?: 'include'
}

/** Options of a query on the table or on a local index. */
export interface ConsistentQueryOptions<Item, KeyAttributes = never, Select = never> extends QueryOptions<
  Item,
  KeyAttributes,
  Select
> {
  /** Reads the newest state at twice the cost. */
  readonly consistent?: boolean
}

/** Options of a scan. */
export interface ScanOptions<Item, Select = never> {
  /** What of each item is wanted: `{ status: true, address: { city: true } }`. It doesn't make the read cheaper. */
  readonly select?: Select
  /** Which of the rows read are wanted. It doesn't make the read cheaper. */
  readonly filter?: ConditionCallback<Item>
  /** In how many parts the table is read. A cursor belongs to their number. */
  readonly segments?: number
  /** How many segments are read at the same time at most: all of them up to 8 unless said otherwise; one where `take` is given. */
  readonly concurrency?: number
  /** `'include'` gives items past their expiry too, where those count as gone. */
  readonly expired?: 'include'
}

/** Options of a scan of the table or of a local index. */
export interface ConsistentScanOptions<Item, Select = never> extends ScanOptions<Item, Select> {
  /** Reads the newest state at twice the cost. */
  readonly consistent?: boolean
}

/** Reads whole items where an index holds parts of them. */
export interface HydrateOptions<Hydrate> {
  /**
   * Reads the whole item for each row, in the order of the index: from a global one by batches of gets, at the cost of each item; what
   * is gone by then is left out. A local index reads them by itself.
   */
  readonly hydrate?: Hydrate
}
