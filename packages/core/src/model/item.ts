// Items into rows and back: one encoder and one decoder for every operation.
import { DecodeError, InputError, type StoredItem } from '../errors.js'
import type { Attributes } from '../types/attribute-value.js'
import { kindOf, ownValue, setOwn, ValueProblem } from '../values/codec.js'
import { encodeProperty } from '../values/containers.js'
import { keyValue } from './key-value.js'
import type { Model } from './model.js'
import type { PhysicalKeys, TableModel } from './table-model.js'

/** Runs what may find a problem in a caller's value, and says where as an `InputError`. */
export function refusing<Result>(operation: string, place: readonly string[], work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error
    throw new InputError(operation, [...place, ...error.path], error.expected, error.received)
  }
}

/** The whole row of an item: its attributes with defaults, its keys, and the name of its entity. */
export function encodeItem(model: Model, operation: string, item: unknown): Attributes {
  return refusing(operation, [], () => {
    const row: Attributes = { ...model.codec.encode(item)?.M }
    for (const part of model.keyParts) {
      const value = keyValue(part, row)
      if (value !== undefined) setOwn(row, part.name, value)
    }
    setOwn(row, model.table.entityAttribute, { S: model.name })
    return row
  })
}

/** The item of a row; `undefined` if the row is another entity's. Throws `DecodeError` where it doesn't fit the schema. */
export function decodeRow(model: Model, row: Attributes): object | undefined {
  if (ownValue(row, model.table.entityAttribute)?.S !== model.name) return undefined
  try {
    return model.codec.decode({ M: row }) as object
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error
    const keyAttributes = keyNamesOf(model.table)
    throw new DecodeError(model.name, error.path, error.expected, error.received, keyAttributes)
  }
}

/** A row as whichever entity of its table it is; `undefined` if it is none, or doesn't fit that one's schema. */
export function decodeAnyRow(table: TableModel, row: Attributes): StoredItem | undefined {
  const entity = ownValue(row, table.entityAttribute)?.S
  const decode = entity === undefined ? undefined : table.decoders.get(entity)
  if (entity === undefined || decode === undefined) return undefined
  try {
    const item = decode(row)
    return item === undefined ? undefined : { entity, item }
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

/** The names of the key attributes, the partition key first. */
export function keyNamesOf({ partitionKey, sortKey }: PhysicalKeys): string[] {
  return sortKey === undefined ? [partitionKey.name] : [partitionKey.name, sortKey.name]
}

/** The stored values of attributes that a caller names, such as those of a key: each must be there and fit. */
export function encodeNamed(
  model: Model,
  names: Iterable<string>,
  given: Readonly<Record<string, unknown>>,
): Attributes {
  const attributes: Attributes = {}
  for (const name of names) {
    const property = model.properties.get(name)
    if (property === undefined) throw new ValueProblem(`an attribute of ${model.name}`, name)
    const value = ownValue(given, name)
    const encoded = value === undefined ? undefined : encodeProperty(property, name, value)
    if (encoded === undefined) {
      const problem = new ValueProblem('a value', kindOf(value))
      problem.path.push(name)
      throw problem
    }
    setOwn(attributes, name, encoded)
  }
  return attributes
}

/** The physical table key, and the stored values that it is made of. An item may stand for its key. */
export function encodeKey(model: Model, operation: string, key: unknown): { key: Attributes; components: Attributes } {
  return refusing(operation, [], () => {
    const given = keyObject(model, key)
    const components = encodeNamed(model, model.keyNames, given)
    const physical: Attributes = {}
    for (const part of [model.key.partitionKey, model.key.sortKey]) {
      const value = part === undefined ? undefined : keyValue(part, components)
      if (part !== undefined && value !== undefined) setOwn(physical, part.name, value)
    }
    return { key: physical, components }
  })
}

function keyObject(model: Model, key: unknown): Readonly<Record<string, unknown>> {
  if (typeof key !== 'object' || key === null || Array.isArray(key))
    throw new ValueProblem(`an object with ${[...model.keyNames].join(', ')}`, kindOf(key))
  for (const name of Object.keys(key)) {
    if (model.properties.has(name)) continue
    const problem = new ValueProblem(`an attribute of ${model.name}`, 'a name that it does not have')
    problem.path.push(name)
    throw problem
  }
  return key as Readonly<Record<string, unknown>>
}
