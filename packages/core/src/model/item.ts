// Items into rows and back: one encoder and one decoder for every operation.
import type { StoredItem } from '../errors/condition-failed-error.js'
import { DecodeError } from '../errors/decode-error.js'
import { InputError } from '../errors/input-error.js'
import type { Attributes } from '../types/attribute-value.js'
import { kindOf, ownValue, type Property, setOwn, ValueProblem } from '../values/codec.js'
import { encodeProperty } from '../values/containers.js'
import { keyValue } from './key-value.js'
import { type Model, partsOf } from './model.js'
import { attributesOf, isRowOf, rowOf } from './row.js'
import { keysOf, type TableModel } from './table-model.js'

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
  return refusing(operation, [], () => rowOf(model, model.codec.encode(item)?.M ?? {}))
}

/** The item of a row; `undefined` if the row is another entity's. Throws `DecodeError` where it doesn't fit the schema. */
export function decodeRow(model: Model, row: Attributes): object | undefined {
  if (!isRowOf(model, row)) return undefined
  return decoding(model, () => model.codec.decode({ M: attributesOf(model, row) }) as object)
}

/** Runs what may find a problem in a stored value, and says where as a `DecodeError`. */
export function decoding<Result>(model: Model, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error
    const keyAttributes = keysOf(model.table).map(({ name }) => name)
    throw new DecodeError(model.name, error.path, error.expected, error.received, keyAttributes)
  }
}

/** A row as whichever entity of its table it is; `undefined` if it is none, or doesn't fit that one's schema. */
export function decodeAnyRow(table: TableModel, row: Attributes): StoredItem | undefined {
  for (const { name, decode } of table.entities.values()) {
    try {
      const item = decode(row)
      if (item !== undefined) return { entity: name, item }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
    }
  }
  return undefined
}

/** The stored values of placeholders that a caller names, such as those of a key: each must be there and fit. */
export function encodeNamed(
  model: Model,
  names: Iterable<string>,
  given: Readonly<Record<string, unknown>>,
): Attributes {
  const attributes: Attributes = {}
  for (const name of names) {
    const property = model.components.get(name)
    if (property === undefined) throw new ValueProblem(`an attribute of ${model.name}`, name)
    setOwn(attributes, name, encodeComponent(property, name, givenValue(given, name)))
  }
  return attributes
}

function encodeComponent(property: Property, name: string, value: unknown) {
  const encoded = value === undefined ? undefined : encodeProperty(property, name, value)
  if (encoded !== undefined) return encoded
  const problem = new ValueProblem('a value', kindOf(value))
  problem.path.push(name)
  throw problem
}

/** A placeholder's value: under its own name, or along its path where an item stands for its key. */
export function givenValue(given: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(given, name) || !name.includes('.')) return ownValue(given, name)
  let value: unknown = given
  for (const step of name.split('.'))
    value = typeof value === 'object' && value !== null ? ownValue(value as Record<string, unknown>, step) : undefined
  return value
}

/** The physical table key, and the stored values that it is made of. An item may stand for its key. */
export function encodeKey(model: Model, operation: string, key: unknown): { key: Attributes; components: Attributes } {
  return refusing(operation, [], () => {
    const components = encodeNamed(model, model.keyNames, keyObject(model, key))
    const physical: Attributes = {}
    for (const part of partsOf(model.key)) setOwn(physical, part.name, keyValue(part, components))
    return { key: physical, components }
  })
}

function keyObject(model: Model, key: unknown): Readonly<Record<string, unknown>> {
  if (typeof key !== 'object' || key === null || Array.isArray(key))
    throw new ValueProblem(`an object with ${[...model.keyNames].join(', ')}`, kindOf(key))
  for (const name of Object.keys(key)) {
    if (model.properties.has(name) || model.keyNames.has(name)) continue
    const problem = new ValueProblem(`an attribute of ${model.name}`, 'a name that it does not have')
    problem.path.push(name)
    throw problem
  }
  return key as Readonly<Record<string, unknown>>
}

/** The physical table key of a row. */
export function keyOfRow({ table }: Model, row: Attributes): Attributes {
  const key: Attributes = {}
  for (const { name } of keysOf(table)) {
    const value = ownValue(row, name)
    if (value !== undefined) setOwn(key, name, value)
  }
  return key
}
