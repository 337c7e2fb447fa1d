// Products: by category and price, and by how long they have been waiting to be restocked.
import { codec, entity, type Item } from '@keyloom/core'
import * as z from 'zod'
import { shopTable } from '../table.js'

export const productSchema = z.object({
  sku: z.string(),
  name: z.string(),
  category: z.string(),
  /** In cents. */
  price: z.int().min(0),
  stock: z.int().min(0),
  warehouse: z.enum(['Lyon', 'Malmö', 'Nürnberg']),
  /** Since when there is too little of it. Only products that run low have it. */
  lowSince: codec.date().optional(),
})

export const Product = entity('Product', {
  table: shopTable,
  schema: productSchema,
  key: { partitionKey: 'PRODUCT#{sku}', sortKey: 'PRODUCT' },
  indexes: {
    byPrice: { index: 'gsi1', partitionKey: 'CATEGORY#{category}', sortKey: 'PRODUCT#{price:010}#{sku}' },
    lowStock: { index: 'gsi2', partitionKey: 'LOW-STOCK#{warehouse}', sortKey: 'PRODUCT#{lowSince}#{sku}' },
  },
})

export type Product = Item<typeof Product>
