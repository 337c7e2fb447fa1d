// scan: all rows of a table or index that are this entity's. It reads everything that is there, and is paid for so.
import { InputError } from '../errors/input-error.js'
import { allOf, type ConditionTree } from '../expressions/condition.js'
import { Placeholders } from '../expressions/placeholders.js'
import { printCondition, printProjection } from '../expressions/print.js'
import { type EntityIndex, type Model, partsOf } from '../model/model.js'
import { holds } from '../model/when.js'
import type { Attributes } from '../types/attribute-value.js'
import type { Request } from '../types/operation.js'
import type { ConsistentScanOptions } from '../types/options.js'
import { kindOf } from '../values/codec.js'
import { checkHidden, showsExpired, shownFilter } from './expiry.js'
import { checkOptions } from './options.js'
import { sealed, tableName } from './plan.js'
import { defaultConcurrency, type PageOptions, positionKindsOf, type ReadPlan, type ReadSource } from './read-plan.js'
import { filterOf, planShape, type ReadShape, type ShapeOptions } from './read-shape.js'

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
const mostSegments = 1_000_000
const mostAtATime = 256

/** Plans a scan of the table, or of one of the entity's indexes. */
export function planScan(
  model: Model,
  index: EntityIndex,
  options: ConsistentScanOptions<never> & ShapeOptions = {},
): ReadPlan {
  const operation = index.physical === undefined ? `${model.name}.scan` : `${model.name}.scan.${index.name}`
  checkOptions(operation, options, ['filter', 'select', 'hydrate', 'segments', 'concurrency', 'consistent', 'expired'])
  const { segments = 1, consistent = false, concurrency = Math.min(segments, defaultConcurrency) } = options
  if (consistent && index.physical?.local === false)
    throw new InputError(operation, ['consistent'], 'no consistent read: DynamoDB has none on a global index', 'true')
  const shows = showsExpired(model, operation, options.expired)
  checkHidden(
    model,
    operation,
    shows,
    partsOf(index).map(({ name }) => name),
  )
  checkCount(operation, 'segments', segments, mostSegments)
  checkCount(operation, 'concurrency', concurrency, mostAtATime)
  const shape = planShape(model, index, operation, options)
  const own = options.filter === undefined ? [] : [filterOf(model, operation, options.filter, shape.held)]
  const filter = allOf([...shape.discriminator, ...own])
  const source = (segment: number): ReadSource =>
    segmentSource(model, index, { shape, filter, own: allOf(own), consistent, segment, segments, shows })
  return sealed<ReadPlan>({
    kind: 'scan',
    entity: model.name,
    operation,
    count: segments,
    width: 1,
    concurrency,
    source,
    binding: () => ({
      subject: JSON.stringify(['scan', model.table.name, index.physical?.name ?? null, index.name, model.name]),
      definition: JSON.stringify([...partsOf(index), ...partsOf(model.key)].map((part) => [part.name, part.kind])),
      query: JSON.stringify([segments]),
    }),
    request: (from) => source(0).request(from) as Request,
  })
}

interface Segment {
  readonly shape: ReadShape
  readonly filter: ConditionTree | undefined
  /** The filter that rows of other entities pass too. */
  readonly own: ConditionTree | undefined
  readonly consistent: boolean
  readonly shows: boolean
  readonly segment: number
  readonly segments: number
}

function segmentSource(
  model: Model,
  index: EntityIndex,
  { shape, filter: all, own, consistent, segment, segments, shows }: Segment,
): ReadSource {
  const isJudged = index.when.length > 0
  const accepts = (row: Attributes): boolean =>
    shape.isRow(row) && (!isJudged || holds(index.when, shape.attributes(row)))
  const countsRows = shape.discriminator.length > 0 && !isJudged
  return {
    table: model.table,
    conditions: [],
    fixed: {},
    positionKinds: positionKindsOf(index.physical ?? model.table, model.table),
    order: undefined,
    hasFilter: all !== undefined || !shows,
    request({ tables, now = new Date(), startKey, limit, counts = false, foreign = false }: PageOptions = {}) {
      const placeholders = new Placeholders()
      const filter = foreign ? own : all
      const filters = allOf([...shownFilter(model, shows, now), ...(filter === undefined ? [] : [filter])])
      const paths = counts ? (countsRows ? undefined : shape.countPaths(isJudged)) : shape.paths(isJudged)
      return {
        operation: 'Scan',
        input: {
          TableName: tableName(model, { ...(tables && { tables }) }),
          ...(index.physical !== undefined && { IndexName: index.physical.name }),
          ...(filters !== undefined && { FilterExpression: printCondition(filters, placeholders) }),
          ...(paths !== undefined && { ProjectionExpression: printProjection(paths, placeholders) }),
          ...placeholders.attributes(),
          ...(counts && countsRows && { Select: 'COUNT' as const }),
          ...(!counts && shape.fetches && { Select: 'ALL_ATTRIBUTES' as const }),
          ...(consistent && { ConsistentRead: true }),
          ...(segments > 1 && { Segment: segment, TotalSegments: segments }),
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

function checkCount(operation: string, name: string, value: unknown, most: number): void {
  if (Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= most) return
  throw new InputError(operation, [name], `a whole number from 1 to ${most}`, kindOf(value))
}
