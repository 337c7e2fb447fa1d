// ElectroDB: a model object with composite attributes, and chains of calls.
import { itemOf, namesOf, useOf } from './names.mjs'

const required = (type) => `{ type: ${type}, required: true }`
const text = required(`'string'`)
const number = required(`'number'`)

export const electrodb = {
  shared: `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Entity } from 'electrodb'
export { Entity }
export const client = new DynamoDBClient({})
export const table = 'app'
`,
  definition(index) {
    const { entity, customerId, orderId, extra, pending, paid } = namesOf(index)
    return `
import { client, Entity, table } from './shared.js'
export const ${entity} = new Entity({
  model: { entity: '${entity}', version: '1', service: 'shop' },
  attributes: {
    ${customerId}: ${text}, ${orderId}: { type: 'string', required: true, default: 'o' }, placedAt: ${text}, region: ${text}, ${extra}: ${text},
    status: ${required(`['${pending}', '${paid}', 'SHIPPED'] as const`)}, currency: ${required(`['EUR', 'USD'] as const`)}, channel: ${required(`['web', 'shop'] as const`)},
    totalCents: ${number}, itemCount: ${number}, weight: { type: 'number' }, isGift: ${required(`'boolean'`)}, notes: { type: 'string' },
    tags: { type: 'set', items: 'string', required: true }, couponCode: { type: 'string' }, version: { type: 'number', required: true, default: 1 }, createdAt: ${text}, updatedAt: ${text},
    shippingAddress: { type: 'map', required: true, properties: { street: ${text}, city: ${text}, zip: ${text}, country: ${text} } },
    lines: { type: 'list', required: true, items: { type: 'map', properties: { sku: ${text}, name: ${text}, quantity: ${number}, cents: ${number}, wrapped: { type: 'boolean' } } } },
  },
  indexes: {
    primary: { pk: { field: 'pk', composite: ['${customerId}'], template: 'CUSTOMER#\${${customerId}}' }, sk: { field: 'sk', composite: ['placedAt', '${orderId}'], template: 'ORDER#\${placedAt}#\${${orderId}}' } },
    byStatus: { index: 'gsi1', pk: { field: 'gsi1pk', composite: ['status', 'region'], template: 'STATUS#\${status}#\${region}' }, sk: { field: 'gsi1sk', composite: ['placedAt'], template: '\${placedAt}' } },
    byChannel: { index: 'gsi2', pk: { field: 'gsi2pk', composite: ['channel'], template: 'CHANNEL#\${channel}' }, sk: { field: 'gsi2sk', composite: ['totalCents'], template: '\${totalCents}' } },
  },
}, { client, table })
`
  },
  calls(index, round) {
    const names = namesOf(index)
    const { entity, customerId, orderId, pending, paid } = names
    const key = `{ ${customerId}: 'c-${round}', placedAt: 'd', ${orderId}: 'o' }`
    return `
export async function calls${round}() {
  await ${entity}.put(${itemOf(names, { set: (one) => `[${one}]` })}).go()
  const got = await ${entity}.get(${key}).go()
  await ${entity}.update(${key}).set({ notes: 'n', status: '${paid}', region: 'us' }).add({ version: ${round} }).where((o, { eq }) => eq(o.version, ${round})).go()
  const page = await ${entity}.query.byStatus({ status: '${pending}', region: 'eu' }).gte({ placedAt: 'd' }).where((o, { gt }) => gt(o.totalCents, ${round})).go()
  const [first] = page.data
${useOf(names, 'got.data!', 'first!')}
}
`
  },
  wrong(index) {
    const names = namesOf(index)
    const item = itemOf(names, { set: (one) => `[${one}]` })
      .replace(names.pending, 'LOST')
      .replaceAll('\n', ' ')
    return `
// @ts-expect-error no such status
${names.entity}.put(${item})
`
  },
}
