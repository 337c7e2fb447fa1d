// Values that nobody may read in a log: none of them is in any error, however it is printed.
import { type Client, connect, entity, gt, isError, table, type ErrorCode } from '@keyloom/core'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { key, Order, order, row, shop } from './orders.js'
import { serviceError, stubClient } from './stub-client.js'
import { Ticket, ticketRow } from './tickets.js'
import { User, user } from './users.js'

const planted: string[] = []
/** A value that is like no other, also in part. */
function secret(): string {
  const made = `hush${String(planted.length).padStart(3, '0')}-${'qzxj'.repeat(2)}`
  planted.push(made)
  return made
}

const tables = { shop: 'shop-1', desk: 'desk-1', people: 'people-1' }
const text = () => ({ S: secret() })
/** A row that fits, full of secrets. */
const secretRow = () => ({
  ...row,
  pk: text(),
  sk: text(),
  gsi1pk: text(),
  gsi1sk: text(),
  customerId: text(),
  orderId: text(),
  region: text(),
  carrier: text(),
  tags: { SS: [secret(), secret()] },
  address: { M: { city: text(), zip: text() } },
  lines: { L: [{ M: { sku: text(), quantity: { N: '1' } } }] },
})
const secretOrder = () => ({
  ...order,
  customerId: secret(),
  orderId: secret(),
  region: secret(),
  carrier: secret(),
  tags: new Set([secret()]),
  address: { city: secret(), zip: secret() },
  lines: [{ sku: secret(), quantity: 1 }],
})
const secretKey = () => ({ ...key, customerId: secret(), orderId: secret() })

/** A service quotes what it was sent. */
const refused = (name: string, status = 400, more: object = {}) =>
  Object.assign(serviceError(name, status, more), { message: secret(), cause: new Error(secret()), detail: text() })
const throwing = (name: string, status = 400, more: object = {}) =>
  stubClient(() => {
    throw refused(name, status, more)
  })
const retry = { attempts: 2, baseDelay: 1, maxDelay: 1 }
const on = (client: Client, more: object = {}) => connect({ client, tables, retry, ...more })
const quiet = on(stubClient())
const none = undefined as never
const loose = Order as unknown as Record<string, (...values: unknown[]) => never>

/** What each error is provoked by. */
const provoked: Readonly<Partial<Record<ErrorCode, readonly (() => unknown)[]>>> = {
  definition: [
    () =>
      entity('Bad', {
        table: shop,
        schema: z.object({ id: z.date().default(new Date()), s: z.string().default(secret()) }),
        key: { partitionKey: '{s}', sortKey: 'x' },
      } as never),
    () =>
      entity('Bad', {
        table: shop,
        schema: z.object({ s: z.string().default(secret()).catch(secret()) }),
        key: { partitionKey: '{s}', sortKey: 'x' },
      } as never),
    () =>
      entity('Bad', {
        table: shop,
        schema: z.object({ s: z.string() }),
        constants: { s: secret() },
        key: { partitionKey: '{s}', sortKey: 'x' },
      } as never),
    () => table('bad', { partitionKey: { name: 'a', type: secret() } } as never),
  ],
  input: [
    ...['status', 'placedAt', 'total', 'tags', 'address', 'lines'].map(
      (name) => () => loose['put']?.({ ...secretOrder(), [name]: secret() }),
    ),
    () => loose['put']?.({ ...secretOrder(), address: { city: 1, zip: secret() } }),
    () => loose['put']?.({ ...secretOrder(), lines: [{ sku: secret(), quantity: secret() }] }),
    () => loose['put']?.({ ...secretOrder(), more: secret() }),
    () => loose['put']?.({ ...secretOrder(), region: `${secret()}\ud800` }),
    () => loose['put']?.({ ...secretOrder(), region: new Error(secret()) }),
    () => loose['put']?.({ ...secretOrder(), region: Symbol(secret()) }),
    () => loose['put']?.({ ...secretOrder(), region: Object.assign(() => secret(), { is: secret() }) }),
    () => loose['put']?.({ ...secretOrder(), tags: new Set([secret(), 1]) }),
    () => loose['put']?.({ ...secretOrder(), tags: new Map([[secret(), secret()]]) }),
    () => loose['put']?.({ ...secretOrder(), region: none }),
    () => loose['put']?.({ ...secretOrder(), orderId: '', region: secret() }),
    () => loose['put']?.({ ...secretOrder(), customerId: secret().repeat(200) }),
    () => loose['put']?.({ ...secretOrder(), region: secret().repeat(30_000) }),
    () => loose['put']?.(secret()),
    () => loose['put']?.([secret()]),
    () => loose['put']?.(secretOrder(), { condition: secret() }),
    () => loose['put']?.(secretOrder(), { returning: secret() }),
    () => loose['create']?.({ ...secretOrder(), total: secret() }),
    () => loose['replace']?.({ ...secretOrder(), status: secret() }),
    () => loose['get']?.({ ...secretKey(), placedAt: secret() }),
    () => loose['get']?.(secret()),
    () => loose['delete']?.({ customerId: secret() }),
    () => loose['update']?.(secretKey(), { set: { status: secret() } }),
    () => loose['update']?.(secretKey(), { set: { region: secret() } }),
    () => loose['update']?.(secretKey(), { set: { total: secret() }, given: secretOrder() }),
    () => loose['update']?.(secretKey(), { set: { carrier: none }, given: { region: secret() } }),
    () => loose['update']?.(secretKey(), { add: { total: secret() } }),
    () => loose['update']?.(secretKey(), { given: { total: secret() }, set: { carrier: secret() } }),
    () =>
      loose['update']?.(secretKey(), {
        apply: (o: never, { set }: Record<string, (...values: unknown[]) => unknown>) => [
          set?.(o['address'], secret()),
        ],
      }),
    () =>
      loose['update']?.(secretKey(), {
        apply: (o: never, { set }: Record<string, (...values: unknown[]) => unknown>) => [set?.(secret(), secret())],
      }),
    () => loose['update']?.(secretKey(), { apply: () => secret() }),
    () => loose['upsert']?.(secretKey(), { set: { region: secret() } }),
    () => loose['check']?.(secretKey(), secret()),
    () => Order.delete(secretKey(), { condition: (o, { eq }) => eq(o.total, secret() as never) }),
    () => Order.delete(secretKey(), { condition: (o, { in: within }) => within(o.status, [secret() as never]) }),
    () => Order.query({ customerId: secret() }, { filter: (o, { contains }) => contains(o.tags, 5 as never) }),
    () => loose['query']?.({ customerId: secret(), placedAt: secret() }),
    () => loose['query']?.({ customerId: secret(), placedAt: gt(secret() as never) }),
    () => loose['query']?.({ placedAt: secret() }),
    () => loose['query']?.({ customerId: { secret: secret() } }),
    () => quiet.modify(Order, secretKey(), secret() as never),
    () =>
      on(stubClient(() => ({ Item: secretRow() }))).modify(Order, key, () => ({ set: { total: secret() as never } })),
    () => quiet.transactWrite([Order.put({ ...order, region: secret() }), Order.delete(order)]),
    () => quiet.transactWrite({ a: secret() as never }),
    () => quiet.batchWrite([secret() as never]),
    () => quiet.batchWrite([Order.put({ ...order, region: secret() }), Order.put({ ...order, region: secret() })]),
    () => quiet.run(secret() as never),
    () => connect({ client: stubClient(), tables, cursorKey: secret().slice(0, 20) }),
    () => connect({ client: secret() as never, tables }),
    () => connect({ client: stubClient(), tables, timeout: secret() as never }),
    () => quiet.within({ customerId: [secret()] as never }).for(Order as never),
  ],
  'condition-failed': [
    ...[
      () => Order.create(secretOrder()),
      () => Order.put(secretOrder(), { condition: (o, { eq }) => eq(o.region, secret()) }),
      () => Order.update(secretKey(), { set: { carrier: secret() }, given: { total: 1 } }),
      () => Order.delete(secretKey(), { given: { region: secret() } }),
    ].map((make) => () => on(throwing('ConditionalCheckFailedException', 400, { Item: secretRow() })).run(make())),
    () =>
      on(throwing('ConditionalCheckFailedException', 400, { Item: { ...ticketRow, note: text() } })).run(
        Ticket.put({ ticketId: secret(), note: secret(), version: 4 }),
      ),
    () => quiet.modify(Order, secretKey(), () => ({ set: { carrier: secret() } })),
    () =>
      on(
        throwing('TransactionCanceledException', 400, {
          CancellationReasons: [
            { Code: 'None' },
            { Code: 'ConditionalCheckFailed', Message: secret(), Item: { pk: text(), owner: text() } },
            { Code: 'None' },
            { Code: 'None' },
          ],
        }),
      ).run(User.create({ ...user, email: secret(), handle: secret(), name: secret() })),
  ],
  decode: [
    ...['status', 'placedAt', 'total', 'tags', 'address', 'lines', 'region'].map(
      (name) => () =>
        on(
          stubClient(() => ({
            Item: { ...secretRow(), pk: row.pk, sk: row.sk, [name]: name === 'region' ? { M: { a: text() } } : text() },
          })),
        ).run(Order.get(key)),
    ),
    () =>
      on(stubClient(() => ({ Items: [{ ...secretRow(), total: text() }] }))).all(Order.query({ customerId: 'c-1' })),
    () =>
      on(stubClient(() => ({ Attributes: { ...secretRow(), lines: { L: [text()] } } }))).run(
        Order.delete(key, { returning: 'old' }),
      ),
  ],
  cursor: [
    () => quiet.page(Order.query({ customerId: secret() }), { cursor: secret() }),
    async () => {
      const LastEvaluatedKey = { pk: row.pk, sk: row.sk }
      const { cursor } = await on(stubClient(() => ({ Items: [row], LastEvaluatedKey }))).page(
        Order.query({ customerId: 'c-1' }),
        { take: 1 },
      )
      await quiet.page(Order.query({ customerId: secret() }), { cursor })
    },
    () =>
      on(stubClient(), { cursorKey: 'k'.repeat(40) }).page(Order.query({ customerId: 'c-1' }), {
        cursor: secret(),
        scope: secret(),
      }),
  ],
  'incomplete-read': [
    ...['all', 'first', 'count'].map((verb) => () => {
      const hidden = secret()
      const sk = { S: `ORDER#2026-02-16T10:00:00.000Z#${hidden}` }
      const orderId = { S: hidden }
      const client = stubClient(() => ({
        Items: verb === 'first' ? [] : [{ ...secretRow(), pk: row.pk, sk, customerId: row.customerId, orderId }],
        Count: 0,
        LastEvaluatedKey: { pk: row.pk, sk },
      }))
      return (on(client) as never as Record<string, (...values: unknown[]) => unknown>)[verb]?.(
        Order.query({ customerId: 'c-1' }),
        { maxPages: 1 },
      )
    }),
  ],
  'transaction-canceled': [
    () =>
      on(
        throwing('TransactionCanceledException', 400, {
          CancellationReasons: [
            { Code: 'ConditionalCheckFailed', Message: secret(), Item: secretRow() },
            { Code: 'ValidationError', Message: secret() },
          ],
        }),
      ).transactWrite({ [secret()]: Order.create(secretOrder()), b: Order.delete(secretKey()) }),
    () =>
      on(
        throwing('TransactionCanceledException', 400, {
          CancellationReasons: [{ Code: 'TransactionConflict', Message: secret() }],
        }),
      ).transactGet([Order.get(secretKey())]),
  ],
  'incomplete-batch': [
    () =>
      on(stubClient(({ input }) => ({ UnprocessedItems: input['RequestItems'] }))).batchWrite([
        Order.put(secretOrder()),
        Order.delete(secretKey()),
      ] as never),
    () =>
      on(stubClient(({ input }) => ({ Responses: {}, UnprocessedKeys: input['RequestItems'] }))).batchGet([
        Order.get(secretKey()),
      ]),
    () => on(throwing('ValidationException')).batchWrite([Order.put(secretOrder())]),
    () => on(throwing('InternalServerError', 500)).batchWrite([Order.put(secretOrder())]),
  ],
  'incomplete-groups': [
    () =>
      on(throwing('ValidationException')).transactGroups([
        [Order.put(secretOrder())],
        { [secret()]: Order.delete(secretKey()) },
      ]),
  ],
  'ambiguous-write': [
    () => on(throwing('InternalServerError', 500)).run(Order.put(secretOrder())),
    () => on(throwing('TimeoutError', 0)).run(Order.update(secretKey(), { set: { carrier: secret() } })),
    () => on(throwing('InternalServerError', 500)).transactWrite({ a: Order.put(secretOrder()) }),
  ],
  request: [
    () => on(throwing('ValidationException')).run(Order.put(secretOrder())),
    () => on(throwing('ResourceNotFoundException')).run(Order.get(secretKey())),
    () => on(throwing('ThrottlingException')).all(Order.query({ customerId: secret() })),
    () => on(throwing('ValidationException')).transactGet({ a: Order.get(secretKey()) }),
  ],
}

/** All that a logger may make of an error. */
function printed(error: unknown): readonly string[] {
  const texts: string[] = []
  const seen = new Set<unknown>()
  for (let each = error; each !== undefined && !seen.has(each); each = (Object(each) as Error).cause) {
    seen.add(each)
    const { message, stack } = Object(each) as Error
    texts.push(
      message,
      stack ?? '',
      `${(each as Error).name}: ${message}`,
      JSON.stringify(each),
      JSON.stringify({ ...(each as object) }),
    )
    texts.push(inspect(each, { depth: 9, showHidden: true, maxStringLength: null, maxArrayLength: null }))
    texts.push(JSON.stringify(Object.getOwnPropertyDescriptors(each)))
  }
  // What is only written in another alphabet is not hidden.
  const coded = texts.flatMap((each) => each.match(/[\w+/-]{16,}={0,2}/g) ?? [])
  return [...texts, ...coded.map((each) => Buffer.from(each, 'base64').toString('latin1'))]
}

test('no error shows a value', async () => {
  const problems: object[] = []
  for (const [code, ways] of Object.entries(provoked))
    for (const way of ways) {
      const error = await Promise.resolve()
        .then(way)
        .then(
          () => undefined,
          (thrown: unknown) => thrown,
        )
      if (!isError(error) || error.code !== code) problems.push({ code, way: String(way), instead: error })
      const shown = printed(error)
      const leaks = planted.filter((value) => shown.some((each) => each.includes(value)))
      if (leaks.length > 0) problems.push({ code, way: String(way), leaks })
    }
  console.info(`[figures] secrets: ${planted.length} values planted`)
  expect(problems).toEqual([])
  expect(planted.length).toBeGreaterThanOrEqual(200)
})

test('each kind of error is provoked', () => {
  const sections = ['definition', 'input', 'condition-failed', 'decode', 'cursor', 'incomplete-read']
  const more = ['transaction-canceled', 'incomplete-batch', 'incomplete-groups', 'ambiguous-write', 'request']
  expect(new Set(Object.keys(provoked))).toEqual(new Set([...sections, ...more]))
})

test('the search finds what is there', () => {
  const value = secret()
  const shows = (error: unknown) => printed(error).some((each) => each.includes(value))
  expect(shows(new Error(value))).toBe(true)
  expect(shows(new Error('x', { cause: new Error(value) }))).toBe(true)
  expect(shows(Object.assign(new Error('x'), { deep: { a: [{ b: value }] } }))).toBe(true)
  expect(shows(Object.assign(new Error('x'), { cursor: Buffer.from(`{"a":"${value}"}`).toString('base64url') }))).toBe(
    true,
  )
  expect(shows(Object.defineProperty(new Error('x'), 'hidden', { value }))).toBe(true)
})
