// query: the rows of one partition, or a range of them, that are this entity's.
import type { ConditionTree } from '../expressions/condition.js'
import { Placeholders } from '../expressions/placeholders.js'
import { printCondition, printKeyCondition } from '../expressions/print.js'
import { decodeRow, refusing } from '../model/item.js'
import { compileKeyRange, type KeyRange } from '../model/key-range.js'
import { type EntityIndex, type Model, partsOf } from '../model/model.js'
import { attributesOf, isRowOf } from '../model/row.js'
import { keysOf, type PhysicalKey, type PhysicalKeys } from '../model/table-model.js'
import type { Attributes } from '../types/attribute-value.js'
import type { ConsistentQueryOptions } from '../types/options.js'
import type { Query, Request, RequestOptions } from '../types/operation.js'
import { InputError } from '../errors/input-error.js'
import { checkOptions } from './options.js'
import { conditionOf, sealed, tableName } from './plan.js'

/** Where and how much one request of a query reads. */
export interface PageOptions extends RequestOptions {
  readonly startKey?: Attributes
  readonly limit?: number
}

/** A query, as execution sees it. */
export interface QueryPlan {
  readonly kind: Query<unknown>['kind']
  readonly entity: string
  readonly model: Model
  /** As errors call it: `Order.query.byStatus`. */
  readonly operation: string
  /** Whether some of the rows read may not be returned, so that a limit on rows is none on items. */
  readonly hasFilter: boolean
  readonly range: KeyRange
  /** The attributes that say where a row stands, the index's and the table key's, with their types. */
  readonly positionKinds: ReadonlyMap<string, PhysicalKey['kind']>
  /** All that a cursor is bound to, as text. */
  readonly binding: string
  request(options?: PageOptions): Request
  /** The item of a row; `undefined` if the row is not one that was asked for. Throws `DecodeError`. */
  item(row: Attributes): object | undefined
}

/** Plans a query by the table key or by one of the entity's indexes. */
export function planQuery(
  model: Model,
  index: EntityIndex,
  key: unknown,
  options: ConsistentQueryOptions<never> = {},
): QueryPlan {
  const operation = index.physical === undefined ? `${model.name}.query` : `${model.name}.query.${index.name}`
  checkOptions(operation, options, ['filter', 'reverse', 'consistent'])
  if (options.consistent === true && index.physical?.local === false)
    throw new InputError(operation, ['consistent'], 'no consistent read: DynamoDB has none on a global index', 'true')
  const range = refusing(operation, [], () => compileKeyRange(model, index, key))
  const filters = filtersOf(model, operation, range, options.filter)
  const keys = index.physical ?? model.table
  return sealed<QueryPlan>({
    kind: 'query',
    entity: model.name,
    model,
    operation,
    hasFilter: filters !== undefined,
    range,
    positionKinds: positionKinds(keys, model.table),
    binding: bindingOf(model, index, range, options.reverse === true),
    request({ tables, startKey, limit }: PageOptions = {}) {
      const placeholders = new Placeholders()
      const KeyConditionExpression = printKeyCondition(range.conditions, placeholders)
      return {
        operation: 'Query',
        input: {
          TableName: tableName(model, { ...(tables && { tables }) }),
          ...(index.physical !== undefined && { IndexName: index.physical.name }),
          KeyConditionExpression,
          ...(filters !== undefined && { FilterExpression: printCondition(filters, placeholders) }),
          ...placeholders.attributes(),
          ...(options.reverse === true && { ScanIndexForward: false }),
          ...(options.consistent === true && { ConsistentRead: true }),
          ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
          ...(limit !== undefined && { Limit: limit }),
          ReturnConsumedCapacity: 'TOTAL',
        },
      }
    },
    item(row) {
      if (!isRowOf(model, row)) return undefined
      const values = range.checks.length === 0 ? row : attributesOf(model, row)
      return range.checks.every((check) => check(row, values)) ? decodeRow(model, row) : undefined
    },
  })
}

/** The caller's filter, and the discriminator where the key range may hold rows of other entities. */
function filtersOf(model: Model, operation: string, range: KeyRange, filter: unknown): ConditionTree | undefined {
  const own = filter === undefined ? undefined : conditionOf(model, operation, 'filter', filter)
  if (range.insideOwnPrefix || model.discriminator === undefined) return own
  const { attribute, value } = model.discriminator
  const discriminator: ConditionTree = { type: 'compare', operator: '=', path: [attribute], value: { S: value } }
  return own === undefined ? discriminator : { type: 'and', conditions: [discriminator, own] }
}

function bindingOf(model: Model, index: EntityIndex, range: KeyRange, reverse: boolean): string {
  const keys = [...partsOf(index), ...partsOf(model.key)].map((part) => [part.name, part.kind, part.template.text])
  const { table, name } = model
  return JSON.stringify([table.name, index.physical?.name ?? null, name, reverse, keys, range.conditions])
}

function positionKinds(index: PhysicalKeys, table: PhysicalKeys): ReadonlyMap<string, PhysicalKey['kind']> {
  return new Map([...keysOf(index), ...keysOf(table)].map(({ name, kind }) => [name, kind]))
}
