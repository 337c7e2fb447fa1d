// The codec of sets: of strings, of numbers, of bytes.
import type { AttributeValue } from '../types/attribute-value.js'
import { type Codec, kindOf, makeCodec, readsAs, storedKindOf, ValueProblem } from './codec.js'
import { replay, type Sink } from './sink.js'

/** The members of a set on their way to the wire. */
interface SetKind {
  readonly kind: 'SS' | 'NS' | 'BS'
  readonly expected: string
  /** Equal for members that DynamoDB takes for one. */
  key(member: AttributeValue): string
  whole(members: readonly AttributeValue[]): AttributeValue
  parts(stored: AttributeValue): readonly AttributeValue[] | undefined
}

const kinds: Readonly<Record<string, SetKind>> = {
  S: {
    kind: 'SS',
    expected: 'a set of strings',
    key: ({ S = '' }) => S,
    whole: (members) => ({ SS: members.map(({ S = '' }) => S) }),
    parts: ({ SS }) => SS?.map((S) => ({ S })),
  },
  N: {
    kind: 'NS',
    expected: 'a set of numbers',
    key: ({ N = '' }) => N,
    whole: (members) => ({ NS: members.map(({ N = '' }) => N) }),
    parts: ({ NS }) => NS?.map((N) => ({ N })),
  },
  B: {
    kind: 'BS',
    expected: 'a set of bytes',
    key: ({ B = new Uint8Array() }) => B.join(),
    whole: (members) => ({ BS: members.map(({ B = new Uint8Array() }) => B) }),
    parts: ({ BS }) => BS?.map((B) => ({ B })),
  },
}

/** Whether sets can hold what a codec makes. */
export function canBeMember(element: Codec): boolean {
  return Object.hasOwn(kinds, element.kind)
}

/** Sets of one kind of member. DynamoDB has no empty set: it is stored as absence. */
export function setCodec(element: Codec): Codec {
  const set = kinds[element.kind]
  if (set === undefined) throw new TypeError('Members of a set are strings, numbers or bytes')
  return makeCodec(
    {
      accepts: (value) => value instanceof Set,
      write(value, sink) {
        const members = setMembers(value)
        return members.length === 0 ? undefined : writeSet(set, members, element, sink)
      },
      decode(stored) {
        const parts = set.parts(stored)
        if (parts === undefined) throw new ValueProblem(set.expected, storedKindOf(stored))
        return new Set(parts.map((part) => element.decode(part)))
      },
    },
    { reads: readsAs(set.kind), absent: () => new Set(), member: () => element },
  )
}

/** The members of a Set; an object of a class made from it would come back as another. */
export function setMembers(value: unknown): unknown[] {
  if (!(value instanceof Set)) throw new ValueProblem('a Set', kindOf(value))
  if (Object.getPrototypeOf(value) !== Set.prototype || Reflect.ownKeys(value).length > 0)
    throw new ValueProblem('a plain Set', kindOf(value))
  return [...Set.prototype.values.call(value)]
}

function writeSet<Out>(set: SetKind, members: readonly unknown[], element: Codec, sink: Sink<Out>): Out {
  const stored = new Map<string, AttributeValue>()
  for (const member of members) {
    const attribute = element.encode(member)
    if (attribute === undefined) throw new ValueProblem(set.expected, 'a member that is stored as absence')
    stored.set(set.key(attribute), attribute)
  }
  // JavaScript tells two Dates or two byte arrays apart that hold the same; a stored set can't.
  if (stored.size !== members.length)
    throw new ValueProblem('members that are stored differently', 'two that are stored alike')
  return replay(set.whole([...stored.values()]), sink)
}

/** A set of members that nothing declares: of strings, of numbers or of bytes, never mixed or empty. */
export function writeAnySet<Out>(value: unknown, element: Codec, sink: Sink<Out>): Out {
  const members = setMembers(value)
  const found = new Set(members.map((member) => Object.keys(element.encode(member) ?? {})[0] ?? ''))
  const [only = ''] = found
  const set = found.size === 1 && Object.hasOwn(kinds, only) ? kinds[only] : undefined
  if (set === undefined)
    throw new ValueProblem(
      'a set of only strings, only numbers or only bytes',
      members.length === 0 ? 'an empty set' : 'a set of something else',
    )
  return writeSet(set, members, element, sink)
}

/** Any set that is stored, as a Set. */
export function decodeAnySet(stored: AttributeValue, element: Codec): Set<unknown> | undefined {
  for (const set of Object.values(kinds)) {
    const parts = set.parts(stored)
    if (parts !== undefined) return new Set(parts.map((part) => element.decode(part)))
  }
  return undefined
}
