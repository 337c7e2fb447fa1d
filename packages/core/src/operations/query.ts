// query: the rows of one partition, or a range of them, that are this entity's.
import { InputError } from '../errors/input-error.js'
import { allOf, type ConditionTree, pathsIn } from '../expressions/condition.js'
import { Placeholders } from '../expressions/placeholders.js'
import { printCondition, printKeyCondition, printProjection } from '../expressions/print.js'
import { refusing } from '../model/item.js'
import type { KeyRange } from '../model/key-range.js'
import { boundsConditions, compileKeyRanges, type KeyRanges } from '../model/key-ranges.js'
import { type EntityIndex, type Model, partsOf, storedName } from '../model/model.js'
import { narrowed } from '../model/narrow-range.js'
import { keysOf, type PhysicalKeys } from '../model/table-model.js'
import type { Attributes } from '../types/attribute-value.js'
import type { Request } from '../types/operation.js'
import type { ConsistentQueryOptions } from '../types/options.js'
import { kindOf, problemAt } from '../values/codec.js'
import { checkHidden, showsExpired, shownFilter } from './expiry.js'
import { checkOptions } from './options.js'
import { sealed, tableName } from './plan.js'
import {
  type Binding,
  defaultConcurrency,
  type PageOptions,
  positionKindsOf,
  type ReadPlan,
  type ReadSource,
  singleSource,
} from './read-plan.js'
import { filterOf, planShape, type ReadShape, type ShapeOptions } from './read-shape.js'

/** What the sources of one query share. */
interface QueryContext {
  readonly model: Model
  readonly index: EntityIndex
  readonly operation: string
  readonly shape: ReadShape
  readonly filter: ConditionTree | undefined
  readonly reverse: boolean
  readonly consistent: boolean
  /** Whether expired rows are given. */
  readonly shows: boolean
}

const optionNames = [
  'filter',
  'select',
  'hydrate',
  'reverse',
  'consistent',
  'exact',
  'maxBuckets',
  'unordered',
  'concurrency',
  'expired',
]

/** Plans a query by the table key or by one of the entity's indexes. */
export function planQuery(
  model: Model,
  index: EntityIndex,
  key: unknown,
  options: ConsistentQueryOptions<never> & ShapeOptions = {},
): ReadPlan {
  const operation = index.physical === undefined ? `${model.name}.query` : `${model.name}.query.${index.name}`
  checkOptions(operation, options, optionNames)
  const { reverse = false, consistent = false, exact = false, unordered = false, maxBuckets, concurrency } = options
  if (consistent && index.physical?.local === false)
    throw new InputError(operation, ['consistent'], 'no consistent read: DynamoDB has none on a global index', 'true')
  const shows = showsExpired(model, operation, options.expired)
  checkHidden(
    model,
    operation,
    shows,
    partsOf(index).map(({ name }) => name),
  )
  checkWhole(operation, { maxBuckets, concurrency })
  const ranges = refusing(operation, [], () => compileKeyRanges(model, index, key, { reverse, maxBuckets, unordered }))
  const shape = planShape(model, index, operation, options)
  const filter = options.filter === undefined ? [] : [filterOf(model, operation, options.filter, shape.held)]
  for (const tree of filter) checkFilter(operation, tree, index.physical ?? model.table)
  const within = exact ? refusing(operation, [], () => exactly(model, index, ranges)) : []
  const context: QueryContext = {
    model,
    index,
    operation,
    shape,
    filter: allOf([...within, ...filter]),
    reverse,
    consistent,
    shows,
  }
  const { count, width, choices } = ranges
  const binding = (): Binding => bindingOf(context, ranges)
  const plan = { kind: 'query', entity: model.name, operation, binding } as const
  if (count === 1) return sealed(singleSource(plan, querySource(context, ranges.range(0))))
  const source = (ordinal: number): ReadSource => querySource(context, ranges.range(ordinal))
  return sealed<ReadPlan>({
    ...plan,
    count,
    width,
    concurrency: concurrency ?? Math.min(choices, defaultConcurrency),
    source,
    request: (from) => source(0).request(from) as Request,
  })
}

/** Refuses counts that bound nothing. */
function checkWhole(operation: string, counts: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (value === undefined || (Number.isSafeInteger(value) && (value as number) > 0)) continue
    throw new InputError(operation, [name], 'a whole number from 1', kindOf(value))
  }
}

/** The filter on a time of which whole buckets are read. */
function exactly(model: Model, index: EntityIndex, { inexact }: KeyRanges): readonly ConditionTree[] {
  if (inexact === undefined) return []
  const { name, path } = inexact.component
  const [property, ...rest] = path
  const codec = model.components.get(name)?.codec
  if (codec === undefined || model.keyOnly.has(property))
    throw problemAt(name, 'whole buckets: the attribute is in keys alone, where nothing filters', 'exact')
  const attribute = storedName(model, property)
  if (partsOf(index).some((part) => part.name === attribute))
    throw problemAt(name, 'whole buckets: the attribute is a key of the index, where nothing filters', 'exact')
  return boundsConditions([attribute, ...rest], inexact.bounds, (value) => (codec.unchecked ?? codec).encode(value))
}

/** DynamoDB refuses filters on the key attributes of what is queried. */
function checkFilter(operation: string, filter: ConditionTree, index: PhysicalKeys): void {
  const names = new Set(keysOf(index).map(({ name }) => name))
  for (const [name] of pathsIn(filter))
    if (typeof name === 'string' && names.has(name))
      throw new InputError(
        operation,
        ['filter', name],
        'no key attribute of what is queried: give it in the key',
        'one',
      )
}

/** One partition, or a range of it. */
function querySource(context: QueryContext, range: KeyRange): ReadSource {
  const { model, index, operation, shape, reverse, consistent, shows } = context
  const { discriminator } = shape
  const own = context.filter === undefined ? [] : [context.filter]
  const isJudged = range.checks.length > 0
  const filter = allOf(range.insideOwnPrefix ? own : [...discriminator, ...own])
  // Inside its own prefix an entity is hardly ever with others: rows are told apart as they are read. Who counts does not see them.
  const countFilter = allOf([...discriminator, ...own])
  const countsRows = discriminator.length > 0 && !isJudged
  const accepts = (row: Attributes): boolean => {
    if (!shape.isRow(row)) return false
    const values = isJudged ? shape.attributes(row) : row
    return range.checks.every((check) => check(row, values))
  }
  return {
    table: model.table,
    conditions: range.conditions,
    fixed: range.fixed,
    positionKinds: positionKindsOf(index.physical ?? model.table, model.table),
    order: { sortKey: index.sortKey, reverse },
    hasFilter: filter !== undefined || !shows,
    request({ tables, now = new Date(), startKey, limit, from, counts = false, foreign = false }: PageOptions = {}) {
      const placeholders = new Placeholders()
      const conditions = from === undefined ? range.conditions : narrowed(range, index.sortKey, from, reverse)
      if (conditions === undefined) return undefined
      const KeyConditionExpression = printKeyCondition(conditions, placeholders)
      const own = foreign ? context.filter : counts ? countFilter : filter
      const filters = allOf([...shownFilter(model, shows, now), ...(own === undefined ? [] : [own])])
      const paths = counts ? (countsRows ? undefined : shape.countPaths(isJudged)) : shape.paths(isJudged)
      return {
        operation: 'Query',
        input: {
          TableName: tableName(model, { ...(tables && { tables }) }),
          ...(index.physical !== undefined && { IndexName: index.physical.name }),
          KeyConditionExpression,
          ...(filters !== undefined && {
            FilterExpression: refusing(operation, ['filter'], () => printCondition(filters, placeholders)),
          }),
          ...(paths !== undefined && { ProjectionExpression: printProjection(paths, placeholders) }),
          ...placeholders.attributes(),
          ...(counts && countsRows && { Select: 'COUNT' as const }),
          ...(!counts && shape.fetches && { Select: 'ALL_ATTRIBUTES' as const }),
          ...(reverse && { ScanIndexForward: false }),
          ...(consistent && { ConsistentRead: true }),
          ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
          ...(limit !== undefined && { Limit: limit }),
          ReturnConsumedCapacity: 'TOTAL',
        },
      }
    },
    accepts,
    item: (row) => (accepts(row) ? shape.item(row) : undefined),
    isForeign: (row) => !shape.isRow(row),
    hydration: shape.hydration,
    reads: [{ model, index }],
  }
}

/** What the cursors of a query are bound to: the key conditions of its partitions, of buckets those of the first and the last. */
function bindingOf({ model, index, reverse }: QueryContext, ranges: KeyRanges): Binding {
  const { count, width, choices } = ranges
  const parts = [...partsOf(index), ...partsOf(model.key)]
  const conditions = Array.from({ length: choices }, (_, ordinal) => ranges.range(ordinal).conditions)
  const several = count === 1 ? [] : [ranges.range(count - 1).conditions, count, width]
  return {
    subject: JSON.stringify([model.table.name, index.physical?.name ?? null, index.name, model.name]),
    definition: JSON.stringify(parts.map((part) => [part.name, part.kind, part.template.text])),
    query: JSON.stringify([reverse, conditions, ...several]),
  }
}
