// What db.modify and db.move take.
import type { AnyEntityTypes } from './entity-types.js'
import type { CallOptions } from './running.js'
import type { PropertyOf } from './update.js'
import type { ApplyCallback } from './update-operators.js'

/** What a function gives for the item that was read; `undefined` in its place changes nothing. */
export interface Modification<Types extends AnyEntityTypes> {
  /** New values. */
  readonly set?: Partial<Types['Patch']>
  /** Adds to numbers. */
  readonly add?: {
    readonly [Name in keyof Types['Patch']]?: Types['Patch'][Name] extends number | bigint ? number : never
  }
  /** Optional attributes to take away. */
  readonly remove?: readonly (keyof Types['Patch'])[]
  /** Changes of paths. */
  readonly apply?: ApplyCallback<Types['Stored']>
}

/** Options of `db.modify`. `timeout` bounds all of its rounds too. */
export interface ModifyOptions<Names> extends CallOptions {
  /** The attributes that must be as they were read; the version, or all of them, unless said otherwise. */
  readonly guard?: readonly Names[]
}

type KeyPropertyOf<Types extends AnyEntityTypes> = PropertyOf<Types['Item'], keyof Types['Key']>

/** New values of an item that is moved: some of what its table key is made of, and of others what is to change on the way. */
export type MoveChanges<Types extends AnyEntityTypes> = Partial<Types['Patch']> & {
  readonly [Name in KeyPropertyOf<Types>]?: Types['Item'][Name]
} & { [Name in KeyPropertyOf<Types>]: { readonly [Only in Name]: Types['Item'][Only] } }[KeyPropertyOf<Types>]
