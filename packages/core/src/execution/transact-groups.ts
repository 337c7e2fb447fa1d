// transactGroups: groups of writes in as few transactions as fit, each as a whole or not at all.
import { AmbiguousWriteError } from '../errors/ambiguous-write-error.js'
import { IncompleteGroupsError, type GroupReport } from '../errors/incomplete-groups-error.js'
import { InputError } from '../errors/input-error.js'
import { KeyloomError } from '../errors/keyloom-error.js'
import { TransactionCanceledError } from '../errors/transaction-canceled-error.js'
import { type Group, packGroups } from '../operations/group-packing.js'
import { byLabel, checkTransaction, labelled, transactionPart } from '../operations/transaction.js'
import type { RequestOptions } from '../types/operation.js'
import type { CallOptions } from '../types/running.js'
import { kindOf } from '../values/codec.js'
import { checkPlan, type Connection, forCall } from './connection.js'
import { makeNonce } from './nonce.js'
import { carryOut, resultsOf } from './transact-write.js'

const operation = 'db.transactGroups'

const notSent: GroupReport = { outcome: 'not-applied', results: undefined, error: undefined }

/** Carries out all of some groups, in order. Throws `IncompleteGroupsError`, which reports on each of them. */
export async function transactGroups(
  connection: Connection,
  given: unknown,
  options: CallOptions = {},
): Promise<unknown[]> {
  const call = forCall(connection, operation, 'call', options)
  if (!Array.isArray(given)) throw new InputError(operation, [], 'an array of groups of operations', kindOf(given))
  const made: RequestOptions = { tables: call.tables, now: new Date(call.clock()), nonce: makeNonce() }
  const groups = Array.from(given as unknown[], (group, position): Group => {
    const labels = labelled(operation, [position], group)
    for (const { plan } of labels) checkPlan(call, operation, plan)
    const parts = labels.map((one) => transactionPart(operation, [position], one, made))
    checkTransaction(operation, [position], parts)
    return { position, parts }
  })
  const resultOf = ({ position, parts }: Group): unknown => byLabel(given[position], parts, resultsOf(parts, made))
  const reports: GroupReport[] = groups.map((group) => (group.parts.length > 0 ? notSent : applied(resultOf(group))))
  for (const packed of packGroups(groups.filter(({ parts }) => parts.length > 0))) {
    let left: readonly Group[] = packed
    // Each round takes at least one group away: those that stood in the way of the others.
    while (left.length > 0) {
      const error = await attempt(call, left, made, options.signal)
      if (error === undefined) {
        for (const group of left) reports[group.position] = applied(resultOf(group))
        break
      }
      const guilty = guiltyOf(left, error)
      for (const [group, why] of guilty) reports[group.position] = failed(why)
      left = left.filter((group) => !guilty.has(group))
      // What no group is to blame for would fail the next ones too.
      if (!(error instanceof TransactionCanceledError)) throw new IncompleteGroupsError(operation, reports)
    }
  }
  if (reports.some(({ outcome }) => outcome !== 'applied')) throw new IncompleteGroupsError(operation, reports)
  return reports.map(({ results }) => results)
}

async function attempt(
  call: Connection,
  groups: readonly Group[],
  made: RequestOptions,
  signal: AbortSignal | undefined,
): Promise<KeyloomError | undefined> {
  const parts = groups.flatMap((group) => group.parts)
  // Labels are one group's own: across groups an operation is known by its place.
  const placed = parts.map((part, label) => ({ ...part, label }))
  try {
    await carryOut(call, operation, placed, made, { signal })
    return undefined
  } catch (error) {
    if (error instanceof KeyloomError) return error
    throw error
  }
}

/** The groups that a failure is about, each with the error of its own operations. */
function guiltyOf(groups: readonly Group[], error: KeyloomError): ReadonlyMap<Group, KeyloomError> {
  const guilty = new Map<Group, KeyloomError>()
  if (error instanceof TransactionCanceledError) {
    let start = 0
    for (const group of groups) {
      const own = error.within(
        start,
        group.parts.map(({ label }) => label),
      )
      start += group.parts.length
      if (own !== undefined) guilty.set(group, own)
    }
  }
  return guilty.size > 0 ? guilty : new Map(groups.map((group) => [group, error]))
}

function applied(results: unknown): GroupReport {
  return { outcome: 'applied', results, error: undefined }
}

function failed(error: KeyloomError): GroupReport {
  const isUnknown = error instanceof AmbiguousWriteError
  return { outcome: isUnknown ? 'unknown' : 'not-applied', results: undefined, error }
}
