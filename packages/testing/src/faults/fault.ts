// The kinds of faults, and which operations each can hit.

/** What can go wrong with one request. */
export type Fault =
  /** The connection is refused: provably never sent. */
  | 'connection-refused'
  /** Never sent, and the connection is reset: the caller can't know that it was not. */
  | 'lost-answer-before'
  /** Sent and applied, then the connection is reset. */
  | 'lost-answer-after'
  /** Never sent, and no answer in time. */
  | 'timeout-before'
  /** Sent and applied, and no answer in time. */
  | 'timeout-after'
  /** InternalServerError without an effect. */
  | 'server-error-before'
  /** InternalServerError after the request was applied. */
  | 'server-error-after'
  /** The connection is reset, and the write arrives and is applied later. */
  | 'late-write'
  /** Answered as usual, and the same write is applied a second time later. */
  | 'late-duplicate'
  /** Sent late. */
  | 'delay'
  /** Sent at once, answered late. */
  | 'late-answer'
  /** ProvisionedThroughputExceededException. */
  | 'throughput-exceeded'
  /** ThrottlingException. */
  | 'throttling'
  /** Another transaction is at work on one of the items. */
  | 'transaction-conflict'
  /** TransactionInProgressException: an earlier request with this token is still at work. */
  | 'transaction-in-progress'
  /** Some parts of a batch are left undone and come back. */
  | 'unprocessed'
  /** A page without items, and the position to go on from. */
  | 'empty-page'
  /** The page before once more, with the position that was asked for. */
  | 'repeated-page'
  /** The right page, with the position that was asked for. */
  | 'repeated-key'
  /** The signature is refused for its time, once a client. */
  | 'clock-skew'

const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems', 'ExecuteTransaction']
const batches = ['BatchGetItem', 'BatchWriteItem']
const pages = ['Query', 'Scan']
const statements = ['ExecuteStatement', 'BatchExecuteStatement']

/** The operations on items; on tables nothing is injected unless it is asked for. */
export const itemOperations: readonly string[] = [
  'GetItem',
  'TransactGetItems',
  ...writes,
  'BatchGetItem',
  ...pages,
  ...statements,
]

// Undefined: every operation.
const targets: Readonly<Record<Fault, readonly string[] | undefined>> = {
  'connection-refused': undefined,
  'lost-answer-before': undefined,
  'lost-answer-after': undefined,
  'timeout-before': undefined,
  'timeout-after': undefined,
  'server-error-before': undefined,
  'server-error-after': undefined,
  'late-write': [...writes, ...statements],
  'late-duplicate': [...writes, ...statements],
  delay: undefined,
  'late-answer': undefined,
  'throughput-exceeded': undefined,
  throttling: undefined,
  'transaction-conflict': ['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'TransactGetItems'],
  'transaction-in-progress': ['TransactWriteItems', 'ExecuteTransaction'],
  unprocessed: batches,
  'empty-page': pages,
  'repeated-page': pages,
  'repeated-key': pages,
  'clock-skew': undefined,
}

/** Every kind. */
export const allFaults = Object.keys(targets) as readonly Fault[]

// DynamoDB neither repeats what it has answered nor gives a position twice: those two are asked for by name.
const unnatural: readonly Fault[] = ['late-duplicate', 'repeated-page', 'repeated-key']

/** What networks and the service really do: the kinds that are injected unless others are named. */
export const defaultFaults: readonly Fault[] = allFaults.filter((fault) => !unnatural.includes(fault))

/** Whether a request of this operation can meet this fault. */
export function hits(fault: Fault, operation: string): boolean {
  return targets[fault]?.includes(operation) ?? true
}
