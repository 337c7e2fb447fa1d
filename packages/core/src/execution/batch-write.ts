// batchWrite: any number of puts and deletes of any tables.
import { plansOf } from '../operations/batch-plans.js'
import { type BatchWrite, batchWriteRequest, batchWrites, unprocessedWrites } from '../operations/batch-write.js'
import type { RequestOptions } from '../types/operation.js'
import type { BatchOptions } from '../types/running.js'
import { Batch, checkBatchOptions } from './batch.js'
import { checkPlan, type Connection, forCall } from './connection.js'

const operation = 'db.batchWrite'

/** Makes all of some writes, and gives what each verb returns. Throws `IncompleteBatchError`. */
export async function batchWrite(
  connection: Connection,
  writes: unknown,
  options: BatchOptions = {},
): Promise<unknown[]> {
  const call = forCall(connection, operation, 'batch', options)
  checkBatchOptions(operation, options)
  const plans = plansOf(operation, writes, 'a put or a delete, such as Order.put(order)')
  for (const plan of plans) checkPlan(call, operation, plan)
  const made: RequestOptions = { tables: call.tables, now: new Date(call.clock()) }
  const batch = new Batch<BatchWrite>(
    call,
    {
      operation,
      repeat: 'overwrites',
      request: batchWriteRequest,
      unprocessed: unprocessedWrites,
      accept: () => undefined,
      items: () => [],
    },
    plans,
    options,
  )
  await batch.run(batchWrites(plans, made))
  return plans.map((plan) => plan.result({}, made))
}
