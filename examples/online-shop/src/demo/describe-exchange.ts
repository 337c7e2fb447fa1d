// An exchange in words: the request with its names and values filled in, what it read and what that cost.
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Exchange } from './recorder.js'

const longestValue = 60

/** The lines that describe an exchange. */
export function describeExchange(exchange: Exchange): string[] {
  return [...describeRequest(exchange), describeAnswer(exchange)]
}

function describeRequest({ operation, input }: Exchange): string[] {
  const index = 'IndexName' in input ? input.IndexName : undefined
  const lines = [index === undefined ? operation : `${operation} on ${index}`]
  const add = (label: string, [first = '', ...others]: readonly string[]): void => {
    lines.push(`  ${label.padEnd(9)} ${first}`, ...others.map((other) => `${' '.repeat(12)}${other}`))
  }
  // Expressions are split where only placeholders are in them: a value may contain any word.
  const filledIn = (parts: readonly string[]): string[] => parts.map((part) => fillIn(input, part))
  if ('Key' in input) add('key', [describeKey(input.Key)])
  if ('KeyConditionExpression' in input)
    add('key', filledIn(input.KeyConditionExpression?.split(/(?<!BETWEEN :\w+) (?=AND )/) ?? []))
  if ('UpdateExpression' in input)
    add('update', filledIn(input.UpdateExpression?.split(/ (?=(?:SET|REMOVE|ADD|DELETE) )/) ?? []))
  if ('ConditionExpression' in input) add('condition', filledIn([input.ConditionExpression ?? '']))
  if ('FilterExpression' in input) add('filter', filledIn([input.FilterExpression ?? '']))
  if ('ScanIndexForward' in input && input.ScanIndexForward === false) add('order', ['from the last to the first'])
  if ('ExclusiveStartKey' in input) add('after', [describeKey(input.ExclusiveStartKey)])
  if ('Limit' in input) add('limit', [`${input.Limit ?? ''}`])
  return lines
}

function describeAnswer({ operation, input, output }: Exchange): string {
  const units = `${capacityOf(output)} ${'UpdateExpression' in input ? 'write' : 'read'} units`
  if ('ScannedCount' in output) return `→ ${output.ScannedCount ?? 0} read, ${output.Count ?? 0} returned, ${units}`
  if (operation !== 'GetItem') return `→ ${units}`
  const count = 'Item' in output && output.Item !== undefined ? 1 : 0
  return `→ ${count} read, ${count} returned, ${units}`
}

function capacityOf(output: Exchange['output']): number {
  if (!('ConsumedCapacity' in output) || output.ConsumedCapacity === undefined) return 0
  const parts = [output.ConsumedCapacity].flat()
  return parts.reduce((sum, part) => sum + (('CapacityUnits' in part && part.CapacityUnits) || 0), 0)
}

/** An expression with its `#0` and `:0` replaced by the names and values that they stand for. */
function fillIn(input: Exchange['input'], expression: string): string {
  const names = ('ExpressionAttributeNames' in input && input.ExpressionAttributeNames) || {}
  const values = ('ExpressionAttributeValues' in input && input.ExpressionAttributeValues) || {}
  return expression.replace(/[#:]\w+/g, (placeholder) => names[placeholder] ?? describeValue(values[placeholder]))
}

function describeKey(key: Record<string, AttributeValue> = {}): string {
  return Object.entries(key)
    .map(([name, value]) => `${name} = ${describeValue(value)}`)
    .join(', ')
}

/** A stored value as one reads it. */
export function describeValue(value: AttributeValue | undefined): string {
  if (value === undefined) return '–'
  const text = value.S === undefined ? (value.N ?? JSON.stringify(value)) : `'${value.S}'`
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}
