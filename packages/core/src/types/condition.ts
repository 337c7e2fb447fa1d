// Conditions and filters in types: fields, the operators over them, and the callback that combines both.

declare const fieldType: unique symbol
declare const conditionType: unique symbol

/** An attribute, or a path inside one, to be named in a condition. The phantom property is required: an optional one would drag `undefined` into every message. */
export interface Field<out Value> {
  readonly [fieldType]: Value
}

/** Values that DynamoDB stores without a path inside them. */
export type Leaf =
  string | number | bigint | boolean | null | Date | Uint8Array | ReadonlySet<unknown> | readonly unknown[]

/** The fields of an item: `o.address.city` for the attribute `city` of the map `address`. */
export type Fields<Item> = Field<Item> & {
  readonly [Name in KeysOf<Item>]-?: FieldOf<Exclude<ValueOf<Item, Name>, undefined>>
}

// Of a union all members' names are fields: what is absent in a row fails the comparison, or is asked for by `exists`.
type KeysOf<Item> = Item extends unknown ? keyof Item : never
type ValueOf<Item, Name> = Item extends unknown ? (Name extends keyof Item ? Item[Name] : never) : never

// The tuple keeps a boolean or a union in one piece: users would else read `Field<false> | Field<true>`.
type FieldOf<Value> = [Value] extends [Leaf] ? Field<Value> : [Value] extends [object] ? Fields<Value> : Field<Value>

/** A condition, made by the operators and by nothing else. */
export interface Condition {
  readonly [conditionType]: true
}

/** Values that DynamoDB can put in an order. */
export type Comparable = string | number | bigint | Date | Uint8Array

/** The operators of conditions and filters. Values are checked against the field they are compared with. */
export interface Operators {
  /** The field equals the value. */
  readonly eq: <Value>(field: Field<Value>, value: NoInfer<Value>) => Condition
  /** The field differs from the value. DynamoDB says so of a missing attribute too. */
  readonly ne: <Value>(field: Field<Value>, value: NoInfer<Value>) => Condition
  /** The field is less than the value. */
  readonly lt: <Value extends Comparable>(field: Field<Value>, value: NoInfer<Value>) => Condition
  /** The field is less than the value or equal to it. */
  readonly lte: <Value extends Comparable>(field: Field<Value>, value: NoInfer<Value>) => Condition
  /** The field is greater than the value. */
  readonly gt: <Value extends Comparable>(field: Field<Value>, value: NoInfer<Value>) => Condition
  /** The field is greater than the value or equal to it. */
  readonly gte: <Value extends Comparable>(field: Field<Value>, value: NoInfer<Value>) => Condition
  /** The field lies between the two values, both included. */
  readonly between: <Value extends Comparable>(
    field: Field<Value>,
    from: NoInfer<Value>,
    to: NoInfer<Value>,
  ) => Condition
  /** The text of the field begins with the prefix. */
  readonly beginsWith: (field: Field<string>, prefix: string) => Condition
  /** The attribute is there; `exists(o)` asks for the whole item. */
  readonly exists: (field: Field<unknown>) => Condition
  /** The attribute is not there; `notExists(o)` asks that the whole item is absent. */
  readonly notExists: (field: Field<unknown>) => Condition
  /** All of the conditions hold. With none it throws: a vanished condition must not let a write through. */
  readonly and: (...conditions: readonly Condition[]) => Condition
  /** One of the conditions holds at least. With none it throws. */
  readonly or: (...conditions: readonly Condition[]) => Condition
  /** The condition does not hold. */
  readonly not: (condition: Condition) => Condition
}

/** A condition over an item: `(o, { and, eq, gt }) => and(eq(o.status, 'pending'), gt(o.total, 0))`. */
export type ConditionCallback<Item> = (fields: Fields<Item>, operators: Operators) => Condition
