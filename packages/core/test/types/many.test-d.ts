import { entity, type IncompleteBatchError, type Item, type Operation } from '@keyloom/core'
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

  test('no versions, but for imports', () => {
    const Ticket = entity('Ticket', {
      table: shop,
      schema: z.object({ ticketId: z.string() }),
      key: { partitionKey: 'TICKET#{ticketId}', sortKey: 'TICKET' },
      version: 'version',
    })
    // @ts-expect-error a batch has no condition on the version
    db.batchWrite([Ticket.put({ ticketId: 't' })])
    // @ts-expect-error nor has a delete
    db.batchWrite([Ticket.delete({ ticketId: 't' })])
    expectTypeOf(
      db.batchWrite([Ticket.put({ ticketId: 't', version: 3 }, { import: true }), User.put(user)]),
    ).resolves.toEqualTypeOf<[Item<typeof Ticket>, { userId: string; name: string }]>()
  })

  test('what is left fits a batch again', () => {
    const again = (error: IncompleteBatchError) => [db.batchGet(error.left), db.batchWrite(error.left)] as const
    expectTypeOf(again).returns.toEqualTypeOf<readonly [Promise<unknown[]>, Promise<unknown[]>]>()
  })
})

describe('transactions', () => {
  test('labels and places keep their results', () => {
    expectTypeOf(
      db.transactWrite({ order: Order.create(item), user: User.delete(user), shared: Shared.put(user) }),
    ).resolves.toEqualTypeOf<{ order: OrderItem; user: undefined; shared: { userId: string; name: string } }>()
    expectTypeOf(db.transactWrite([Order.put(item), Order.update(key, { set: { note: '' } })])).resolves.toEqualTypeOf<
      [OrderItem, undefined]
    >()
    const users = ['a', 'b'].map((userId) => User.put({ userId, name: 'n' }))
    expectTypeOf(db.transactWrite(users)).resolves.toEqualTypeOf<{ userId: string; name: string }[]>()
    expectTypeOf(db.transactGet({ order: Order.get(key), user: User.get(user) })).resolves.toEqualTypeOf<{
      order: OrderItem | undefined
      user: { userId: string; name: string } | undefined
    }>()
    expectTypeOf(db.transactGet([Order.get(key), User.get(user)])).resolves.toEqualTypeOf<
      [OrderItem | undefined, { userId: string; name: string } | undefined]
    >()
  })

  test('conditions are right there, and what was stored is not', () => {
    db.transactWrite({ a: Order.put(item, { condition: (o, { exists }) => exists(o) }) })
    db.transactWrite([Order.delete(key, { condition: (o, { exists }) => exists(o) })])
    // @ts-expect-error what was stored
    db.transactWrite({ a: Order.put(item, { returning: 'old' }) })
    // @ts-expect-error what became of it
    db.transactWrite({ a: Order.update(key, { set: { note: 'x' }, returning: 'new' }) })
    // @ts-expect-error what was stored
    db.transactWrite([Order.delete(key, { returning: 'old' })])
    // @ts-expect-error a get
    db.transactWrite({ a: Order.get(key) })
    // @ts-expect-error a write
    db.transactGet({ a: Order.put(item) })
    // @ts-expect-error a query
    db.transactGet([Order.query({ customerId: 'c' })])
  })

  test('groups keep the results of each', () => {
    expectTypeOf(
      db.transactGroups([{ order: Order.put(item), user: User.delete(user) }, [User.put(user)]]),
    ).resolves.toEqualTypeOf<[{ order: OrderItem; user: undefined }, [{ userId: string; name: string }]]>()
    const groups = ['a', 'b'].map((userId) => [User.delete({ userId })])
    expectTypeOf(db.transactGroups(groups)).resolves.toEqualTypeOf<undefined[][]>()
    // @ts-expect-error a get
    db.transactGroups([[Order.get(key)]])
  })
})

describe('unique constraints', () => {
  const Account = entity('Account', {
    table: shop,
    schema: z.object({ accountId: z.string(), tenant: z.string(), email: z.string(), age: z.number().optional() }),
    key: { partitionKey: 'ACCOUNT#{accountId}', sortKey: 'ACCOUNT' },
    unique: { email: '{tenant}#{email:lower}', age: '{age:03}' },
  })
  const account = { accountId: 'a', tenant: 't', email: 'e' }

  test('put and batches look at nothing that is stored', () => {
    // @ts-expect-error create, or update with given
    Account.put(account)
    // @ts-expect-error the same with options
    Account.put(account, { condition: (o, { notExists }) => notExists(o) })
    // @ts-expect-error the same of a repository
    db.for(Account).put(account)
    // @ts-expect-error a batch has no conditions
    db.batchWrite([Account.delete(account)])
    db.transactWrite([Account.create(account), Account.delete({ accountId: 'b' }, { given: account })])
    expectTypeOf(Account.create(account)).toExtend<Operation<Item<typeof Account>, 'create'>>()
  })

  test('templates', () => {
    const base = { table: shop, schema: z.object({ id: z.string(), age: z.number() }) } as const
    const key = { partitionKey: 'X#{id}', sortKey: 'X' } as const
    // @ts-expect-error no such attribute
    entity('X', { ...base, key, unique: { id: '{ID}' } })
    // @ts-expect-error a number without a format
    entity('X', { ...base, key, unique: { age: '{age}' } })
  })
})
