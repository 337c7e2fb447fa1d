// Dynamoose: a schema of constructors. It derives no types: the interface is written a second time, as its users do.
import { itemOf, namesOf, typeOf, useOf } from './names.mjs'

const text = '{ type: String, required: true }'
const number = '{ type: Number, required: true }'
const keys = 'pk: string; sk: string; gsi1pk: string; gsi1sk: string; gsi2pk: string; gsi2sk: string'

export const dynamoose = {
  shared: `
import dynamoose from 'dynamoose'
import { Item } from 'dynamoose/dist/Item.js'
export { dynamoose, Item }
export const options = { tableName: 'app', create: false, waitForActive: false } as const
`,
  definition(index) {
    const names = namesOf(index)
    const { entity, customerId, orderId, extra, pending, paid } = names
    return `
import { dynamoose, Item, options } from './shared.js'
export interface ${entity}Data extends Item ${typeOf(names).replace('{', `{ ${keys};`)}
const schema = new dynamoose.Schema({
  pk: { type: String, hashKey: true }, sk: { type: String, rangeKey: true },
  gsi1pk: { type: String, index: { name: 'gsi1', type: 'global', rangeKey: 'gsi1sk' } }, gsi1sk: String, gsi2pk: { type: String, index: { name: 'gsi2', type: 'global', rangeKey: 'gsi2sk' } }, gsi2sk: String,
  ${customerId}: ${text}, ${orderId}: { type: String, required: true, default: 'o' }, placedAt: ${text}, region: ${text}, ${extra}: ${text}, notes: String, couponCode: String, createdAt: ${text}, updatedAt: ${text},
  status: { type: String, enum: ['${pending}', '${paid}', 'SHIPPED'], required: true }, currency: { type: String, enum: ['EUR', 'USD'], required: true }, channel: { type: String, enum: ['web', 'shop'], required: true },
  totalCents: ${number}, itemCount: ${number}, weight: Number, isGift: { type: Boolean, required: true }, tags: { type: Set, schema: [String] }, version: { type: Number, required: true, default: 1 },
  shippingAddress: { type: Object, schema: { street: String, city: String, zip: String, country: String } },
  lines: { type: Array, schema: [{ type: Object, schema: { sku: String, name: String, quantity: Number, cents: Number, wrapped: Boolean } }] },
})
export const ${entity} = dynamoose.model<${entity}Data>('${entity}', schema, options)
`
  },
  calls(index, round) {
    const names = namesOf(index)
    const { entity, pending, paid } = names
    const row = itemOf(names).replace('{', `{ pk: 'p', sk: 's', gsi1pk: 'a', gsi1sk: 'b', gsi2pk: 'c', gsi2sk: 'd',`)
    return `
export async function calls${round}() {
  const key = { pk: 'CUSTOMER#c-${round}', sk: 'ORDER#d#o' }
  await ${entity}.create(${row.replace(`'${pending}'`, `'${pending}' as const`)})
  const got = await ${entity}.get(key)
  await ${entity}.update(key, { $SET: { notes: 'n', status: '${paid}', region: 'us', gsi1pk: 'STATUS#${paid}#us' }, $ADD: { version: ${round} } }, { condition: new dynamoose.Condition().where('version').eq(${round}) })
  const [first] = await ${entity}.query('gsi1pk').eq('STATUS#${pending}#eu').where('gsi1sk').ge('d').using('gsi1').filter('totalCents').gt(${round}).exec()
${useOf(names, 'got', 'first!')}
}
`
  },
  wrong(index) {
    const names = namesOf(index)
    return `
// @ts-expect-error no such status
export const lost: ${names.entity}Data['status'] = 'LOST'
`
  },
}
