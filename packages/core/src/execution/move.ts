// move: reads an item and writes it under another table key, unless somebody else was faster: then anew.
import { ConditionFailedError } from '../errors/condition-failed-error.js'
import type { Model } from '../model/model.js'
import { moveOf, planMove, type ReadRow } from '../operations/move.js'
import type { CallOptions } from '../types/running.js'
import { checkPlan, type Connection, forCall } from './connection.js'
import { race } from './race.js'
import { run } from './run.js'

/** Moves an item, and gives it as it is stored then. Throws `ConditionFailedError`, `AmbiguousWriteError`, `RequestError`. */
export async function move(
  connection: Connection,
  model: Model,
  key: unknown,
  changes: unknown,
  options: CallOptions = {},
): Promise<unknown> {
  const wanted = moveOf(model, key, changes)
  // Out of reach is found out before anything is read.
  checkPlan(forCall(connection, wanted.operation, 'call', options), wanted.operation, { model, key: wanted.to })
  return race(connection, options, async () => {
    const read = (await run(connection, wanted.read, options)) as ReadRow | undefined
    if (read === undefined) throw new ConditionFailedError(wanted.operation, 'not-found', 'not-applied', undefined)
    const plan = planMove(wanted, read)
    return () => run(connection, plan, options)
  })
}
