// The address book of a customer. A label is free text: "Home", "Büro #2", "Chez Mémé".
import { entity, type Item } from '@keyloom/core'
import * as z from 'zod'
import { shopTable } from '../table.js'

/** Where a parcel goes: an address book has it, and an order keeps the one it was placed with. */
export const postalAddressSchema = z.object({
  recipient: z.string(),
  street: z.string(),
  postcode: z.string(),
  city: z.string(),
  country: z.string(),
})

export const addressSchema = z.object({
  customerId: z.string(),
  label: z.string(),
  ...postalAddressSchema.shape,
})

export const Address = entity('Address', {
  table: shopTable,
  schema: addressSchema,
  key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'ADDRESS#{label}' },
})

export type Address = Item<typeof Address>
