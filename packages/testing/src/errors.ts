// The errors that users of the package can catch: each names what is missing and what to do.
import type { EngineName } from './engine.js'

/** One engine that was tried and can't be used. */
export interface EngineAttempt {
  readonly engine: EngineName
  /** Why it can't be used, for people. */
  readonly reason: string
  /** What to install or set, for people. */
  readonly install: string
}

/**
 * No engine could be started, or not the one that was asked for.
 *
 * @example
 * ```ts
 * const dynamodb = await startDynamoDB().catch((error: unknown) => {
 *   if (error instanceof EngineUnavailableError) console.error(error.attempts)
 *   throw error
 * })
 * ```
 */
export class EngineUnavailableError extends Error {
  override readonly name: string = 'EngineUnavailableError'
  readonly code: 'engine-unavailable' = 'engine-unavailable' as const
  /** Every engine that was tried, in that order; empty where the name of the engine is unknown. */
  readonly attempts: readonly EngineAttempt[]

  constructor(headline: string, attempts: readonly EngineAttempt[], options?: ErrorOptions) {
    super([headline, ...attempts.map(printAttempt)].join('\n'), options)
    this.attempts = attempts
  }
}

function printAttempt({ engine, reason, install }: EngineAttempt): string {
  return `  ${engine.padEnd(9)}  ${reason.replaceAll('\n', '\n             ')}\n             → ${install}`
}

/**
 * A table did not become active, or did not go away, in time.
 *
 * @example
 * ```ts
 * await tables.create(definition).catch((error: unknown) => error instanceof TableTimeoutError && error.tableName)
 * ```
 */
export class TableTimeoutError extends Error {
  override readonly name: string = 'TableTimeoutError'
  readonly code: 'table-timeout' = 'table-timeout' as const
  readonly tableName: string

  constructor(tableName: string, status: string, waitedMs: number) {
    super(`Table ${tableName} is still ${status} after ${waitedMs} ms`)
    this.tableName = tableName
  }
}

/**
 * A test asks for DynamoDB, and the run has no engine because the global setup is missing.
 *
 * @example
 * ```ts
 * // vitest.config.ts
 * export default defineConfig({ test: { globalSetup: ['@keyloom/testing/vitest/setup'] } })
 * ```
 */
export class SetupMissingError extends Error {
  override readonly name: string = 'SetupMissingError'
  readonly code: 'setup-missing' = 'setup-missing' as const

  constructor() {
    super("This run has no DynamoDB: add globalSetup: ['@keyloom/testing/vitest/setup'] to `test` in vitest.config.ts")
  }
}
