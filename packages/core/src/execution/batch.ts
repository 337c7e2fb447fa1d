// Runs a batch: chunks at the same time but not too many, what came back unprocessed again, and every operation accounted for.
import { IncompleteBatchError, type BatchOutcome } from '../errors/incomplete-batch-error.js'
import { InputError } from '../errors/input-error.js'
import { RequestError } from '../errors/request-error.js'
import type { ItemPlan } from '../operations/plan.js'
import type { ManyRequest } from '../types/operation.js'
import type { BatchOptions } from '../types/running.js'
import { kindOf } from '../values/codec.js'
import { backoff } from './backoff.js'
import type { Connection } from './connection.js'
import { inParallel } from './in-parallel.js'
import { pause } from './scheduler.js'
import { abortedError, send, sendingOf } from './send.js'

/** One item of a chunk, for all operations of the input that are about it. */
export interface BatchEntry {
  readonly identity: string
  readonly positions: readonly number[]
}

/** What sets batches of reads and of writes apart. */
export interface BatchKind<Entry extends BatchEntry> {
  readonly operation: string
  readonly repeat: 'reads' | 'overwrites'
  readonly request: (chunk: readonly Entry[]) => ManyRequest
  /** The identities of the items that an answer leaves for later. */
  readonly unprocessed: (chunk: readonly Entry[], output: object) => readonly string[]
  /** Takes what an answer brings. */
  readonly accept: (chunk: readonly Entry[], output: object) => void
  /** What was read so far, for the error of a batch that ended early. */
  readonly items: (outcomes: readonly BatchOutcome[]) => readonly unknown[]
}

const defaultConcurrency = 4
const mostConcurrency = 256

/** Refuses what does not bound a batch. */
export function checkBatchOptions(operation: string, { concurrency, onProgress }: BatchOptions): void {
  const isCount =
    Number.isSafeInteger(concurrency) && Number(concurrency) >= 1 && Number(concurrency) <= mostConcurrency
  if (concurrency !== undefined && !isCount)
    throw new InputError(operation, ['concurrency'], `a whole number from 1 to ${mostConcurrency}`, kindOf(concurrency))
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw new InputError(operation, ['onProgress'], 'a callback', kindOf(onProgress))
}

/** One batch: its bounds, and what became of each operation. */
export class Batch<Entry extends BatchEntry> {
  readonly #outcomes: BatchOutcome[]
  #done = 0
  #hasFailed = false
  #failure: unknown

  constructor(
    readonly connection: Connection,
    readonly kind: BatchKind<Entry>,
    readonly plans: readonly ItemPlan[],
    readonly options: BatchOptions,
  ) {
    this.#outcomes = plans.map(() => 'left')
  }

  /** Throws `IncompleteBatchError` unless all is done. After a failure nothing new is begun. */
  async run(chunks: readonly (readonly Entry[])[]): Promise<void> {
    await inParallel(this.options.concurrency ?? defaultConcurrency, chunks, (chunk) => this.#runChunk(chunk))
    if (!this.#hasFailed) return
    const { operation, items } = this.kind
    const outcomes: readonly BatchOutcome[] = Object.freeze(this.#outcomes)
    throw new IncompleteBatchError(
      { operation, operations: this.plans, outcomes, items: () => items(outcomes) },
      this.#failure,
    )
  }

  /** Never throws: the other chunks that are under way are to end well. */
  async #runChunk(chunk: readonly Entry[]): Promise<void> {
    if (this.#hasFailed) return
    try {
      await this.#finish(chunk)
    } catch (error) {
      this.#failure ??= error
      this.#hasFailed = true
    }
  }

  async #finish(chunk: readonly Entry[]): Promise<void> {
    const { connection, options } = this
    const { retry } = connection
    const { signal } = options
    const end = retry.scheduler.now() + connection.timeout
    let entries = chunk
    let fruitless = 0
    for (let round = 1; ; round++) {
      const left = await this.#round(entries, end - retry.scheduler.now())
      if (left.length === 0) return
      fruitless = left.length < entries.length ? 0 : fruitless + 1
      entries = left
      const delay = backoff(connection, round, fruitless > 0)
      if (fruitless >= retry.attempts || retry.scheduler.now() + delay >= end) throw this.#unprocessed(round)
      await pause(retry.scheduler, delay, signal)
      if (signal?.aborted === true) throw abortedError(this.kind.operation, signal)
      if (retry.scheduler.now() >= end) throw this.#unprocessed(round)
    }
  }

  /** Sends what is left of a chunk once, as far as unprocessed parts go. Gives what is left after that. */
  async #round(entries: readonly Entry[], timeout: number): Promise<readonly Entry[]> {
    const { operation, repeat, request, unprocessed, accept } = this.kind
    const made = request(entries)
    const sending = sendingOf(made, repeat)
    let output: object
    try {
      const call = { ...this.connection, timeout }
      output = (await send(call, operation, made, this.options.signal, sending)) as object
    } catch (error) {
      if (error instanceof RequestError && error.outcome !== 'unknown') throw error
      this.#mark(entries, 'unknown')
      throw error
    }
    const identities = new Set(unprocessed(entries, output))
    const left = entries.filter(({ identity }) => identities.has(identity))
    const done = entries.filter(({ identity }) => !identities.has(identity))
    if (left.length < identities.size) {
      // An answer about other items says nothing about these.
      if (repeat !== 'reads') this.#mark(entries, 'unknown')
      throw this.#error('UnexpectedAnswer', repeat === 'reads' ? 'not-applied' : 'unknown', 1)
    }
    accept(done, output)
    this.#mark(done, 'done')
    // What this answer leaves an earlier attempt, whose answer was lost, may have done.
    if (sending.lost) this.#mark(left, 'unknown')
    if (done.length > 0) this.options.onProgress?.({ done: this.#done, total: this.plans.length })
    return left
  }

  #mark(entries: readonly Entry[], outcome: BatchOutcome): void {
    for (const position of entries.flatMap(({ positions }) => positions)) {
      this.#outcomes[position] = outcome
      if (outcome === 'done') this.#done++
    }
  }

  #unprocessed(attempts: number): RequestError {
    return this.#error('UnprocessedItems', 'not-applied', attempts)
  }

  #error(awsName: string, outcome: 'not-applied' | 'unknown', attempts: number): RequestError {
    const { operation } = this.kind
    const retryable = outcome === 'not-applied'
    return new RequestError({ operation, awsName, retryable, outcome, attempts, requestId: undefined }, undefined)
  }
}
