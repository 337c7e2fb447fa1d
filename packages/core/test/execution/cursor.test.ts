import {
  between,
  codec,
  connect,
  type ConnectOptions,
  each,
  entity,
  isError,
  merge,
  type Readable,
  table,
} from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { fakeTable } from '../fake-table.js'
import { Order, order, placedAt, row } from '../orders.js'
import { stubClient } from '../stub-client.js'

const customerId = 'c-1'
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const rows = names.map((orderId) => ({
  ...row,
  sk: { S: `ORDER#2026-02-16T10:00:00.000Z#${orderId}` },
  gsi1sk: { S: `2026-02-16T10:00:00.000Z#${orderId}` },
  orderId: { S: orderId },
}))
const query = Order.query({ customerId })
const paid = { region: 'eu', status: 'paid' } as const
const byStatus = (reverse = false) => Order.query.byStatus({ status: each(), region: 'eu' }, { reverse })
const cursorKey = new Uint8Array(32).fill(7)

const indexes = { gsi1: ['gsi1pk', 'gsi1sk'] } as const
const full = () => fakeTable(rows as never, indexes, () => Infinity)
const dbOf = (client = full(), options: Partial<ConnectOptions> = {}) =>
  connect({ client, tables: { shop: 'shop-1' }, ...options })
const ids = (items: readonly { orderId: string }[]) => items.map(({ orderId }) => orderId)

type Options = Partial<ConnectOptions>

async function cursorOf(of: Readable<unknown> = query, options: Options = {}, scope?: string): Promise<string> {
  const { cursor } = await dbOf(full(), options).page(of, { take: 3, scope })
  if (cursor === undefined) throw new Error('no cursor')
  return cursor
}

/** Why a cursor is refused, with no request sent. */
async function refusal(cursor: unknown, of: Readable<unknown> = query, options: Options = {}, scope?: string) {
  const client = stubClient()
  const error = await dbOf(client, options)
    .page(of, { cursor: cursor as string, scope })
    .then(
      () => 'accepted',
      (thrown: unknown) => thrown,
    )
  expect(client.sent).toEqual([])
  return isError(error, 'cursor') ? error.reason : error
}

const textOf = (cursor: string) => Buffer.from(cursor, 'base64url').subarray(25).toString()

describe('the format is frozen: cursors outlive a deployment', () => {
  test.each<[string, Readable<unknown>, string, string]>([
    [
      'of a partition',
      query,
      '[{"S":"ORDER#2026-02-16T10:00:00.000Z#c"}]',
      'AYlNGTqQYZrF2r6ZQxoZ8enXoftYGAn7hFt7IlMiOiJPUkRFUiMyMDI2LTAyLTE2VDEwOjAwOjAwLjAwMFojYyJ9XQ',
    ],
    [
      'of merged partitions',
      byStatus(),
      '[3,[0,{"S":"2026-02-16T10:00:00.000Z#c"},{"S":"CUSTOMER#c-1"},{"S":"ORDER#2026-02-16T10:00:00.000Z#c"}]]',
      'AQ4YX2YtrrsWBEIkEc9D8eYvxo6j8_PgclszLFswLHsiUyI6IjIwMjYtMDItMTZUMTA6MDA6MDAuMDAwWiNjIn0seyJTIjoiQ1VTVE9NRVIjYy0xIn0seyJTIjoiT1JERVIjMjAyNi0wMi0xNlQxMDowMDowMC4wMDBaI2MifV1d',
    ],
    [
      'of a scan in segments',
      Order.scan({ segments: 2 }),
      '[2,[1,{"S":"CUSTOMER#c-1"},{"S":"ORDER#2026-02-16T10:00:00.000Z#c"}]]',
      'AWWE8mckV9x5OtCFqWVIK_vkfjJmLVztPVsyLFsxLHsiUyI6IkNVU1RPTUVSI2MtMSJ9LHsiUyI6Ik9SREVSIzIwMjYtMDItMTZUMTA6MDA6MDAuMDAwWiNjIn1dXQ',
    ],
  ])('%s', async (_, of, text, golden) => {
    const cursor = await cursorOf(of)
    expect(textOf(cursor)).toBe(text)
    expect(cursor).toBe(golden)
  })
})

test('of sealed cursors too', async () => {
  const cursor =
    'AjMMA0RdBvipi-w6fymZNH1lPUiLz7nY3GEZE6BF_oiHRoy5efO6ORZAz0Gnw5AHtU_4BiyGdbEgR9mvu23Zi4YOSJ6wAUI8QbMfGgSTPwTVPmbIgBoN8wqei4roXOt6iZjHZiAJ9xKi'
  expect(ids((await dbOf(full(), { cursorKey }).page(query, { cursor })).items)).toEqual(['d', 'e', 'f', 'g'])
})

describe.each<[string, Options]>([
  ['readable', {}],
  ['sealed', { cursorKey }],
])('a %s cursor', (kind, options) => {
  test.each<[string, () => Readable<unknown>]>([
    ['of a partition', () => query],
    ['of merged partitions', byStatus],
    ['of a scan in segments', () => Order.scan({ segments: 2 })],
  ])('%s is refused with any bit flipped, cut or extended anywhere', async (_, of) => {
    const cursor = await cursorOf(of(), options)
    const bytes = Buffer.from(cursor, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(await refusal(changed.toString('base64url'), of(), options)).toMatch(/^(malformed|stale)$/)
    }
    for (let length = 0; length < cursor.length; length++)
      expect(await refusal(cursor.slice(0, length), of(), options)).toBe('malformed')
    for (const more of ['A', '=', '.', ' ', 'AA', 'AAAA', '\n'])
      expect(await refusal(cursor + more, of(), options)).toBe('malformed')
    // One in 64 ends on a dash by itself.
    const last = cursor.endsWith('-') ? 'A' : '-'
    for (const other of [cursor.replace(/.$/, last), `${cursor.slice(0, -1)}+`, cursor.toLowerCase()])
      expect(await refusal(other, of(), options)).toMatch(/^(malformed|stale)$/)
  })

  test.each([[''], ['x'], [5], [{}], [null], ['A'.repeat(10_000)], ['constructor'], ['AQ'], ['Ag'], ['AgAAAAAA']])(
    '%j is none',
    async (cursor) => {
      expect(await refusal(cursor, query, options)).toMatch(/^(malformed|stale)$/)
    },
  )

  test.each<[string, Readable<unknown>]>([
    ['partition', Order.query({ customerId: 'c-2' })],
    ['direction', Order.query({ customerId }, { reverse: true })],
    ['range', Order.query({ customerId, placedAt })],
    ['index', Order.query.byTotal({ customerId })],
    ['kind', Order.scan()],
    ['number of partitions', merge([query])],
  ])('of another %s is refused', async (_, other) => {
    expect(await refusal(await cursorOf(query, options), other, options)).toBe('other-query')
  })

  test('belongs to its number of segments, and to its partitions', async () => {
    const scanned = await cursorOf(Order.scan({ segments: 2 }), options)
    expect(await refusal(scanned, Order.scan({ segments: 3 }), options)).toBe('other-query')
    expect(await refusal(scanned, Order.scan(), options)).toBe('other-query')
    const merged = await cursorOf(byStatus(), options)
    expect(await refusal(merged, byStatus(true), options)).toBe('other-query')
    const unordered = Order.query.byStatus({ status: each(), region: 'eu' }, { unordered: true })
    expect(await refusal(merged, unordered, options)).toBe('other-query')
    expect(await refusal(merged, Order.query.byStatus(paid), options)).toBe('other-query')
  })

  test('goes with any filter of the same query', async () => {
    const filtered = Order.query({ customerId }, { filter: (o, { gt }) => gt(o.total, 0) })
    const page = await dbOf(full(), options).page(filtered, { cursor: await cursorOf(query, options) })
    expect(ids(page.items)).toEqual(['d', 'e', 'f', 'g'])
  })

  test('is stale where a template has changed since', async () => {
    const made = (sortKey: string) =>
      entity('Order', {
        table: table('shop', { partitionKey: 'pk', sortKey: 'sk' }),
        schema: z.object({ customerId: z.string(), placedAt: codec.date(), orderId: z.string() }),
        key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: sortKey as 'ORDER#{placedAt}#{orderId}' },
      }).query({ customerId })
    const before = made('ORDER#{placedAt}#{orderId}')
    const cursor = await cursorOf(before, options)
    expect(await refusal(cursor, made('ORDER#{placedAt}#{orderId:upper}'), options)).toBe('stale')
  })

  test('is for its scope alone', async () => {
    const cursor = await cursorOf(query, options, 'user-1')
    const { items } = await dbOf(full(), options).page(query, { cursor, scope: 'user-1' })
    expect(ids(items as never)).toEqual(['d', 'e', 'f', 'g'])
    for (const scope of [undefined, 'user-2', ''])
      expect(await refusal(cursor, query, options, scope)).toBe('other-query')
    expect(await refusal(await cursorOf(query, options), query, options, 'user-1')).toBe('other-query')
  })

  test('is at most 8 KB; one that would be longer is not made', async () => {
    const Long = entity('Long', {
      table: table('shop', { partitionKey: 'pk', sortKey: 'sk' }),
      schema: z.object({ a: z.string(), b: z.string() }),
      key: { partitionKey: '{a}', sortKey: '{b}' },
    })
    const long = (a: number, b: number) => ({
      pk: { S: 'a'.repeat(a) },
      sk: { S: 'b'.repeat(b) },
      a: { S: 'a'.repeat(a) },
      b: { S: 'b'.repeat(b) },
      _entity: { S: 'Long' },
    })
    const db = (a: number, b: number) =>
      dbOf(
        stubClient(() => ({ Items: [long(a, b), long(a, b)] })),
        options,
      )
    const { cursor = '' } = await db(2048, 1024).page(Long.scan(), { take: 1 })
    expect(cursor.length).toBeLessThanOrEqual(8192)
    await expect(db(6000, 1000).page(Long.scan(), { take: 1 })).rejects.toMatchObject({
      code: 'cursor',
      reason: 'too-long',
    })
  })

  test('is opened in less than a millisecond', async () => {
    const cursor = await cursorOf(byStatus(), options)
    const db = dbOf(
      stubClient(() => ({ Items: [] })),
      options,
    )
    const times: number[] = []
    for (let round = 0; round < 200; round++) {
      const begin = performance.now()
      await db.page(byStatus(), { cursor, maxPages: 3 })
      times.push(performance.now() - begin)
    }
    // Requests to a stub included; the best, since other processes have their share of this machine.
    expect(Math.min(...times)).toBeLessThan(1)
  })

  test(`says ${kind === 'sealed' ? 'nothing' : 'where it ended'}`, async () => {
    const text = Buffer.from(await cursorOf(query, options), 'base64url').toString('latin1')
    expect(text.includes('ORDER#')).toBe(kind === 'readable')
  })
})

describe('a readable cursor that was forged', () => {
  async function forged(of: Readable<unknown>, payload: unknown): Promise<string> {
    const own = Buffer.from(await cursorOf(of), 'base64url')
    const body = Buffer.from(JSON.stringify(payload))
    const bound = own.subarray(0, 17)
    const digest = await crypto.subtle.digest('SHA-256', Buffer.concat([bound, body]))
    return Buffer.concat([bound, Buffer.from(digest).subarray(0, 8), body]).toString('base64url')
  }

  test('can not leave the range of the query', async () => {
    expect(await refusal(await forged(query, [{ S: 'CART' }]))).toBe('other-query')
    expect(await refusal(await forged(query, [{ S: 'ORDER' }]))).toBe('other-query')
    const client = stubClient()
    await dbOf(client).page(query, { cursor: await forged(query, [{ S: 'ORDER#2027' }]) })
    expect(client.sent[0]?.input['ExclusiveStartKey']).toEqual({ pk: row.pk, sk: { S: 'ORDER#2027' } })
  })

  test.each([
    [[]],
    [[{ N: '1' }]],
    [[{ S: 5 }]],
    [[{ S: 'ORDER#x', N: '1' }]],
    [{}],
    [null],
    [['ORDER#x']],
    [[{ S: 'ORDER#x' }, { S: 'y' }]],
    [[{ B: 'AA' }]],
    [[2]],
    [[1, [1, { S: 'ORDER#x' }]]],
    [[1, [0]]],
    [[-1]],
    [[1.5]],
  ])('into %j is none', async (payload) => {
    expect(await refusal(await forged(query, payload))).toBe('malformed')
  })

  const key = [{ S: '2026#x' }, { S: 'CUSTOMER#c' }, { S: 'ORDER#x' }]
  test.each([
    [[0]],
    [[4]],
    [[3, [3, ...key]]],
    [[3, [0, ...key], [0, ...key]]],
    [[1, [0, ...key]]],
    [[3, [0]]],
    [[3, 'x']],
    [[3, [0, ...key, { S: 'x' }]]],
  ])('of merged partitions into %j is none', async (payload) => {
    if (payload.length === 1 && payload[0] === 0) {
      const client = stubClient()
      await dbOf(client).page(byStatus(), { cursor: await forged(byStatus(), payload) })
      expect(client.sent).toHaveLength(3)
    } else expect(await refusal(await forged(byStatus(), payload), byStatus())).toBe('malformed')
  })
})

describe('sealing', () => {
  const other = 'another secret of more than 32 characters'
  const seal = (cursorKey: ConnectOptions['cursorKey'], clock = Date.now): Options => ({ cursorKey: cursorKey!, clock })

  test('no two cursors of one place are alike', async () => {
    expect(await cursorOf(query, { cursorKey })).not.toBe(await cursorOf(query, { cursorKey }))
  })

  test('the same secret opens, as bytes or as text, on another connection', async () => {
    const cursor = await cursorOf(query, seal('0123456789abcdef0123456789abcdef'))
    const bytes = new TextEncoder().encode('0123456789abcdef0123456789abcdef')
    expect(ids((await dbOf(full(), seal(bytes)).page(query, { cursor })).items)).toEqual(['d', 'e', 'f', 'g'])
  })

  test('another secret does not; a key ring opens what an earlier one has sealed', async () => {
    const cursor = await cursorOf(query, { cursorKey })
    expect(await refusal(cursor, query, { cursorKey: other })).toBe('stale')
    const rotated = { current: other, previous: ['a third one, that is 32 characters long', cursorKey] }
    const page = await dbOf(full(), { cursorKey: rotated }).page(query, { cursor, take: 1 })
    expect(ids(page.items)).toEqual(['d'])
    // What is sealed now is sealed with the current one.
    expect(await refusal(page.cursor, query, { cursorKey })).toBe('stale')
    expect(ids((await dbOf(full(), { cursorKey: other }).page(query, { cursor: page.cursor })).items)).toEqual([
      'e',
      'f',
      'g',
    ])
  })

  test('a readable cursor is none where cursors are sealed, nor the other way round', async () => {
    expect(await refusal(await cursorOf(), query, { cursorKey })).toBe('stale')
    expect(await refusal(await cursorOf(query, { cursorKey }))).toBe('stale')
  })

  test('a cursor is good for so long, by the clock of the connection', async () => {
    let now = 1_000_000
    const options = seal({ current: cursorKey, maxAge: 60_000 }, () => now)
    const cursor = await cursorOf(query, options)
    now += 60_000
    expect(ids((await dbOf(full(), options).page(query, { cursor })).items)).toEqual(['d', 'e', 'f', 'g'])
    now += 1
    expect(await refusal(cursor, query, options)).toBe('stale')
    // Without an age of their own cursors last.
    const lasting = await cursorOf(query, { cursorKey })
    expect(
      await refusal(
        lasting,
        Order.query({ customerId: 'x' }),
        seal(cursorKey, () => 8e15),
      ),
    ).toBe('other-query')
  })

  test.each<[unknown]>([
    [5],
    [null],
    [new Uint8Array(31)],
    ['short'],
    [{ current: 'short' }],
    [{}],
    [{ current: cursorKey, previous: [new Uint8Array(3)] }],
    [{ current: cursorKey, previous: 'x' }],
    [{ current: cursorKey, maxAge: 0 }],
    [{ current: cursorKey, secret: 'x' }],
  ])('%j is no key', (key) => {
    expect(() => dbOf(full(), { cursorKey: key as never })).toThrow(expect.objectContaining({ code: 'input' }))
  })

  test('no secret is in what the refusal says', () => {
    const secret = 'a secret of 31 characters only.'
    try {
      dbOf(full(), { cursorKey: secret })
      expect.unreachable()
    } catch (error) {
      expect(String(error)).not.toContain(secret)
    }
  })
})

describe('what is in a cursor', () => {
  test("an index's sort key and the table key", async () => {
    const client = stubClient(() => ({ Items: [row, row] }))
    const of = Order.query.byStatus({ status: order.status, region: order.region })
    const { cursor } = await dbOf(client).page(of, { take: 1 })
    await dbOf(client).page(of, { take: 1, cursor })
    const { pk, sk, gsi1pk, gsi1sk } = row
    expect(client.sent[1]?.input['ExclusiveStartKey']).toEqual({ gsi1pk, gsi1sk, pk, sk })
  })

  test('bytes and numbers', async () => {
    const Point = entity('Point', {
      table: table('shop', {
        partitionKey: 'pk',
        sortKey: { name: 'at', type: 'number' },
        indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: { name: 'hash', type: 'binary' } } },
      }),
      schema: z.object({ id: z.string(), at: z.number(), hash: codec.bytes() }),
      key: { partitionKey: 'P#{id}', sortKey: '{at}' },
      indexes: { byHash: { index: 'gsi1', partitionKey: 'H#{id}', sortKey: '{hash}' } },
    })
    const point = {
      pk: { S: 'P#x' },
      at: { N: '-1.5' },
      gsi1pk: { S: 'H#x' },
      hash: { B: Uint8Array.of(0, 255, 128) },
      id: { S: 'x' },
      _entity: { S: 'Point' },
    }
    const client = stubClient(() => ({ Items: [point, point] }))
    const of = Point.query.byHash({ id: 'x' })
    const { cursor } = await dbOf(client).page(of, { take: 1 })
    await dbOf(client).page(of, { take: 1, cursor })
    const { pk, at, gsi1pk, hash } = point
    expect(client.sent[1]?.input['ExclusiveStartKey']).toEqual({ gsi1pk, hash, pk, at })
  })

  test('nothing of buckets that are past, and where the next one begins', async () => {
    const Event = entity('Event', {
      table: table('shop', { partitionKey: 'pk', sortKey: 'sk' }),
      schema: z.object({ at: codec.date() }),
      key: { partitionKey: '{at:day}', sortKey: '{at}' },
    })
    const client = stubClient()
    const of = Event.query({ at: between(new Date('2026-02-16'), new Date('2026-02-20')) })
    const { cursor = '' } = await dbOf(client).page(of, { maxPages: 3 })
    expect(textOf(cursor)).toBe('[3]')
    await dbOf(client).page(of, { cursor })
    expect(client.sent).toHaveLength(4)
    expect(client.sent[3]?.input['ExpressionAttributeValues']).toMatchObject({ ':0': { S: '2026-02-19' } })
  })
})
