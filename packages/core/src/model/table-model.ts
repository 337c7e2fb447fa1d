// The compiled form of a table: its keys and indexes, and the entities that live on it.
import { DefinitionError } from '../errors/definition-error.js'
import type { Attributes } from '../types/attribute-value.js'
import type { IndexDefinition, KeyAttribute, TableDefinition } from '../types/table.js'
import type { KeyFormat } from './component.js'
import type { KeyShape } from './key-overlap.js'

/** A key attribute with DynamoDB's name of its type. */
export interface PhysicalKey {
  readonly name: string
  readonly kind: 'S' | 'N' | 'B'
}

/** The key attributes of a table or index; more than one of a kind only in an index. */
export interface PhysicalKeys {
  readonly partitionKey: readonly PhysicalKey[]
  readonly sortKey: readonly PhysicalKey[]
}

/** A secondary index; a local one has the table's partition key. */
export interface PhysicalIndex extends PhysicalKeys {
  readonly name: string
  readonly local: boolean
  /** The attributes that it holds, keys included; absent where it holds whole rows. */
  readonly projected: ReadonlySet<string> | undefined
}

/** What a table knows of an entity that lives on it. */
export interface RegisteredEntity {
  readonly name: string
  /** Makes an item of a row; `undefined` if the row is not this entity's. Throws `DecodeError` where it doesn't fit. */
  readonly decode: (row: Attributes) => object | undefined
  readonly shape: KeyShape
  /** Whether it says that others may have its keys, and how its rows are then told apart. */
  readonly sharesKeys: boolean
}

/** A table as operations see it. */
export interface TableModel extends PhysicalKeys {
  readonly name: string
  readonly indexes: ReadonlyMap<string, PhysicalIndex>
  readonly entityAttribute: string | false
  readonly keyFormat: KeyFormat
  /** The attribute that DynamoDB's time to live reads, if the table has one. */
  readonly expiresAt: string | undefined
  /** Each entity registers here: a row can be read as whichever it is, and no two may have one key unawares. */
  readonly entities: Map<string, RegisteredEntity>
}

const kinds = { string: 'S', number: 'N', binary: 'B' } as const
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html
const mostAttributes = 4
const options = ['partitionKey', 'sortKey', 'indexes', 'entityAttribute', 'keyFormat', 'expiresAt']

/** Compiles and checks a table's description. Throws `DefinitionError`. */
export function compileTable(name: string, definition: TableDefinition): TableModel {
  const subject = `table ${name}`
  refuseUnknown(subject, '', definition, options)
  const keys = {
    partitionKey: [physicalKey(subject, 'partitionKey', definition.partitionKey)],
    sortKey: definition.sortKey === undefined ? [] : [physicalKey(subject, 'sortKey', definition.sortKey)],
  }
  refuseSameKey(subject, '', keys)
  const indexes = new Map<string, PhysicalIndex>()
  for (const [index, spec] of Object.entries(definition.indexes ?? {})) {
    const place = `indexes.${index}`
    refuseUnknown(subject, `${place}.`, spec, ['partitionKey', 'sortKey', 'projection'])
    if (!/^[\w.-]{3,255}$/.test(index))
      throw new DefinitionError(
        subject,
        place,
        'DynamoDB allows no such index name',
        'Use 3 to 255 of a-z A-Z 0-9 _ . -',
      )
    const local = spec.partitionKey === undefined
    if (local && spec.sortKey === undefined)
      throw new DefinitionError(subject, place, 'the index has no key', 'Give it a partitionKey, a sortKey or both')
    const partitionKey = local ? keys.partitionKey : physicalKeys(subject, `${place}.partitionKey`, spec.partitionKey)
    const sortKey = physicalKeys(subject, `${place}.sortKey`, spec.sortKey)
    if (local && sortKey.length > 1)
      throw new DefinitionError(subject, `${place}.sortKey`, 'a local index has one sort key attribute', 'Name one')
    refuseSameKey(subject, `${place}.`, { partitionKey, sortKey })
    const projected = projectedBy(subject, `${place}.projection`, spec.projection, [keys, { partitionKey, sortKey }])
    indexes.set(index, { name: index, local, partitionKey, sortKey, projected })
  }
  const entityAttribute = definition.entityAttribute ?? '_entity'
  refuseTwoKinds(subject, entityAttribute, [keys, ...indexes.values()])
  const { keyFormat = 'escaped', expiresAt } = definition
  if (expiresAt !== undefined && (typeof expiresAt !== 'string' || expiresAt === ''))
    throw new DefinitionError(subject, 'expiresAt', 'it is no name', "Name the attribute of the table's time to live")
  return { name, ...keys, indexes, entityAttribute, keyFormat, expiresAt, entities: new Map() }
}

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html
const mostProjected = 100

/** The attributes that an index holds; `undefined` for all. */
function projectedBy(
  subject: string,
  place: string,
  projection: IndexDefinition['projection'] = 'all',
  keys: readonly PhysicalKeys[],
): ReadonlySet<string> | undefined {
  if (projection === 'all') return undefined
  const names = keys.flatMap((key) => keysOf(key).map(({ name }) => name))
  if (projection === 'keys') return new Set(names)
  const isList = (given: unknown): given is readonly unknown[] => Array.isArray(given)
  const areNames = isList(projection) && projection.every((name) => typeof name === 'string' && name !== '')
  if (!areNames || projection.length === 0 || projection.length > mostProjected)
    throw new DefinitionError(
      subject,
      place,
      'it is no projection',
      `Use 'all', 'keys' or a list of 1 to ${mostProjected} attributes, by the names that they are stored under`,
    )
  return new Set([...names, ...projection])
}

/** Refuses what a description can't say: an option that is passed over would be one that is believed in. */
export function refuseUnknown(subject: string, place: string, given: unknown, known: readonly string[]): void {
  if (typeof given !== 'object' || given === null)
    throw new DefinitionError(
      subject,
      place === '' ? 'definition' : place.slice(0, -1),
      'it is no object',
      `Give it ${known.join(', ')}`,
    )
  for (const name of Object.keys(given))
    if (!known.includes(name))
      throw new DefinitionError(subject, place + name, 'there is no such option', `Use ${known.join(', ')}`)
}

function physicalKeys(
  subject: string,
  place: string,
  key: KeyAttribute | readonly KeyAttribute[] | undefined,
): PhysicalKey[] {
  if (key === undefined) return []
  if (!isList(key)) return [physicalKey(subject, place, key)]
  if (key.length === 0 || key.length > mostAttributes)
    throw new DefinitionError(subject, place, `it names ${key.length} attributes`, `Name 1 to ${mostAttributes}`)
  return key.map((attribute) => physicalKey(subject, place, attribute))
}

function isList(key: KeyAttribute | readonly KeyAttribute[]): key is readonly KeyAttribute[] {
  return Array.isArray(key)
}

function physicalKey(subject: string, place: string, key: KeyAttribute | undefined): PhysicalKey {
  const { name, type } = typeof key === 'object' ? key : { name: key, type: 'string' as const }
  if (typeof name !== 'string' || name === '')
    throw new DefinitionError(subject, place, 'the key attribute has no name', "Name it, such as 'pk'")
  if (!Object.hasOwn(kinds, type))
    throw new DefinitionError(subject, place, 'a key has no such type', "Use 'string', 'number' or 'binary'")
  return { name, kind: kinds[type] }
}

/** All key attributes of a table or index, those of the partition key first. */
export function keysOf({ partitionKey, sortKey }: PhysicalKeys): readonly PhysicalKey[] {
  return [...partitionKey, ...sortKey]
}

function refuseSameKey(subject: string, place: string, keys: PhysicalKeys): void {
  const names = keysOf(keys).map(({ name }) => name)
  const twice = names.find((name, position) => names.indexOf(name) !== position)
  if (twice === undefined) return
  throw new DefinitionError(
    subject,
    `${place}sortKey`,
    `${twice} is named twice`,
    'Give each key an attribute of its own',
  )
}

/** An attribute has one type in all keys that it is part of, and the entity attribute is part of none. */
function refuseTwoKinds(subject: string, entityAttribute: string | false, all: readonly PhysicalKeys[]): void {
  const kindsByName = new Map<string, string>()
  for (const { name, kind } of all.flatMap(keysOf)) {
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
