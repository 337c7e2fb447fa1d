// Which rules a request has to meet.
import { conditionProblem, type WireItem } from './condition-rules.js'
import type { Names } from './comparisons.js'
import { assignedValues, keyConditionProblem, keySizeProblem, projectionProblem } from './key-rules.js'
import type { TableSchema } from './table-schema.js'

/** The body of a request, as far as the rules read it. */
export interface StrictInput {
  readonly TableName?: string
  readonly IndexName?: string
  readonly ConditionExpression?: string
  readonly FilterExpression?: string
  readonly KeyConditionExpression?: string
  readonly ProjectionExpression?: string
  readonly UpdateExpression?: string
  readonly ExpressionAttributeNames?: Names
  readonly ExpressionAttributeValues?: WireItem
  readonly ExclusiveStartKey?: WireItem
  readonly Item?: WireItem
  readonly TransactItems?: readonly Readonly<Record<string, StrictInput>>[]
  readonly RequestItems?: Readonly<Record<string, unknown>>
}

type SchemaOf = (table: string, index?: string) => Promise<TableSchema | undefined>

/** What DynamoDB would refuse about a request, in a sentence. */
export async function requestProblem(
  operation: string,
  input: StrictInput,
  schemaOf: SchemaOf,
): Promise<string | undefined> {
  if (operation === 'TransactWriteItems')
    return firstProblem(input.TransactItems?.flatMap(Object.values) as StrictInput[])
  if (operation === 'BatchWriteItem') return batchProblem(input.RequestItems ?? {}, schemaOf)
  const problem = expressionProblem(input)
  if (problem !== undefined || input.TableName === undefined) return problem
  const { TableName: table } = input
  if (operation === 'Query' || operation === 'Scan') {
    if (operation === 'Scan' && input.IndexName === undefined) return undefined
    const schema = await schemaOf(table, input.IndexName)
    return schema && readProblem(input, schema)
  }
  const { Item, UpdateExpression, ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input
  const written = UpdateExpression === undefined ? Item : assignedValues(UpdateExpression, names, values ?? {})
  return written && sizeProblem(table, written, schemaOf)
}

function firstProblem(inputs: readonly StrictInput[] | undefined): string | undefined {
  return inputs?.map(expressionProblem).find((problem) => problem !== undefined)
}

function expressionProblem(input: StrictInput): string | undefined {
  for (const kind of ['ConditionExpression', 'FilterExpression'] as const) {
    const expression = input[kind]
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input
    const problem = expression === undefined ? undefined : conditionProblem(kind, expression, names, values)
    if (problem !== undefined) return problem
  }
  return undefined
}

function readProblem(input: StrictInput, schema: TableSchema): string | undefined {
  const { KeyConditionExpression: condition, IndexName: index, ExpressionAttributeNames: names } = input
  if (condition !== undefined) {
    const { ExpressionAttributeValues: values = {}, ExclusiveStartKey } = input
    const problem = keyConditionProblem(condition, names, values, ExclusiveStartKey, schema)
    if (problem !== undefined) return problem
  }
  if (index === undefined) return undefined
  // A scan may filter by what the index does not hold, a query may not.
  const asked = [input.ProjectionExpression, condition === undefined ? undefined : input.FilterExpression]
  return asked
    .map((expression) => (expression === undefined ? undefined : projectionProblem(expression, names, index, schema)))
    .find((problem) => problem !== undefined)
}

interface WriteRequest {
  readonly PutRequest?: { readonly Item: WireItem }
}

async function batchProblem(
  tables: Readonly<Record<string, unknown>>,
  schemaOf: SchemaOf,
): Promise<string | undefined> {
  for (const [table, requests] of Object.entries(tables)) {
    for (const { PutRequest } of requests as readonly WriteRequest[]) {
      const problem = PutRequest && (await sizeProblem(table, PutRequest.Item, schemaOf))
      if (problem !== undefined) return problem
    }
  }
  return undefined
}

const shortestLimit = 1_024

// Only what is long can be too long: other items cost no look at the table.
async function sizeProblem(table: string, item: WireItem, schemaOf: SchemaOf): Promise<string | undefined> {
  const isLong = Object.values(item).some((value) => {
    const text = value['S'] ?? value['B']
    return typeof text === 'string' && Buffer.byteLength(text) > shortestLimit
  })
  const schema = isLong ? await schemaOf(table) : undefined
  return schema && keySizeProblem(item, schema)
}
