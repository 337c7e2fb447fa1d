// What infrastructure needs to know of a table definition.
import type { CreateTableCommandInput, KeySchemaElement, Projection } from '@aws-sdk/client-dynamodb'
import { keysOf, type PhysicalIndex, type PhysicalKeys } from './model/table-model.js'
import { tableModelOf } from './table.js'
import type { Table } from './types/table.js'

/** What a table needs besides its definition. */
export interface CreateTableOptions {
  /** The physical name. */
  readonly tableName: string
}

/**
 * The input of a CreateTable request for a table: keys, indexes and on-demand billing.
 *
 * @throws DefinitionError for what `table()` did not make.
 * @example
 * ```ts
 * await client.send(new CreateTableCommand(createTableInput(shop, { tableName: 'shop-test' })))
 * ```
 */
export function createTableInput(table: Table, { tableName }: CreateTableOptions): CreateTableCommandInput {
  const model = tableModelOf('createTableInput', table)
  const indexes = [...model.indexes.values()]
  const kinds = new Map(
    [model, ...indexes].flatMap((keys) => keysOf(keys).map(({ name, kind }) => [name, kind] as const)),
  )
  const described = indexes.map((index) => ({
    local: index.local,
    description: { IndexName: index.name, KeySchema: keySchema(index), Projection: projection(index, model) },
  }))
  const globalIndexes = described.filter(({ local }) => !local).map(({ description }) => description)
  const localIndexes = described.filter(({ local }) => local).map(({ description }) => description)
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...kinds].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    KeySchema: keySchema(model),
    ...(globalIndexes.length > 0 && { GlobalSecondaryIndexes: globalIndexes }),
    ...(localIndexes.length > 0 && { LocalSecondaryIndexes: localIndexes }),
  }
}

function projection(index: PhysicalIndex, table: PhysicalKeys): Projection {
  if (index.projected === undefined) return { ProjectionType: 'ALL' }
  const keys = new Set([...keysOf(table), ...keysOf(index)].map(({ name }) => name))
  const others = [...index.projected].filter((name) => !keys.has(name))
  return others.length === 0 ? { ProjectionType: 'KEYS_ONLY' } : { ProjectionType: 'INCLUDE', NonKeyAttributes: others }
}

function keySchema({ partitionKey, sortKey }: PhysicalKeys): KeySchemaElement[] {
  return [
    ...partitionKey.map(({ name }) => ({ AttributeName: name, KeyType: 'HASH' as const })),
    ...sortKey.map(({ name }) => ({ AttributeName: name, KeyType: 'RANGE' as const })),
  ]
}
