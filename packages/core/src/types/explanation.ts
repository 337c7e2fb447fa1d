// What an operation says of itself.

/**
 * What an operation, query or scan asks DynamoDB to do, for reading: names and shapes, and never a value. In its texts each value is a
 * question mark.
 *
 * @example
 * ```ts
 * const { index, keyCondition, filter } = Order.query.byStatus({ status: 'pending', region: 'eu' }).explain()
 * ```
 */
export interface Explanation {
  /** DynamoDB's name of what is sent. */
  readonly operation:
    'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'Scan' | 'TransactWriteItems' | 'ConditionCheck'
  /** The entity, or the collection. */
  readonly entity: string
  /** The table's logical name. */
  readonly table: string
  /** The index that is read, as the table calls it; absent for the table itself. */
  readonly index?: string
  /** What the key attributes must be: what is read, and so paid for, is no more. */
  readonly keyCondition?: string
  /** What is dropped after it was read and paid for. */
  readonly filter?: string
  /** What must hold, or nothing is written. */
  readonly condition?: string
  /** What an update changes. */
  readonly update?: string
  /** The attributes and paths that are asked for; absent for all. */
  readonly projection?: readonly string[]
  /** Whether reads see every write before them; absent for writes. */
  readonly consistent?: boolean
  /** How many partitions or segments are read, each with requests of its own, where they are several. */
  readonly sources?: number
  /** What a transaction consists of. */
  readonly parts?: readonly Explanation[]
}
