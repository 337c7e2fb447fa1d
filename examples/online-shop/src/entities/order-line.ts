// The lines of an order, in a partition of the order's own: a large order makes no other one slow.
import { entity, type Item } from '@keyloom/core'
import * as z from 'zod'
import { shopTable } from '../table.js'

export const orderLineSchema = z.object({
  orderId: z.string(),
  line: z.int().min(1),
  sku: z.string(),
  name: z.string(),
  quantity: z.int().min(1),
  /** In cents, as it was on the day of the order. */
  unitPrice: z.int().min(0),
})

export const OrderLine = entity('OrderLine', {
  table: shopTable,
  schema: orderLineSchema,
  key: { partitionKey: 'ORDER#{orderId}', sortKey: 'LINE#{line:03}' },
})

export type OrderLine = Item<typeof OrderLine>
