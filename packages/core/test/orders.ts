// A table and an entity with every feature that the tests of operations need.
import { codec, entity, table } from '@keyloom/core'
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
    orderId: z.string().default(() => 'generated'),
    placedAt: codec.date(),
    status: z.enum(['pending', 'paid', 'shipped']),
    region: z.string(),
    total: z.number(),
    carrier: z.string().optional(),
    tags: z.set(z.string()).optional(),
    address: z.object({ city: z.string(), zip: z.string().optional() }).optional(),
    lines: z.array(z.object({ sku: z.string(), quantity: z.number().default(1) })).default([]),
  }),
  key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'ORDER#{placedAt}#{orderId}' },
  indexes: {
    byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}#{region}', sortKey: '{placedAt}#{orderId}' },
    inTransit: { index: 'gsi2', partitionKey: 'CARRIER#{carrier}', sortKey: '{total:010}' },
    byTotal: { index: 'byTotal', sortKey: '{total}' },
  },
})

export const placedAt = new Date('2026-02-16T10:00:00.000Z')

export const key = { customerId: 'c-1', placedAt, orderId: 'o-1' }

export const order = { ...key, status: 'pending' as const, region: 'eu', total: 12 }

/** What `Order.put(order)` stores. */
export const row = {
  pk: { S: 'CUSTOMER#c-1' },
  sk: { S: 'ORDER#2026-02-16T10:00:00.000Z#o-1' },
  gsi1pk: { S: 'STATUS#pending#eu' },
  gsi1sk: { S: '2026-02-16T10:00:00.000Z#o-1' },
  // The partner of an absent key is computed on its own; the row is in the index only with both.
  gsi2sk: { S: '0000000012' },
  _entity: { S: 'Order' },
  customerId: { S: 'c-1' },
  placedAt: { S: '2026-02-16T10:00:00.000Z' },
  orderId: { S: 'o-1' },
  status: { S: 'pending' },
  region: { S: 'eu' },
  total: { N: '12' },
  lines: { L: [] },
}
