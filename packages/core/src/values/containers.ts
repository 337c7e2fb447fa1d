// The codecs of maps: objects with declared properties, and the properties of an item by themselves.
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import {
  checkParts,
  type Codec,
  deeper,
  kindOf,
  makeCodec,
  ownValue,
  problemAt,
  type Property,
  readsAs,
  rethrowAt,
  setOwn,
  storedKindOf,
  ValueProblem,
} from './codec.js'
import { present } from './lists.js'
import { isIllFormed } from './scalars.js'
import { attributeValues, type Sink } from './sink.js'

/** Whether a value may be an object of properties. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Objects with declared properties, as M. The catchall is for what is not declared; without it that is refused. */
export function mapCodec(properties: ReadonlyMap<string, Property>, catchall?: Codec): Codec {
  let entries: readonly (readonly [string, Property])[] | undefined
  return makeCodec(
    {
      accepts: isObject,
      // Listed once: walking a map anew costs a pair a property and value.
      write: (value, sink, depth) =>
        writeProperties(properties, (entries ??= [...properties]), catchall, value, sink, depth),
      decode(stored, depth = 0) {
        if (stored.M === undefined) throw new ValueProblem('a map', storedKindOf(stored))
        return decodeProperties(properties, stored.M, depth, catchall)
      },
    },
    {
      reads: readsAs('M'),
      properties,
      part: (step) => properties.get(String(step))?.codec ?? catchall,
      open: catchall !== undefined,
    },
  )
}

function writeProperties<Out>(
  properties: ReadonlyMap<string, Property>,
  entries: readonly (readonly [string, Property])[],
  catchall: Codec | undefined,
  value: unknown,
  sink: Sink<Out>,
  depth: number,
): Out {
  const source = plainObject(value)
  const inside = deeper(depth)
  const names: string[] = []
  const parts: Out[] = []
  for (const [name, property] of entries) {
    const part = writeProperty(property, name, ownValue(source, name), sink, inside)
    if (part === undefined) continue
    names.push(name)
    parts.push(part)
  }
  for (const name of Object.keys(source)) {
    if (properties.has(name)) continue
    if (catchall === undefined) throw problemAt(name, 'an attribute of the schema', 'a name that it does not have')
    const other = source[name]
    if (other === undefined) continue
    parts.push(writeNamed(catchall, name, other, sink, inside))
    names.push(name)
  }
  checkParts(depth, parts)
  return sink.map(names, parts)
}

/** The value under a name that comes from the data. */
export function writeNamed<Out>(codec: Codec, name: string, value: unknown, sink: Sink<Out>, depth: number): Out {
  try {
    checkName(name)
    return present(codec.write(value, sink, depth))
  } catch (error) {
    rethrowAt(error, name)
  }
}

function writeProperty<Out>(
  property: Property,
  name: string,
  value: unknown,
  sink: Sink<Out>,
  depth: number,
): Out | undefined {
  try {
    const given = value === undefined ? property.makeDefault?.() : value
    if (given !== undefined || !property.optional) return property.codec.write(given, sink, depth)
    property.checkAbsence?.()
    return undefined
  } catch (error) {
    rethrowAt(error, name)
  }
}

/** One property's stored value: its default where it was left out, `undefined` where it is absent. */
export function encodeProperty(property: Property, name: string, value: unknown): AttributeValue | undefined {
  return writeProperty(property, name, value, attributeValues, 1)
}

/** An object's properties out of stored attributes. Those that aren't declared are left out, unless there is a catchall. */
export function decodeProperties(
  properties: ReadonlyMap<string, Property>,
  stored: Attributes,
  depth = 0,
  catchall?: Codec,
): object {
  const inside = deeper(depth)
  const result: Record<string, unknown> = {}
  for (const [name, property] of properties) {
    const part = ownValue(stored, name)
    try {
      const value = part === undefined ? absentValue(property, inside) : property.codec.decode(part, inside)
      if (value !== undefined) setOwn(result, name, value)
    } catch (error) {
      rethrowAt(error, name)
    }
  }
  if (catchall !== undefined) decodeOthers(result, properties, catchall, stored, inside)
  return result
}

function decodeOthers(
  result: Record<string, unknown>,
  properties: ReadonlyMap<string, Property>,
  catchall: Codec,
  stored: Attributes,
  depth: number,
): void {
  for (const name of Object.keys(stored)) {
    if (properties.has(name)) continue
    setOwn(result, name, decodeNamed(catchall, name, stored, depth))
  }
}

/** The value under a name that comes from the data. */
export function decodeNamed(codec: Codec, name: string, stored: Attributes, depth: number): unknown {
  try {
    return codec.decode(stored[name] as AttributeValue, depth)
  } catch (error) {
    rethrowAt(error, name)
  }
}

// A row may be older than an attribute of its schema: a default stands in, as it does when zod parses.
function absentValue({ codec, makeDefault, optional }: Property, depth: number): unknown {
  if (makeDefault !== undefined) return ownCopy(codec, makeDefault(), depth)
  if (optional) return undefined
  if (codec.absent !== undefined) return codec.absent()
  throw new ValueProblem('a value', 'nothing')
}

/** A default that is an object belongs to the schema, at least in part: whoever reads it may change it. */
function ownCopy(codec: Codec, value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  const stored = (codec.unchecked ?? codec).encode(value, depth)
  return stored === undefined ? codec.absent?.() : codec.decode(stored, depth)
}

/** An object that is nothing but its own properties: anything else of it would be lost. */
export function plainObject(value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw new ValueProblem('an object', kindOf(value))
  const prototype: unknown = Object.getPrototypeOf(value)
  // An object of another realm has another Object.prototype, which is the one prototype that has this method of its own.
  const isPlain =
    prototype === null ||
    prototype === Object.prototype ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf'))
  if (!isPlain) throw new ValueProblem('a plain object', kindOf(value))
  if (Object.getOwnPropertySymbols(value).length > 0)
    throw new ValueProblem('an object with names', 'one with symbols in their place')
  return value as Record<string, unknown>
}

const mostNameBytes = 65_535

/** Refuses a name that DynamoDB can't store, or would store as another. */
export function checkName(name: string): void {
  if (name === '') throw new ValueProblem('a name', 'an empty one')
  if (isIllFormed(name)) throw new ValueProblem('a well-formed name', 'one with half a surrogate pair')
  // A character has at most three bytes, or four where it takes two places.
  if (name.length * 3 > mostNameBytes && new TextEncoder().encode(name).length > mostNameBytes)
    throw new ValueProblem('a name of at most 65,535 bytes', 'a longer one')
}
