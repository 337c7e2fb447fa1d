// What the fields of an entity stand for, and how they are known from data.
import type { Path } from '../errors/path.js'
import { type Codec, kindOf, ValueProblem } from '../values/codec.js'

/** An attribute, or a path inside one; the whole item has no codec, and its path is that of its partition key. */
export interface FieldNode {
  readonly path: Path
  readonly codec: Codec | undefined
  /** The same path as the schema calls it. */
  readonly names: Path
  /** Whether it may be taken away. */
  readonly optional: boolean
  /** Whether it tells the variants of the map around it apart. */
  readonly isTag?: boolean
  /** Whether it is the size of something, and so no place that can be changed or asked for. */
  readonly size?: true
  /** Whether keys alone hold it, so that no expression can name it. */
  readonly isInKeysAlone?: boolean
  /** The field of one step into a list or map; `undefined` where the schema has none. */
  readonly child: (step: string | number) => object | undefined
}

// A symbol, so that nothing that came from JSON can pass for a field; registered, for two copies of the package.
export const fieldBrand: unique symbol = Symbol.for('keyloom.field') as never

/** Whether a value is a field, or the size of one. */
export function isField(value: unknown): value is object {
  return typeof value === 'object' && value !== null && fieldBrand in value
}

/** What a field stands for; anything else is refused. */
export function nodeOf(field: unknown): FieldNode {
  if (isField(field)) {
    const node = (field as Record<symbol, unknown>)[fieldBrand] as FieldNode
    if (node.isInKeysAlone !== true) return node
    const problem = new ValueProblem(
      'an attribute of its own: no expression can name one that keys alone hold. Give it in the key, in set or in given',
      'one that keys alone hold',
    )
    problem.path.push(...node.names)
    throw problem
  }
  throw new ValueProblem('a field of the entity', kindOf(field))
}

/** What a field stands for that has a place of its own: a size has none. */
export function placeOf(field: unknown): FieldNode {
  const node = nodeOf(field)
  if (node.size !== true) return node
  throw new ValueProblem('a field of the entity', 'the size of one')
}

/** The codec of a field; the whole item has none. */
export function codecOf({ codec, names }: FieldNode): Codec {
  if (codec !== undefined) return codec.unchecked ?? codec
  const problem = new ValueProblem('one attribute', 'the whole item')
  problem.path.push(...names)
  throw problem
}

/** A field by hand, for what is no property: a size. */
export function fieldOf(node: FieldNode): object {
  const field = Object.create(null) as object
  Object.defineProperty(field, fieldBrand, { value: node })
  return Object.freeze(field)
}

/** One step into a list or map. */
export function stepInto(field: unknown, step: unknown): object {
  const node = placeOf(field)
  const found = typeof step === 'string' || typeof step === 'number' ? node.child(step) : undefined
  if (found !== undefined) return found
  const problem = new ValueProblem(
    'a position of a list, or a name of a map',
    typeof step === 'number' ? 'another number' : kindOf(step),
  )
  problem.path.push(...node.names)
  throw problem
}

/** Whether two paths are one. */
export function isSamePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, position) => step === other[position])
}

/** Whether one path is the other, or lies on the way to it. */
export function overlap(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length)
  return one.slice(0, length).every((step, position) => step === other[position])
}
