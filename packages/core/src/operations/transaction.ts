// What a caller wants of one transaction, checked before anything is sent.
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb'
import { InputError } from '../errors/input-error.js'
import type { Path } from '../errors/path.js'
import { keysOf } from '../model/table-model.js'
import type { Attributes } from '../types/attribute-value.js'
import type { RequestOptions } from '../types/operation.js'
import { kindOf } from '../values/codec.js'
import { rowSize } from '../values/size.js'
import { refuseUnconstrained } from './constraints.js'
import { planOf } from './batch-plans.js'
import { itemIdentity } from './item-identity.js'
import type { ItemPlan } from './plan.js'
import { transactWriteItems } from './transact-item.js'

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
export const mostItems: number = 100
export const mostBytes: number = 4 * 2 ** 20

/** One operation under its label: a name, or its place in an array. */
export interface Labelled {
  readonly label: string | number
  readonly plan: ItemPlan
}

/** One write of a transaction, and all that it does there. */
export interface TransactionPart extends Labelled {
  readonly items: readonly TransactWriteItem[]
  /** The items that it touches. */
  readonly identities: readonly string[]
  /** Bytes that it has at least, as the service counts them. */
  readonly size: number
}

/** The operations of an object or an array. Throws `InputError` for anything else. */
export function labelled(operation: string, path: Path, given: unknown): readonly Labelled[] {
  if (typeof given !== 'object' || given === null)
    throw new InputError(operation, path, 'an object or an array of operations', kindOf(given))
  const entries: [string | number, unknown][] = Array.isArray(given)
    ? Array.from(given as unknown[], (one, index) => [index, one])
    : Object.entries(given)
  const expected = 'an operation, such as Order.put(order)'
  return entries.map(([label, one]) => ({ label, plan: planOf(operation, [...path, label], one, expected) }))
}

/** Results by the labels of what was given. */
export function byLabel(given: unknown, labels: readonly Labelled[], results: readonly unknown[]): unknown {
  if (Array.isArray(given)) return results
  return Object.fromEntries(labels.map(({ label }, index) => [label, results[index]]))
}

/** A write as a part of a transaction. Throws `InputError` for what has no place there. */
export function transactionPart(
  operation: string,
  path: Path,
  { label, plan }: Labelled,
  made: RequestOptions,
): TransactionPart {
  refuseUnconstrained(operation, [...path, label], plan)
  const request = plan.request(made)
  const name = `${plan.entity}.${plan.kind}`
  const items = transactWriteItems(request)
  if (items.length === 0)
    throw new InputError(operation, [...path, label], 'a write or a check: use transactGet to read', name)
  const { ReturnValues: returns = 'NONE', ClientRequestToken: token } = request.input as {
    readonly ReturnValues?: string
    readonly ClientRequestToken?: string
  }
  // A put or replace that is sent as an update asks for what it made, without being told to.
  const isAsked =
    returns !== 'NONE' &&
    !(returns === 'ALL_NEW' && (plan.kind as string) !== 'update' && (plan.kind as string) !== 'upsert')
  if (isAsked)
    throw new InputError(operation, [...path, label, 'returning'], 'no such option: a transaction gives none', 'one')
  if (plan.instead !== undefined)
    throw new InputError(operation, [...path, label], 'no merge with orCreate, which takes two requests', name)
  if (token !== undefined && token !== made.nonce)
    throw new InputError(operation, [...path, label, 'once'], 'no token of its own: give it to the transaction', 'one')
  const keyNames = keysOf(plan.model.table).map((key) => key.name)
  const identities = items.map((item) => identityOf(keyNames, item))
  return { label, plan, items, identities, size: items.reduce((size, item) => size + sizeOf(item), 0) }
}

function identityOf(keyNames: readonly string[], { Put, Update, Delete, ConditionCheck }: TransactWriteItem): string {
  const { TableName = '', ...rest } = Put ?? Update ?? Delete ?? ConditionCheck ?? {}
  const row = 'Item' in rest ? rest.Item : 'Key' in rest ? rest.Key : undefined
  return itemIdentity(TableName, keyNames, row ?? {})
}

// What an update makes of an item is not known here: what it is given is the least.
function sizeOf({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): number {
  const row: Attributes = Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? {}
  return rowSize(row) + rowSize(Update?.ExpressionAttributeValues ?? {})
}

/** Refuses what DynamoDB would refuse as a whole. */
export function checkTransaction(operation: string, path: Path, parts: readonly TransactionPart[]): void {
  const count = parts.reduce((sum, { items }) => sum + items.length, 0)
  if (count > mostItems)
    throw new InputError(operation, path, `at most ${mostItems} items in a transaction`, `${count} of them`)
  if (parts.reduce((sum, { size }) => sum + size, 0) > mostBytes)
    throw new InputError(operation, path, 'at most 4 MB in a transaction', 'more')
  refuseTwice(operation, path, parts)
}

/** Refuses two operations on one item. */
export function refuseTwice(
  operation: string,
  path: Path,
  parts: readonly { readonly label: string | number; readonly identities: readonly string[] }[],
): void {
  const labels = new Map<string, string | number>()
  for (const { label, identities } of parts)
    for (const identity of identities) {
      const other = labels.get(identity)
      if (other !== undefined)
        throw new InputError(operation, [...path, label], 'one operation on an item', `a second one, after ${other}`)
      labels.set(identity, label)
    }
}
