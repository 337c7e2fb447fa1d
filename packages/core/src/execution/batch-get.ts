// batchGet: any number of items of any tables, each in its place.
import type { BatchOutcome } from '../errors/incomplete-batch-error.js'
import { plansOf } from '../operations/batch-plans.js'
import { type BatchRead, batchGetRequest, batchReads, rowsRead, unprocessedReads } from '../operations/batch-read.js'
import type { Attributes } from '../types/attribute-value.js'
import type { RequestOptions } from '../types/operation.js'
import type { BatchOptions } from '../types/running.js'
import { Batch, checkBatchOptions } from './batch.js'
import { checkPlan, type Connection, forCall } from './connection.js'

const operation = 'db.batchGet'

/** Reads all of some gets. Throws `IncompleteBatchError`, `DecodeError`. */
export async function batchGet(connection: Connection, gets: unknown, options: BatchOptions = {}): Promise<unknown[]> {
  const call = forCall(connection, operation, 'batch', options)
  checkBatchOptions(operation, options)
  const plans = plansOf(operation, gets, 'a get, such as Order.get(key)')
  for (const plan of plans) checkPlan(call, operation, plan)
  const made: RequestOptions = { tables: call.tables, now: new Date(call.clock()) }
  const rows: (Attributes | undefined)[] = plans.map(() => undefined)
  const itemAt = (position: number): unknown => {
    const Item = rows[position]
    return plans[position]?.result(Item === undefined ? {} : { Item }, made)
  }
  const items = (outcomes: readonly BatchOutcome[]): unknown[] =>
    outcomes.map((outcome, position) => (outcome === 'done' ? itemAt(position) : undefined))
  const batch = new Batch<BatchRead>(
    call,
    {
      operation,
      repeat: 'reads',
      request: batchGetRequest,
      unprocessed: unprocessedReads,
      accept(done, output) {
        const read = rowsRead(done, output)
        for (const { identity, positions } of done)
          for (const position of positions) rows[position] = read.get(identity)
      },
      items,
    },
    plans,
    options,
  )
  await batch.run(batchReads(plans, made))
  return plans.map((_, position) => itemAt(position))
}
