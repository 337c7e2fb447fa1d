// Collections in types.
import type { FilterCallback } from './condition.js'
import type { AnyEntity, TypesOf } from './entity.js'
import type { AnyEntityTypes } from './entity-types.js'
import type { Operation, Query } from './operation.js'
import type { Position } from './position.js'

declare const groupsType: unique symbol

/** The entities of a collection, by the labels that it gives them. */
export type CollectionEntities = Readonly<Record<string, AnyEntity>>

/** An item of a collection, with the label of its entity. */
export type Tagged<Members extends CollectionEntities> = {
  [Label in keyof Members]: { readonly entity: Label; readonly item: TypesOf<Members[Label]>['Item'] }
}[keyof Members]

/** The items of a collection by the labels of their entities. */
export type Groups<Members extends CollectionEntities> = {
  -readonly [Label in keyof Members]: TypesOf<Members[Label]>['Item'][]
}

type Named<Types extends AnyEntityTypes, Index> = {
  [Name in keyof Types['IndexPlaces']]: Types['IndexPlaces'][Name] extends Index ? Name : never
}[keyof Types['IndexPlaces']]

type PartitionKeyOf<Types extends AnyEntityTypes, Index> = [Index] extends [never]
  ? Types['TablePartitionKey']
  : Types['IndexPartitionKeys'][Named<Types, Index> & keyof Types['IndexPartitionKeys']]

/** The components of the partition key, by the names of any of the entities. */
export type CollectionKey<Members extends CollectionEntities, Index> = {
  [Label in keyof Members]: PartitionKeyOf<TypesOf<Members[Label]>, Index>
}[keyof Members]

/** Options of a collection's query. */
export interface CollectionQueryOptions<Members extends CollectionEntities> {
  /** The first position that is read. */
  readonly from?: Position
  /** The last position that is read, with all that it begins. */
  readonly to?: Position
  /** Reads what comes after this position, and all that it begins. */
  readonly after?: Position
  /** Reads what comes before this position. */
  readonly before?: Position
  /** From the end of the sort key to its start. */
  readonly reverse?: boolean
  /** Reads the newest state at twice the cost; not on a global index. */
  readonly consistent?: boolean
  /** Which rows of an entity are wanted, by its label. */
  readonly filter?: {
    readonly [Label in keyof Members]?: FilterCallback<TypesOf<Members[Label]>['Stored'], never>
  }
}

/** A query on a collection: `db.items` and the like give its items with their labels, `db.groups` by them. */
export interface CollectionQuery<Members extends CollectionEntities> extends Query<Tagged<Members>> {
  readonly [groupsType]: Groups<Members>
}

/** Several entities of one partition, read together. Made by `collection()`. */
export interface Collection<Members extends CollectionEntities, Index> {
  /** Reads a partition, or a range of it, given by the components of its key or by a position in it. */
  query(
    key: CollectionKey<Members, Index> | Position,
    options?: CollectionQueryOptions<Members>,
  ): CollectionQuery<Members>
  /** Reads one row by its table key, whichever entity it is. */
  get(position: Position, options?: { readonly consistent?: boolean }): Operation<Tagged<Members> | undefined, 'get'>
}

/** The groups of a collection's query. */
export type GroupsOf<Of extends { readonly [groupsType]: unknown }> = Of[typeof groupsType]

/** Any query on a collection. */
export interface AnyCollectionQuery extends Query<unknown> {
  readonly [groupsType]: unknown
}
