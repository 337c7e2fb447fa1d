// What every read of many rows is underneath its type: plain data, and sources that print the requests of their pages.
import { InputError } from '../errors/input-error.js'
import type { Path } from '../errors/path.js'
import type { KeyCondition } from '../expressions/condition.js'
import type { EntityIndex, Model } from '../model/model.js'
import { keysOf, type PhysicalKey, type PhysicalKeys, type TableModel } from '../model/table-model.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { Readable, Request, RequestOptions } from '../types/operation.js'
import { kindOf } from '../values/codec.js'
import { isSealed } from './plan.js'

/** Where and how much one request of a read reads. */
export interface PageOptions extends RequestOptions {
  readonly startKey?: Attributes
  readonly limit?: number
  /** The sort key of a row of another source: rows before it are not wanted, in reverse those after it. */
  readonly from?: readonly AttributeValue[]
  /** Whether the rows are only counted: then no more of them is asked for than that takes. */
  readonly counts?: boolean
  /** Whether rows of other entities are wanted too. */
  readonly foreign?: boolean
}

/** How the rows of a source are ordered. */
export interface SourceOrder {
  readonly sortKey: readonly PhysicalKey[]
  readonly reverse: boolean
}

/** What is read by one request after the other: a partition, a range of one, or a segment of a scan. */
export interface ReadSource {
  readonly table: TableModel
  /** What all of its rows fulfil; a scan has none. A position must fulfil them too. */
  readonly conditions: readonly KeyCondition[]
  /** The key attributes that are the same in all of its rows. */
  readonly fixed: Attributes
  /** The attributes that say where a row stands, the index's and the table key's, with their types. Each row has them. */
  readonly positionKinds: ReadonlyMap<string, PhysicalKey['kind']>
  /** Absent where rows come in no order that is known. */
  readonly order: SourceOrder | undefined
  /** Whether DynamoDB drops rows after it has read them, so that a limit on rows is none on items. */
  readonly hasFilter: boolean
  /** The request of a page; `undefined` where `from` lies behind all rows. */
  request(options?: PageOptions): Request | undefined
  /** Whether a row is one that was asked for, as far as its keys and name tell: what counting goes by. */
  accepts(row: Attributes): boolean
  /** The item of a row; `undefined` if the row is not one that was asked for. Throws `DecodeError`. */
  item(row: Attributes): object | undefined
  /** Whether a row is of another entity than those that are read. */
  isForeign(row: Attributes): boolean
  /** Where rows only point to items: how these are read. */
  readonly hydration?: Hydration | undefined
  /** The entities whose rows it reads, each with the key that it reads by. */
  readonly reads: readonly EntityKey[]
}

/** An entity, and one of its keys. */
export interface EntityKey {
  readonly model: Model
  readonly index: EntityIndex
}

/** How the items are read that the rows of an index point to. */
export interface Hydration {
  readonly model: Model
  /** The paths to ask for; absent for all. */
  readonly paths: readonly Path[] | undefined
  /** The item of a whole row; `undefined` if the row has become another entity's. Throws `DecodeError`. */
  item(row: Attributes): object | undefined
}

/**
 * A query or scan, as execution sees it: one or more sources. Stages of `width` sources are read one stage after the other; the
 * sources of a stage are merged in the order of their sort keys. Sources without an order are read at the same time, as they come.
 */
export interface ReadPlan {
  readonly kind: Readable<unknown>['kind']
  readonly entity: string
  /** As errors call it: `Order.query.byStatus`. */
  readonly operation: string
  /** How many sources there are, and how many of them are merged at a time. */
  readonly count: number
  readonly width: number
  /** How many requests are made at the same time at most. */
  readonly concurrency: number
  source(ordinal: number): ReadSource
  /** Made when a cursor is: most reads have none. */
  binding(): Binding
  /** The request for the first page of the first source. */
  request(options?: RequestOptions): Request
}

/** All that a cursor is bound to, as texts. */
export interface Binding {
  /** Table, index and entity. */
  readonly subject: string
  /** The key templates: where they change, positions mean something else. */
  readonly definition: string
  /** Direction, key condition, partitions. */
  readonly query: string
}

/** The most partitions that are read at the same time unless the caller says otherwise. */
export const defaultConcurrency = 8

/** The plan of a query or scan; anything else is refused. */
export function readPlan(operation: string, read: unknown): ReadPlan {
  if (isSealed(read) && 'source' in read) return read as ReadPlan
  throw new InputError(operation, [], 'a query, such as Order.query({ … })', kindOf(read))
}

/** The plan of one source. */
export function singleSource(
  plan: Pick<ReadPlan, 'kind' | 'entity' | 'operation' | 'binding'>,
  source: ReadSource,
): ReadPlan {
  return {
    ...plan,
    count: 1,
    width: 1,
    concurrency: 1,
    source: () => source,
    request: (options) => source.request(options) as Request,
  }
}

/** The attributes that say where a row of an index stands. */
export function positionKindsOf(index: PhysicalKeys, table: PhysicalKeys): ReadonlyMap<string, PhysicalKey['kind']> {
  return new Map([...keysOf(index), ...keysOf(table)].map(({ name, kind }) => [name, kind]))
}

/** The condition that tells the entity's rows from others, if an attribute does. */
export function discriminatorCondition({ discriminator }: Model): readonly KeyCondition[] {
  if (discriminator === undefined) return []
  return [{ type: 'compare', operator: '=', path: [discriminator.attribute], value: { S: discriminator.value } }]
}
