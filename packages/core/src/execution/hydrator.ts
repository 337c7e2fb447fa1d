// Reads the items that the rows of an index point to, in the order of the index.
import { RequestError } from '../errors/request-error.js'
import { Placeholders } from '../expressions/placeholders.js'
import { printProjection } from '../expressions/print.js'
import { keyOfRow } from '../model/item.js'
import { tableName } from '../operations/plan.js'
import type { Hydration } from '../operations/read-plan.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { ManyRequest } from '../types/operation.js'
import { backoff } from './backoff.js'
import type { PlacedRow } from './position.js'
import type { ReadCall } from './read-call.js'
import { pause } from './scheduler.js'

type BatchGet = Extract<ManyRequest, { readonly operation: 'BatchGetItem' }>['input']

interface BatchGetOutput {
  readonly Responses?: Readonly<Record<string, readonly Attributes[]>>
  readonly UnprocessedKeys?: BatchGet['RequestItems']
  readonly ConsumedCapacity?: readonly { readonly CapacityUnits?: number }[]
}

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
const mostKeys = 100

/** The whole rows of one step of a read, fetched when they are first asked for and no more than are wanted. */
export class Hydrator {
  consumedCapacity = 0
  readonly #call: ReadCall
  readonly #rows: readonly PlacedRow[]
  readonly #found = new Map<string, Attributes>()
  #next = 0

  constructor(call: ReadCall, rows: readonly PlacedRow[]) {
    this.#call = call
    this.#rows = rows
  }

  /** The whole row in the place of one of the index; `undefined` where the item is gone. */
  async wholeRow(index: number, hydration: Hydration, wanted: number): Promise<Attributes | undefined> {
    if (index >= this.#next) await this.#fetch(index, Math.min(wanted, mostKeys))
    const { row } = this.#rows[index] ?? { row: {} }
    return this.#found.get(textOf(this.#tableOf(hydration), keyOfRow(hydration.model, row)))
  }

  #tableOf({ model }: Hydration): string {
    return tableName(model, { tables: this.#call.connection.tables })
  }

  async #fetch(from: number, most: number): Promise<void> {
    const items: NonNullable<BatchGet['RequestItems']> = {}
    const asked = new Set<string>()
    let index = from
    for (; index < this.#rows.length && asked.size < most; index++) {
      const { source, row } = this.#rows[index] as PlacedRow
      const { hydration } = source
      if (hydration === undefined || !source.accepts(row)) continue
      const name = this.#tableOf(hydration)
      const key = keyOfRow(hydration.model, row)
      const text = textOf(name, key)
      if (asked.has(text)) continue
      // Of one table all must be asked for alike: what differs waits for the next request.
      const { Keys = [], ...other } = (items[name] ??= { Keys: [], ...projectionOf(hydration) })
      if (JSON.stringify(other) !== JSON.stringify(projectionOf(hydration))) break
      asked.add(text)
      items[name] = { ...other, Keys: [...Keys, key] }
    }
    this.#next = index
    if (asked.size > 0) await this.#read(items)
  }

  async #read(items: NonNullable<BatchGet['RequestItems']>): Promise<void> {
    const { connection, plan, options } = this.#call
    const { retry } = connection
    let left = items
    for (let round = 1; ; round++) {
      const input = { RequestItems: left, ReturnConsumedCapacity: 'TOTAL' as const }
      const output = (await this.#call.sendBeside({ operation: 'BatchGetItem', input })) as BatchGetOutput
      for (const [name, rows] of Object.entries(output.Responses ?? {})) this.#keep(name, rows)
      for (const { CapacityUnits = 0 } of output.ConsumedCapacity ?? []) this.consumedCapacity += CapacityUnits
      left = output.UnprocessedKeys ?? {}
      if (Object.keys(left).length === 0) return
      // A gap is no absence: whoever reads on would take one for the other.
      if (round >= retry.attempts) throw unprocessed(plan.operation, round)
      await pause(retry.scheduler, backoff(connection, round, true), options.signal)
    }
  }

  #keep(name: string, rows: readonly Attributes[]): void {
    const hydration = this.#rows.find(({ source }) => source.hydration && this.#tableOf(source.hydration) === name)
    const model = hydration?.source.hydration?.model
    if (model !== undefined) for (const row of rows) this.#found.set(textOf(name, keyOfRow(model, row)), row)
  }
}

function projectionOf({ paths }: Hydration): object {
  if (paths === undefined) return {}
  const placeholders = new Placeholders()
  return { ProjectionExpression: printProjection(paths, placeholders), ...placeholders.attributes() }
}

function textOf(table: string, key: Attributes): string {
  const plain = (value: AttributeValue): unknown => (value.B === undefined ? value : [...value.B])
  return JSON.stringify([table, ...Object.values(key).map(plain)])
}

function unprocessed(operation: string, attempts: number): RequestError {
  const failure = { operation, awsName: 'UnprocessedKeys', retryable: true, attempts }
  return new RequestError({ ...failure, outcome: 'not-applied', requestId: undefined }, undefined)
}
