// Tables under fresh names, for a test file or a script, and away again.
import { randomBytes } from 'node:crypto'
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  type TimeToLiveSpecification,
} from '@aws-sdk/client-dynamodb'
import { TableTimeoutError } from './errors.js'
import { poll } from './poll.js'

/** What CreateTable takes; the name is only the beginning of the real one, and the billing mode may be left out. */
export type TableDefinition = Omit<CreateTableCommandInput, 'TableName'> & {
  readonly TableName?: string | undefined
  /** The attribute by which items expire, as UpdateTimeToLive takes it. */
  readonly TimeToLiveSpecification?: TimeToLiveSpecification | undefined
}

/** Tables of one owner. */
export interface TemporaryTables extends AsyncDisposable {
  /**
   * Creates a table under a fresh name, waits until it is active, and returns the name.
   * @throws TableTimeoutError when it is not active after a minute, and what CreateTable throws.
   */
  create(definition: TableDefinition): Promise<string>
  /** Drops the tables that were created so far; one that is gone already is fine. */
  drop(): Promise<void>
}

const timeoutMs = 60_000

/**
 * Creates tables under names that nobody else has, and drops them.
 *
 * @example
 * ```ts
 * const tables = temporaryTables(dynamodb.client())
 * const name = await tables.create({
 *   AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
 *   KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
 * })
 * await tables.drop()
 * ```
 */
export function temporaryTables(client: DynamoDBClient): TemporaryTables {
  let names: string[] = []
  const drop = async (): Promise<void> => {
    const dropped = names
    names = []
    await Promise.all(dropped.map((name) => dropTable(client, name)))
  }
  return {
    create: async ({ TimeToLiveSpecification, ...definition }) => {
      const name = freshName(definition.TableName)
      // Before it is there: a creation whose answer was lost is dropped as well.
      names.push(name)
      await createTable(client, { ...definition, TableName: name, BillingMode: billingMode(definition) })
      if (TimeToLiveSpecification !== undefined) {
        await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }))
      }
      return name
    },
    drop,
    [Symbol.asyncDispose]: drop,
  }
}

const longestName = 255

/** DynamoDB allows letters, digits, `_`, `-` and `.`, 255 at most. */
export function freshName(beginning = 'table'): string {
  const end = `-${randomBytes(6).toString('hex')}`
  return beginning.slice(0, longestName - end.length) + end
}

// The service refuses a table that has neither a billing mode nor a throughput; the embedded engine does not.
function billingMode(definition: TableDefinition): 'PROVISIONED' | 'PAY_PER_REQUEST' {
  if (definition.BillingMode !== undefined) return definition.BillingMode
  return definition.ProvisionedThroughput === undefined ? 'PAY_PER_REQUEST' : 'PROVISIONED'
}

async function createTable(
  client: DynamoDBClient,
  input: CreateTableCommandInput & { TableName: string },
): Promise<void> {
  const created = await client.send(new CreateTableCommand(input))
  let status: string = created.TableDescription?.TableStatus ?? 'CREATING'
  if (status === 'ACTIVE') return
  // The SDK's own waiter sleeps for 20 seconds before it asks again.
  const isActive = await poll(async () => {
    status = (await statusOf(client, input.TableName)) ?? 'CREATING'
    return status === 'ACTIVE' ? true : undefined
  }, timeoutMs)
  if (isActive === undefined) throw new TableTimeoutError(input.TableName, status, timeoutMs)
}

async function dropTable(client: DynamoDBClient, name: string): Promise<void> {
  const isDropped = await poll(async () => ((await tryDrop(client, name)) ? true : undefined), timeoutMs)
  if (isDropped === undefined) throw new TableTimeoutError(name, 'in use', timeoutMs)
}

async function tryDrop(client: DynamoDBClient, name: string): Promise<boolean> {
  try {
    await client.send(new DeleteTableCommand({ TableName: name }))
    return true
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return true
    // It is being created or updated, or is protected by a definition that a test wanted to look at.
    if (!(error instanceof Error) || !['ResourceInUseException', 'ValidationException'].includes(error.name))
      throw error
    return unprotect(client, name)
  }
}

/** False: asked to, so it is worth another try. */
async function unprotect(client: DynamoDBClient, name: string): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }))
  if (Table?.TableStatus === 'ACTIVE' && Table.DeletionProtectionEnabled === true) {
    await client.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: false }))
  }
  return false
}

async function statusOf(client: DynamoDBClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus
  } catch (error) {
    // Right after CreateTable the service may not know the table yet.
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}
