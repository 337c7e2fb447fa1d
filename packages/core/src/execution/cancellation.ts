// The reasons of a canceled transaction, by the operations that gave them.
import type { CancellationReason, LabelledCancellation } from '../errors/transaction-canceled-error.js'
import { decodeAnyRow } from '../model/item.js'
import type { Labelled } from '../operations/transaction.js'
import type { RequestOptions } from '../types/operation.js'
import type { Attributes } from '../types/attribute-value.js'

/** An operation of a transaction, and how many of its items are this one's. */
export interface CanceledPart extends Labelled {
  readonly items: readonly unknown[]
}

interface ServiceReason {
  readonly Code?: string
  readonly Item?: Attributes
}

interface Canceled {
  readonly name?: unknown
  readonly CancellationReasons?: readonly ServiceReason[]
}

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors
const reasons: ReadonlyMap<string, CancellationReason> = new Map<string, CancellationReason>([
  ['TransactionConflict', 'conflict'],
  ['ProvisionedThroughputExceeded', 'throttled'],
  ['ThrottlingError', 'throttled'],
  ['ItemCollectionSizeLimitExceeded', 'collection-full'],
  ['ValidationError', 'invalid'],
])

/** What stood in the way; `undefined` for an error that is no cancellation. */
export function cancellationsOf(
  parts: readonly CanceledPart[],
  error: unknown,
  made?: RequestOptions,
): readonly LabelledCancellation[] | undefined {
  const { name, CancellationReasons: given = [] } = Object(error) as Canceled
  if (name !== 'TransactionCanceledException') return undefined
  const cancellations: LabelledCancellation[] = []
  let start = 0
  for (const part of parts) {
    const own = given.slice(start, start + part.items.length)
    start += part.items.length
    const index = own.findIndex(({ Code = 'None' }) => Code !== 'None')
    const reason = own[index]
    if (reason !== undefined) cancellations.push(cancellation(part, index, reason, made))
  }
  return cancellations
}

function cancellation(
  { label, plan }: CanceledPart,
  index: number,
  { Code = '', Item }: ServiceReason,
  made: RequestOptions | undefined,
): LabelledCancellation {
  const isCondition = Code === 'ConditionalCheckFailed'
  const part = isCondition && index > 0 ? plan.partReason?.(index) : undefined
  return {
    label,
    name: `${plan.entity}.${plan.kind}`,
    reason: part?.reason ?? (isCondition ? plan.reason(Item, made) : (reasons.get(Code) ?? 'other')),
    awsName: Code,
    stored: Item === undefined ? undefined : decodeAnyRow(plan.model.table, Item),
    constraint: part?.constraint,
  }
}
