// The expressions of a request, as tests read them.
import type { Operation, Query } from '@keyloom/core'

interface Expressions {
  readonly KeyConditionExpression?: string
  readonly FilterExpression?: string
  readonly ProjectionExpression?: string
  readonly ConditionExpression?: string
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>
  readonly ExpressionAttributeValues?: Readonly<Record<string, object>>
}

export function expressionsOf(operation: Operation<unknown> | Query<unknown>): Expressions {
  return operation.request().input as Expressions
}

/** An expression with its names and values filled in. */
export function filled(expressions: Expressions, text: string | undefined): string | undefined {
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = expressions
  return text
    ?.replace(/#\d+/g, (name) => names[name] ?? name)
    .replace(/:\d+/g, (value) => JSON.stringify(Object.values(values[value] ?? {})[0]))
}
