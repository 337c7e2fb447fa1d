// Computed attributes in types.
import type { Flat } from './item.js'

declare const itemType: unique symbol
declare const valueType: unique symbol
declare const storedType: unique symbol

/** A computed attribute of an item, made by `computed()`. */
export interface ComputedSpec<in Item, out Value, out Stored extends boolean = boolean> {
  readonly [itemType]: (item: Item) => void
  readonly [valueType]: Value
  readonly [storedType]: Stored
}

/** What templates can name: the attributes of the item and the computed ones, which may have no value. */
export type KeySource<Item, Computed> = keyof Computed extends never
  ? Item
  : Item & {
      readonly [Name in keyof Computed]?: ComputedValue<Computed[Name]>
    }

/** The item as it is read: with the computed attributes that are stored. A row may be older than one, or have no value for it. */
export type ItemWith<Item, Computed> = keyof Computed extends never
  ? Item
  : StoredNames<Computed> extends infer Names
    ? [Names] extends [never]
      ? Item
      : Item extends unknown
        ? Flat<Item & { readonly [Name in Names & keyof Computed]?: ComputedValue<Computed[Name]> }>
        : never
    : never

type ComputedValue<Spec> = Spec extends ComputedSpec<never, infer Value> ? Value : never

type StoredNames<Computed> = {
  [Name in keyof Computed]: Computed[Name] extends ComputedSpec<never, unknown, infer Stored>
    ? Stored extends true
      ? Name
      : never
    : never
}[keyof Computed]

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
