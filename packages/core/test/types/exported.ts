// An entity of 50 attributes and code around it, exported without annotations, as users do in packages of their own.
import * as z from 'zod'
import { type AnyEntity, codec, connect, entity, type Item, table, ulid } from '@keyloom/core'

export const shop = table('shop', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' }, gsi2: { partitionKey: 'gsi2pk' } },
})

export const Order = entity('Order', {
  table: shop,
  schema: z.object({
    customerId: z.string(),
    orderId: z.string().default(() => ulid()),
    placedAt: codec.date(),
    status: z.enum(['pending', 'paid']),
    text0: z.string(),
    text1: z.string().optional(),
    text2: z.string(),
    text3: z.string().optional(),
    text4: z.string(),
    text5: z.string().optional(),
    text6: z.string(),
    text7: z.string().optional(),
    text8: z.string(),
    text9: z.string().optional(),
    text10: z.string(),
    text11: z.string().optional(),
    text12: z.string(),
    text13: z.string().optional(),
    text14: z.string(),
    text15: z.string().optional(),
    number0: z.number().default(0),
    number1: z.number().default(1),
    number2: z.number().default(2),
    number3: z.number().default(3),
    number4: z.number().default(4),
    number5: z.number().default(5),
    number6: z.number().default(6),
    number7: z.number().default(7),
    number8: z.number().default(8),
    number9: z.number().default(9),
    map0: z.object({ city: z.string(), inner: z.object({ n: z.number().optional() }) }),
    map1: z.object({ city: z.string(), inner: z.object({ n: z.number().optional() }) }),
    map2: z.object({ city: z.string(), inner: z.object({ n: z.number().optional() }) }),
    map3: z.object({ city: z.string(), inner: z.object({ n: z.number().optional() }) }),
    map4: z.object({ city: z.string(), inner: z.object({ n: z.number().optional() }) }),
    map5: z.object({ city: z.string(), inner: z.object({ n: z.number().optional() }) }),
    map6: z.object({ city: z.string(), inner: z.object({ n: z.number().optional() }) }),
    map7: z.object({ city: z.string(), inner: z.object({ n: z.number().optional() }) }),
    map8: z.object({ city: z.string(), inner: z.object({ n: z.number().optional() }) }),
    map9: z.object({ city: z.string(), inner: z.object({ n: z.number().optional() }) }),
    list0: z.array(z.object({ sku: z.string(), tags: z.set(z.string()).optional() })),
    list1: z.array(z.object({ sku: z.string(), tags: z.set(z.string()).optional() })),
    list2: z.array(z.object({ sku: z.string(), tags: z.set(z.string()).optional() })),
    list3: z.array(z.object({ sku: z.string(), tags: z.set(z.string()).optional() })),
    list4: z.array(z.object({ sku: z.string(), tags: z.set(z.string()).optional() })),
    list5: z.array(z.object({ sku: z.string(), tags: z.set(z.string()).optional() })),
    list6: z.array(z.object({ sku: z.string(), tags: z.set(z.string()).optional() })),
    list7: z.array(z.object({ sku: z.string(), tags: z.set(z.string()).optional() })),
    list8: z.array(z.object({ sku: z.string(), tags: z.set(z.string()).optional() })),
    list9: z.array(z.object({ sku: z.string(), tags: z.set(z.string()).optional() })),
  }),
  key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'ORDER#{placedAt}#{orderId}' },
  indexes: {
    byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}', sortKey: '{placedAt}' },
    byCity: { index: 'gsi2', partitionKey: 'CITY#{map1.city}' },
  },
})

const db = connect({ client: { send: async () => ({}) }, tables: {} })
export const orders = db.for(Order)
export type OrderItem = Item<typeof Order>
export const paid = (key: Parameters<typeof orders.get>[0]) =>
  orders.update(key, { set: { text0: 'x' }, returning: 'new' })
export const ofStatus = (status: OrderItem['status']) => orders.query.byStatus({ status })
export const open = Order.query.byStatus({ status: 'pending' })
export function repository<E extends AnyEntity>(entity: E) {
  const bound = db.for(entity)
  return { bound, one: bound.get, save: bound.put }
}
