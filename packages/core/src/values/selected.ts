// Parts of values: the codecs of what a selection leaves of a map or list, made from the codecs of the whole.
import type { AttributeValue } from '../types/attribute-value.js'
import {
  changedCodec,
  type Codec,
  deeper,
  problemAt,
  type Property,
  rethrowAt,
  setOwn,
  storedKindOf,
  ValueProblem,
} from './codec.js'
import { mapCodec } from './containers.js'
import { decodeElements } from './lists.js'

/** What is wanted of a map or list: names or positions, each with all of it or with what is wanted of it. */
export type Selection = ReadonlyMap<string, true | Selection>

type Steps = readonly (string | number)[]

interface SelectedPart {
  readonly codec: Codec
  /** The paths below the value that are to be read in its place. */
  readonly paths: readonly Steps[]
}

/** The properties that a selection leaves of a map. */
export interface SelectedProperties {
  readonly properties: ReadonlyMap<string, Property>
  /** The paths to be read, each with the name of its property first. */
  readonly paths: readonly (readonly [string, ...Steps])[]
}

/** What a selection leaves of a map; if not `narrow`, whole properties are read. Throws a `ValueProblem` for what the map does not have. */
export function selectedProperties(codec: Codec, selection: Selection, narrow = true): SelectedProperties {
  const properties = new Map<string, Property>()
  const paths: [string, ...Steps][] = []
  for (const [name, wanted] of selection) {
    const property = propertyAt(codec, name)
    const part = wanted === true ? wholePart(property.codec) : at(name, () => selectedPart(property, wanted, narrow))
    properties.set(name, { ...property, codec: part.codec })
    for (const path of part.paths) paths.push([name, ...path])
  }
  return { properties, paths }
}

function wholePart(codec: Codec): SelectedPart {
  return { codec, paths: [[]] }
}

function selectedPart({ codec, optional, makeDefault }: Property, selection: Selection, narrow: boolean): SelectedPart {
  const part = narrow ? narrowed(codec, selection) : undefined
  // Absence must say what that of the whole says.
  if (part !== undefined && makeDefault === undefined && (!optional || alwaysShows(part.codec))) return part
  return wholePart(pickedFrom(codec, selection))
}

/** Reads nothing but what is wanted; `undefined` where what is stored depends on the value. */
function narrowed(codec: Codec, selection: Selection): SelectedPart | undefined {
  if (codec.kind === 'L') return narrowedList(codec, selection)
  if (codec.kind !== 'M' || codec.variantOf !== undefined || codec.members !== undefined) return undefined
  const { properties, paths } = selectedProperties(codec, selection)
  const map = mapCodec(properties)
  // Nothing is stored of a map that has none of what is wanted.
  return { codec: changedCodec(map, {}, { absent: () => map.decode({ M: {} }, 1) }), paths }
}

/** DynamoDB gives the elements that there are, one after the other. Each is read whole: none can vanish for lack of a part. */
function narrowedList(codec: Codec, selection: Selection): SelectedPart {
  const positions = [...selection.keys()].map(positionOf).toSorted((a, b) => a - b)
  const elements = positions.map((position) => partOf(codec, position, selection.get(String(position)) ?? true))
  const decode = (stored: AttributeValue, depth = 0): unknown => {
    if (stored.L === undefined) throw new ValueProblem('a list', storedKindOf(stored))
    return decodeElements(stored.L, (index) => elements[index] ?? codec, deeper(depth))
  }
  return {
    codec: changedCodec(codec, { decode }, { absent: () => [] }),
    paths: positions.map((position) => [position]),
  }
}

/** Reads all, and leaves out what is not wanted. */
function pickedFrom(codec: Codec, selection: Selection): Codec {
  const isList = codec.reads.has('L') && !codec.reads.has('M')
  for (const [name, wanted] of selection) {
    if (isList) partOf(codec, positionOf(name), wanted)
    else if (wanted !== true) at(name, () => pickedFrom(propertyAt(codec, name).codec, wanted))
    else propertyAt(codec, name)
  }
  return changedCodec(codec, { decode: (stored, depth) => picked(codec.decode(stored, depth), selection) })
}

function partOf(codec: Codec, position: number, wanted: true | Selection): Codec {
  const element = codec.part?.(position)
  if (element === undefined) throw problemAt(position, 'a position of the list', 'one that it does not have')
  return wanted === true ? element : at(position, () => pickedFrom(element, wanted))
}

/** Whether something of what is wanted is stored whenever there is a value. */
function alwaysShows({ properties }: Codec): boolean {
  return [...(properties?.values() ?? [])].some(
    ({ codec, optional, makeDefault }) => !optional && makeDefault === undefined && codec.absent === undefined,
  )
}

// DynamoDB's paths have no greater positions.
function positionOf(name: string): number {
  if (/^(?:0|[1-9]\d{0,8})$/.test(name)) return Number(name)
  throw problemAt(name, 'a position of a list, from 0', 'another name')
}

/** What is at one name of a map; what only its name makes one of the map may not be there. */
function propertyAt(codec: Codec, name: string): Property {
  const property = codec.properties?.get(name)
  if (property !== undefined) return property
  const other = codec.reads.has('M') && codec.open === true ? codec.part?.(name) : undefined
  if (other !== undefined) return { codec: other, optional: true }
  throw problemAt(name, 'an attribute of the schema', 'a name that it does not have')
}

/** What a selection leaves of an application value. */
export function picked(value: unknown, selection: Selection): unknown {
  if (typeof value !== 'object' || value === null) return value
  const part = (inner: unknown, wanted: true | Selection): unknown => (wanted === true ? inner : picked(inner, wanted))
  if (Array.isArray(value)) {
    const elements = [...selection].map(([name, wanted]) => [Number(name), wanted] as const)
    const found = elements.filter(([position]) => position < value.length).toSorted(([a], [b]) => a - b)
    return found.map(([position, wanted]) => part(value[position], wanted))
  }
  const source = value as Readonly<Record<string, unknown>>
  const result: Record<string, unknown> = {}
  for (const [name, wanted] of selection)
    if (Object.hasOwn(source, name)) setOwn(result, name, part(source[name], wanted))
  return result
}

function at<Result>(step: string | number, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    return rethrowAt(error, step)
  }
}
