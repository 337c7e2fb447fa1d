import type { Item } from '@keyloom/core'
import { describe, expectTypeOf, test } from 'vitest'
import { account, activity, Ghost, type Repo, type Star, User } from '../accounts.js'
import { db, key, Order, placedAt } from './shop.js'

const username = 'ann'

describe('collections', () => {
  test('give items with labels, and groups', async () => {
    const [first] = await db.all(account.query({ username }))
    if (first?.entity === 'Repo') expectTypeOf(first.item).toEqualTypeOf<Item<typeof Repo>>()
    if (first?.entity === 'Star') expectTypeOf(first.item).toEqualTypeOf<Item<typeof Star>>()
    expectTypeOf(await db.groups(activity.query({ owner: username }))).toEqualTypeOf<{
      User: Item<typeof User>[]
      Repository: Item<typeof Repo>[]
    }>()
    const row = await db.run(account.get(User.at({ username })))
    if (row?.entity === 'User') expectTypeOf(row.item.plan).toEqualTypeOf<'free' | 'paid'>()
  })

  test('what must not compile', () => {
    // @ts-expect-error no component of a partition key
    account.query({ user: username })
    // @ts-expect-error another type
    account.query({ username: 1 })
    // @ts-expect-error a bound is a position
    account.query({ username }, { from: { username } })
    // @ts-expect-error no entity of the collection
    account.query({ username }, { filter: { Ghost: () => true } })
    // @ts-expect-error no such attribute
    account.query({ username }, { filter: { Repo: (repo, { gt }) => gt(repo.star, 5) } })
    // @ts-expect-error not a query of a collection
    db.groups(Order.query({ customerId: 'c' }))
    // @ts-expect-error a key is no position
    account.get({ username })
    // @ts-expect-error half a partition key
    Ghost.at({})
    // @ts-expect-error a hole
    Order.at({ customerId: 'c', orderId: 'o' })
    // @ts-expect-error no such index
    Order.at.byNothing({ customerId: 'c' })
  })
})

describe('within', () => {
  const mine = db.within({ customerId: 'c' })
  const orders = mine.for(Order)

  test('what is bound is asked for no more', async () => {
    expectTypeOf(await orders.get({ placedAt, orderId: 'o' })).toEqualTypeOf<Item<typeof Order> | undefined>()
    orders.query({})
    orders.query({ placedAt })
    orders.query.byTotal({ total: 1 })
    orders.update({ placedAt, orderId: 'o' }, { set: { note: 'x' } })
    mine.run(Order.get(key))
  })

  test('what must not compile', () => {
    // @ts-expect-error it is bound
    orders.get({ customerId: 'c', placedAt, orderId: 'o' })
    // @ts-expect-error an index that is not made of it
    orders.query.byRegion({ region: 'eu' })
    // @ts-expect-error a scan reaches further
    orders.scan()
    // @ts-expect-error an entity that is not made of it
    mine.for(User)
    // @ts-expect-error a tenant that may be missing
    db.within({ customerId: undefined })
  })
})
