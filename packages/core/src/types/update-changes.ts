// What an update takes and returns.
import type { ConditionCallback } from './condition.js'
import type { ApplyCallback } from './update-operators.js'
import type { AnyEntityTypes } from './entity-types.js'
import type { OptionalKeys } from './item.js'
import type { OnceUnless } from './options.js'
import type { Problem } from './update.js'

// `NoInfer` here and on conditions: to infer from a value as well, the checker would resolve all attributes of the item.
// It has the name of the library's, which stands in what readers see of a wrong update.
export type Pick<Patch, Names extends keyof Patch> = { [Name in Names]: NoInfer<Patch[Name]> }

// Asks of the names given only, and lists all optional ones in the error alone: a constraint would list them in each call.
export type Removable<Item, Patch, Name> = Name extends keyof Item & keyof Patch
  ? undefined extends Item[Name]
    ? Name
    : OptionalKeys<Item> & keyof Patch
  : OptionalKeys<Item> & keyof Patch

// Asks of the names given only: to list the numbers of an item costs eight instantiations an attribute. But every object has the
// names of `Inherited`, as functions: where attributes are called so too, only the numbers among them may be listed.
export type Addends<Item, Patch, Components> = [keyof Patch & Inherited] extends [never]
  ? { readonly [Name in keyof Patch]?: Addend<Patch[Name], Name, Components> }
  : { readonly [Name in NumberNames<Item, keyof Patch>]?: Addend<number, Name, Components> }

type Inherited =
  | 'constructor'
  | 'toString'
  | 'toLocaleString'
  | 'valueOf'
  | 'hasOwnProperty'
  | 'isPrototypeOf'
  | 'propertyIsEnumerable'

type Addend<Value, Name, Components> = [Value] extends [number | bigint]
  ? Name extends keyof Components
    ? Problem<`${Name & string} is part of an index key: set the sum, with what you read in given`>
    : number
  : Problem<`${Name & string} is no number: nothing can be added to it`>

type NumberNames<Item, Names extends PropertyKey> = {
  [Name in keyof Item]-?: Item[Name] extends number | bigint | undefined ? Name : never
}[keyof Item & Names]

/** What an update changes, on which condition, and what it returns. */
export interface UpdateChanges<Types extends AnyEntityTypes, Set, Given, Removed, Returning> {
  /** New values. `undefined` is refused: use `remove`. */
  readonly set?: Set
  /** Adds to numbers; an absent one starts at 0. */
  readonly add?: Addends<Types['Item'], Types['Patch'], Types['IndexComponents']>
  /** Optional attributes to take away. */
  readonly remove?: readonly Removable<Types['Item'], Types['Patch'], Removed>[]
  /** Changes of paths: what is inside of maps and lists, arithmetic, members of sets. */
  readonly apply?: NoInfer<ApplyCallback<Types['Stored']>>
  /** What you believe is stored. The values that an index key is made of are guarded by a condition. */
  readonly given?: Given
  /** Must hold for the stored item, or nothing is changed. */
  readonly condition?: NoInfer<ConditionCallback<Types['Stored']>>
  /** The whole item after or before the change; or only the changed attributes, after or before. */
  readonly returning?: Returning
  /** `false` leaves the stored item out of the error where a condition fails; `reason` says less then. */
  readonly returnOnFailure?: boolean
  /** Sends it as a transaction of its own, so that it happens once. */
  readonly once?: OnceUnless<Returning, 'none'>
}

/** What an upsert changes, or makes an item of. */
export interface UpsertChanges<Types extends AnyEntityTypes, Set, Added extends PropertyKey, Removed, Returning> {
  /** Values, and what a new item needs. `undefined` is refused: use `remove`. */
  readonly set?: Set
  /** Adds to numbers; an absent one starts at 0. */
  readonly add?: {
    readonly [Name in Added]: Name extends NumberNames<Types['Item'], keyof Types['Patch']>
      ? Name extends keyof Types['IndexComponents']
        ? Problem<`${Name & string} is part of an index key: set it`>
        : number
      : Problem<'an upsert adds to numbers'>
  }
  /** Optional attributes to take away. */
  readonly remove?: readonly Removable<Types['Item'], Types['Patch'], Removed>[]
  /** Changes of whole attributes: arithmetic, members of sets, elements of lists. */
  readonly apply?: NoInfer<ApplyCallback<Types['Stored']>>
  /** Must hold for what is stored, or nothing is changed. */
  readonly condition?: NoInfer<ConditionCallback<Types['Stored']>>
  /** The whole item after or before the change; or only the changed attributes, after or before. */
  readonly returning?: Returning
  /** `false` leaves the stored item out of the error where a condition fails. */
  readonly returnOnFailure?: boolean
  /** Sends it as a transaction of its own, so that it happens once. */
  readonly once?: OnceUnless<Returning, 'none'>
}

/** Nothing where all that a new item needs is there, else the text that names what is missing. */
export type AskForSupplied<Missing> = [Missing] extends [never]
  ? unknown
  : Problem<`there may be no item yet: give ${Missing & string} too, in set or add`>

/** What an upsert returns, by its option. */
export type UpsertResult<Item, Returning> = Returning extends 'old' ? Item | undefined : UpdateResult<Item, Returning>

// Conditions, not lookups by the option: in generic code the checker would infer the option from the expected result.

/** What an update returns, by its option. */
export type UpdateResult<Item, Returning> = Returning extends 'none'
  ? undefined
  : Returning extends 'new' | 'old'
    ? Item
    : Partial<Item>
