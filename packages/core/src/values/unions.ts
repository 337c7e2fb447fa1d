// The codecs that choose between others by the kind of a stored value.
import type { WireKind } from '../types/attribute-value.js'
import {
  changedCodec,
  type Codec,
  kindOf,
  makeCodec,
  type Property,
  storedKindOf,
  type Traits,
  ValueProblem,
  wireKindOf,
} from './codec.js'
import { scalarKey } from './literals.js'
import { nullCodec } from './scalars.js'
import { replay, type Sink } from './sink.js'

/**
 * One of several codecs. A value is written by the first that takes it, a stored one is read by the first of its kind that can.
 * Members that share a kind must read it alike or know their own.
 */
export function unionCodec(membersOf: () => readonly Codec[]): Codec {
  const codec: Codec = makeCodec(
    {
      accepts: (value) => members().some((member) => member.accepts(value)),
      write: (value, sink, depth) => writeFirst(members(), value, sink, depth),
      decode(stored, depth = 0) {
        const candidates = byKind().get(wireKindOf(stored))
        if (candidates === undefined) throw new ValueProblem(expectedOf(byKind().keys()), storedKindOf(stored))
        const [first] = candidates
        if (first !== undefined && candidates.length === 1) return first.decode(stored, depth)
        return firstOf(candidates, (candidate) => candidate.decode(stored, depth))
      },
    },
    () => unionTraits(members()),
  )
  // A recursive union is a member of itself before it knows its members.
  let known: readonly Codec[] | undefined
  const members = (): readonly Codec[] => (known ??= membersOf())
  let kinds: ReadonlyMap<string, readonly Codec[]> | undefined
  const byKind = (): ReadonlyMap<string, readonly Codec[]> => (kinds ??= membersByKind(members()))
  return codec
}

/** The members that store each kind, in their order. */
export function membersByKind(members: readonly Codec[]): ReadonlyMap<WireKind, readonly Codec[]> {
  const byKind = new Map<WireKind, Codec[]>()
  for (const member of members)
    for (const kind of member.reads.keys()) {
      const others = byKind.get(kind)
      if (others === undefined) byKind.set(kind, [member])
      else others.push(member)
    }
  return byKind
}

function unionTraits(members: readonly Codec[]): Traits {
  const reads = new Map<WireKind, unknown>()
  for (const [kind, [first, ...others]] of membersByKind(members)) {
    const token = first?.reads.get(kind)
    reads.set(kind, others.every((other) => other.reads.get(kind) === token) ? token : {})
  }
  const maps = members.filter(({ properties }) => properties !== undefined)
  const values = members.map((member) => member.values)
  return {
    reads,
    members,
    absent: members.find(({ absent }) => absent !== undefined)?.absent,
    unchecked: members.some(({ unchecked }) => unchecked)
      ? unionCodec(() => members.map((member) => member.unchecked ?? member))
      : undefined,
    properties: maps.length === 0 ? undefined : mergedProperties(maps),
    part: (step) => oneOf(members.flatMap(({ part }) => part?.(step) ?? [])),
    member: memberOf(members),
    variants: members.find(({ variants }) => variants !== undefined)?.variants,
    values: values.every((list) => list !== undefined) ? values.flat() : undefined,
    open: members.some(({ open }) => open),
  }
}

function memberOf(members: readonly Codec[]): (() => Codec) | undefined {
  const found = members.flatMap(({ member }) => member ?? [])
  return found.length === 0 ? undefined : () => oneOf(found.map((member) => member())) as Codec
}

/** Whichever of several codecs takes a value. */
export function oneOf(codecs: readonly Codec[]): Codec | undefined {
  const distinct = [...new Set(codecs)]
  return distinct.length > 1 ? unionCodec(() => distinct) : distinct[0]
}

/** The properties of all variants. One that a variant lacks is optional; one with several codecs is whichever takes its value. */
export function mergedProperties(variants: readonly Codec[]): ReadonlyMap<string, Property> {
  const merged = new Map<string, Property>()
  for (const name of new Set(variants.flatMap(({ properties }) => [...(properties?.keys() ?? [])]))) {
    const found = variants.flatMap(({ properties }) => properties?.get(name) ?? [])
    const [first] = found
    const codec = oneOf(found.map((property) => property.codec))
    if (first === undefined || codec === undefined) continue
    const optional = found.length < variants.length || found.some((property) => property.optional)
    merged.set(name, variants.length === 1 ? first : { codec, optional })
  }
  return merged
}

/** The first result that is no problem; else the problem of the codec that came furthest into the value. */
function firstOf<Result>(codecs: readonly Codec[], attempt: (codec: Codec) => Result): Result {
  let furthest: ValueProblem | undefined
  for (const codec of codecs) {
    try {
      return attempt(codec)
    } catch (error) {
      if (!(error instanceof ValueProblem)) throw error
      if (furthest === undefined || error.path.length > furthest.path.length) furthest = error
    }
  }
  throw furthest ?? new ValueProblem('a value', 'nothing')
}

function writeFirst<Out>(members: readonly Codec[], value: unknown, sink: Sink<Out>, depth: number): Out | undefined {
  const candidates = members.filter((member) => member.accepts(value))
  const [first] = candidates
  if (first === undefined)
    throw new ValueProblem(expectedOf(members.flatMap(({ reads }) => [...reads.keys()])), kindOf(value))
  if (candidates.length === 1) return first.write(value, sink, depth)
  return firstOf(candidates, (candidate) => candidate.write(value, sink, depth))
}

function expectedOf(kinds: Iterable<string>): string {
  return `a value that is stored as ${[...new Set(kinds)].join(' or ')}`
}

/** A codec or null, which is stored as NULL. */
export function nullableCodec(inner: Codec): Codec {
  return makeCodec(
    {
      accepts: (value) => value === null || inner.accepts(value),
      write: (value, sink, depth) => (value === null ? sink.null() : inner.write(value, sink, depth)),
      decode: (stored, depth) => (stored.NULL === undefined ? inner.decode(stored, depth) : null),
    },
    () => ({
      reads: new Map([...inner.reads, ['NULL', inner.reads.has('NULL') ? {} : 'null']]),
      absent: inner.absent,
      unchecked: inner.unchecked && nullableCodec(inner.unchecked),
      properties: inner.properties,
      part: inner.part,
      member: inner.member,
      variants: inner.variants,
      members: [...(inner.members ?? [inner]), nullCodec],
      values: inner.values && [...inner.values, { NULL: true }],
      open: inner.open,
    }),
  )
}

/** A codec that leaves some stored values to others: a value that would be stored as one of them would be read as theirs. */
export function excludingCodec(inner: Codec, taken: ReadonlySet<string>): Codec {
  return changedCodec(inner, {
    write(value, sink, depth) {
      const stored = inner.encode(value, depth)
      if (stored === undefined) return undefined
      if (taken.has(scalarKey(stored)))
        throw new ValueProblem('a value that reads as itself', 'one that is stored as a literal of the union is')
      return replay(stored, sink)
    },
  })
}
