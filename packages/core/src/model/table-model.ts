// The compiled form of a table: its keys and indexes, and the entities that live on it.
import { DefinitionError } from '../errors.js'
import type { Attributes } from '../types/attribute-value.js'
import type { KeyAttribute, TableDefinition } from '../types/table.js'

/** A key attribute with DynamoDB's name of its type. */
export interface PhysicalKey {
  readonly name: string
  readonly kind: 'S' | 'N' | 'B'
}

/** The key attributes of a table or index. */
export interface PhysicalKeys {
  readonly partitionKey: PhysicalKey
  readonly sortKey: PhysicalKey | undefined
}

/** A secondary index; a local one has the table's partition key. */
export interface PhysicalIndex extends PhysicalKeys {
  readonly name: string
  readonly local: boolean
}

/** Makes an item of a row; throws `DecodeError` where it doesn't fit. */
export type RowDecoder = (row: Attributes) => object | undefined

/** A table as operations see it. */
export interface TableModel extends PhysicalKeys {
  readonly name: string
  readonly indexes: ReadonlyMap<string, PhysicalIndex>
  readonly entityAttribute: string
  /** Each entity registers its decoder here, so that a row can be read as whichever entity it is. */
  readonly decoders: Map<string, RowDecoder>
}

const kinds = { string: 'S', number: 'N', binary: 'B' } as const

/** Compiles and checks a table's description. Throws `DefinitionError`. */
export function compileTable(name: string, definition: TableDefinition): TableModel {
  const subject = `table ${name}`
  refuseUnknown(subject, '', definition, ['partitionKey', 'sortKey', 'indexes', 'entityAttribute'])
  const partitionKey = physicalKey(subject, 'partitionKey', definition.partitionKey)
  const sortKey = definition.sortKey === undefined ? undefined : physicalKey(subject, 'sortKey', definition.sortKey)
  refuseSameKey(subject, 'sortKey', partitionKey, sortKey)
  const indexes = new Map<string, PhysicalIndex>()
  for (const [index, keys] of Object.entries(definition.indexes ?? {})) {
    const place = `indexes.${index}`
    refuseUnknown(subject, `${place}.`, keys, ['partitionKey', 'sortKey', 'projection'])
    if (!/^[\w.-]{3,255}$/.test(index))
      throw new DefinitionError(
        subject,
        place,
        'DynamoDB allows no such index name',
        'Use 3 to 255 of a-z A-Z 0-9 _ . -',
      )
    const local = keys.partitionKey === undefined
    if (local && keys.sortKey === undefined)
      throw new DefinitionError(subject, place, 'the index has no key', 'Give it a partitionKey, a sortKey or both')
    const own = local ? partitionKey : physicalKey(subject, `${place}.partitionKey`, keys.partitionKey)
    const sort = keys.sortKey === undefined ? undefined : physicalKey(subject, `${place}.sortKey`, keys.sortKey)
    refuseSameKey(subject, `${place}.sortKey`, own, sort)
    indexes.set(index, { name: index, local, partitionKey: own, sortKey: sort })
  }
  const entityAttribute = definition.entityAttribute ?? '_entity'
  refuseTwoKinds(subject, entityAttribute, [{ partitionKey, sortKey }, ...indexes.values()])
  return { name, partitionKey, sortKey, indexes, entityAttribute, decoders: new Map() }
}

/** Refuses what a description can't say: an option that is passed over would be one that is believed in. */
export function refuseUnknown(subject: string, place: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(given))
    if (!known.includes(name))
      throw new DefinitionError(subject, place + name, 'there is no such option', `Use ${known.join(', ')}`)
}

/** An attribute has one type in all keys that it is part of, and the entity attribute is part of none. */
function refuseTwoKinds(subject: string, entityAttribute: string, all: readonly PhysicalKeys[]): void {
  const kindsByName = new Map<string, string>()
  for (const { name, kind } of all.flatMap(({ partitionKey, sortKey }) =>
    sortKey ? [partitionKey, sortKey] : [partitionKey],
  )) {
    if (name === entityAttribute)
      throw new DefinitionError(
        subject,
        'entityAttribute',
        `${name} is a key attribute`,
        'Give one of the two another name',
      )
    if ((kindsByName.get(name) ?? kind) !== kind)
      throw new DefinitionError(
        subject,
        'indexes',
        `the key attribute ${name} has two types`,
        'Give it the same type everywhere',
      )
    kindsByName.set(name, kind)
  }
}

function physicalKey(subject: string, place: string, key: KeyAttribute | undefined): PhysicalKey {
  const { name, type } = typeof key === 'object' ? key : { name: key, type: 'string' as const }
  if (typeof name !== 'string' || name === '')
    throw new DefinitionError(subject, place, 'the key attribute has no name', "Name it, such as 'pk'")
  if (!Object.hasOwn(kinds, type))
    throw new DefinitionError(subject, place, 'a key has no such type', "Use 'string', 'number' or 'binary'")
  return { name, kind: kinds[type] }
}

function refuseSameKey(subject: string, place: string, partition: PhysicalKey, sort: PhysicalKey | undefined): void {
  if (partition.name === sort?.name)
    throw new DefinitionError(subject, place, 'it is the partition key too', 'Give the two keys different attributes')
}
