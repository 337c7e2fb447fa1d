// What every value codec is: one encoder and one decoder for a kind of value, and the failure they share.
import type { AttributeValue, WireKind } from '../types/attribute-value.js'
import { attributeValues, type Sink } from './sink.js'

/** The two directions of a codec. Both throw a `ValueProblem`, never anything else. */
export interface Directions {
  /**
   * Gives `undefined` for a value that is stored as absence: an empty set. The depth counts the lists and maps around the value,
   * the item included.
   */
  readonly write: <Out>(value: unknown, sink: Sink<Out>, depth: number) => Out | undefined
  readonly decode: (stored: AttributeValue, depth?: number) => unknown
  /** Whether a value is of the type that it takes, looking no deeper: tells the members of a union apart. */
  readonly accepts: (value: unknown) => boolean
}

/** What is known of a codec's values. */
export interface Traits {
  /**
   * The kinds of the values that it stores, and what each is read as: codecs that give one token for a kind read it alike, by
   * decoding it to what JavaScript has for it. The token of any other is its own.
   */
  readonly reads: ReadonlyMap<WireKind, unknown>
  /** What a required value reads as when its attribute is absent, if that is no error. */
  readonly absent?: (() => unknown) | undefined
  /** The same without the schema's checks, for operands: `gt(o.total, 0)` is right where every total is positive. */
  readonly unchecked?: Codec | undefined
  /** The properties of a map, for paths into it; of a union all that a member has. */
  readonly properties?: ReadonlyMap<string, Property> | undefined
  /** The codec of what is at one step into a list or map. */
  readonly part?: ((step: string | number) => Codec | undefined) | undefined
  /** The codec of any member of a set, or of any element of a list whose elements are of one kind. */
  readonly member?: (() => Codec) | undefined
  /** The maps that it chooses from, and the property that tells them apart. */
  readonly variants?: Variants | undefined
  /** All values that it can store, where they are finitely many. */
  readonly values?: readonly AttributeValue[] | undefined
  /** The codecs that it chooses from. */
  readonly members?: readonly Codec[] | undefined
  /** Whether it keeps properties that it doesn't name. */
  readonly open?: boolean | undefined
  /** The variant that a stored map is, where it has several. Throws a `ValueProblem` where it is none. */
  readonly variantOf?: ((stored: Readonly<Record<string, AttributeValue>>) => Codec) | undefined
}

/** The variants of a map, and the property whose value tells them apart. */
export interface Variants {
  readonly tag: string
  readonly codecs: readonly Codec[]
}

/** Turns application values into DynamoDB's and back. */
export interface Codec extends Directions, Traits {
  /** The kind of every value that it stores. */
  readonly kind: WireKind | 'several kinds'
  readonly encode: (value: unknown, depth?: number) => AttributeValue | undefined
}

/** One property of a map, and what its absence means. */
export interface Property {
  readonly codec: Codec
  readonly optional: boolean
  /** Makes the value of a property that was left out. */
  readonly makeDefault?: (() => unknown) | undefined
  /** Runs the checks of a schema that takes `undefined` on it. */
  readonly checkAbsence?: (() => void) | undefined
}

/**
 * A codec of its two directions: the only place that knows what `encode` makes. The traits of a recursive schema are known only
 * once all of it is compiled, so they may come later.
 */
export function makeCodec(directions: Directions, traits: Traits | (() => Traits)): Codec {
  let known: Traits | undefined = typeof traits === 'function' ? undefined : traits
  let isAsking = false
  const knownTraits = (): Traits => {
    if (known !== undefined || typeof traits !== 'function') return known as Traits
    if (isAsking) throw new ValueProblem('a list or a map between a schema and itself', 'nothing')
    isAsking = true
    try {
      return (known = traits())
    } finally {
      isAsking = false
    }
  }
  return {
    write: directions.write,
    decode: directions.decode,
    accepts: directions.accepts,
    encode: (value, depth = 0) => directions.write(value, attributeValues, depth),
    get kind() {
      const [kind, ...others] = knownTraits().reads.keys()
      return kind === undefined || others.length > 0 ? 'several kinds' : kind
    },
    get reads() {
      return knownTraits().reads
    },
    get absent() {
      return knownTraits().absent
    },
    get unchecked() {
      return knownTraits().unchecked
    },
    get properties() {
      return knownTraits().properties
    },
    get part() {
      return knownTraits().part
    },
    get member() {
      return knownTraits().member
    },
    get variants() {
      return knownTraits().variants
    },
    get values() {
      return knownTraits().values
    },
    get members() {
      return knownTraits().members
    },
    get open() {
      return knownTraits().open
    },
    get variantOf() {
      return knownTraits().variantOf
    },
  }
}

/** A codec that is another one but for what is given. */
export function changedCodec(codec: Codec, directions: Partial<Directions>, traits: Partial<Traits> = {}): Codec {
  const { write, decode, accepts } = codec
  return makeCodec({ write, decode, accepts, ...directions }, () => ({ ...traitsOf(codec), ...traits }))
}

function traitsOf(codec: Codec): Traits {
  const { reads, absent, unchecked, properties, part, member, variants, variantOf, values, members, open } = codec
  return { reads, absent, unchecked, properties, part, member, variants, variantOf, values, members, open }
}

/** The reading of a codec of one kind; without a token it reads as no other codec does. */
export function readsAs(kind: WireKind, token: unknown = {}): ReadonlyMap<WireKind, unknown> {
  return new Map([[kind, token]])
}

// An attribute is on the first level, and so is what it holds on the second, be it a list or a string:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes
const deepest = 32

/** The depth inside of a list or map; refuses what DynamoDB can't nest, and so whatever contains itself. */
export function deeper(depth: number): number {
  if (depth > deepest) throw new ValueProblem(`at most ${deepest} levels of lists, maps and values`, 'a deeper one')
  return depth + 1
}

/** Refuses parts of a list or map that is on the last level itself. */
export function checkParts(depth: number, parts: { readonly length: number }): void {
  if (depth === deepest && parts.length > 0) deeper(deepest + 1)
}

/** Something is wrong with a value. The path grows on the way out, so that the way in costs nothing. */
export class ValueProblem extends Error {
  readonly path: (string | number)[] = []
  constructor(
    readonly expected: string,
    readonly received: string,
  ) {
    super(expected)
  }
}

/** Adds a step to the path of a problem that comes from inside a container; throws whatever it is. */
export function rethrowAt(error: unknown, step: string | number): never {
  if (error instanceof ValueProblem) error.path.unshift(step)
  throw error
}

/** A problem at one step. */
export function problemAt(step: string | number, expected: string, received: string): ValueProblem {
  const problem = new ValueProblem(expected, received)
  problem.path.push(step)
  return problem
}

/** The kind of an application value, never the value: for messages. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'undefined'
  if (value === null) return 'null'
  if (Number.isNaN(value)) return 'NaN'
  if (typeof value !== 'object') return `a ${typeof value}`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date'
  const prototype = Object.getPrototypeOf(value) as { constructor?: unknown } | null
  const { constructor } = prototype ?? {}
  const name: unknown = typeof constructor === 'function' ? constructor.name : undefined
  if (Array.isArray(value)) return prototype === Array.prototype ? 'an array' : 'an instance of a kind of array'
  return typeof name === 'string' && name !== 'Object' && name !== '' ? `an instance of ${name}` : 'an object'
}

/** DynamoDB's name of a stored value's type. */
export function wireKindOf(stored: AttributeValue): string {
  return Object.keys(stored)[0] ?? 'none'
}

/** The kind of a stored value: for messages. */
export function storedKindOf(stored: AttributeValue): string {
  return `a value of type ${wireKindOf(stored)}`
}

/** An own property; what is inherited, such as `constructor`, is not data. */
export function ownValue<Value>(source: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(source, name) ? source[name] : undefined
}

/** Sets an own property, also where its name is `__proto__`, which plain assignment would take for the prototype. */
export function setOwn(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
  else target[name] = value
}
