// Orders: in the partition of their customer, by date; found by status, and by deadline while they are unpaid.
import { codec, entity, type Item, type Key, ulid } from '@keyloom/core'
import * as z from 'zod'
import { shopTable } from '../table.js'
import { postalAddressSchema } from './address.js'

export const orderSchema = z.object({
  customerId: z.string(),
  placedAt: codec.date(),
  orderId: z.string().default(ulid),
  status: z.enum(['pending', 'paid', 'shipped', 'delivered', 'cancelled']).default('pending'),
  payment: z.enum(['card', 'invoice', 'transfer']),
  /** Until when it must be paid. Only unpaid orders have it. */
  payBy: codec.date().optional(),
  /** In cents. */
  total: z.int().min(0),
  shipTo: postalAddressSchema,
  note: z.string().optional(),
})

export const Order = entity('Order', {
  table: shopTable,
  schema: orderSchema,
  key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'ORDER#{placedAt}#{orderId}' },
  indexes: {
    byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}', sortKey: 'ORDER#{placedAt}#{orderId}' },
    unpaid: { index: 'gsi2', partitionKey: 'UNPAID#{payment}', sortKey: 'ORDER#{payBy}#{orderId}' },
  },
})

export type Order = Item<typeof Order>
export type OrderKey = Key<typeof Order>
