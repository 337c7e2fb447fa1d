// Runs an operation on one item, and says what became of it where it failed.
import { AmbiguousWriteError } from '../errors/ambiguous-write-error.js'
import { ConditionFailedError } from '../errors/condition-failed-error.js'
import { InputError } from '../errors/input-error.js'
import { RequestError } from '../errors/request-error.js'
import { decodeAnyRow } from '../model/item.js'
import { keysOf } from '../model/table-model.js'
import { refuseUnconstrained } from '../operations/constraints.js'
import { isSealed, type ItemOutput, type ItemPlan } from '../operations/plan.js'
import type { RequestOptions } from '../types/operation.js'
import type { CallOptions } from '../types/running.js'
import { kindOf } from '../values/codec.js'
import { checkWrite } from './check-write.js'
import { checkPlan, type Connection, forCall } from './connection.js'
import { makeNonce } from './nonce.js'
import { conditionFailure, tokenOf, withinToken } from './once.js'
import { send, type Sending, sendingOf } from './send.js'

/** An operation on its way: what it is called, and what all of its attempts have in common. */
interface Run {
  readonly call: Connection
  readonly name: string
  readonly plan: ItemPlan
  readonly made: RequestOptions
  /** The token of a write that is to happen once. */
  readonly token: string | undefined
  readonly sending: Sending
}

/**
 * Sends an operation's request and gives its result. Throws `ConditionFailedError`, `AmbiguousWriteError`, `DecodeError`,
 * `RequestError`.
 */
export async function run(connection: Connection, operation: unknown, options: CallOptions = {}): Promise<unknown> {
  if (!isSealed(operation) || !('result' in operation))
    throw new InputError('db.run', [], 'an operation, such as Order.get(key)', kindOf(operation))
  return runPlan(connection, operation as ItemPlan, options, mostTurns)
}

// Another writer may make or remove a map between two requests, again and again.
const mostTurns = 5

async function runPlan(connection: Connection, plan: ItemPlan, options: CallOptions, turns: number): Promise<unknown> {
  const name = `${plan.entity}.${plan.kind}`
  const call = forCall(connection, name, 'call', options)
  checkPlan(call, name, plan)
  refuseUnconstrained(name, [], plan)
  const made: RequestOptions = {
    tables: call.tables,
    now: new Date(call.clock()),
    ...(plan.repeat !== 'reads' && { nonce: makeNonce() }),
  }
  const request = plan.request(made)
  const token = tokenOf(request)
  const sending = sendingOf(request, plan.repeat)
  const run: Run = { call, name, plan, made, token, sending }
  let output: ItemOutput
  try {
    const within = token === undefined ? call : withinToken(call)
    output = (await send(within, name, request, options.signal, sending)) as ItemOutput
  } catch (error) {
    const other = turns > 1 ? insteadOf(plan, error) : undefined
    return other === undefined ? outcomeOf(run, error) : runPlan(connection, other, options, turns - 1)
  }
  // A write that overwrote itself has itself for what was there before.
  if (sending.lost && plan.repeat === 'overwrites' && plan.needsOldImage === true) throw ambiguous(run, 'applied')
  return plan.result(output, made)
}

/** What is to be run in place of a plan whose condition failed for sure. */
function insteadOf(plan: ItemPlan, error: unknown): ItemPlan | undefined {
  if (!(error instanceof RequestError) || error.outcome !== 'not-applied') return undefined
  const row = conditionFailure(error.serviceError)?.Item
  return row && plan.instead?.(row)
}

/** The result of a write that is known to be applied although it failed; else throws the error that says what is known. */
function outcomeOf(run: Run, error: unknown): unknown {
  if (!(error instanceof RequestError)) throw error
  const { plan, made, sending } = run
  const refusal = conditionFailure(error.serviceError)
  if (refusal === undefined) {
    if (error.outcome === 'unknown') throw ambiguous(run, 'unknown', error)
    throw error
  }
  const { part, Item } = refusal
  if (error.outcome === 'unknown') {
    // The refusal may be the write's own doing: it met what an earlier attempt had written.
    if (Item !== undefined && plan.isOwn?.(Item, made) === true) {
      if (plan.needsOldImage === true) throw ambiguous(run, 'applied', error)
      return plan.result({ Attributes: Item }, made)
    }
    if (sending.attempts > 1) throw ambiguous(run, 'unknown', error)
  }
  const stored = Item === undefined ? undefined : decodeAnyRow(plan.model.table, Item)
  const other = part > 0 ? plan.partReason?.(part) : undefined
  throw new ConditionFailedError(
    run.name,
    other?.reason ?? plan.reason(Item, made),
    error.outcome,
    stored,
    other?.constraint,
  )
}

function ambiguous(run: Run, outcome: 'applied' | 'unknown', last?: RequestError): AmbiguousWriteError {
  const { call, name, plan, made, token, sending } = run
  const keyAttributes = keysOf(plan.model.table).map((key) => key.name)
  return new AmbiguousWriteError(
    { operation: name, outcome, attempts: sending.attempts, keyAttributes, token },
    last,
    () => checkWrite(call, name, plan, made),
  )
}
