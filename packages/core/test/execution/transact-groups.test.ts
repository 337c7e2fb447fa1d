// transactGroups: how groups are packed, and what becomes of each.
import { connect, IncompleteGroupsError, InputError, type TransactionCanceledError } from '@keyloom/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packGroups } from '../../src/operations/group-packing.js'
import { Counter, Receipt } from '../ledger.js'
import { Order, order } from '../orders.js'
import { serviceError, type StubClient, stubClient } from '../stub-client.js'
import { virtualTime } from '../virtual-time.js'

const tables = { shop: 'shop-1', ledger: 'ledger-1' }
const lost = Object.assign(new Error('reset'), { code: 'ECONNRESET', $metadata: { attempts: 1 } })
const connected = (client: StubClient) => connect({ client, tables, retry: { scheduler: virtualTime() } })
const put = (name: string) => Counter.put({ name })
const group = (size: number, from: string) => Array.from({ length: size }, (_, index) => put(`${from}-${index}`))
const sizes = (client: StubClient) => client.sent.map(({ input }) => (input['TransactItems'] as object[]).length)

/** A service that cancels each transaction that touches one of these, for that reason. */
function refusing(codes: Readonly<Record<string, string>>): StubClient {
  return stubClient(({ input }) => {
    const reasons = (input['TransactItems'] as object[]).map((item) => {
      const name = Object.keys(codes).find((one) => JSON.stringify(item).includes(`#${one}"`))
      return { Code: name === undefined ? 'None' : codes[name] }
    })
    if (reasons.some(({ Code }) => Code !== 'None'))
      throw serviceError('TransactionCanceledException', 400, { CancellationReasons: reasons })
    return {}
  })
}

async function incomplete(work: Promise<unknown>): Promise<IncompleteGroupsError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  if (error instanceof IncompleteGroupsError) return error
  throw new Error('all groups were applied', { cause: error })
}

describe('packing', () => {
  test('first fit in order, and no group is split', async () => {
    const client = stubClient()
    const groups = [group(60, 'a'), group(50, 'b'), group(40, 'c'), group(50, 'd'), group(1, 'e')]
    const results = await connected(client).transactGroups(groups)
    expect(sizes(client)).toEqual([100, 100, 1])
    expect(results.map((one) => one.length)).toEqual([60, 50, 40, 50, 1])
  })

  test('4 MB', async () => {
    const client = stubClient()
    const large = (name: string) => [Counter.put({ name, last: 'x'.repeat(390_000) })]
    await connected(client).transactGroups(Array.from({ length: 12 }, (_, index) => large(`n-${index}`)))
    expect(sizes(client)).toEqual([10, 2])
  })

  test('groups that touch one item keep their order, in transactions of their own', async () => {
    const client = stubClient()
    await connected(client).transactGroups([[put('x')], [put('x'), put('y')], [put('y')], [put('z')]])
    expect(sizes(client)).toEqual([2, 2, 1])
    expect(client.sent.map(({ input }) => input['ClientRequestToken'])).toHaveLength(3)
    expect(new Set(client.sent.map(({ input }) => input['ClientRequestToken'])).size).toBe(3)
  })

  test('whatever the groups are: all of each in one place, 100 at most, no item twice, order kept', () => {
    const item = fc.integer({ min: 0, max: 60 })
    const groupOf = fc.uniqueArray(item, { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.array(groupOf, { maxLength: 25 }), (given) => {
        const groups = given.map((items, position) => ({
          position,
          parts: items.map((name) => {
            const plan = put(`${name}`) as never
            return { label: name, plan, items: [{}], identities: [`${name}`], size: 1 }
          }),
        }))
        const packed = packGroups(groups)
        const placeOf = new Map(packed.flatMap((all, place) => all.map(({ position }) => [position, place] as const)))
        expect(placeOf.size).toBe(groups.length)
        for (const all of packed) {
          const touched = all.flatMap(({ parts }) => parts.map(({ label }) => label))
          expect(touched.length).toBeLessThanOrEqual(100)
          expect(new Set(touched).size).toBe(touched.length)
        }
        for (const [position, items] of given.entries())
          for (const [other, others] of given.slice(0, position).entries())
            if (items.some((one) => others.includes(one)))
              expect(placeOf.get(other)).toBeLessThan(placeOf.get(position) ?? -1)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what becomes of each group', () => {
  test('results by labels or places', async () => {
    const results = await connected(stubClient()).transactGroups([
      { order: Order.put(order), receipt: Receipt.put({ receiptId: 'r', account: 'a', amount: 1 }) },
      [put('n')],
      [],
    ])
    expect(results).toEqual([
      { order: { ...order, lines: [] }, receipt: { receiptId: 'r', account: 'a', amount: 1 } },
      [{ name: 'n', count: 0 }],
      [],
    ])
  })

  test('a group that is refused takes no other with it', async () => {
    const client = refusing({ bad: 'ConditionalCheckFailed', busy: 'TransactionConflict' })
    const groups = [{ good: put('good') }, { fine: put('fine'), bad: put('bad') }, { busy: put('busy') }, [put('last')]]
    const error = await incomplete(connected(client).transactGroups(groups))
    expect(error.message).toBe(
      'db.transactGroups: of 4 groups 2 are applied, 0 unknown and 2 not applied. See `error.reports`.',
    )
    expect(error.reports.map(({ outcome }) => outcome)).toEqual(['applied', 'not-applied', 'not-applied', 'applied'])
    expect(error.reports[0]?.results).toEqual({ good: { name: 'good', count: 0 } })
    const reasonsOf = (index: number) => (error.reports[index]?.error as TransactionCanceledError).reasons
    expect(reasonsOf(1)).toMatchObject({ bad: { reason: 'condition' } })
    expect(Object.keys(reasonsOf(1))).toEqual(['bad'])
    expect(reasonsOf(2)).toMatchObject({ busy: { reason: 'conflict' } })
    expect(error).toMatchObject({ code: 'incomplete-groups' })
  })

  test('what no group is to blame for ends the call: unknown, and never sent', async () => {
    const client = stubClient((_, count) => {
      if (count > 1) throw lost
      return {}
    })
    const error = await incomplete(connected(client).transactGroups([[put('x')], [put('x')], [put('x')]]))
    expect(error.reports.map(({ outcome }) => outcome)).toEqual(['applied', 'unknown', 'not-applied'])
    expect(error.reports.map(({ error: why }) => (why as { code?: string } | undefined)?.code)).toEqual([
      undefined,
      'ambiguous-write',
      undefined,
    ])
    const denied = stubClient(() => {
      throw serviceError('AccessDeniedException')
    })
    const refused = await incomplete(connected(denied).transactGroups([[put('x')], [put('y')]]))
    expect(refused.reports).toMatchObject([
      { outcome: 'not-applied', error: { code: 'request' } },
      { outcome: 'not-applied', error: { code: 'request' } },
    ])
    expect(denied.sent).toHaveLength(1)
  })

  test('a cancellation without reasons is about all groups', async () => {
    const client = stubClient(() => {
      throw serviceError('TransactionCanceledException')
    })
    const error = await incomplete(connected(client).transactGroups([[put('x')], [put('y')]]))
    expect(error.reports.map(({ outcome }) => outcome)).toEqual(['not-applied', 'not-applied'])
  })
})

test('what is refused before anything is sent', async () => {
  const client = stubClient()
  const groups = connected(client).transactGroups as (given: unknown) => Promise<unknown>
  for (const [given, message] of [
    [{}, 'expected an array of groups of operations, received an object'],
    [[[put('a')], 1], '[1]: expected an object or an array of operations'],
    [[[put('a')], group(101, 'b')], '[1]: expected at most 100 items'],
    [[{ a: put('a'), b: put('a') }], '[0].b: expected one operation on an item'],
  ] as const) {
    const error: unknown = await groups(given).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InputError)
    expect((error as Error).message).toContain(message)
  }
  expect(client.sent).toEqual([])
})
