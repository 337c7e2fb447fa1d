// What every value codec is: one encoder and one decoder for a kind of value, and the failure they share.
import type { AttributeValue, WireKind } from '../types/attribute-value.js'

/** Turns application values into DynamoDB's and back. Both directions throw a `ValueProblem`, never anything else. */
export interface Codec {
  /** The kind of every value that it stores. */
  readonly kind: WireKind
  /** Gives `undefined` for a value that is stored as absence: an empty set. */
  encode(value: unknown): AttributeValue | undefined
  decode(stored: AttributeValue): unknown
  /** What a required value reads as when its attribute is absent, if that is no error. */
  absent?(): unknown
  /** The same without the schema's checks, for operands: `gt(o.total, 0)` is right where every total is positive. */
  readonly unchecked?: Codec
  /** The properties of a map, for paths into it. */
  readonly properties?: ReadonlyMap<string, Property>
}

/** One property of a map, and what its absence means. */
export interface Property {
  readonly codec: Codec
  readonly optional: boolean
  /** Makes the value of a property that was left out. */
  readonly makeDefault?: () => unknown
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

/** The kind of an application value, never the value: for messages. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'undefined'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (Number.isNaN(value)) return 'NaN'
  if (typeof value !== 'object') return `a ${typeof value}`
  const name = (Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null)?.constructor?.name
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date'
  return typeof name === 'string' && name !== 'Object' && name !== '' ? `an instance of ${name}` : 'an object'
}

/** The kind of a stored value: for messages. */
export function storedKindOf(stored: AttributeValue): string {
  return `a value of type ${Object.keys(stored)[0] ?? 'none'}`
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
