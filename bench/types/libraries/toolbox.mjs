// DynamoDB-Toolbox: its own schema builders, and action objects.
import { itemOf, namesOf, useOf } from './names.mjs'

export const toolbox = {
  shared: `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { Table } from 'dynamodb-toolbox/table'
export { Entity } from 'dynamodb-toolbox/entity'
export { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get'
export { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put'
export { $add, UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update'
export { boolean } from 'dynamodb-toolbox/schema/boolean'
export { item } from 'dynamodb-toolbox/schema/item'
export { list } from 'dynamodb-toolbox/schema/list'
export { map } from 'dynamodb-toolbox/schema/map'
export { number } from 'dynamodb-toolbox/schema/number'
export { set } from 'dynamodb-toolbox/schema/set'
export { string } from 'dynamodb-toolbox/schema/string'
export { QueryCommand } from 'dynamodb-toolbox/table/actions/query'
const documentClient = DynamoDBDocumentClient.from(new DynamoDBClient({}))
export const table = new Table({
  name: 'app', documentClient, partitionKey: { name: 'pk', type: 'string' }, sortKey: { name: 'sk', type: 'string' },
  indexes: {
    gsi1: { type: 'global', partitionKey: { name: 'gsi1pk', type: 'string' }, sortKey: { name: 'gsi1sk', type: 'string' } },
    gsi2: { type: 'global', partitionKey: { name: 'gsi2pk', type: 'string' }, sortKey: { name: 'gsi2sk', type: 'string' } },
  },
})
`,
  definition(index) {
    const { entity, customerId, orderId, extra, pending, paid } = namesOf(index)
    return `
import { $add, boolean, Entity, GetItemCommand, item, list, map, number, PutItemCommand, QueryCommand, set, string, table, UpdateItemCommand } from './shared.js'
export const ${entity} = new Entity({
  name: '${entity}', table, timestamps: false,
  schema: item({
    ${customerId}: string().key(), ${orderId}: string().key().default('o'), placedAt: string().key(), status: string().enum('${pending}', '${paid}', 'SHIPPED'), region: string(),
    currency: string().enum('EUR', 'USD'), totalCents: number(), itemCount: number(), weight: number().optional(), isGift: boolean(), notes: string().optional(), ${extra}: string(),
    tags: set(string()), channel: string().enum('web', 'shop'), createdAt: string(), updatedAt: string(), version: number().default(1), couponCode: string().optional(),
    shippingAddress: map({ street: string(), city: string(), zip: string(), country: string() }),
    lines: list(map({ sku: string(), name: string(), quantity: number(), cents: number(), wrapped: boolean().optional() })),
  }).and((before) => ({
    gsi1pk: string().hidden().link<typeof before>(({ status, region }) => 'STATUS#' + status + '#' + region), gsi1sk: string().hidden().link<typeof before>(({ placedAt }) => placedAt),
    gsi2pk: string().hidden().link<typeof before>(({ channel }) => 'CHANNEL#' + channel), gsi2sk: string().hidden().link<typeof before>(({ totalCents }) => String(totalCents)),
  })),
  computeKey: (key) => ({ pk: 'CUSTOMER#' + key.${customerId}, sk: 'ORDER#' + key.placedAt + '#' + key.${orderId} }),
})
`
  },
  calls(index, round) {
    const names = namesOf(index)
    const { entity, customerId, orderId, pending, paid } = names
    const key = `${customerId}: 'c-${round}', placedAt: 'd', ${orderId}: 'o'`
    return `
export async function calls${round}() {
  await ${entity}.build(PutItemCommand).item(${itemOf(names)}).send()
  const got = await ${entity}.build(GetItemCommand).key({ ${key} }).send()
  await ${entity}.build(UpdateItemCommand).item({ ${key}, notes: 'n', status: '${paid}', region: 'us', version: $add(${round}) }).options({ condition: { attr: 'version', eq: ${round} } }).send()
  const page = await table.build(QueryCommand).entities(${entity}).query({ index: 'gsi1', partition: 'STATUS#${pending}#eu', range: { gte: 'd' } }).options({ filters: { ${entity}: { attr: 'totalCents', gt: ${round} } } }).send()
  const [first] = page.Items!
${useOf(names, 'got.Item!', 'first!')}
}
`
  },
  wrong(index) {
    const names = namesOf(index)
    return `
// @ts-expect-error no such status
${names.entity}.build(PutItemCommand).item(${itemOf(names).replace(names.pending, 'LOST').replaceAll('\n', ' ')})
`
  },
}
