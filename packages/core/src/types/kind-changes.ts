// Updates of entities whose schema is a union, in types: what may change of a kind of item, or of whichever it is.
import type { ConditionCallback } from './condition.js'
import type { AnyEntityTypes } from './entity-types.js'
import type { OnceUnless } from './options.js'
import type { Problem } from './update.js'
import type { Addends, Removable } from './update-changes.js'
import type { ApplyCallback } from './update-operators.js'

/** The values that tell the kinds apart. */
export type TagOf<Types extends AnyEntityTypes> = Types['Item'] extends infer Item
  ? Item extends unknown
    ? Item[Types['Tag'] & keyof Item]
    : never
  : never

// A kind may have several values of the tag, and a caller one of several kinds: whatever they share may be it.
type KindOf<Item, Tag, Value> = Item extends object
  ? [Item[Tag & keyof Item] & Value] extends [never]
    ? never
    : Item
  : never

/** The attributes that all kinds have. */
type Common<Kinds> = { [Name in keyof Kinds & PropertyKey]: Kinds[Name] }

type Takes<Kinds, Name> = Kinds extends unknown
  ? (value: Name extends keyof Kinds ? Exclude<Kinds[Name], undefined> : never) => void
  : never

// What all kinds take.
type SettableIn<Kinds, Name> =
  Takes<Kinds, Name> extends (value: infer Value) => void
    ? [Value] extends [never]
      ? Problem<`kinds differ in ${Name & string}: say in is of which kind the item is`>
      : Value
    : never

/** The types of an entity, of one of its kinds. */
export interface TypesOfKind<Types extends AnyEntityTypes, Value> {
  readonly Item: KindOf<Types['Item'], Types['Tag'], Value>
  readonly Stored: KindOf<Types['Stored'], Types['Tag'], Value>
  /** What may be set, without what no kind may change: the table key and what writes keep up. */
  readonly Patch: KindOf<Types['Item'], Types['Tag'], Value> extends infer Kinds
    ? {
        [Name in Exclude<keyof Kinds, Exclude<keyof Types['Item'], keyof Types['Patch']>>]-?: Name extends Types['Tag']
          ? Kinds[Name]
          : SettableIn<Kinds, Name>
      }
    : never
}

/** What an update changes of an item of a kind, on which condition, and what it returns. */
export interface KindChanges<Types extends AnyEntityTypes, Value, Set, Given, Removed, Returning> {
  /** Which kind of item it is: `{ kind: 'card' }`. It becomes a condition, and that kind's attributes may change. */
  readonly is?: { readonly [Name in Types['Tag'] & PropertyKey]: Value }
  /** New values. `undefined` is refused: use `remove`. */
  readonly set?: Set
  /** Adds to numbers; an absent one starts at 0. */
  readonly add?: Addends<
    Common<TypesOfKind<Types, Value>['Item']>,
    TypesOfKind<Types, Value>['Patch'],
    Types['IndexComponents']
  >
  /** Optional attributes to take away. */
  readonly remove?: readonly Removable<
    Common<TypesOfKind<Types, Value>['Item']>,
    TypesOfKind<Types, Value>['Patch'],
    Removed
  >[]
  /** Changes of paths: what is inside of maps and lists, arithmetic, members of sets. */
  readonly apply?: NoInfer<ApplyCallback<Common<TypesOfKind<Types, Value>['Stored']>>>
  /** What you believe is stored. The values that an index key is made of are guarded by a condition. */
  readonly given?: Given
  /** Must hold for the stored item, or nothing is changed. */
  readonly condition?: NoInfer<ConditionCallback<TypesOfKind<Types, Value>['Stored']>>
  /** The whole item after or before the change; or only the changed attributes, after or before. */
  readonly returning?: Returning
  /** `false` leaves the stored item out of the error where a condition fails; `reason` says less then. */
  readonly returnOnFailure?: boolean
  /** Sends it as a transaction of its own, so that it happens once. */
  readonly once?: OnceUnless<Returning, 'none'>
}
