// The options of the verbs and queries.
import type { ConditionCallback } from './condition.js'

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
