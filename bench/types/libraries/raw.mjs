// The SDK's document client with zod: what people write without a mapper.
import { itemOf, namesOf, schemaOf, useOf } from './names.mjs'

export const raw = {
  shared: `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
export { GetCommand, PutCommand, QueryCommand, UpdateCommand, z }
export const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
export const TableName = 'app'
`,
  definition(index) {
    const names = namesOf(index)
    const { entity, customerId, orderId } = names
    return `
import { client, GetCommand, PutCommand, QueryCommand, TableName, UpdateCommand, z } from './shared.js'
export const ${entity} = ${schemaOf(names)}
export type ${entity} = z.infer<typeof ${entity}>
const keyOf = (o: Pick<${entity}, '${customerId}' | 'placedAt' | '${orderId}'>) => ({ pk: 'CUSTOMER#' + o.${customerId}, sk: 'ORDER#' + o.placedAt + '#' + o.${orderId} })
const rowOf = (o: ${entity}) => ({
  ...keyOf(o), gsi1pk: 'STATUS#' + o.status + '#' + o.region, gsi1sk: o.placedAt, gsi2pk: 'CHANNEL#' + o.channel, gsi2sk: String(o.totalCents).padStart(10, '0'),
  ...${entity}.parse(o),
})
`
  },
  calls(index, round) {
    const names = namesOf(index)
    const { entity, customerId, orderId, pending, paid } = names
    const key = `{ ${customerId}: 'c-${round}', placedAt: 'd', ${orderId}: 'o' }`
    return `
export async function calls${round}() {
  await client.send(new PutCommand({ TableName, Item: rowOf(${itemOf(names)}) }))
  const got = ${entity}.parse((await client.send(new GetCommand({ TableName, Key: keyOf(${key}) }))).Item)
  await client.send(new UpdateCommand({
    TableName, Key: keyOf(${key}), UpdateExpression: 'SET notes = :n, #s = :s, #r = :r, gsi1pk = :k ADD version :a', ConditionExpression: 'version = :v',
    ExpressionAttributeNames: { '#s': 'status', '#r': 'region' },
    ExpressionAttributeValues: { ':n': 'n', ':s': '${paid}', ':r': 'us', ':k': 'STATUS#${paid}#us', ':a': ${round}, ':v': ${round} },
  }))
  const page = await client.send(new QueryCommand({
    TableName, IndexName: 'gsi1', KeyConditionExpression: 'gsi1pk = :p AND gsi1sk >= :a', FilterExpression: 'totalCents > :m',
    ExpressionAttributeValues: { ':p': 'STATUS#${pending}#eu', ':a': 'd', ':m': ${round} },
  }))
  const [first] = page.Items!.map((row) => ${entity}.parse(row))
${useOf(names, 'got', 'first!')}
}
`
  },
  wrong(index) {
    const names = namesOf(index)
    return `
// @ts-expect-error no such status
export const lost: ${names.entity}['status'] = 'LOST'
`
  },
}
