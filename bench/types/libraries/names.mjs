// The names and values of the i-th entity: its own in each, so that no cache of the checker hides what an entity costs.

/** The names that differ from entity to entity. */
export const namesOf = (index) => ({
  index,
  entity: `Order${index}`,
  customerId: `customer${index}Id`,
  orderId: `order${index}Id`,
  extra: `extra${index}`,
  pending: `PENDING${index}`,
  paid: `PAID${index}`,
})

/** An item as application code writes it; `date` and `set` print a value of their kind in the library's way. */
export const itemOf = (
  { customerId, orderId, extra, pending },
  { date = () => `'2026-02-16T10:00:00.000Z'`, set = (one) => `new Set([${one}])` } = {},
) => `{
    ${customerId}: 'c-1', ${orderId}: 'o-1', placedAt: ${date()}, status: '${pending}', region: 'eu', currency: 'EUR', totalCents: 4000,
    itemCount: 2, isGift: false, ${extra}: 'x', tags: ${set(`'a'`)}, channel: 'web', createdAt: ${date()}, updatedAt: ${date()}, version: 1,
    shippingAddress: { street: 's', city: 'c', zip: 'z', country: 'DE' }, lines: [{ sku: 's', name: 'n', quantity: 1, cents: 2 }],
  }`

/** The item's own type, where a library cannot derive one. */
export const typeOf = ({ customerId, orderId, extra, pending, paid }, date = 'string') => `{
  ${customerId}: string; ${orderId}: string; placedAt: ${date}; status: '${pending}' | '${paid}' | 'SHIPPED'; region: string; currency: 'EUR' | 'USD'
  totalCents: number; itemCount: number; weight?: number; isGift: boolean; notes?: string; ${extra}: string; tags: Set<string>; channel: 'web' | 'shop'
  shippingAddress: { street: string; city: string; zip: string; country: string }
  lines: { sku: string; name: string; quantity: number; cents: number; wrapped?: boolean }[]
  createdAt: ${date}; updatedAt: ${date}; version: number; couponCode?: string
}`

/** The same attributes as a zod schema. */
export const schemaOf = ({ customerId, orderId, extra, pending, paid }, date = 'z.string()') => `z.object({
  ${customerId}: z.string(), ${orderId}: z.string().default('o'), placedAt: ${date}, status: z.enum(['${pending}', '${paid}', 'SHIPPED']), region: z.string(),
  currency: z.enum(['EUR', 'USD']), totalCents: z.number(), itemCount: z.number(), weight: z.number().optional(), isGift: z.boolean(),
  notes: z.string().optional(), ${extra}: z.string(), tags: z.set(z.string()), channel: z.enum(['web', 'shop']),
  shippingAddress: z.object({ street: z.string(), city: z.string(), zip: z.string(), country: z.string() }),
  lines: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.number(), cents: z.number(), wrapped: z.boolean().optional() })),
  createdAt: ${date}, updatedAt: ${date}, version: z.number().default(1), couponCode: z.string().optional(),
})`

/** Reads what a query and a get returned: a library whose results are `any` or too wide does not compile. */
export const useOf = ({ pending, paid }, got, first) => `
  const status: '${pending}' | '${paid}' | 'SHIPPED' = ${first}.status
  const zip: string = ${got}.shippingAddress.zip
  const quantity: number = ${first}.lines[0]!.quantity
  return [status, zip, quantity]`
