// Query keys in types: leading components by equality, then at most one range, and nothing after it.
import type { Comparable } from './condition.js'
import type { Components, ComponentNames, ValueAt } from './templates.js'

declare const rangeType: unique symbol

/** A range over one component of a sort key, made by `between`, `gt`, `gte`, `lt`, `lte`, `beginsWith` or `range`. */
export interface Range<out Value> {
  readonly [rangeType]: Value
}

type Value<Item, Name> = Exclude<ValueAt<Item, Name>, undefined>

type Without<Parts, Known> = Parts extends readonly [infer First, ...infer Rest]
  ? First extends Known
    ? Without<Rest, Known>
    : [First, ...Without<Rest, Known>]
  : []

type Absent<Parts> = Parts extends readonly string[] ? { readonly [Name in Parts[number]]?: never } : never

// One member for each depth: nothing more · a range on the next component · a value for it, and so on.
type SortComponents<Parts, Item> = Parts extends readonly [infer First extends string, ...infer Rest]
  ? | Absent<Parts>
    | ({ readonly [Name in First]: RangeOf<Value<Item, First>> } & Absent<Rest>)
    | ({ readonly [Name in First]: Value<Item, First> } & SortComponents<Rest, Item>)
  : unknown

type RangeOf<Value> = [Value] extends [Comparable] ? Range<Value> : never

/** What a query takes: every component of the partition key, and the sort key's from the left. */
export type QueryKey<Partition, Sort, Item> = {
  readonly [Name in ComponentNames<Partition>]: Value<Item, Name>
} & SortComponents<Without<Components<Sort>, ComponentNames<Partition>>, Item>
