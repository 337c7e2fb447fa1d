// An entity and a repository in types, and the types that an entity gives.
import type { AnyEntityTypes } from './entity-types.js'
import type { ConditionCallback } from './condition.js'
import type { Modification, ModifyOptions, MoveChanges } from './modify.js'
import type { Operation } from './operation.js'
import type { Positions } from './position.js'
import type { CallOptions } from './running.js'
import type { Verbs } from './verbs.js'

declare const typesOf: unique symbol

/** An entity: its verbs make operations. Made by `entity()`. */
export interface Entity<in out Types extends AnyEntityTypes> extends Verbs<Types, 'operation'> {
  readonly name: Types['Name']
  /** A condition on an item as a part of a transaction; without one it asks that the item is there. */
  check(
    key: Types['Key'],
    condition?: NoInfer<ConditionCallback<Types['Stored']>>,
  ): Operation<undefined, 'check', 'transaction'>
  /** Positions in the key space: by the table key, and by the indexes under their names. */
  readonly at: Positions<Types>
  readonly [typesOf]: Types
}

/** Any entity, for generic code: `function repository<E extends AnyEntity>(entity: E)`. */
export interface AnyEntity {
  readonly name: string
  readonly [typesOf]: AnyEntityTypes
}

/** The types that an entity was resolved to. */
export type TypesOf<Of extends AnyEntity> = Of[typeof typesOf]

/** An entity bound to a connection: its verbs return promises. Made by `db.for()`. */
export interface Repository<in out Types extends AnyEntityTypes> extends Verbs<Types, 'promise'> {
  /** Reads an item and writes what the function wants changed, as `db.modify` does. */
  modify(
    key: Types['Key'],
    change: (item: Types['Item']) => Modification<Types> | undefined,
    options?: ModifyOptions<keyof Types['Stored']>,
  ): Promise<Types['Item']>
  /** Gives an item another table key, as `db.move` does. */
  move(key: Types['Key'], changes: MoveChanges<Types>, options?: CallOptions): Promise<Types['Item']>
}

/** The item of an entity as it is read. */
export type Item<Of extends AnyEntity> = TypesOf<Of>['Item']
/** What a put of the entity takes: defaults are optional. */
export type Input<Of extends AnyEntity> = TypesOf<Of>['Input']
/** The attributes that the table key of the entity is made of. */
export type Key<Of extends AnyEntity> = TypesOf<Of>['Key']
/** What an update of the entity may set. */
export type Patch<Of extends AnyEntity> = TypesOf<Of>['Patch']
