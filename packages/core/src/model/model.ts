// The compiled form of an entity: plain data, without generics, made once.
import type { Codec, Property } from '../values/codec.js'
import type { KeyTemplate } from './key-template.js'
import type { PhysicalIndex, PhysicalKey, TableModel } from './table-model.js'

/** One key attribute and the template that it is made from. */
export interface KeyPart extends PhysicalKey {
  readonly template: KeyTemplate
  /** DynamoDB's limit: 2048 bytes for a partition key, 1024 for a sort key. */
  readonly maxBytes: number
}

/** The key of the table or of an index, as this entity makes it. */
export interface EntityKeys {
  readonly partitionKey: KeyPart
  readonly sortKey: KeyPart | undefined
}

/** An index under the name that the entity gives it; `physical` is absent for the table's own key. */
export interface EntityIndex extends EntityKeys {
  readonly name: string
  readonly physical: PhysicalIndex | undefined
}

/** An entity as operations see it. */
export interface Model {
  readonly name: string
  readonly table: TableModel
  readonly codec: Codec
  readonly properties: ReadonlyMap<string, Property>
  readonly key: EntityIndex
  readonly indexes: ReadonlyMap<string, EntityIndex>
  /** Every key attribute once, those of the table first. */
  readonly keyParts: readonly KeyPart[]
  /** The attributes that the table key is made of. */
  readonly keyNames: ReadonlySet<string>
  /** The fields that conditions name. */
  readonly fields: object
}

/** Whether the attribute is the key itself, stored once, and not a copy or a text made from it. */
export function isOwnAttribute(part: KeyPart): boolean {
  return part.template.native === part.name
}
