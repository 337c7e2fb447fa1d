// The compiled form of an entity: plain data, without generics, made once.
import type { ConditionTree } from '../expressions/condition.js'
import type { Attributes } from '../types/attribute-value.js'
import type { Codec, Property } from '../values/codec.js'
import type { ComputedModel } from './computed.js'
import type { KeyTemplate } from './key-template.js'
import type { Managed } from './managed.js'
import type { PhysicalIndex, PhysicalKey, TableModel } from './table-model.js'
import type { When } from './when.js'

/** One key attribute and the template that it is made from. */
export interface KeyPart extends PhysicalKey {
  readonly template: KeyTemplate
  /** DynamoDB's limit: 2048 bytes for a partition key, 1024 for a sort key. */
  readonly maxBytes: number
  /** Whether the attribute is the key itself, stored once, and not a copy or a text made from it. */
  readonly isOwnAttribute: boolean
}

/** A key attribute of the table or of an index, with all templates that this entity may make it from. */
export interface KeyAttribute extends PhysicalKey {
  /** At most one of them applies to an item: their `when`s exclude each other. */
  readonly variants: readonly KeyVariant[]
}

/** One way in which a key attribute is made, for the items for which `when` holds. */
export interface KeyVariant {
  readonly part: KeyPart
  /** Empty where the key is made for all items. */
  readonly when: When
}

/** The key of the table or of an index, as this entity makes it. Only an index has several attributes of a kind. */
export interface EntityIndex {
  readonly name: string
  /** Absent for the table's own key. */
  readonly physical: PhysicalIndex | undefined
  readonly partitionKey: readonly KeyPart[]
  readonly sortKey: readonly KeyPart[]
  /** Which items the index holds; empty for all. */
  readonly when: When
}

/** How the entity's rows are known: by an attribute, or by the shape of their keys. */
export interface Discriminator {
  readonly attribute: string
  readonly value: string
}

/** A value that no two items share. Its marker's key has the same template in each key attribute of the table. */
export interface UniqueConstraint {
  readonly name: string
  /** The name of its markers, which no entity can have as well. */
  readonly marker: string
  readonly parts: readonly KeyPart[]
  /** The attributes that it is made of. */
  readonly properties: readonly string[]
}

/** An entity as operations see it. */
export interface Model {
  readonly name: string
  readonly table: TableModel
  readonly codec: Codec
  readonly properties: ReadonlyMap<string, Property>
  /** The value at the end of each placeholder's path, by the placeholder's name. */
  readonly components: ReadonlyMap<string, Property>
  /** The attributes of properties that are stored under another name. */
  readonly storedAs: ReadonlyMap<string, string>
  /** The properties that are stored in keys alone, with the key and the place to read them from. */
  readonly keyOnly: ReadonlyMap<string, KeyOnly>
  /** Attributes that every row has and no item. */
  readonly constants: Attributes
  readonly discriminator: Discriminator | undefined
  /** Whether another entity may have the same keys: then each write asks that it has not. */
  readonly sharesKeys: boolean
  readonly key: EntityIndex
  readonly indexes: ReadonlyMap<string, EntityIndex>
  /** Values that no two items share. */
  readonly unique: readonly UniqueConstraint[]
  /** Every key attribute once, those of the table first. */
  readonly keyAttributes: readonly KeyAttribute[]
  /** Attributes that keys are made of and that are not stored themselves, by name. */
  readonly computed: ReadonlyMap<string, ComputedModel>
  /** What writes keep up by themselves. */
  readonly managed: Managed
  /** Whether index keys are made of times that are known only when a write is sent. */
  readonly keysHoldTimes: boolean
  /** The names of the placeholders that the table key is made of. */
  readonly keyNames: ReadonlySet<string>
  /** The properties that those placeholders name, or name a part of. */
  readonly keyProperties: ReadonlySet<string>
  /** The names that the row has for itself, where items keep properties that the schema doesn't name. */
  readonly reserved: ReadonlySet<string> | undefined
  /** The fields that conditions name. */
  readonly fields: object
}

/** Where a property is read from that is stored in a key alone. */
export interface KeyOnly {
  readonly part: KeyPart
  readonly position: number
}

/** The attribute that a property is stored under. */
export function storedName({ storedAs }: Pick<Model, 'storedAs'>, property: string): string {
  return storedAs.get(property) ?? property
}

/** The parts of a key, those of the partition key first. */
export function partsOf({ partitionKey, sortKey }: EntityIndex): readonly KeyPart[] {
  return [...partitionKey, ...sortKey]
}

/** The names of the placeholders that a key is made of. */
export function namesOf(index: EntityIndex): readonly string[] {
  return partsOf(index).flatMap(({ template }) => template.components.map(({ name }) => name))
}

/** The condition that the row of a key that several entities may have is of this one, or absent. */
export function ownership({ sharesKeys, discriminator, table }: Model): ConditionTree | undefined {
  if (!sharesKeys || discriminator === undefined) return undefined
  const [partitionKey] = table.partitionKey
  return {
    type: 'or',
    conditions: [
      { type: 'not-exists', path: [partitionKey?.name ?? ''] },
      { type: 'compare', operator: '=', path: [discriminator.attribute], value: { S: discriminator.value } },
    ],
  }
}
