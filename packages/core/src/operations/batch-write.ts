// Puts and deletes as the chunks of batch writes: no item twice, and nothing that needs a condition.
import type { WriteRequest } from '@aws-sdk/client-dynamodb'
import { InputError } from '../errors/input-error.js'
import { keysOf } from '../model/table-model.js'
import type { Attributes } from '../types/attribute-value.js'
import type { ManyRequest, Request, RequestOptions } from '../types/operation.js'
import { chunksOf } from './batch-read.js'
import { refuseUnconstrained } from './constraints.js'
import { itemIdentity } from './item-identity.js'
import type { ItemPlan } from './plan.js'

/** One put or delete of a batch. */
export interface BatchWrite {
  readonly table: string
  readonly keyNames: readonly string[]
  readonly write: WriteRequest
  readonly identity: string
  readonly positions: readonly [number]
}

/** What the service answers to a batch write. */
export interface BatchWriteOutput {
  readonly UnprocessedItems?: Readonly<Record<string, readonly WriteRequest[]>>
}

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html: 25 items of 400 KB are below its 16 MB.
const mostWrites = 25

/** The chunks of all writes. Throws `InputError` for what a batch can't do, or can't do twice. */
export function batchWrites(plans: readonly ItemPlan[], made: RequestOptions): readonly (readonly BatchWrite[])[] {
  const writes = new Map<string, BatchWrite>()
  for (const [position, plan] of plans.entries()) {
    refuseUnconstrained('db.batchWrite', [position], plan)
    const [table, write] = writeOf(position, plan, plan.request(made))
    const keyNames = keysOf(plan.model.table).map(({ name }) => name)
    const identity = itemIdentity(table, keyNames, plan.key)
    const other = writes.get(identity)
    if (other !== undefined)
      throw new InputError(
        'db.batchWrite',
        [position],
        'one write of an item',
        `a second one, after ${other.positions[0]}`,
      )
    writes.set(identity, { table, keyNames, write, identity, positions: [position] })
  }
  return chunksOf([...writes.values()], mostWrites)
}

function writeOf(
  position: number,
  { entity, kind, model, isImport }: ItemPlan,
  request: Request,
): [string, WriteRequest] {
  const refuse = (expected: string, received: string): never => {
    throw new InputError('db.batchWrite', [position], expected, received)
  }
  if (request.operation !== 'PutItem' && request.operation !== 'DeleteItem')
    return refuse('a put or a delete: a batch can do nothing else', `${entity}.${kind}`)
  if (model.managed.version !== undefined && isImport !== true)
    return refuse('no write of an entity with a version, which a batch can not check', `${entity}.${kind}`)
  const { ConditionExpression, ReturnValues = 'NONE', TableName: table = '' } = request.input
  if (ConditionExpression !== undefined)
    return refuse('a write without a condition: a batch has none, use transactWrite', `${entity}.${kind} with one`)
  if (ReturnValues !== 'NONE')
    return refuse('a write that returns nothing of what was stored', `${entity}.${kind} with returning`)
  if (request.operation === 'PutItem') return [table, { PutRequest: { Item: request.input.Item } }]
  return [table, { DeleteRequest: { Key: request.input.Key } }]
}

/** The request that makes the writes of a chunk. */
export function batchWriteRequest(chunk: readonly BatchWrite[]): ManyRequest {
  const tables = new Map<string, WriteRequest[]>()
  for (const { table, write } of chunk) {
    const known = tables.get(table)
    if (known === undefined) tables.set(table, [write])
    else known.push(write)
  }
  return { operation: 'BatchWriteItem', input: { RequestItems: Object.fromEntries(tables) } }
}

/** The identities of the items whose writes an answer leaves for later. */
export function unprocessedWrites(chunk: readonly BatchWrite[], { UnprocessedItems = {} }: BatchWriteOutput): string[] {
  return Object.entries(UnprocessedItems).flatMap(([table, writes]) => {
    const keyNames = chunk.find((write) => write.table === table)?.keyNames ?? []
    return writes.map(({ PutRequest, DeleteRequest }) => {
      const row: Attributes = PutRequest?.Item ?? DeleteRequest?.Key ?? {}
      return itemIdentity(table, keyNames, row)
    })
  })
}
