import { connect, IncompleteReadError, InputError, lt, RequestError } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import { Order, placedAt, row } from '../orders.js'
import { stubClient } from '../stub-client.js'

const customerId = 'c-1'
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const rowOf = (orderId: string) => ({
  ...row,
  sk: { S: `ORDER#2026-02-16T10:00:00.000Z#${orderId}` },
  orderId: { S: orderId },
})
const keyOf = (orderId: string) => ({ pk: row.pk, sk: rowOf(orderId).sk })

/** A table of rows, read in pages of at most `most` rows, whatever the request asks. */
function pagedClient(rows: readonly { sk: { S: string } }[], most = Infinity) {
  return stubClient(({ input }) => {
    const start = (input['ExclusiveStartKey'] as { sk: { S: string } } | undefined)?.sk.S ?? ''
    const rest = rows.filter(({ sk }) => sk.S > start)
    const Items = rest.slice(0, Math.min(most, (input['Limit'] as number | undefined) ?? Infinity))
    const last = Items.at(-1)
    return {
      Items,
      ScannedCount: Items.length,
      ConsumedCapacity: { CapacityUnits: 0.5 },
      ...(last !== undefined && Items.length < rest.length && { LastEvaluatedKey: { pk: row.pk, sk: last.sk } }),
    }
  })
}

const rows = names.map(rowOf)
const query = Order.query({ customerId })
const filtered = Order.query({ customerId }, { filter: (o, { gt }) => gt(o.total, 0) })
const dbOf = (client: ReturnType<typeof stubClient>) => connect({ client, tables: { shop: 'shop-1' } })
const ids = (items: readonly { orderId: string }[]) => items.map(({ orderId }) => orderId)

async function failure(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  )
}

describe('all pages are read', () => {
  test.each([1, 2, 3, 7, 100])('of at most %i rows', async (most) => {
    const client = pagedClient(rows, most)
    expect(ids(await dbOf(client).all(query))).toEqual(names)
    expect(client.sent.length).toBe(Math.ceil(names.length / most))
  })

  test('empty pages are no end', async () => {
    const client = stubClient((_, count) =>
      count < 4 ? { Items: [], LastEvaluatedKey: keyOf(String(count)) } : { Items: [rowOf('z')] },
    )
    expect(ids(await dbOf(client).all(query))).toEqual(['z'])
  })

  test('rows of other entities are not items', async () => {
    const mixed = [rowOf('a'), { ...rowOf('b'), _entity: { S: 'Line' } }, rowOf('c')]
    const page = await dbOf(pagedClient(mixed)).page(query)
    expect(ids(page.items)).toEqual(['a', 'c'])
    expect(page.scannedCount).toBe(3)
  })

  test('a row on an open end is dropped', async () => {
    const open = Order.query({ customerId, placedAt, orderId: lt('c') })
    expect(ids(await dbOf(pagedClient(rows.slice(0, 3))).all(open))).toEqual(['a', 'b'])
  })
})

describe('take is exact', () => {
  test.each([1, 2, 3, 6, 7, 8])('%i, over pages of any size, with and without a filter', async (take) => {
    for (const most of [1, 2, 3, 100])
      for (const each of [query, filtered]) {
        const page = await dbOf(pagedClient(rows, most)).page(each, { take })
        expect(ids(page.items)).toEqual(names.slice(0, take))
      }
  })

  test.each([1, 2, 3, 4, 7])('%i at a time: the next page begins at the very next item', async (take) => {
    for (const most of [1, 2, 3, 100])
      for (const each of [query, filtered]) {
        const db = dbOf(pagedClient(rows, most))
        const seen: string[] = []
        let cursor: string | undefined
        let pages = 0
        do {
          const page = await db.page(each, { take, cursor })
          seen.push(...ids(page.items))
          cursor = page.cursor
        } while (cursor !== undefined && ++pages < 20)
        expect(seen).toEqual(names)
      }
  })

  test('without a filter no more is asked for than is still to take', async () => {
    const client = pagedClient(rows, 2)
    await dbOf(client).page(query, { take: 5 })
    expect(client.sent.map(({ input }) => input['Limit'])).toEqual([5, 3, 1])
  })

  test('with a filter a limit would be one on rows: only pageSize is', async () => {
    const client = pagedClient(rows)
    await dbOf(client).page(filtered, { take: 2 })
    await dbOf(client).page(filtered, { take: 2, pageSize: 4 })
    expect(client.sent.map(({ input }) => input['Limit'])).toEqual([undefined, 4])
  })

  test('at the end there is no cursor', async () => {
    expect((await dbOf(pagedClient(rows)).page(query, { take: 7 })).cursor).toBeUndefined()
    expect((await dbOf(pagedClient(rows)).page(query)).cursor).toBeUndefined()
  })

  test('what was read is summed', async () => {
    const page = await dbOf(pagedClient(rows, 2)).page(filtered, { take: 5 })
    expect(page).toMatchObject({ scannedCount: 6, consumedCapacity: 1.5 })
  })
})

describe('bounds', () => {
  test('a page without take is one request', async () => {
    const client = pagedClient(rows, 3)
    const page = await dbOf(client).page(query)
    expect(ids(page.items)).toEqual(['a', 'b', 'c'])
    expect(client.sent).toHaveLength(1)
    expect(ids((await dbOf(client).page(query, { cursor: page.cursor })).items)).toEqual(['d', 'e', 'f'])
  })

  test('maxPages ends a page, and its cursor goes on even where nothing passed the filter', async () => {
    const client = stubClient((_, count) => ({ Items: [], LastEvaluatedKey: keyOf(String(count)) }))
    const page = await dbOf(client).page(filtered, { take: 5, maxPages: 3 })
    expect(page.items).toEqual([])
    expect(client.sent).toHaveLength(3)
    await dbOf(client).page(filtered, { take: 5, maxPages: 1, cursor: page.cursor })
    expect(client.sent[3]?.input['ExclusiveStartKey']).toEqual(keyOf('3'))
  })

  test('a read that maxPages ends early is not passed off as whole', async () => {
    const error = await failure(() => dbOf(pagedClient(rows, 2)).all(query, { maxPages: 2 }))
    expect(error).toBeInstanceOf(IncompleteReadError)
    const { items, cursor } = error as IncompleteReadError
    expect(ids(items as { orderId: string }[])).toEqual(['a', 'b', 'c', 'd'])
    expect(ids(await dbOf(pagedClient(rows, 2)).all(query, { cursor }))).toEqual(['e', 'f', 'g'])
    expect(ids(await dbOf(pagedClient(rows, 2)).all(query, { maxPages: 2, take: 4 }))).toEqual(['a', 'b', 'c', 'd'])
    const none = stubClient((_, count) => ({ Items: [], LastEvaluatedKey: keyOf(String(count)) }))
    expect(await failure(() => dbOf(none).first(query, { maxPages: 2 }))).toBeInstanceOf(IncompleteReadError)
  })

  test('a service that repeats a position would go on for ever', async () => {
    const client = stubClient(() => ({ Items: [], LastEvaluatedKey: keyOf('a') }))
    expect(await failure(() => dbOf(client).all(query))).toBeInstanceOf(RequestError)
    expect(client.sent).toHaveLength(2)
  })

  test.each([{ take: 0 }, { take: 1.5 }, { pageSize: -1 }, { maxPages: NaN }, { take: '5' as never }])(
    '%j is refused',
    async (options) => {
      const client = stubClient()
      expect(await failure(() => dbOf(client).page(query, options))).toBeInstanceOf(InputError)
      expect(client.sent).toEqual([])
    },
  )
})

describe('iteration', () => {
  test('requests are made as they are needed, and none after the loop was left', async () => {
    for (const [prefetch, requests] of [
      [false, 2],
      [true, 3],
    ] as const) {
      const client = pagedClient(rows, 2)
      const seen: string[] = []
      for await (const { orderId } of dbOf(client).items(query, { prefetch })) {
        seen.push(orderId)
        if (seen.length === 3) break
      }
      expect(seen).toEqual(['a', 'b', 'c'])
      expect(client.sent).toHaveLength(requests)
    }
  })

  test('a bound query can be read twice, and in every way', async () => {
    const bound = dbOf(pagedClient(rows, 2)).for(Order).query({ customerId })
    const seen: string[] = []
    for await (const { orderId } of bound) seen.push(orderId)
    expect(seen).toEqual(names)
    expect(ids(await bound.all())).toEqual(names)
    expect((await bound.first())?.orderId).toBe('a')
    expect(ids((await bound.page({ take: 3 })).items)).toEqual(['a', 'b', 'c'])
  })

  test('first is undefined where there is nothing', async () => {
    expect(await dbOf(pagedClient([])).first(query)).toBeUndefined()
  })
})

describe('rows that do not fit their schema', () => {
  const poisoned = () => pagedClient([rowOf('a'), { ...rowOf('b'), total: { S: 'SECRET' } } as never, rowOf('c')])

  test('end the read by default', async () => {
    expect(await failure(() => dbOf(poisoned()).page(query))).toMatchObject({ code: 'decode', path: ['total'] })
    expect(await failure(() => dbOf(poisoned()).all(query, { onInvalid: 'throw' }))).toMatchObject({ code: 'decode' })
  })

  test('are reported beside the good ones', async () => {
    const page = await dbOf(poisoned()).page(query, { onInvalid: 'report' })
    expect(ids(page.items)).toEqual(['a', 'c'])
    expect(page.issues).toMatchObject([{ code: 'decode', path: ['total'], keyAttributes: ['pk', 'sk'] }])
    expect((await dbOf(pagedClient(rows)).page(query)).issues).toEqual([])
  })

  test('are told to a callback', async () => {
    const told: string[] = []
    const onInvalid = (issue: Error) => told.push(issue.message)
    expect(ids(await dbOf(poisoned()).all(query, { onInvalid }))).toEqual(['a', 'c'])
    for await (const { orderId } of dbOf(poisoned()).items(query, { onInvalid })) told.push(orderId)
    expect(told).toEqual([expect.stringContaining('total'), expect.stringContaining('total'), 'a', 'c'])
  })

  test('can not be reported where nobody would see it', async () => {
    const message = "onInvalid: expected a callback: only a page has issues, received 'report'."
    expect(await failure(() => dbOf(poisoned()).all(query, { onInvalid: 'report' }))).toMatchObject({
      message: `Order.query: ${message}`,
    })
    expect(await failure(() => dbOf(poisoned()).page(query, { onInvalid: 'skip' as never }))).toBeInstanceOf(InputError)
  })
})
