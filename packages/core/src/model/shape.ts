// What of an item is read, and how it is made of a row: all of it, what an index holds, or what the caller selects.
import type { Path } from '../errors/path.js'
import type { Attributes } from '../types/attribute-value.js'
import { type Codec, kindOf, problemAt, type Property, ValueProblem } from '../values/codec.js'
import { decodeProperties, plainObject } from '../values/containers.js'
import { selectedProperties, type Selection } from '../values/selected.js'
import { type Held, heldAttributes } from './held.js'
import { type Model, storedName } from './model.js'
import { attributesOf } from './row.js'

/** What of an item is read. */
export interface Shape {
  /** The paths to what is read, by stored names; absent for all that there is. */
  readonly paths?: readonly Path[]
  /** What is made of a row that is the entity's. Throws a `ValueProblem`. */
  readonly decode: (row: Attributes) => object
}

/** The whole item. */
export function wholeShape(model: Model): Shape {
  return { decode: (row) => model.codec.decode({ M: attributesOf(model, row) }) as object }
}

/** What an index holds of an item. */
export function heldShape(model: Model, held: Held): Shape {
  const inVariant = partsByVariant(model, (codec) => {
    const properties = codec === model.codec ? model.properties : (codec.properties ?? new Map<string, Property>())
    return new Map([...properties].filter(([name]) => held.properties.has(name)))
  })
  const { tag } = model.codec.variants ?? {}
  const partsOf = tag === undefined || !held.properties.has(tag) ? () => held.properties : inVariant
  return {
    decode(row) {
      const attributes = heldAttributes(model, held, row)
      return decodeProperties(partsOf(attributes), attributes)
    },
  }
}

/** What a caller selects of an item, or of what an index holds of it. Throws a `ValueProblem`. */
export function selectedShape(model: Model, select: unknown, held: Held | undefined): Shape {
  const selection = selectionOf(select, 0)
  const { tag } = model.codec.variants ?? {}
  // What a variant stores of a part depends on the variant: there parts are left out afterwards.
  const { properties: all, paths } = selectedProperties(model.codec, selection, tag === undefined)
  const { inKeys = new Map<string, never>() } = held ?? {}
  for (const name of selection.keys())
    if (held !== undefined && !held.properties.has(name))
      throw problemAt(name, 'an attribute that the index holds, or hydrate: true', 'one that it does not')
  const stored = paths.map(([name, ...rest]): Path => {
    const inKey = inKeys.get(name) ?? model.keyOnly.get(name)
    return inKey === undefined ? [storedName(model, name), ...rest] : [inKey.part.name]
  })
  const ofVariant = partsByVariant(model, (codec) => partsOfVariant(codec, selection))
  const partsOf = tag === undefined ? () => all : ofVariant
  return {
    paths: tag === undefined ? stored : [...stored, [storedName(model, tag)]],
    decode(row) {
      const attributes = heldAttributes(model, { inKeys }, row)
      return decodeProperties(partsOf(attributes), attributes)
    },
  }
}

function partsOfVariant(codec: Codec, selection: Selection): ReadonlyMap<string, Property> {
  const own = [...selection].filter(([name]) => codec.properties?.has(name) === true || codec.open === true)
  return selectedProperties(codec, new Map(own), false).properties
}

/** The properties of the variant that a row is, each made once. */
function partsByVariant(
  { codec }: Model,
  make: (variant: Codec) => ReadonlyMap<string, Property>,
): (attributes: Attributes) => ReadonlyMap<string, Property> {
  const known = new Map<Codec, ReadonlyMap<string, Property>>()
  return (attributes) => {
    const variant = codec.variantOf?.(attributes) ?? codec
    const parts = known.get(variant) ?? make(variant)
    known.set(variant, parts)
    return parts
  }
}

const deepest = 32

/** A caller's object of `true`s. Throws a `ValueProblem`. */
function selectionOf(select: unknown, depth: number): Selection {
  const expected = 'an object such as { status: true, address: { city: true } }'
  if (typeof select !== 'object' || select === null) throw new ValueProblem(expected, kindOf(select))
  const names = Object.entries(plainObject(select))
  if (names.length === 0) throw new ValueProblem(`${expected} with a name at least`, 'an empty one')
  if (depth > deepest) throw new ValueProblem(`at most ${deepest} levels`, 'more')
  return new Map(
    names.map(([name, wanted]): [string, true | Selection] => {
      if (wanted === true) return [name, true]
      if (typeof wanted !== 'object' || wanted === null)
        throw problemAt(name, 'true, or an object of what is wanted of it', kindOf(wanted))
      try {
        return [name, selectionOf(wanted, depth + 1)]
      } catch (error) {
        if (error instanceof ValueProblem) error.path.unshift(name)
        throw error
      }
    }),
  )
}

/** Paths without those that lie in another: DynamoDB refuses what overlaps. */
export function withoutOverlap(paths: readonly Path[]): readonly Path[] {
  const known = new Set(paths.map((path) => JSON.stringify(path)))
  const seen = new Set<string>()
  return paths.filter((path) => {
    const text = JSON.stringify(path)
    if (seen.has(text)) return false
    seen.add(text)
    return !path.some((_, length) => length > 0 && known.has(JSON.stringify(path.slice(0, length))))
  })
}
