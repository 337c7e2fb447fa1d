// Keyloom: a zod schema and key templates.
import { itemOf, namesOf, schemaOf, useOf } from './names.mjs'

const date = 'codec.date()'

export const keyloom = {
  shared: `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { codec, connect, entity, gte, table } from '@keyloom/core'
import * as z from 'zod'
export { codec, entity, gte, z }
export const app = table('app', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' }, gsi2: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk' } },
})
export const db = connect({ client: new DynamoDBClient({}), tables: { app: 'app' } })
`,
  // With its output at every depth: the item is made of it, whoever asks for it.
  schema: (index) => `
import { codec, z } from './shared.js'
export const schema${index} = ${schemaOf(namesOf(index), date)}
export const status${index} = (item: z.output<typeof schema${index}>) => [item.status, item.shippingAddress.zip, item.lines[0]?.sku]
`,
  definition(index) {
    const names = namesOf(index)
    const { entity, customerId, orderId } = names
    return `
import { app, codec, db, entity, gte, z } from './shared.js'
export const ${entity} = entity('${entity}', {
  table: app,
  schema: ${schemaOf(names, date)},
  key: { partitionKey: 'CUSTOMER#{${customerId}}', sortKey: 'ORDER#{placedAt}#{${orderId}}' },
  indexes: {
    byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}#{region}', sortKey: '{placedAt}' },
    byChannel: { index: 'gsi2', partitionKey: 'CHANNEL#{channel}', sortKey: '{totalCents:010}' },
  },
})
`
  },
  calls(index, round) {
    const names = namesOf(index)
    const { entity, customerId, orderId, pending, paid } = names
    const key = `{ ${customerId}: 'c-${round}', placedAt: new Date(${round}), ${orderId}: 'o' }`
    return `
export async function calls${round}() {
  const orders = db.for(${entity})
  await orders.put(${itemOf(names, { date: () => `new Date(${round})` })})
  const got = await orders.get(${key})
  await orders.update(${key}, { set: { notes: 'n', status: '${paid}', region: 'us' }, add: { version: ${round} }, condition: (o, { eq }) => eq(o.version, ${round}) })
  const [first] = await orders.query.byStatus({ status: '${pending}', region: 'eu', placedAt: gte(new Date(${round})) }, { filter: (o, { gt }) => gt(o.totalCents, ${round}) }).all()
${useOf(names, 'got!', 'first!')}
}
`
  },
  wrong(index) {
    const names = namesOf(index)
    return `
// @ts-expect-error no such status
void db.for(${names.entity}).put(${itemOf(names, { date: () => 'new Date(0)' })
      .replace(names.pending, 'LOST')
      .replaceAll('\n', ' ')})
`
  },
}
