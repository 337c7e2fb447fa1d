// What a read gives of each item: the whole, what the index holds, what the caller selects, or the item that the index points to.
import { InputError } from '../errors/input-error.js'
import type { Path } from '../errors/path.js'
import { type ConditionTree, pathsIn } from '../expressions/condition.js'
import { decoding, refusing } from '../model/item.js'
import { type Held, heldAttributes, heldBy } from '../model/held.js'
import { type EntityIndex, type Model, partsOf, storedName } from '../model/model.js'
import { attributesOf, hasKeyOf, isRowOf } from '../model/row.js'
import { selectedShape, type Shape, wholeShape, heldShape, withoutOverlap } from '../model/shape.js'
import { keysOf } from '../model/table-model.js'
import type { Attributes } from '../types/attribute-value.js'
import { kindOf } from '../values/codec.js'
import { conditionOf } from './plan.js'
import { discriminatorCondition, type Hydration } from './read-plan.js'

/** What a caller wants of each item. */
export interface ShapeOptions {
  readonly select?: unknown
  readonly hydrate?: unknown
}

/** What a read of one index gives of each item. */
export interface ReadShape {
  readonly held: Held | undefined
  /** What tells the entity's rows from others in a filter, as far as the index holds it. */
  readonly discriminator: readonly ConditionTree[]
  /** Whether the request asks for whole rows, which a local index fetches by itself. */
  readonly fetches: boolean
  /** The paths to ask for, with those by which rows are judged; absent for all that the index holds. */
  paths(isJudged: boolean): readonly Path[] | undefined
  /** The paths by which rows are counted. */
  countPaths(isJudged: boolean): readonly Path[]
  isRow(row: Attributes): boolean
  /** The attributes of a row by the names of the schema. */
  attributes(row: Attributes): Attributes
  /** The item of a row that is the entity's. Throws `DecodeError`. */
  item(row: Attributes): object
  /** Where the index only points to items: how these are read. */
  readonly hydration: Hydration | undefined
}

/** Plans what a read gives. Throws `InputError`. */
export function planShape(model: Model, index: EntityIndex, operation: string, options: ShapeOptions): ReadShape {
  const { hydrate = false } = options
  if (typeof hydrate !== 'boolean') throw new InputError(operation, ['hydrate'], 'true or false', kindOf(hydrate))
  const held = heldBy(model, index)
  const isLocal = index.physical?.local === true
  // A local index fetches what it does not hold; on a global one only the items themselves have it.
  const isPointer = held !== undefined && hydrate && !isLocal
  const within = hydrate || ('select' in options && isLocal) ? undefined : held
  const given = shapeOf(model, operation, options, within)
  const judges = held === undefined || held.namesEntity ? discriminatorCondition(model) : []
  const named = judges.map((): Path => [model.discriminator?.attribute ?? ''])
  const keys = [...keysOf(model.table), ...keysOf(index.physical ?? model.table)].map(({ name }): Path => [name])
  const { expiresAt } = model.managed
  const expiry = expiresAt?.hides === true ? [[storedName(model, expiresAt.name)]] : []
  const needed = (isJudged: boolean): readonly Path[] =>
    withoutOverlap([...keys, ...named, ...expiry, ...(isJudged ? judgedBy(model, index, held) : [])])
  return {
    held,
    discriminator: judges,
    fetches: isLocal && held !== undefined && hydrate && given.paths === undefined,
    paths(isJudged) {
      if (isPointer) return needed(isJudged)
      return given.paths && withoutOverlap([...given.paths, ...needed(isJudged)])
    },
    countPaths: needed,
    isRow: (row) => (held === undefined || held.namesEntity ? isRowOf(model, row) : hasKeyOf(model, row)),
    attributes: (row) => (held === undefined ? attributesOf(model, row) : heldAttributes(model, held, row)),
    item: (row) => decoding(model, () => given.decode(row)),
    hydration: isPointer ? hydrationOf(model, given) : undefined,
  }
}

function shapeOf(model: Model, operation: string, options: ShapeOptions, within: Held | undefined): Shape {
  if ('select' in options) return refusing(operation, ['select'], () => selectedShape(model, options.select, within))
  return within === undefined ? wholeShape(model) : heldShape(model, within)
}

/** The attributes that the key of an index, and its `when`, are made of. */
function judgedBy(model: Model, index: EntityIndex, held: Held | undefined): readonly Path[] {
  const components = partsOf(index).flatMap(({ template }) => template.components.map(({ path: [first] }) => first))
  const names = [...components, ...index.when.map(({ property }) => property)]
  const sources = names.flatMap((name) => model.computed.get(name)?.from ?? [name])
  return sources.flatMap((name): Path[] => {
    const attribute = model.keyOnly.get(name)?.part.name ?? storedName(model, name)
    return held === undefined || held.has(attribute) ? [[attribute]] : []
  })
}

function hydrationOf(model: Model, shape: Shape): Hydration {
  const named = discriminatorCondition(model).map((): Path => [model.discriminator?.attribute ?? ''])
  const keys = keysOf(model.table).map(({ name }): Path => [name])
  return {
    model,
    paths: shape.paths && withoutOverlap([...shape.paths, ...keys, ...named]),
    item: (row) => (isRowOf(model, row) ? decoding(model, () => shape.decode(row)) : undefined),
  }
}

/** A caller's filter, over what an index holds. */
export function filterOf(model: Model, operation: string, filter: unknown, held: Held | undefined): ConditionTree {
  const tree = conditionOf(model, operation, 'filter', filter)
  for (const [attribute] of held === undefined ? [] : pathsIn(tree))
    if (held?.has(String(attribute)) === false)
      throw new InputError(operation, ['filter', String(attribute)], 'attributes that the index holds', 'another one')
  return tree
}
