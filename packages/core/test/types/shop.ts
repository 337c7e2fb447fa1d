// A table and an entity for the type tests, with every kind of attribute and index.
import { codec, connect, entity, table, ulid } from '@keyloom/core'
import * as z from 'zod'

export const shop = table('shop', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    gsi2: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk' },
    byTotal: { sortKey: { name: 'total', type: 'number' } },
  },
})

export const Order = entity('Order', {
  table: shop,
  schema: z.object({
    customerId: z.string(),
    orderId: z.string().default(() => ulid()),
    placedAt: codec.date(),
    status: z.enum(['pending', 'paid']),
    urgent: z.boolean(),
    region: z.string(),
    total: z.number(),
    weight: z.number().optional(),
    note: z.string().optional(),
    address: z.object({ city: z.string(), geo: z.object({ latitude: z.number() }).optional() }),
    lines: z.array(z.object({ sku: z.string(), quantity: z.number().default(1) })),
    tags: z.set(z.string()).optional(),
  }),
  key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'ORDER#{placedAt}#{orderId}' },
  indexes: {
    byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}#{region}', sortKey: '{placedAt}' },
    byRegion: { index: 'gsi2', partitionKey: 'REGION#{region}', sortKey: '{total:010}' },
    byTotal: { index: 'byTotal', sortKey: '{total}' },
  },
})

export const placedAt: Date = new Date(0)
export const key: { customerId: string; placedAt: Date; orderId: string } = { customerId: 'c', placedAt, orderId: 'o' }
export const db = connect({ client: { send: async () => ({}) }, tables: {} })
export const orders = db.for(Order)
