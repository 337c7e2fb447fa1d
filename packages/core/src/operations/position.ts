// Positions: places in the key space of a table or index, each a whole key or all keys that begin alike.
import { InputError } from '../errors/input-error.js'
import { refusing } from '../model/item.js'
import { compileKeyRanges } from '../model/key-ranges.js'
import { type EntityIndex, type Model, namesOf } from '../model/model.js'
import { boundsOf } from '../model/range.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { kindOf, ownValue, problemAt, setOwn, ValueProblem } from '../values/codec.js'

/** A position, as plans see it. */
export interface PositionPlan {
  readonly entity: string
  readonly model: Model
  readonly index: EntityIndex
  /** The attributes of the partition key. */
  readonly partition: Attributes
  /** What the sort key is, or begins with; neither where the key has none, or several attributes that are not all known. */
  readonly sort: { readonly equal?: AttributeValue; readonly prefix?: string }
  /** The whole key, where the position is one. */
  readonly key: Attributes | undefined
  /** Whether only the components of the partition key were given. */
  readonly isPartition: boolean
}

const positions = new WeakSet()

/** Plans a position by the table key or by one of the entity's indexes. */
export function planPosition(model: Model, index: EntityIndex, given: unknown): PositionPlan {
  const operation = index.physical === undefined ? `${model.name}.at` : `${model.name}.at.${index.name}`
  return refusing(operation, [], () => {
    for (const [name, value] of Object.entries(Object(given) as Record<string, unknown>))
      if (boundsOf(value) !== undefined) throw problemAt(name, 'one value: a position is no range', 'a range')
    const ranges = compileKeyRanges(model, index, given, { reverse: false, maxBuckets: undefined, unordered: false })
    if (ranges.count !== 1) throw new ValueProblem('one partition', 'several')
    const { conditions, fixed } = ranges.range(0)
    const partition: Attributes = {}
    for (const { name } of index.partitionKey) setOwn(partition, name, ownValue(fixed, name))
    const isWhole = index.sortKey.every(({ name }) => Object.hasOwn(fixed, name))
    const [part, ...others] = index.sortKey
    const last = conditions[index.partitionKey.length]
    const sort =
      part === undefined || others.length > 0
        ? {}
        : last?.type === 'compare'
          ? { equal: last.value }
          : { prefix: last?.type === 'begins-with' ? (last.prefix.S ?? '') : '' }
    const inPartition = new Set(
      index.partitionKey.flatMap(({ template }) => template.components.map(({ name }) => name)),
    )
    const isPartition = namesOf(index).every((name) => inPartition.has(name) || !Object.hasOwn(given as object, name))
    const key = isWhole ? fixed : undefined
    const position = Object.freeze({ entity: model.name, model, index, partition, sort, key, isPartition })
    positions.add(position)
    return position
  })
}

/** The positions of an entity: of the table key a call, of an index a method of its name. */
export function positionsOf(model: Model): object {
  const at = (index: EntityIndex) => (key: unknown) => planPosition(model, index, key)
  const all = at(model.key)
  // Own properties, so that indexes called `name` or `length` work as well.
  for (const [name, index] of model.indexes)
    Object.defineProperty(all, name, { value: at(index), enumerable: true, configurable: true })
  return Object.freeze(all)
}

/** Whether a value is a position. */
export function isPosition(value: unknown): value is PositionPlan {
  return typeof value === 'object' && value !== null && positions.has(value)
}

/** A caller's position. Throws `InputError`. */
export function positionOf(operation: string, place: string, value: unknown): PositionPlan {
  if (isPosition(value)) return value
  throw new InputError(operation, [place], 'a position, such as Order.at({ … })', kindOf(value))
}
