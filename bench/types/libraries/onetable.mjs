// OneTable: models in a schema object, and value templates.
import { itemOf, namesOf, useOf } from './names.mjs'

const text = '{ type: String, required: true }'
const number = '{ type: Number, required: true }'

export const onetable = {
  shared: `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Table } from 'dynamodb-onetable'
import { Dynamo } from 'dynamodb-onetable/Dynamo'
export { Table }
export const client = new Dynamo({ client: new DynamoDBClient({}) })
`,
  definition(index) {
    const { entity, customerId, orderId, extra, pending, paid } = namesOf(index)
    return `
import { client, Table } from './shared.js'
const schema = {
  format: 'onetable:1.1.0', version: '0.0.1', indexes: { primary: { hash: 'pk', sort: 'sk' }, gsi1: { hash: 'gsi1pk', sort: 'gsi1sk' }, gsi2: { hash: 'gsi2pk', sort: 'gsi2sk' } },
  models: { ${entity}: {
    pk: { type: String, value: 'CUSTOMER#\${${customerId}}' }, sk: { type: String, value: 'ORDER#\${placedAt}#\${${orderId}}' },
    gsi1pk: { type: String, value: 'STATUS#\${status}#\${region}' }, gsi1sk: { type: String, value: '\${placedAt}' }, gsi2pk: { type: String, value: 'CHANNEL#\${channel}' }, gsi2sk: { type: String, value: '\${totalCents}' },
    ${customerId}: ${text}, ${orderId}: { type: String, required: true, default: 'o' }, placedAt: ${text}, region: ${text}, ${extra}: ${text}, notes: { type: String }, couponCode: { type: String }, createdAt: ${text}, updatedAt: ${text},
    status: { type: String, enum: ['${pending}', '${paid}', 'SHIPPED'], required: true }, currency: { type: String, enum: ['EUR', 'USD'], required: true }, channel: { type: String, enum: ['web', 'shop'], required: true },
    totalCents: ${number}, itemCount: ${number}, weight: { type: Number }, isGift: { type: Boolean, required: true }, tags: { type: Set, required: true }, version: { type: Number, required: true, default: 1 },
    shippingAddress: { type: Object, required: true, schema: { street: ${text}, city: ${text}, zip: ${text}, country: ${text} } },
    lines: { type: Array, required: true, items: { type: Object, schema: { sku: ${text}, name: ${text}, quantity: ${number}, cents: ${number}, wrapped: { type: Boolean } } } },
  } }, params: { timestamps: false, isoDates: true },
} as const
// One table object for each entity keeps its definition beside its calls.
const table = new Table({ client, name: 'app', partial: true, schema })
export const ${entity} = table.getModel('${entity}')
`
  },
  calls(index, round) {
    const names = namesOf(index)
    const { entity, customerId, orderId, pending, paid } = names
    const key = `${customerId}: 'c-${round}', placedAt: 'd', ${orderId}: 'o'`
    return `
export async function calls${round}() {
  await ${entity}.create(${itemOf(names)}, { exists: null })
  const got = await ${entity}.get({ ${key} })
  await ${entity}.update({ ${key}, notes: 'n', status: '${paid}', region: 'us' }, { add: { version: ${round} }, where: '\${version} = {${round}}' })
  const [first] = await ${entity}.find({ status: '${pending}', region: 'eu', gsi1sk: { '>=': 'd' } }, { index: 'gsi1', where: '\${totalCents} > {${round}}' })
${useOf(names, 'got!', 'first!')}
}
`
  },
  wrong(index) {
    const names = namesOf(index)
    return `
// @ts-expect-error no such status
void ${names.entity}.create(${itemOf(names).replace(names.pending, 'LOST').replaceAll('\n', ' ')})
`
  },
}
