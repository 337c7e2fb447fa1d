// Query keys in types: leading components by equality, then at most one range, and nothing after it.
import type { Comparable } from './condition.js'
import type { Components, ComponentNames, NameOf, PlaceholdersOf, ValueAt } from './templates.js'

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

declare const eachType: unique symbol
declare const bucketType: unique symbol
declare const shardType: unique symbol

/** All values of a part of the partition key that has finitely many, made by `each`. */
export interface Each {
  readonly [eachType]: true
}

/** One time bucket by its text, made by `bucket`. */
export interface Bucket {
  readonly [bucketType]: true
}

/** One write shard by its number, made by `shard`. */
export interface Shard {
  readonly [shardType]: true
}

// What stands for several values, by the format of the placeholder or else by the type of the attribute.
type Several<Placeholder, Value> = Placeholder extends `${string}:shard(${string}`
  ? Each | Shard
  : Placeholder extends `${string}:${'year' | 'month' | 'day' | 'hour'}`
    ? Bucket | RangeOf<Value>
    : string extends Value
      ? never
      : [Value] extends [string | number | bigint | boolean]
        ? Each
        : never

/** What a query takes: every component of the partition key, and the sort key's from the left. */
export type QueryKey<Partition, Sort, Item> = {
  readonly [Part in PlaceholdersOf<Partition> as NameOf<Part>]:
    Value<Item, NameOf<Part>> | Several<Part, Value<Item, NameOf<Part>>>
} & SortComponents<Without<Components<Sort>, ComponentNames<Partition>>, Item>

// Positions have values only.
type ValueOf<Part> = Exclude<Part, Range<unknown> | Each>

/** What a position takes: a query key without ranges. */
export type PositionKey<Key> = Key extends unknown ? { readonly [Name in keyof Key]: ValueOf<Key[Name]> } : never
