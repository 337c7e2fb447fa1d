import type { Explanation, Item } from '@keyloom/core'
import { describe, expectTypeOf, test } from 'vitest'
import { db, key, Order, orders, placedAt } from './shop.js'

describe('move', () => {
  test('takes some of the table key, and other attributes beside it', () => {
    expectTypeOf(db.move(Order, key, { placedAt })).resolves.toEqualTypeOf<Item<typeof Order>>()
    expectTypeOf(orders.move(key, { orderId: 'o-2', total: 3 })).resolves.toEqualTypeOf<Item<typeof Order>>()
    expectTypeOf(orders.move(key, { customerId: 'c', placedAt, orderId: 'o' })).resolves.toBeObject()
  })

  test('refuses what moves nothing', () => {
    // @ts-expect-error nothing of the table key
    void orders.move(key, { total: 3 })
    // @ts-expect-error nothing
    void db.move(Order, key, {})
    // @ts-expect-error undefined is no place
    void db.move(Order, key, { placedAt: undefined })
  })

  test('refuses wrong names and values', () => {
    // @ts-expect-error no such attribute
    void db.move(Order, key, { placedAt, nothing: 1 })
    // @ts-expect-error not its type
    void db.move(Order, key, { placedAt: 'today' })
    // @ts-expect-error not its type
    void db.move(Order, key, { placedAt, total: 'x' })
    // @ts-expect-error not a whole key
    void db.move(Order, { customerId: 'c' }, { placedAt })
  })

  test('a connection that is bound keeps what is bound', () => {
    const mine = db.within({ customerId: 'c-1' }).for(Order)
    const rest = { placedAt, orderId: 'o-1' }
    expectTypeOf(mine.move(rest, { orderId: 'o-2' })).resolves.toEqualTypeOf<Item<typeof Order>>()
    // @ts-expect-error bound
    void mine.move(rest, { customerId: 'c-2', orderId: 'o-2' })
  })
})

test('modify of a repository', () => {
  expectTypeOf(orders.modify(key, ({ total }) => ({ set: { total: total + 1 } }))).resolves.toEqualTypeOf<
    Item<typeof Order>
  >()
  // @ts-expect-error not its type
  void orders.modify(key, () => ({ set: { total: 'x' } }))
})

test('explain', () => {
  expectTypeOf(Order.get(key).explain()).toEqualTypeOf<Explanation>()
  expectTypeOf(Order.query({ customerId: 'c' }).explain().filter).toEqualTypeOf<string | undefined>()
  expectTypeOf(Order.scan().explain().parts).toEqualTypeOf<readonly Explanation[] | undefined>()
})
