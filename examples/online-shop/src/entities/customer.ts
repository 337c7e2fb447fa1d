// Customers, and the few key accounts among them.
import { codec, entity, type Item, ulid } from '@keyloom/core'
import * as z from 'zod'
import { shopTable } from '../table.js'

export const customerSchema = z.object({
  customerId: z.string().default(ulid),
  name: z.string(),
  email: z.email(),
  country: z.string(),
  registeredAt: codec.date(),
  newsletter: z.boolean().default(false),
  /** Only key accounts have one. */
  accountManager: z.string().optional(),
})

export const Customer = entity('Customer', {
  table: shopTable,
  schema: customerSchema,
  key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'PROFILE' },
  indexes: {
    byEmail: { index: 'gsi1', partitionKey: 'EMAIL#{email}', sortKey: 'CUSTOMER' },
    byAccountManager: {
      index: 'gsi2',
      partitionKey: 'MANAGER#{accountManager}',
      sortKey: 'CUSTOMER#{name}#{customerId}',
    },
  },
})

export type Customer = Item<typeof Customer>
