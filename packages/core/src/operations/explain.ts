// explain: a request with the names in their places, and without values.
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb'
import type { Explanation } from '../types/explanation.js'
import type { Request } from '../types/operation.js'

/** What of the inputs of all requests is explained. */
interface Explained {
  readonly TableName?: string | undefined
  readonly IndexName?: string | undefined
  readonly Key?: object | undefined
  readonly KeyConditionExpression?: string | undefined
  readonly FilterExpression?: string | undefined
  readonly ConditionExpression?: string | undefined
  readonly UpdateExpression?: string | undefined
  readonly ProjectionExpression?: string | undefined
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined
  readonly ConsistentRead?: boolean | undefined
}

const reads: ReadonlySet<string> = new Set(['GetItem', 'Query', 'Scan'])

/** Explains the request that an operation makes for logical tables. */
export function explained(entity: string, request: Request, sources = 1): Explanation {
  if (request.operation === 'TransactWriteItems') {
    const parts = (request.input.TransactItems ?? []).map((item) => explainedPart(entity, item))
    return { operation: request.operation, entity, table: parts[0]?.table ?? '', parts }
  }
  return { ...explainedInput(entity, request.operation, request.input), ...(sources > 1 && { sources }) }
}

function explainedPart(entity: string, { Put, Update, Delete, ConditionCheck }: TransactWriteItem): Explanation {
  if (Put !== undefined) return explainedInput(entity, 'PutItem', Put)
  if (Update !== undefined) return explainedInput(entity, 'UpdateItem', Update)
  if (Delete !== undefined) return explainedInput(entity, 'DeleteItem', Delete)
  return explainedInput(entity, 'ConditionCheck', ConditionCheck ?? {})
}

function explainedInput(entity: string, operation: Request['operation'], input: Explained): Explanation {
  const { ExpressionAttributeNames: names = {} } = input
  const keyCondition =
    input.Key === undefined
      ? readable(input.KeyConditionExpression, names)
      : Object.keys(input.Key)
          .map((name) => `${name} = ?`)
          .join(' AND ')
  const filter = readable(input.FilterExpression, names)
  const condition = readable(input.ConditionExpression, names)
  const update = readable(input.UpdateExpression, names)
  const projection = input.ProjectionExpression?.split(/,\s*/).map((path) => readable(path, names) ?? path)
  return {
    operation,
    entity,
    table: input.TableName ?? '',
    ...(input.IndexName !== undefined && { index: input.IndexName }),
    ...(keyCondition !== undefined && { keyCondition }),
    ...(filter !== undefined && { filter }),
    ...(condition !== undefined && { condition }),
    ...(update !== undefined && { update }),
    ...(projection !== undefined && { projection }),
    ...(reads.has(operation) && { consistent: input.ConsistentRead === true }),
  }
}

/** An expression with names for its placeholders, and a question mark for each value. */
function readable(expression: string | undefined, names: Readonly<Record<string, string>>): string | undefined {
  return expression?.replaceAll(/[#:]\w+/g, (found) => (found.startsWith(':') ? '?' : (names[found] ?? found)))
}
