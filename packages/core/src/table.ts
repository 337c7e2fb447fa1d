// table(): the physical keys and indexes that entities live on.
import { DefinitionError } from './errors/definition-error.js'
import { compileTable, type TableModel } from './model/table-model.js'
import type { Table, TableDefinition } from './types/table.js'

const models = new WeakMap<object, TableModel>()

/**
 * Describes a table: its key attributes and its indexes. The name is a logical one; `connect()` is told the physical one.
 *
 * @throws DefinitionError for a key or index that DynamoDB can't have.
 * @example
 * ```ts
 * const shop = table('shop', {
 *   partitionKey: 'pk',
 *   sortKey: 'sk',
 *   indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
 * })
 * ```
 */
export function table<const Definition extends TableDefinition>(
  name: string,
  definition: Definition,
): Table<Definition> {
  const made = Object.freeze({ name })
  models.set(made, compileTable(name, definition))
  // The definition is in the type alone: `definitionType` is declared and never set.
  return made as unknown as Table<Definition>
}

/** The compiled form of a table. Throws `DefinitionError` for anything else. */
export function tableModelOf(subject: string, table: unknown): TableModel {
  const model = typeof table === 'object' && table !== null ? models.get(table) : undefined
  if (model !== undefined) return model
  throw new DefinitionError(
    subject,
    'table',
    'this is no table',
    'Make it with table(), of the same copy of the package',
  )
}
