// Gets as the chunks of batch gets: each item once, and what one request can't ask of a table in two ways apart.
import type { KeysAndAttributes } from '@aws-sdk/client-dynamodb'
import { InputError } from '../errors/input-error.js'
import { keysOf } from '../model/table-model.js'
import type { Attributes } from '../types/attribute-value.js'
import type { ManyRequest, RequestOptions } from '../types/operation.js'
import { itemIdentity } from './item-identity.js'
import type { ItemPlan } from './plan.js'

/** How keys of one table are read: all of them alike, since a request says it once for a table. */
interface TableReads {
  readonly table: string
  readonly keyNames: readonly string[]
  readonly settings: Omit<KeysAndAttributes, 'Keys'>
  /** The key attributes that were added to a projection, to know whose row it is. */
  readonly added: readonly string[]
  readonly lane: number
}

/** One item to read, for all places of the input that ask for it. */
export interface BatchRead {
  readonly reads: TableReads
  readonly key: Attributes
  readonly identity: string
  readonly positions: number[]
}

/** What the service answers to a batch get. */
export interface BatchGetOutput {
  readonly Responses?: Readonly<Record<string, readonly Attributes[]>>
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys?: readonly Attributes[] | undefined }>>
}

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html: what is over 16 MB comes back unprocessed.
const mostReads = 100

/** The chunks that read all of some gets. Throws `InputError` for what is no get. */
export function batchReads(plans: readonly ItemPlan[], made: RequestOptions): readonly (readonly BatchRead[])[] {
  const tables = new Map<string, TableReads>()
  const lanes: Map<string, BatchRead>[] = []
  const lanesOf = new Map<string, number>()
  for (const [position, plan] of plans.entries()) {
    const { input } = plan.kind === 'get' ? plan.request(made) : refuse(position, plan)
    const {
      TableName: table = '',
      Key: key = {},
      ...rest
    } = input as KeysAndAttributes & { TableName?: string; Key?: Attributes }
    const settingsId = JSON.stringify([
      table,
      rest.ConsistentRead === true,
      rest.ProjectionExpression,
      rest.ExpressionAttributeNames,
    ])
    let reads = tables.get(settingsId)
    if (reads === undefined) {
      const lane = lanesOf.get(table) ?? 0
      lanesOf.set(table, lane + 1)
      const keyNames = keysOf(plan.model.table).map(({ name }) => name)
      tables.set(settingsId, (reads = { table, keyNames, lane, ...withKeys(keyNames, rest) }))
    }
    const lane = (lanes[reads.lane] ??= new Map())
    const identity = itemIdentity(table, reads.keyNames, key)
    const known = lane.get(identity)
    if (known === undefined) lane.set(identity, { reads, key, identity, positions: [position] })
    else known.positions.push(position)
  }
  return lanes.flatMap((lane) => chunksOf([...lane.values()], mostReads))
}

function refuse(position: number, { entity, kind }: ItemPlan): never {
  throw new InputError('db.batchGet', [position], 'a get, such as Order.get(key)', `${entity}.${kind}`)
}

/** Parts of at most so many. */
export function chunksOf<Entry>(entries: readonly Entry[], most: number): readonly (readonly Entry[])[] {
  const chunks: (readonly Entry[])[] = []
  for (let start = 0; start < entries.length; start += most) chunks.push(entries.slice(start, start + most))
  return chunks
}

/** Rows come in any order, so a projection must have the key. */
function withKeys(
  keyNames: readonly string[],
  { ConsistentRead, ProjectionExpression, ExpressionAttributeNames }: Omit<KeysAndAttributes, 'Keys'>,
): Pick<TableReads, 'settings' | 'added'> {
  const consistent = ConsistentRead === true && { ConsistentRead }
  if (ProjectionExpression === undefined) return { settings: { ...consistent }, added: [] }
  const names = { ...ExpressionAttributeNames }
  const asked = new Set(ProjectionExpression.split(',').map((path) => names[path.trim()] ?? path.trim()))
  const added = keyNames.filter((name) => !asked.has(name))
  const placeholders = added.map((name, index) => {
    names[`#key${index}`] = name
    return `#key${index}`
  })
  return {
    settings: {
      ...consistent,
      ProjectionExpression: [ProjectionExpression, ...placeholders].join(', '),
      ExpressionAttributeNames: names,
    },
    added,
  }
}

/** The request that reads the items of a chunk. */
export function batchGetRequest(chunk: readonly BatchRead[]): ManyRequest {
  const tables = new Map<string, KeysAndAttributes & { readonly Keys: Attributes[] }>()
  for (const { reads, key } of chunk) {
    const known = tables.get(reads.table)
    if (known === undefined) tables.set(reads.table, { ...reads.settings, Keys: [key] })
    else known.Keys.push(key)
  }
  return { operation: 'BatchGetItem', input: { RequestItems: Object.fromEntries(tables) } }
}

/** The identities of the keys that an answer leaves for later. */
export function unprocessedReads(chunk: readonly BatchRead[], { UnprocessedKeys = {} }: BatchGetOutput): string[] {
  return Object.entries(UnprocessedKeys).flatMap(([table, { Keys = [] }]) => {
    const keyNames = keyNamesOf(chunk, table)
    return Keys.map((key) => itemIdentity(table, keyNames, key))
  })
}

/** The rows of an answer by the identity of their items, each as a get would give it. */
export function rowsRead(chunk: readonly BatchRead[], { Responses = {} }: BatchGetOutput): Map<string, Attributes> {
  const rows = new Map<string, Attributes>()
  for (const [table, answered] of Object.entries(Responses)) {
    const reads = chunk.find((read) => read.reads.table === table)?.reads
    for (const row of answered) {
      const identity = itemIdentity(table, reads?.keyNames ?? [], row)
      const asked = reads === undefined || reads.added.length === 0 ? row : without(row, reads.added)
      rows.set(identity, asked)
    }
  }
  return rows
}

function keyNamesOf(chunk: readonly BatchRead[], table: string): readonly string[] {
  return chunk.find((read) => read.reads.table === table)?.reads.keyNames ?? []
}

function without(row: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
}
