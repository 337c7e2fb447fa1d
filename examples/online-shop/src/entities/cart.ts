// The cart of a customer: one item, or none.
import { codec, entity, type Item } from '@keyloom/core'
import * as z from 'zod'
import { shopTable } from '../table.js'

export const cartSchema = z.object({
  customerId: z.string(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int().min(1), addedAt: codec.date() })),
  updatedAt: codec.date(),
})

export const Cart = entity('Cart', {
  table: shopTable,
  schema: cartSchema,
  key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'CART' },
})

export type Cart = Item<typeof Cart>
