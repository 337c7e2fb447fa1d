// Updates of paths in types: the operators of `apply`, and the callback that uses them.
import type { At, Field, Fields, Scalar } from './condition.js'

declare const computedType: unique symbol
declare const fallbackType: unique symbol
declare const actionType: unique symbol

/** A value that DynamoDB works out from what is stored: `plus(o.total, 5)`. */
export interface Computation<out Value> {
  readonly [computedType]: Value
}

/** What a field holds, or something else where it is absent; the one computation that others may be made of. */
export interface Fallback<out Value> extends Computation<Value> {
  readonly [fallbackType]: true
}

/** A change of one path, made by the operators and by nothing else. */
export interface Action {
  readonly [actionType]: true
}

/** What can be set: a value, what another field holds, or a computation. */
export type NewValue<Value> = Value | Field<Value> | Computation<Value>

/** Some of the parts of a map, at any depth. Entries of a record are given whole. */
export type Merge<Value> = string extends keyof Value
  ? { readonly [Name in keyof Value]?: NewValue<Value[Name]> }
  : { readonly [Name in keyof Value]?: MergePart<Exclude<Value[Name], undefined>> }

type MergePart<Value> = [Value] extends [Scalar | readonly unknown[]]
  ? NewValue<Value>
  : [Value] extends [object]
    ? Merge<Value> | Field<Value> | Computation<Value>
    : NewValue<Value>

/** Options of `merge`. */
export interface MergeOptions<Value> {
  /** What the map is made of where it is missing, beneath what is merged. It can't be a part of a transaction. */
  readonly orCreate?: { readonly [Name in keyof Value]?: Value[Name] }
}

/** The operators of `apply`. Values are checked against the field that they are for. */
export interface UpdateOperators {
  /** Sets a path. The map or list around it must be there. */
  readonly set: <Value>(field: Field<Value>, value: NewValue<NoInfer<Value>>) => Action
  /** Sets the parts of a map that are given, leaf by leaf, and leaves the others. */
  readonly merge: <Value>(
    map: Field<Value>,
    changes: Merge<NoInfer<Exclude<Value, null>>>,
    options?: MergeOptions<NoInfer<Exclude<Value, null>>>,
  ) => Action
  /** The list with more elements at its end. */
  readonly append: Extend
  /** The list with more elements at its start. */
  readonly prepend: Extend
  /** The sum. Where the field is absent the update fails: `ifNotExists` is its partner. */
  readonly plus: Arithmetic
  /** The difference. */
  readonly minus: Arithmetic
  /** What the field holds, or the other value where it is absent. */
  readonly ifNotExists: <Value>(
    field: Field<Value>,
    otherwise: NoInfer<Value> | Field<NoInfer<Value>> | Fallback<NoInfer<Value>>,
  ) => Fallback<Value>
  /** Adds members to a set; an absent one is made. */
  readonly addTo: Members
  /** Takes members out of a set; one without members is absent. */
  readonly deleteFrom: Members
  /** Takes away an optional attribute, an element of a list, an entry of a record. */
  readonly remove: (field: Field<unknown>) => Action
  /** An element of a list or an entry of a map, by a position or name that may be computed. */
  readonly at: At
}

type Arithmetic = <Value extends number | bigint>(
  left: Field<Value> | Fallback<Value>,
  right: NoInfer<Value> | Field<NoInfer<Value>> | Fallback<NoInfer<Value>>,
) => Computation<Value>

type Extend = <Element>(
  list: Field<readonly Element[]> | Fallback<readonly Element[]>,
  elements: readonly NoInfer<Element>[] | Field<readonly NoInfer<Element>[]>,
) => Computation<Element[]>

type Members = <Member>(
  set: Field<ReadonlySet<Member>>,
  members: ReadonlySet<NoInfer<Member>> | readonly NoInfer<Member>[],
) => Action

/** Changes of paths: `(o, { set, plus }) => [set(o.address.city, 'Paris'), set(o.total, plus(o.total, 5))]`. */
export type ApplyCallback<Item> = (fields: Fields<Item>, operators: UpdateOperators) => readonly Action[]
