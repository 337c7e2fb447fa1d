// Vitest's `test` with the tables of an application: of each file, worker or test, empty at the start of every test.
import type { TestAPI } from 'vitest'
import { tableSet, type TableSet } from '../table-set.js'
import type { TableDefinition } from '../temporary-tables.js'
import { fileClient } from './file-client.js'
import { test, type DynamoDBFixtures } from './index.js'

/** Whose the tables are. */
export interface TablesOptions {
  /**
   * `file`: made once a test file, emptied after each test. `worker`: made once a worker, where files share one (`isolate: false`),
   * emptied after each test. `test`: made for each test, which may then be concurrent. Default: `file`.
   */
  readonly per?: 'file' | 'worker' | 'test' | undefined
}

/** The fixtures that `testWithTables` adds to those of `test`. */
export interface TablesFixtures<Name extends string> extends DynamoDBFixtures {
  /** The physical names by the logical ones. */
  readonly tables: Readonly<Record<Name, string>>
  readonly tableSet: TableSet<Name>
}

/**
 * Vitest's `test` with `dynamodb` and `tables`: the tables of an application under names of their own, empty for every test.
 *
 * @throws SetupMissingError when the run has no global setup `@keyloom/testing/vitest/setup`.
 * @example
 * ```ts
 * import { testWithTables } from '@keyloom/testing/vitest/tables'
 *
 * const test = testWithTables({ shop: createTableInput(shop, { tableName: 'shop' }) })
 *
 * test('starts with an empty table', async ({ dynamodb, tables }) => {
 *   const db = connect({ client: dynamodb.client, tables })
 * })
 * ```
 */
export function testWithTables<Name extends string>(
  definitions: Readonly<Record<Name, TableDefinition>>,
  { per = 'file' }: TablesOptions = {},
): TestAPI<TablesFixtures<Name>> {
  const isShared = per !== 'test'
  return test.extend<Omit<TablesFixtures<Name>, keyof DynamoDBFixtures>>({
    tableSet: [
      // Vitest reads from the first parameter which other fixtures are needed: it must be a pattern.
      // eslint-disable-next-line no-empty-pattern
      async ({}, use) => {
        const client = fileClient()
        const set = await tableSet(client, definitions)
        await use(set)
        await set.drop()
        client.destroy()
      },
      { scope: per },
    ],
    tables: [
      async ({ tableSet: set }, use) => {
        await use(set.names)
        if (isShared) await set.empty()
      },
      { auto: isShared },
    ],
  })
}
