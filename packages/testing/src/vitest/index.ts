// Vitest's `test` with a DynamoDB: tables of its own for each file, and tests that only a conformant engine can measure.
import type { DynamoDBClient, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { test as vitestTest, type TestAPI } from 'vitest'
import { temporaryTables, type TableDefinition } from '../temporary-tables.js'
import { fileClient } from './file-client.js'
import { notMeasured } from './not-measured.js'
import { provided, type ProvidedDynamoDB } from './provided.js'

export type { ProvidedDynamoDB }

declare module 'vitest' {
  interface TaskMeta {
    /** What a test needs of the engine: where the engine is not conformant it is not measured rather than passed. */
    needs?: 'conformant'
  }
}

/** DynamoDB as one test file sees it. */
export interface FileDynamoDB extends ProvidedDynamoDB {
  /** A client that lives as long as the file. */
  readonly client: DynamoDBClient
  /** Another client for the same tables, with settings of its own; it is closed after the file as well. */
  createClient(config?: DynamoDBClientConfig): DynamoDBClient
  /**
   * Creates a table under a fresh name and returns the name; it is dropped after the file.
   * @throws TableTimeoutError when it is not active after a minute, and what CreateTable throws.
   */
  createTable(definition: TableDefinition): Promise<string>
}

/** The fixtures that `test` adds. */
export interface DynamoDBFixtures {
  readonly dynamodb: FileDynamoDB
  /** Runs for every test: skips those that the engine can't measure. True in all others. */
  readonly measured: true
}

/**
 * Vitest's `test` with the fixture `dynamodb`, for tests and for its hooks (`test.beforeAll`, …). A test or a suite
 * with `meta: { needs: 'conformant' }` is skipped on the embedded engine, with a note that it was not measured.
 *
 * @throws SetupMissingError when the run has no global setup `@keyloom/testing/vitest/setup`.
 * @example
 * ```ts
 * import { test } from '@keyloom/testing/vitest'
 *
 * test('sorts by both attributes', { meta: { needs: 'conformant' } }, async ({ dynamodb }) => {
 *   const name = await dynamodb.createTable(definition)
 *   // …
 * })
 * ```
 */
export const test: TestAPI<DynamoDBFixtures> = vitestTest.extend<DynamoDBFixtures>({
  // First in the list and so before `dynamodb`: what is not measured creates no table.
  measured: [
    async ({ task, skip }, use) => {
      const note = task.meta.needs === 'conformant' ? notMeasured(provided()) : undefined
      if (note !== undefined) skip(note)
      await use(true)
    },
    { auto: true },
  ],
  dynamodb: [
    // Vitest reads from the first parameter which other fixtures are needed: it must be a pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const engine = provided()
      const clients: DynamoDBClient[] = []
      const createFileClient = (config?: DynamoDBClientConfig): DynamoDBClient => {
        const made = fileClient(config)
        clients.push(made)
        return made
      }
      const client = createFileClient()
      const tables = temporaryTables(client)
      await use({
        ...engine,
        client,
        createClient: createFileClient,
        createTable: (definition) => tables.create(definition),
      })
      await tables.drop()
      for (const made of clients) made.destroy()
    },
    { scope: 'file' },
  ],
})
