// Computed attributes in types.

declare const itemType: unique symbol
declare const valueType: unique symbol

/** A computed attribute of an item, made by `computed()`. */
export interface ComputedSpec<in Item, out Value> {
  readonly [itemType]: (item: Item) => void
  readonly [valueType]: Value
}

/** What templates can name: the attributes of the item and the computed ones, which may have no value. */
export type KeySource<Item, Computed> = keyof Computed extends never
  ? Item
  : Item & {
      readonly [Name in keyof Computed]?: Computed[Name] extends ComputedSpec<never, infer Value> ? Value : never
    }

/** Which items an index holds: by the values of attributes, or by whether they are there. */
export type WhenOf<Item> = {
  readonly [Name in keyof Item]?:
    Exclude<Item[Name], undefined> | readonly Exclude<Item[Name], undefined>[] | Absent | Present
}

declare const absentType: unique symbol
declare const presentType: unique symbol

/** Stands for an attribute that is not there, in the `when` of an index. */
export interface Absent {
  readonly [absentType]: true
}

/** Stands for an attribute that is there, whatever its value, in the `when` of an index. */
export interface Present {
  readonly [presentType]: true
}
