// The codecs of values with parts: lists, maps and sets.
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { type Codec, kindOf, ownValue, type Property, rethrowAt, setOwn, storedKindOf, ValueProblem } from './codec.js'

/** Lists of one kind of element, as L. */
export function listCodec(element: Codec): Codec {
  return {
    kind: 'L',
    encode(value) {
      if (!Array.isArray(value)) throw new ValueProblem('an array', kindOf(value))
      const list: AttributeValue[] = []
      for (let position = 0; position < value.length; position++) list.push(encodeElement(element, value, position))
      return { L: list }
    },
    decode(stored) {
      if (stored.L === undefined) throw new ValueProblem('a list', storedKindOf(stored))
      return stored.L.map((part, position) => {
        try {
          return element.decode(part)
        } catch (error) {
          rethrowAt(error, position)
        }
      })
    },
  }
}

function encodeElement(element: Codec, list: readonly unknown[], position: number): AttributeValue {
  try {
    const encoded = element.encode(list[position])
    // Only a set is stored as absence, and a list has no place for that.
    if (encoded === undefined)
      throw new ValueProblem('a set with elements: a list can hold no empty one', 'an empty set')
    return encoded
  } catch (error) {
    rethrowAt(error, position)
  }
}

/** Objects with declared properties, as M. */
export function mapCodec(properties: ReadonlyMap<string, Property>): Codec {
  return {
    kind: 'M',
    properties,
    encode: (value) => ({ M: encodeProperties(properties, value) }),
    decode(stored) {
      if (stored.M === undefined) throw new ValueProblem('a map', storedKindOf(stored))
      return decodeProperties(properties, stored.M)
    },
  }
}

/** The attributes of an object: of a map inside an item, and of the item itself. */
export function encodeProperties(properties: ReadonlyMap<string, Property>, value: unknown): Attributes {
  const source = plainObject(value)
  const attributes: Attributes = {}
  let known = 0
  for (const [name, property] of properties) {
    if (Object.hasOwn(source, name)) known++
    const encoded = encodeProperty(property, name, ownValue(source, name))
    if (encoded !== undefined) setOwn(attributes, name, encoded)
  }
  if (known !== Object.keys(source).length) refuseUnknown(properties, source)
  return attributes
}

/** One property's stored value: its default where it was left out, `undefined` where it is absent. */
export function encodeProperty(property: Property, name: string, value: unknown): AttributeValue | undefined {
  const given = value === undefined ? property.makeDefault?.() : value
  if (given === undefined && property.optional) return undefined
  try {
    return property.codec.encode(given)
  } catch (error) {
    rethrowAt(error, name)
  }
}

/** An object's properties out of stored attributes. Attributes that aren't declared are left out. */
export function decodeProperties(properties: ReadonlyMap<string, Property>, stored: Attributes): object {
  const result: Record<string, unknown> = {}
  for (const [name, property] of properties) {
    const part = ownValue(stored, name)
    try {
      const value = part === undefined ? absentValue(property) : property.codec.decode(part)
      if (value !== undefined) setOwn(result, name, value)
    } catch (error) {
      rethrowAt(error, name)
    }
  }
  return result
}

// A row may be older than an attribute of its schema: a default stands in, as it does when zod parses.
function absentValue(property: Property): unknown {
  if (property.makeDefault !== undefined) return property.makeDefault()
  if (property.optional) return undefined
  if (property.codec.absent !== undefined) return property.codec.absent()
  throw new ValueProblem('a value', 'nothing')
}

function plainObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ValueProblem('an object', kindOf(value))
  const prototype: unknown = Object.getPrototypeOf(value)
  // An object of another realm has another Object.prototype: its own prototype is null.
  if (prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== null)
    throw new ValueProblem('a plain object', kindOf(value))
  return value as Record<string, unknown>
}

function refuseUnknown(properties: ReadonlyMap<string, Property>, source: Record<string, unknown>): void {
  for (const name of Object.keys(source)) {
    if (properties.has(name)) continue
    const problem = new ValueProblem('an attribute of the schema', 'a name that it does not have')
    problem.path.push(name)
    throw problem
  }
}

/** Sets of strings, as SS. DynamoDB has no empty set: it is stored as absence. */
export function stringSetCodec(element: Codec): Codec {
  return {
    kind: 'SS',
    absent: () => new Set(),
    encode(value) {
      if (!(value instanceof Set)) throw new ValueProblem('a Set', kindOf(value))
      if (value.size === 0) return undefined
      const texts = new Set<string>()
      for (const member of value) texts.add(memberText(element, member))
      return { SS: [...texts] }
    },
    decode(stored) {
      if (stored.SS === undefined) throw new ValueProblem('a set of strings', storedKindOf(stored))
      return new Set(stored.SS.map((text) => element.decode({ S: text })))
    },
  }
}

function memberText(element: Codec, member: unknown): string {
  const encoded = element.encode(member)
  if (encoded?.S === undefined) throw new ValueProblem('a set of strings', 'a member of another kind')
  return encoded.S
}
