import { entity, type IncompleteBatchError, type Item } from '@keyloom/core'
import { describe, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { db, key, Order, shop } from './shop.js'

type OrderItem = Item<typeof Order>

const User = entity('User', {
  table: shop,
  schema: z.object({ userId: z.string(), name: z.string() }),
  key: { partitionKey: 'USER#{userId}', sortKey: 'USER' },
})

const Shared = entity('Shared', {
  table: shop,
  schema: z.object({ userId: z.string(), name: z.string() }),
  key: { partitionKey: 'SHARED#{userId}', sortKey: 'SHARED' },
  sharesKeys: true,
})

const user = { userId: 'u', name: 'n' }
const item = {} as OrderItem

describe('batches', () => {
  test('a tuple of gets gives a tuple, an array an array', () => {
    expectTypeOf(db.batchGet([Order.get(key), User.get(user)])).resolves.toEqualTypeOf<
      [OrderItem | undefined, { userId: string; name: string } | undefined]
    >()
    const keys = [key, key]
    expectTypeOf(db.batchGet(keys.map((one) => Order.get(one)))).resolves.toEqualTypeOf<(OrderItem | undefined)[]>()
  })

  test('puts and deletes, without conditions and without what was stored', () => {
    expectTypeOf(db.batchWrite([Order.put(item), User.delete(user)])).resolves.toEqualTypeOf<[OrderItem, undefined]>()
    // @ts-expect-error a condition
    db.batchWrite([Order.put(item, { condition: (o, { exists }) => exists(o) })])
    // @ts-expect-error what was stored
    db.batchWrite([Order.delete(key, { returning: 'old' })])
    // @ts-expect-error create asks for absence
    db.batchWrite([Order.create(item)])
    // @ts-expect-error an update
    db.batchWrite([Order.update(key, { set: { note: 'x' } })])
    // @ts-expect-error a get
    db.batchWrite([Order.get(key)])
    // @ts-expect-error a put
    db.batchGet([Order.put(item)])
    // @ts-expect-error every write of an entity that shares keys has a condition
    db.batchWrite([Shared.put(user)])
    db.batchGet([Shared.get(user)])
  })

  test('what is left fits a batch again', () => {
    const again = (error: IncompleteBatchError) => [db.batchGet(error.left), db.batchWrite(error.left)] as const
    expectTypeOf(again).returns.toEqualTypeOf<readonly [Promise<unknown[]>, Promise<unknown[]>]>()
  })
})
