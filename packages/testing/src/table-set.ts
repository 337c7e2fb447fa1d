// The tables of an application under fresh names: of one worker, file or test, emptied in between and dropped.
import {
  BatchWriteItemCommand,
  ScanCommand,
  type AttributeValue,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb'
import { TableTimeoutError } from './errors.js'
import { poll } from './poll.js'
import { temporaryTables, type TableDefinition } from './temporary-tables.js'

/** Tables by their logical names. */
export interface TableSet<Name extends string> extends AsyncDisposable {
  /** The physical names, as `connect({ tables })` takes them. */
  readonly names: Readonly<Record<Name, string>>
  /**
   * Deletes every item of every table.
   * @throws TableTimeoutError when the service leaves deletions undone for a minute, and what it throws.
   */
  empty(): Promise<void>
  /** Drops the tables. */
  drop(): Promise<void>
}

/**
 * Creates the tables of an application under names that nobody else has: parallel workers never meet.
 *
 * @throws TableTimeoutError when a table is not active after a minute, and what CreateTable throws.
 * @example
 * ```ts
 * const set = await tableSet(client, { shop: createTableInput(shop, { tableName: 'shop' }) })
 * const db = connect({ client, tables: set.names })
 * await set.empty() // between two tests
 * await set.drop()
 * ```
 */
export async function tableSet<Name extends string>(
  client: DynamoDBClient,
  definitions: Readonly<Record<Name, TableDefinition>>,
): Promise<TableSet<Name>> {
  const tables = temporaryTables(client)
  const drop = (): Promise<void> => tables.drop()
  const create = async ([name, definition]: [string, TableDefinition]): Promise<[string, string]> => [
    name,
    await tables.create({ TableName: name, ...definition }),
  ]
  const created = await Promise.allSettled(Object.entries<TableDefinition>(definitions).map(create))
  const failed = created.find((result) => result.status === 'rejected')
  if (failed !== undefined) {
    // What the others have made is not left behind.
    await drop().catch(() => undefined)
    throw failed.reason
  }
  const names = Object.fromEntries(created.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])))
  const empty = async (): Promise<void> => {
    await Promise.all(
      Object.entries<TableDefinition>(definitions).map(([name, { KeySchema = [] }]) => {
        const attributes = KeySchema.flatMap(({ AttributeName }) =>
          AttributeName === undefined ? [] : [AttributeName],
        )
        return emptyTable(client, names[name] ?? name, attributes)
      }),
    )
  }
  return { names: names as Record<Name, string>, empty, drop, [Symbol.asyncDispose]: drop }
}

const chunk = 25
const timeoutMs = 60_000

async function emptyTable(client: DynamoDBClient, TableName: string, attributes: readonly string[]): Promise<void> {
  const placeholders = attributes.map((_, index) => `#${index}`)
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined
  do {
    const page = await client.send(
      new ScanCommand({
        TableName,
        ConsistentRead: true,
        ProjectionExpression: placeholders.join(', '),
        ExpressionAttributeNames: Object.fromEntries(attributes.map((name, index) => [`#${index}`, name])),
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    )
    const requests = (page.Items ?? []).map((Key) => ({ DeleteRequest: { Key } }))
    for (let start = 0; start < requests.length; start += chunk) {
      await writeAll(client, TableName, requests.slice(start, start + chunk))
    }
    ExclusiveStartKey = page.LastEvaluatedKey
  } while (ExclusiveStartKey !== undefined)
}

async function writeAll(client: DynamoDBClient, TableName: string, requests: WriteRequest[]): Promise<void> {
  let left = requests
  const isDone = await poll(async () => {
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: left } }))
    left = UnprocessedItems?.[TableName] ?? []
    return left.length === 0 ? true : undefined
  }, timeoutMs)
  if (isDone === undefined) throw new TableTimeoutError(TableName, 'not empty', timeoutMs)
}
