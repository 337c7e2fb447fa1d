// What is under test: orders in a table, and how one is paid.
import { connect, entity, table, type Client, type Item } from '@keyloom/core'
import * as z from 'zod'

export const shop = table('shop', { partitionKey: 'pk', sortKey: 'sk' })

export const Order = entity('Order', {
  table: shop,
  schema: z.object({
    customerId: z.string(),
    orderId: z.string(),
    status: z.enum(['pending', 'paid']),
    total: z.number(),
  }),
  key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'ORDER#{orderId}' },
})
export type Order = Item<typeof Order>

/** The orders of a shop. `client` is anything that sends: a real client, or one that makes things go wrong. */
export function orderBook(client: Client, tables: { readonly shop: string }) {
  const db = connect({ client, tables })
  return {
    place: (order: Omit<Order, 'status'>) => db.run(Order.create({ ...order, status: 'pending' })),
    pay: (key: Pick<Order, 'customerId' | 'orderId'>) =>
      db.run(Order.update(key, { set: { status: 'paid' }, condition: (o, { eq }) => eq(o.status, 'pending') })),
    find: (key: Pick<Order, 'customerId' | 'orderId'>) => db.run(Order.get(key, { consistent: true })),
  }
}
