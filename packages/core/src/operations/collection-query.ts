// Reads of collections: a partition, or a range of it, with rows of several entities.
import { InputError } from '../errors/input-error.js'
import { allOf, type ConditionTree, type KeyCondition } from '../expressions/condition.js'
import { Placeholders } from '../expressions/placeholders.js'
import { printCondition, printKeyCondition } from '../expressions/print.js'
import { decodeRow, refusing } from '../model/item.js'
import { compareKeyValues } from '../model/key-order.js'
import { type EntityIndex, type Model, partsOf } from '../model/model.js'
import { narrowed } from '../model/narrow-range.js'
import { isRowOf } from '../model/row.js'
import { type End, rangeBetween, type SortRange, successor } from '../model/sort-range.js'
import { isExpired } from '../model/stamps.js'
import { keysOf } from '../model/table-model.js'
import type { Attributes } from '../types/attribute-value.js'
import { kindOf, ownValue } from '../values/codec.js'
import type { CollectionMember, CollectionModel } from './collection-model.js'
import { shownFilter } from './expiry.js'
import { checkOptions } from './options.js'
import { conditionOf, isSealed, type ItemPlan, sealed, tableName, timeOf } from './plan.js'
import { isPosition, planPosition, type PositionPlan, positionOf } from './position.js'
import {
  type Binding,
  type PageOptions,
  positionKindsOf,
  type ReadPlan,
  type ReadSource,
  singleSource,
} from './read-plan.js'

/** A read of a collection: what it gives has labels. */
export interface CollectionPlan extends ReadPlan {
  readonly labels: readonly string[]
}

/** The options of a collection's query, unchecked. */
export type CollectionQueryOptions = Readonly<Record<string, unknown>>

const optionNames = ['from', 'to', 'after', 'before', 'reverse', 'consistent', 'filter']

/** Plans a query on a partition that the entities of a collection have in common. */
export function planCollectionQuery(
  collection: CollectionModel,
  key: unknown,
  options: CollectionQueryOptions = {},
): CollectionPlan {
  const { physical, table, members } = collection
  const operation = `${collection.subject}.query`
  checkOptions(operation, options, optionNames)
  const reverse = flag(operation, options, 'reverse')
  const consistent = flag(operation, options, 'consistent')
  if (consistent && physical?.local === false)
    throw new InputError(operation, ['consistent'], 'no consistent read: DynamoDB has none on a global index', 'true')
  const { partition, index } = partitionOf(collection, operation, key)
  const sort = sortBounds(collection, operation, partition, index, options)
  const conditions: KeyCondition[] = index.partitionKey.flatMap(({ name }) => {
    const value = ownValue(partition, name)
    return value === undefined ? [] : [{ type: 'compare', operator: '=', path: [name], value } as const]
  })
  if (sort.condition !== undefined) conditions.push(sort.condition)
  const filter = filterOf(collection, operation, options)
  const { checks = [] } = sort
  const isInside = (row: Attributes): boolean => checks.every((check) => check(row, row))
  const memberOf = (row: Attributes): CollectionMember | undefined => members.find(({ model }) => isRowOf(model, row))
  const hiding = members.map(({ model }) => model).filter(({ managed }) => managed.expiresAt?.hides === true)
  const source: ReadSource = {
    table,
    conditions,
    fixed: partition,
    positionKinds: positionKindsOf(physical ?? table, table),
    order: { sortKey: (physical ?? table).sortKey, reverse },
    hasFilter: filter !== undefined || hiding.length > 0,
    request({ tables, now = new Date(), startKey, limit, from }: PageOptions = {}) {
      const filters = allOf([
        ...hiding.flatMap((model) => shownOf(model, now)),
        ...(filter === undefined ? [] : [filter]),
      ])
      const placeholders = new Placeholders()
      const range = { conditions, fixed: partition }
      const wanted = from === undefined ? conditions : narrowed(range, index.sortKey, from, reverse)
      if (wanted === undefined) return undefined
      const KeyConditionExpression = printKeyCondition(wanted, placeholders)
      return {
        operation: 'Query',
        input: {
          TableName: tables?.[table.name] ?? table.name,
          ...(physical !== undefined && { IndexName: physical.name }),
          KeyConditionExpression,
          ...(filters !== undefined && {
            FilterExpression: refusing(operation, ['filter'], () => printCondition(filters, placeholders)),
          }),
          ...placeholders.attributes(),
          ...(reverse && { ScanIndexForward: false }),
          ...(consistent && { ConsistentRead: true }),
          ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
          ...(limit !== undefined && { Limit: limit }),
          ReturnConsumedCapacity: 'TOTAL',
        },
      }
    },
    accepts: (row) => isInside(row) && memberOf(row) !== undefined,
    isForeign: (row) => isInside(row) && memberOf(row) === undefined,
    item(row) {
      const member = isInside(row) ? memberOf(row) : undefined
      return member && { entity: member.label, item: decodeRow(member.model, row) }
    },
    reads: members.flatMap(({ model, indexes }) => indexes.map((own) => ({ model, index: own }))),
  }
  const entity = members.map(({ model }) => model.name).join(' | ')
  const templates = members.flatMap(({ model, indexes }) => [...indexes, model.key].flatMap(partsOf))
  const binding = (): Binding => ({
    subject: JSON.stringify([table.name, physical?.name ?? null, 'collection', members.map(({ model }) => model.name)]),
    definition: JSON.stringify(templates.map((part) => [part.name, part.kind, part.template.text])),
    query: JSON.stringify([reverse, conditions]),
  })
  const plan = singleSource({ kind: 'query', entity, operation, binding }, source)
  return sealed<CollectionPlan>({ ...plan, labels: members.map(({ label }) => label) })
}

/** Plans a GetItem of whichever entity of a collection is at a position. */
export function planCollectionGet(
  { subject, members, table }: CollectionModel,
  position: unknown,
  options: CollectionQueryOptions = {},
): ItemPlan {
  const operation = `${subject}.get`
  checkOptions(operation, options, ['consistent'])
  const consistent = flag(operation, options, 'consistent')
  const { model, index, key } = positionOf(operation, 'position', position)
  if (model.table !== table || index.physical !== undefined || key === undefined)
    throw new InputError(operation, ['position'], 'a whole key of the table', 'another position')
  return sealed<ItemPlan>({
    kind: 'get',
    entity: members.map((member) => member.model.name).join(' | '),
    model,
    key,
    repeat: 'reads',
    request: (from) => ({
      operation: 'GetItem',
      input: { TableName: tableName(model, from), Key: key, ...(consistent && { ConsistentRead: true }) },
    }),
    result({ Item: row }, made) {
      const member = row && members.find((candidate) => isRowOf(candidate.model, row))
      if (member !== undefined && row !== undefined && isExpired(member.model, row, timeOf(made))) return undefined
      return row && member && { entity: member.label, item: decodeRow(member.model, row) }
    },
    reason: () => 'condition',
  })
}

/** Leaves out an entity's expired rows, and says nothing of the rows of others. */
function shownOf(model: Model, now: Date): readonly ConditionTree[] {
  const { discriminator } = model
  return shownFilter(model, false, now).map((shown): ConditionTree => {
    if (discriminator === undefined) return shown
    const value = { S: discriminator.value }
    return {
      type: 'or',
      conditions: [{ type: 'compare', operator: '<>', path: [discriminator.attribute], value }, shown],
    }
  })
}

function flag(operation: string, options: CollectionQueryOptions, name: string): boolean {
  const value = options[name] ?? false
  if (typeof value === 'boolean') return value
  throw new InputError(operation, [name], 'true or false', kindOf(value))
}

/** The partition that a caller names, by a position in it or by components of one of the entities. */
function partitionOf(
  collection: CollectionModel,
  operation: string,
  key: unknown,
): { partition: Attributes; index: EntityIndex } {
  if (isPosition(key)) {
    checkPlace(collection, operation, 'key', key)
    if (!key.isPartition)
      throw new InputError(
        operation,
        ['key'],
        'the partition alone: from, to, after and before bound it',
        'more of the key',
      )
    return { partition: key.partition, index: key.index }
  }
  if (typeof key !== 'object' || key === null)
    throw new InputError(operation, ['key'], 'the components of the partition key, or a position', kindOf(key))
  const names = Object.keys(key).toSorted().join()
  const all = collection.members.flatMap(({ model, indexes }) => indexes.map((index) => ({ model, index })))
  const found = all.find(({ index }) => componentsOf(index).toSorted().join() === names)
  if (found === undefined) {
    const known = [...new Set(all.map(({ index }) => componentsOf(index).join(' and ')))].join(', or ')
    throw new InputError(operation, ['key'], `the components of the partition key: ${known}`, 'others')
  }
  const { partition } = planPosition(found.model, found.index, key)
  return { partition, index: found.index }
}

function componentsOf({ partitionKey }: EntityIndex): string[] {
  return [...new Set(partitionKey.flatMap(({ template }) => template.components.map(({ name }) => name)))]
}

/** Refuses positions on another table or index. */
function checkPlace(
  { table, physical }: CollectionModel,
  operation: string,
  place: string,
  position: PositionPlan,
): void {
  if (position.model.table === table && position.index.physical === physical) return
  const where = physical === undefined ? 'the table key' : physical.name
  throw new InputError(operation, [place], `a position of ${where}`, 'one of another key')
}

/** The range between positions of the partition. */
function sortBounds(
  collection: CollectionModel,
  operation: string,
  partition: Attributes,
  index: EntityIndex,
  options: CollectionQueryOptions,
): SortRange {
  const [part, ...others] = index.sortKey
  const given = (['from', 'after', 'to', 'before'] as const).filter((name) => name in options)
  if (given.length === 0) return { condition: undefined }
  if (part === undefined || others.length > 0)
    throw new InputError(operation, given.slice(0, 1), 'no bounds: the sort key has not one attribute', 'a position')
  const ends = new Map<string, End | undefined>()
  for (const name of given) {
    const side = name === 'from' || name === 'after' ? 'lower' : 'upper'
    if (ends.has(side)) throw new InputError(operation, [name], 'one bound of each side at most', 'two')
    const position = positionOf(operation, name, options[name])
    checkPlace(collection, operation, name, position)
    for (const key of keysOf({ partitionKey: index.partitionKey, sortKey: [] })) {
      const [own, other] = [ownValue(partition, key.name), ownValue(position.partition, key.name)]
      if (own === undefined || other === undefined || compareKeyValues(own, other) !== 0)
        throw new InputError(operation, [name], 'a position of the partition that is read', 'one of another')
    }
    ends.set(side, endAt(operation, name, position))
  }
  return refusing(operation, [], () => rangeBetween(part, given.at(-1) ?? '', ends.get('lower'), ends.get('upper')))
}

function endAt(
  operation: string,
  name: 'from' | 'after' | 'to' | 'before',
  { sort: { equal, prefix = '' } }: PositionPlan,
): End | undefined {
  const isOpen = name === 'after' || name === 'before'
  if (equal !== undefined) return { value: equal, open: isOpen }
  if (prefix === '' && isOpen)
    throw new InputError(operation, [name], 'a position inside of the partition', 'all of it')
  if (prefix === '') return undefined
  // All keys that begin alike lie together: before the least of them, or after the last.
  const isLower = name === 'from' || name === 'before'
  return { value: { S: isLower ? prefix : successor(prefix) }, open: name === 'to' || name === 'before' }
}

/** Each entity's filter, which says nothing of the rows of others. */
function filterOf(
  collection: CollectionModel,
  operation: string,
  options: CollectionQueryOptions,
): ConditionTree | undefined {
  if (!('filter' in options)) return undefined
  const { filter } = options
  if (typeof filter !== 'object' || filter === null)
    throw new InputError(operation, ['filter'], 'an object with a filter by label', kindOf(filter))
  const trees = Object.entries(filter).map(([label, callback]): ConditionTree => {
    const member = collection.members.find((candidate) => candidate.label === label)
    if (member === undefined)
      throw new InputError(operation, ['filter', label], 'the label of an entity of the collection', 'another name')
    const { discriminator } = member.model
    if (discriminator === undefined)
      throw new InputError(
        operation,
        ['filter', label],
        'an entity with an entity attribute: nothing else tells its rows apart',
        'one without',
      )
    const tree = conditionOf(member.model, operation, 'filter', callback)
    const path = [discriminator.attribute]
    const isOther: ConditionTree = { type: 'compare', operator: '<>', path, value: { S: discriminator.value } }
    return { type: 'or', conditions: [isOther, tree] }
  })
  if (trees.length === 0) throw new InputError(operation, ['filter'], 'a filter for one label at least', 'none')
  return allOf(trees)
}

/** The plan of a collection's query; anything else is refused. */
export function collectionPlan(operation: string, query: unknown): CollectionPlan {
  if (isSealed(query) && 'labels' in query) return query as CollectionPlan
  throw new InputError(operation, [], 'a query of a collection', kindOf(query))
}
