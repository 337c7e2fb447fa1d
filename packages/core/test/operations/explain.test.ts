import { beginsWith, collection, merge } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import { key, Order, order, placedAt } from '../orders.js'
import { Ticket } from '../tickets.js'

describe('reads', () => {
  test('a get', () => {
    expect(Order.get(key, { consistent: true, select: { status: true, address: { city: true } } }).explain()).toEqual({
      operation: 'GetItem',
      entity: 'Order',
      table: 'shop',
      keyCondition: 'pk = ? AND sk = ?',
      projection: expect.arrayContaining(['status', 'address.city']) as string[],
      consistent: true,
    })
  })

  test('a query: the index, the key condition, and what is only a filter', () => {
    const query = Order.query.byStatus(
      { status: 'pending', region: 'eu' },
      { filter: (o, { and, gt, eq }) => and(gt(o.total, 5), eq(o.address.city, 'Paris')) },
    )
    expect(query.explain()).toEqual({
      operation: 'Query',
      entity: 'Order',
      table: 'shop',
      index: 'gsi1',
      keyCondition: 'gsi1pk = ?',
      filter: expect.stringMatching(/total > \?.*address\.city = \?/) as string,
      consistent: false,
    })
  })

  test('a range is a part of the key condition', () => {
    const { keyCondition, filter } = Order.query({ customerId: 'c-1', placedAt }).explain()
    expect(keyCondition).toBe('pk = ? AND begins_with(sk, ?)')
    expect(filter).toBeUndefined()
  })

  test('a scan filters, even where nothing was asked for', () => {
    expect(Order.scan({ segments: 3 }).explain()).toEqual({
      operation: 'Scan',
      entity: 'Order',
      table: 'shop',
      filter: '_entity = ?',
      consistent: false,
      sources: 3,
    })
  })

  test('collections and merged queries', () => {
    const all = collection({ Order })
    expect(all.query({ customerId: 'c-1' }).explain()).toMatchObject({ operation: 'Query', table: 'shop' })
    const one = Order.query.byStatus({ status: 'paid', region: 'eu' })
    expect(merge([one, Order.query.byStatus({ status: 'paid', region: 'us' })]).explain()).toMatchObject({
      index: 'gsi1',
      keyCondition: one.explain().keyCondition,
      sources: 2,
    })
  })
})

describe('writes', () => {
  test('an update: what must hold, what changes, index keys included', () => {
    const explained = Order.update(key, {
      set: { status: 'paid', region: 'us' },
      condition: (o, { gt }) => gt(o.total, 5),
    }).explain()
    expect(explained).toMatchObject({ operation: 'UpdateItem', keyCondition: 'pk = ? AND sk = ?' })
    expect(explained.condition).toMatch(/attribute_exists\(pk\).*total > \?/)
    expect(explained.update).toMatch(/^SET .*status = \?.*gsi1pk = \?/)
    expect(explained).not.toHaveProperty('consistent')
    expect(explained).not.toHaveProperty('filter')
  })

  test('put, create, delete, check', () => {
    expect(Order.put(order).explain()).toEqual({ operation: 'PutItem', entity: 'Order', table: 'shop' })
    expect(Order.create(order).explain()).toMatchObject({ condition: 'attribute_not_exists(pk)' })
    expect(Order.delete(key).explain()).toMatchObject({ operation: 'DeleteItem', keyCondition: 'pk = ? AND sk = ?' })
    expect(Order.check(key).explain()).toMatchObject({
      operation: 'ConditionCheck',
      condition: 'attribute_exists(pk)',
    })
  })

  test('a transaction of its own, by its parts', () => {
    expect(Ticket.create({ ticketId: 't-1' }, { once: true }).explain()).toMatchObject({
      operation: 'TransactWriteItems',
      table: 'desk',
      parts: [{ operation: 'PutItem', table: 'desk' }],
    })
  })
})

test('no value is in any of them', () => {
  const secret = 'SECRET'
  const operations = [
    Order.get({ ...key, customerId: secret }),
    Order.put({ ...order, customerId: secret }, { condition: (o, { eq }) => eq(o.carrier, secret) }),
    Order.update(key, {
      set: { carrier: secret, total: 1 },
      condition: (o, { beginsWith }) => beginsWith(o.region, secret),
    }),
    Order.delete(key, { condition: (o, { in: isIn }) => isIn(o.region, [secret]) }),
    Order.query.byStatus({ status: 'paid', region: secret }, { filter: (o, { eq }) => eq(o.carrier, secret) }),
    Order.query({ customerId: secret, placedAt, orderId: beginsWith(secret) }),
    Order.scan({ filter: (o, { contains }) => contains(o.tags, secret) }),
  ]
  for (const operation of operations) {
    const text = JSON.stringify(operation.explain())
    expect(text).not.toContain(secret)
    expect(text).not.toMatch(/[#:]\d/)
  }
})
