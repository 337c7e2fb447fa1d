// An operation on one item as a part of a transaction.
import type { Put, TransactGetItem, TransactWriteItem } from '@aws-sdk/client-dynamodb'
import type { Request } from '../types/operation.js'

/**
 * What a transaction does for a write's request: one thing, or several where the write is a transaction itself; nothing for what has
 * no place there. A transaction returns nothing of what was stored, so `ReturnValues` is left out: who needs it must refuse first.
 */
export function transactWriteItems({ operation, input }: Request): readonly TransactWriteItem[] {
  switch (operation) {
    case 'PutItem': {
      const { TableName, Item } = input
      return [{ Put: { TableName, Item, ...conditionOf(input) } }]
    }
    case 'UpdateItem': {
      const { TableName, Key, UpdateExpression } = input
      return [{ Update: { TableName, Key, UpdateExpression, ...conditionOf(input) } }]
    }
    case 'DeleteItem': {
      const { TableName, Key } = input
      return [{ Delete: { TableName, Key, ...conditionOf(input) } }]
    }
    case 'ConditionCheck': {
      const { TableName, Key } = input
      const { ConditionExpression, ...rest } = conditionOf(input)
      return [{ ConditionCheck: { TableName, Key, ConditionExpression, ...rest } }]
    }
    case 'TransactWriteItems':
      return input.TransactItems ?? []
    default:
      return []
  }
}

/** What a transaction does for the request of a get. Each of its reads is consistent, without saying so. */
export function transactGetItem({ operation, input }: Request): TransactGetItem | undefined {
  if (operation !== 'GetItem') return undefined
  const { TableName, Key, ProjectionExpression, ExpressionAttributeNames } = input
  return {
    Get: {
      TableName,
      Key,
      ...(ProjectionExpression !== undefined && { ProjectionExpression }),
      ...(ExpressionAttributeNames !== undefined && { ExpressionAttributeNames }),
    },
  }
}

type Conditional = Pick<
  Put,
  | 'ConditionExpression'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
  | 'ReturnValuesOnConditionCheckFailure'
>

// Named one by one: what is absent stays absent, and nothing else gets in.
function conditionOf(input: Conditional): Conditional {
  const {
    ConditionExpression,
    ExpressionAttributeNames,
    ExpressionAttributeValues,
    ReturnValuesOnConditionCheckFailure,
  } = input
  return {
    ...(ConditionExpression !== undefined && { ConditionExpression }),
    ...(ExpressionAttributeNames !== undefined && { ExpressionAttributeNames }),
    ...(ExpressionAttributeValues !== undefined && { ExpressionAttributeValues }),
    ...(ReturnValuesOnConditionCheckFailure !== undefined && { ReturnValuesOnConditionCheckFailure }),
  }
}
