// What the checks of engines are written with: two tables, a partition of its own for each check, short ways to send.
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
  type QueryCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb'
import type { TableDefinition } from '../../src/temporary-tables.js'

export type Item = Record<string, AttributeValue>

export interface Check {
  /** Unique; the list of differences names it. */
  readonly name: string
  /** @throws what the test runner's expectations throw when the engine does not do what the service does. */
  run(bench: Bench): Promise<void>
}

export const S = (value: string): AttributeValue => ({ S: value })
export const N = (value: number | string): AttributeValue => ({ N: String(value) })
export const L = (...values: AttributeValue[]): AttributeValue => ({ L: values })
export const M = (value: Item): AttributeValue => ({ M: value })

const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
]

export const definition: TableDefinition = {
  AttributeDefinitions: ['pk', 'sk', 'g', 'h', 'l', 'n'].map((AttributeName) => ({
    AttributeName,
    AttributeType: AttributeName === 'n' ? 'N' : 'S',
  })),
  KeySchema: key('pk', 'sk'),
  GlobalSecondaryIndexes: [
    { IndexName: 'all', KeySchema: key('g', 'h'), Projection: { ProjectionType: 'ALL' } },
    { IndexName: 'keys', KeySchema: key('g', 'h'), Projection: { ProjectionType: 'KEYS_ONLY' } },
    {
      IndexName: 'some',
      KeySchema: key('g', 'n'),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a', 'b'] },
    },
  ],
  LocalSecondaryIndexes: [
    { IndexName: 'local', KeySchema: key('pk', 'l'), Projection: { ProjectionType: 'KEYS_ONLY' } },
  ],
}

/** An index of which both keys are two attributes: only conformant engines create and query it. */
export const multiDefinition: TableDefinition = {
  AttributeDefinitions: ['pk', 'sk', 'a', 'b', 'c', 'd'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: key('pk', 'sk'),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'multi',
      KeySchema: [
        { AttributeName: 'a', KeyType: 'HASH' },
        { AttributeName: 'b', KeyType: 'HASH' },
        { AttributeName: 'c', KeyType: 'RANGE' },
        { AttributeName: 'd', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
}

let partitions = 0

export class Bench {
  /** The partition of this check, and its items' key. */
  readonly pk = `partition-${(partitions += 1)}`

  constructor(
    readonly client: DynamoDBClient,
    readonly table: string,
    /** Creates another table. */
    readonly createTable: (definition: TableDefinition) => Promise<string>,
  ) {}

  key(sk = 'x'): Item {
    return { pk: S(this.pk), sk: S(sk) }
  }

  put(item: Item = {}, more: object = {}) {
    return this.client.send(new PutItemCommand({ TableName: this.table, Item: { ...this.key(), ...item }, ...more }))
  }

  /** The item without its key. */
  async get(sk = 'x', more: object = {}): Promise<Item | undefined> {
    const input = { TableName: this.table, Key: this.key(sk), ConsistentRead: true, ...more }
    const { Item } = await this.client.send(new GetItemCommand(input))
    return Item && Object.fromEntries(Object.entries(Item).filter(([name]) => name !== 'pk' && name !== 'sk'))
  }

  delete(more: object = {}) {
    return this.client.send(new DeleteItemCommand({ TableName: this.table, Key: this.key(), ...more }))
  }

  update(expression: string, values?: Item, more: Partial<UpdateItemCommandInput> = {}) {
    return this.client.send(
      new UpdateItemCommand({
        TableName: this.table,
        Key: this.key(),
        UpdateExpression: expression,
        ExpressionAttributeValues: values,
        ...more,
      }),
    )
  }

  /** Whether the stored item meets the condition. */
  async meets(condition: string, values?: Item, names?: Record<string, string>): Promise<boolean> {
    try {
      await this.update(
        'SET touched = if_not_exists(touched, :touched)',
        { ...values, ':touched': N(1) },
        {
          ConditionExpression: condition,
          ExpressionAttributeNames: names,
        },
      )
      return true
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false
      throw error
    }
  }

  query(condition: string, values: Item = {}, more: Partial<QueryCommandInput> = {}) {
    return this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: condition,
        ExpressionAttributeValues: { ':p': S(this.pk), ...values },
        ...more,
      }),
    )
  }

  scan(more: object = {}) {
    return this.client.send(new ScanCommand({ TableName: this.table, ...more }))
  }

  batchGet(keys: Item[]) {
    return this.client.send(new BatchGetItemCommand({ RequestItems: { [this.table]: { Keys: keys } } }))
  }

  batchPut(items: Item[]) {
    const requests = items.map((Item) => ({ PutRequest: { Item } }))
    return this.client.send(new BatchWriteItemCommand({ RequestItems: { [this.table]: requests } }))
  }

  transactGet(gets: { Key: Item; ProjectionExpression?: string }[]) {
    const TransactItems = gets.map((get) => ({ Get: { TableName: this.table, ...get } }))
    return this.client.send(new TransactGetItemsCommand({ TransactItems }))
  }

  /** A transaction of puts, each with what is given beside the item. */
  transactPut(puts: { Item: Item; [more: string]: unknown }[], ClientRequestToken?: string) {
    const TransactItems = puts.map((put) => ({ Put: { TableName: this.table, ...put } }))
    return this.client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }))
  }

  /** Items of sort keys `s0` to `s9` and so on, with the number, index keys on every other one. */
  async seed(count: number): Promise<void> {
    const items = Array.from({ length: count }, (_, index): Item => ({
      ...this.key(`s${index}`),
      a: S(`a${index}`),
      c: S(`c${index}`),
      l: S(`l${9 - index}`),
      ...(index % 2 === 0 ? { g: S(this.pk), h: S(`h${index}`), n: N(-index) } : {}),
    }))
    await this.batchPut(items)
  }
}

/** The sort keys of what was read. */
export function sortKeys({ Items }: { readonly Items?: readonly Item[] | undefined }): (string | undefined)[] {
  return (Items ?? []).map(({ sk }) => sk?.S)
}

/** The name of the error that the service answers with; undefined where it accepts. */
export async function refusal(sent: Promise<unknown>): Promise<string | undefined> {
  return sent.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  )
}
