// What the test of frozen built-in objects runs in a process of its own.
import { codec, connect, entity, isError, table } from '@keyloom/core'
import * as z from 'zod'

if (process.argv[2] === 'pollute') Object.assign(Object.prototype, { polluted: true })

const things = table('things', { partitionKey: 'pk', sortKey: 'sk', indexes: { gsi1: { partitionKey: 'gsi1pk' } } })
const Thing = entity('Thing', {
  table: things,
  schema: z.object({
    id: z.string(),
    at: codec.date(),
    any: z.unknown().optional(),
    json: codec.json(z.unknown()).optional(),
    names: z.record(z.string(), z.unknown()).optional(),
    tags: z.set(z.string()).optional(),
    amount: codec.decimal().optional(),
    bytes: codec.bytes().optional(),
  }),
  key: { partitionKey: 'THING#{id}', sortKey: '{at}#' },
  indexes: { byTime: { index: 'gsi1', partitionKey: '{at:day}' } },
})

const payloads = [
  '{"__proto__":{"polluted":true}}',
  '{"a":{"__proto__":{"polluted":true}}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":"x","valueOf":"y","hasOwnProperty":"z","then":"t"}',
  '[{"__proto__":[]}]',
].map((text): unknown => JSON.parse(text))
const at = new Date(0)
const key = { id: '1', at }
const rows: object[] = []
const client = {
  async send(command: { readonly input: { readonly Item?: object } }) {
    if (command.input.Item !== undefined) rows.push(command.input.Item)
    return { Item: rows.at(-1), Items: rows, Count: rows.length, ScannedCount: rows.length }
  },
}
const db = connect({ client: client, tables: { things: 'things' }, cursorKey: 'k'.repeat(32) })
const orders = db.for(Thing)

for (const payload of payloads) {
  for (const item of [
    { ...key, any: payload, json: payload, names: payload },
    { ...key, amount: '1.5', bytes: new Uint8Array([1]), tags: new Set(['a']) },
    { ...key, ...(payload as object) },
    payload,
  ]) {
    try {
      await orders.put(item as never)
      const read = await orders.get(key)
      if (read !== undefined && 'polluted' in read) throw new Error('polluted')
      await orders.update(key, { set: { any: payload, names: payload } as never, add: {}, returning: 'new' })
      await orders.query(key, { filter: (o, { eq, and, exists }) => and(eq(o.any, payload), exists(o.names)) }).all()
      await orders.query.byTime({ at }).page({ take: 1 })
      await orders.scan().count()
      await orders.delete(key, { condition: (o, { ne }) => ne(o.any, payload) })
    } catch (error) {
      if (!isError(error, 'input') && !isError(error, 'decode')) throw error
    }
  }
}
if (rows.length === 0) throw new Error('nothing was written')
console.log('done')
