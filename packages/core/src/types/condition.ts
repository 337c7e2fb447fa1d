// Conditions and filters in types: fields, the operators over them, and the callback that combines both.

import type { WireKind } from './attribute-value.js'

declare const valueType: unique symbol
declare const fieldType: unique symbol
declare const conditionType: unique symbol

/** What a condition can compare: a field, or the size of one. The phantom property is required: an optional one would drag `undefined` into every message. */
export interface Comparand<out Value> {
  readonly [valueType]: Value
}

/** An attribute, or a path inside one, to be named in a condition or an update. */
export interface Field<out Value> extends Comparand<Value> {
  readonly [fieldType]: true
}

/** Values that DynamoDB stores without a name or position inside them. */
export type Scalar = string | number | bigint | boolean | null | undefined | Date | Uint8Array | ReadonlySet<unknown>

/** The fields of an item: `o.address.city` for the attribute `city` of the map `address`. */
export type Fields<Item> = Field<Item> & {
  readonly [Name in KeysOf<Item>]-?: FieldOf<Exclude<ValueOf<Item, Name>, undefined>>
}

// Of a union all members' names are fields: what is absent in a row fails the comparison, or is asked for by `exists`.
type KeysOf<Item> = Item extends unknown ? keyof Item : never
type ValueOf<Item, Name> = Item extends unknown ? (Name extends keyof Item ? Item[Name] : never) : never

/** The field of a value: what is inside a map or a list are fields too, `o.lines[0].sku` as well as `at(o.lines, 0).sku`. */
// The tuple keeps a boolean or a union in one piece: users would else read `Field<false> | Field<true>`.
export type FieldOf<Value> = [Value] extends [Scalar] ? Field<Value> : Field<Value> & Inside<Exclude<Value, Scalar>>

type Inside<Value> = unknown extends Value
  ? unknown
  : [Value] extends [readonly unknown[]]
    ? number extends Value['length']
      ? { readonly [position: number]: FieldOf<Value[number]> }
      : { readonly [Position in Exclude<keyof Value, keyof (readonly unknown[])>]-?: FieldOf<Value[Position]> }
    : [Value] extends [object]
      ? { readonly [Name in KeysOf<Value>]-?: FieldOf<Exclude<ValueOf<Value, Name>, undefined>> }
      : unknown

/** A condition, made by the operators and by nothing else. */
export interface Condition {
  readonly [conditionType]: true
}

/** Values that DynamoDB can put in an order. */
export type Comparable = string | number | bigint | Date | Uint8Array

/** An operator that compares for equality. */
export type Equality = <Value>(
  field: Comparand<Value>,
  value: NoInfer<Value> | Comparand<NoInfer<Value> | null>,
) => Condition

/** An operator that compares by order. */
export type Ordering = <Value extends Comparable | null>(
  field: Comparand<Value>,
  value: NoInfer<Exclude<Value, null>> | Comparand<NoInfer<Value>>,
) => Condition

/** What a field may begin with. */
export type Prefix<Value> = Value extends Uint8Array ? Uint8Array : Value extends string ? string : never

/** What a field may contain: a part of its text, a member of its set, an element of its list. */
export type Contained<Value> = Value extends string
  ? string
  : Value extends Uint8Array
    ? Uint8Array
    : Value extends ReadonlySet<infer Member>
      ? Member
      : Value extends readonly (infer Element)[]
        ? Element
        : never

/** DynamoDB's names of the types of stored values. */
export type StoredType = WireKind

/** The operators of conditions and filters. Values are checked against the field that they are compared with. */
export interface Operators {
  /** The field equals the value. */
  readonly eq: Equality
  /** The field differs from the value. DynamoDB says so of a missing attribute too. */
  readonly ne: Equality
  /** The field is less than the value. */
  readonly lt: Ordering
  /** The field is less than the value or equal to it. */
  readonly lte: Ordering
  /** The field is greater than the value. */
  readonly gt: Ordering
  /** The field is greater than the value or equal to it. */
  readonly gte: Ordering
  /** The field lies between the two values, both included. */
  readonly between: <Value extends Comparable | null>(
    field: Comparand<Value>,
    from: NoInfer<Exclude<Value, null>> | Comparand<NoInfer<Value>>,
    to: NoInfer<Exclude<Value, null>> | Comparand<NoInfer<Value>>,
  ) => Condition
  /** The field equals one of the values, of which there is one at least. */
  readonly in: <Value>(
    field: Comparand<Value>,
    values: readonly (NoInfer<Value> | Comparand<NoInfer<Value> | null>)[],
  ) => Condition
  /** The text or bytes of the field begin with the prefix. */
  readonly beginsWith: <Value extends string | Uint8Array | null>(
    field: Field<Value>,
    prefix: Prefix<NoInfer<Value>> | Comparand<Prefix<NoInfer<Value>>>,
  ) => Condition
  /** The text contains the value, the set has it as a member, the list as an element. */
  readonly contains: <Value extends string | Uint8Array | ReadonlySet<unknown> | readonly unknown[] | null>(
    field: Field<Value>,
    value: Contained<NoInfer<Value>> | Comparand<Contained<NoInfer<Value>>>,
  ) => Condition
  /** The attribute is there; `exists(o)` asks for the whole item. */
  readonly exists: (field: Field<unknown>) => Condition
  /** The attribute is not there; `notExists(o)` asks that the whole item is absent. */
  readonly notExists: (field: Field<unknown>) => Condition
  /** The value is stored as this type: `S` for text, `N` for a number, and so on. */
  readonly type: (field: Field<unknown>, type: StoredType) => Condition
  /** How many characters, bytes, members, elements or entries the field has, to be compared: `gt(size(o.tags), 2)`. */
  readonly size: (field: Field<string | object | null>) => Comparand<number>
  /** An element of a list or an entry of a map, by a position or name that may be computed. */
  readonly at: At
  /** All of the conditions hold. With none it throws: a vanished condition must not let a write through. */
  readonly and: Junction
  /** One of the conditions holds at least. With none it throws. */
  readonly or: Junction
  /** The condition does not hold. */
  readonly not: (condition: Condition) => Condition
  /**
   * A condition in DynamoDB's own words: raw`size(${o.name}) < ${o.limit}`. Fields, values and conditions between the texts become
   * placeholders; values are stored as `z.unknown()` stores them.
   */
  readonly raw: (texts: TemplateStringsArray, ...parts: readonly unknown[]) => Condition
}

type Junction = (...conditions: readonly (Condition | readonly Condition[])[]) => Condition

/** Finds the field of an element of a list, or of an entry of a map. */
export interface At {
  <Element>(list: Field<readonly Element[] | null>, position: number): FieldOf<Element>
  <Value>(map: Field<{ readonly [name: string]: Value } | null>, name: string): FieldOf<Exclude<Value, undefined>>
}

/** A condition over an item: `(o, { and, eq, gt }) => and(eq(o.status, 'pending'), gt(o.total, 0))`. */
export type ConditionCallback<Item> = (fields: Fields<Item>, operators: Operators) => Condition

/** The fields that a filter can name: DynamoDB refuses the key attributes of the index that is queried. */
export type FilterFields<Item, KeyAttributes> = Field<Item> & {
  readonly [Name in Exclude<KeysOf<Item>, KeyAttributes>]-?: FieldOf<Exclude<ValueOf<Item, Name>, undefined>>
}

/** A filter over the items of a query. */
export type FilterCallback<Item, KeyAttributes> = (
  fields: FilterFields<Item, KeyAttributes>,
  operators: Operators,
) => Condition
