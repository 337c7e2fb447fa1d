// Connections that are bound to components of keys, in types: what is bound is asked for no more, and what has none is not there.
import type { AnyEntityTypes, IndexQuery } from './entity-types.js'
import type { AnyEntity, Repository, TypesOf } from './entity.js'
import type { Problem } from './update.js'

/** What a component of a key may be bound to. */
export type BoundComponents = Readonly<Record<string, string | number | bigint | boolean | Date>>

type Free<Of, Bound> = Of extends unknown
  ? { [Name in keyof Of as Name extends Bound ? never : Name]: Of[Name] }
  : never

/** The types of an entity without the components that are bound. */
export interface WithinTypes<Types extends AnyEntityTypes, Bound extends PropertyKey> {
  readonly Name: Types['Name']
  readonly Item: Types['Item']
  readonly Input: Free<Types['Input'], Bound>
  readonly Key: { [Name in Exclude<keyof Types['Key'], Bound>]: Types['Key'][Name] }
  readonly PutInput: Free<Types['PutInput'], Bound>
  readonly Patch: Types['Patch']
  readonly IndexComponents: Types['IndexComponents']
  readonly Stored: Types['Stored']
  readonly TableQuery: [Bound] extends [Types['TablePartition']]
    ? Free<Types['TableQuery'], Bound>
    : Problem<'the partitions of the table are not made of all bound components'>
  readonly TableKeyAttributes: Types['TableKeyAttributes']
  readonly IndexQueries: {
    readonly [
      Index in keyof Types['IndexQueries'] as [Bound] extends [
        Types['IndexPartitions'][Index & keyof Types['IndexPartitions']],
      ]
        ? Index
        : never
    ]: Types['IndexQueries'][Index] extends IndexQuery<infer Key, infer Local, infer Attributes, infer Whole>
      ? IndexQuery<Free<Key, Bound>, Local, Attributes, Whole>
      : never
  }
  readonly TablePartition: Types['TablePartition']
  readonly TablePartitionKey: Types['TablePartitionKey']
  readonly IndexItems: Types['IndexItems']
  readonly IndexFilters: Types['IndexFilters']
  readonly IndexPartitions: Types['IndexPartitions']
  readonly IndexPlaces: Types['IndexPlaces']
  readonly IndexPartitionKeys: Types['IndexPartitionKeys']
  readonly Batch: Types['Batch']
  readonly Import: Types['Import']
  readonly Supplied: Types['Supplied']
  readonly Variety: Types['Variety']
  readonly Tag: Types['Tag']
}

/** An entity's verbs within a connection that is bound to components of its key: no scan, and only the indexes that are made of them. */
export type BoundRepository<Of extends AnyEntity, Bound extends PropertyKey> = Omit<
  Repository<WithinTypes<TypesOf<Of>, Bound>>,
  'scan'
>

/** Stands beside an entity that can't be reached. */
export type Reachable<Of extends AnyEntity, Bound> = [Bound] extends [keyof TypesOf<Of>['Key']]
  ? unknown
  : Problem<'the key of this entity is not made of all bound components'>
