// The SDK's own document client as a judge: it reads what was written as what was given, and what it writes is read as given.
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { codec, connect, entity } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import * as z from 'zod'
import { desk } from './tickets.js'

const Case = entity('Case', {
  table: desk,
  schema: z.object({
    caseId: z.string(),
    status: z.enum(['open', 'closed']),
    text: z.string(),
    amount: z.number(),
    exact: z.bigint(),
    price: codec.decimal(),
    urgent: z.boolean(),
    nothing: z.null(),
    bytes: z.instanceof(Uint8Array),
    names: z.set(z.string()),
    numbers: z.set(z.number()),
    lines: z.array(z.object({ sku: z.string(), quantity: z.number() })),
    pair: z.tuple([z.string(), z.number()]),
    address: z.object({ city: z.string(), geo: z.object({ latitude: z.number() }).optional() }),
    labels: z.record(z.string(), z.string()),
    at: codec.date(),
    note: z.string().optional(),
    visits: z.number().optional(),
  }),
  storedAs: { text: 't' },
  key: { partitionKey: 'CASE#{caseId}', sortKey: 'CASE' },
  indexes: { byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}', sortKey: '{at}' } },
})
type Case = Parameters<typeof Case.put>[0]

const at = new Date('2026-02-16T10:00:00.123Z')
const sample: Case = {
  caseId: 'c#1',
  status: 'open',
  text: 'é\u{10ffff} #0 :0',
  amount: -12.75,
  exact: 2n ** 100n,
  price: '12345678901234567890.123456789012345678',
  urgent: false,
  nothing: null,
  bytes: new Uint8Array([0, 1, 255]),
  names: new Set(['a', '']),
  numbers: new Set([1.5, -2]),
  lines: [{ sku: 's', quantity: 0 }],
  pair: ['p', 1e21],
  address: { city: '', geo: { latitude: 48.9 } },
  labels: { 'a.b': 'x', constructor: 'y' },
  at,
}
const Key = { pk: 'CASE#c$231', sk: 'CASE' }
const key = { caseId: sample.caseId }

/** The item as one who knows nothing of the library would store it. Numbers stand as their text. */
function plain({ text, at, exact, amount, numbers, visits, ...rest }: Case): object {
  return {
    ...Key,
    _entity: 'Case',
    gsi1pk: `STATUS#${rest.status}`,
    gsi1sk: at.toISOString(),
    ...rest,
    t: text,
    at: at.toISOString(),
    exact: digits(exact),
    price: digits(rest.price),
    amount: digits(amount),
    numbers: new Set([...numbers].map(digits)),
    lines: rest.lines.map((line) => ({ ...line, quantity: digits(line.quantity) })),
    pair: [rest.pair[0], digits(rest.pair[1])],
    address: {
      ...rest.address,
      ...(rest.address.geo && { geo: { latitude: digits(rest.address.geo.latitude) } }),
    },
    ...(visits !== undefined && { visits: digits(visits) }),
  }
}

/** A number in the one form that both clients' texts can be brought to. */
function digits(number: number | bigint | string): string {
  const [mantissa = '', exponent = '0'] = String(number).toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const all = `${whole}${fraction}`.padEnd(whole.length + Number(exponent), '0')
  const point = whole.length + Number(exponent)
  return point < all.length ? `${all.slice(0, point)}.${all.slice(point).replace(/0+$/, '')}` : all
}

async function connected(dynamodb: FileDynamoDB) {
  const TableName = await dynamodb.createTable(createTableInput(desk, { tableName: 'desk' }))
  const client = DynamoDBDocumentClient.from(dynamodb.client, {
    unmarshallOptions: { wrapNumbers: (text) => digits(text) },
  })
  const db = connect({ client: dynamodb.client, tables: { desk: TableName } })
  const read = async () => (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item
  const write = (Item: object) => client.send(new PutCommand({ TableName, Item }))
  return { db, cases: db.for(Case), read, write }
}
type Connected = Awaited<ReturnType<typeof connected>>

const changed: Case = { ...sample, status: 'closed', text: 'u', address: { city: 'P' }, visits: 3 }

/** What each verb writes, over the item as it was put or over nothing, and what is stored then. */
const verbs: Readonly<
  Record<string, { over?: Case; run: (on: Connected) => Promise<unknown>; stored: Case | undefined }>
> = {
  put: { run: ({ cases }) => cases.put(sample), stored: sample },
  'put over another': { over: sample, run: ({ cases }) => cases.put(changed), stored: changed },
  create: { run: ({ cases }) => cases.create(sample), stored: sample },
  replace: { over: { ...sample, note: 'x' }, run: ({ cases }) => cases.replace(changed), stored: changed },
  update: {
    over: { ...sample, note: 'x' },
    run: ({ cases }) =>
      cases.update(key, {
        set: { status: 'closed', at, text: 'u', address: { city: 'P' } },
        add: { visits: 3 },
        remove: ['note'],
      }),
    stored: changed,
  },
  'update by apply': {
    over: sample,
    run: ({ cases }) =>
      cases.update(key, {
        apply: (o, { set, addTo, plus, at: place }) => [
          set(o.address.city, 'Q'),
          set(place(o.lines, 0).quantity, plus(place(o.lines, 0).quantity, 2.5)),
          addTo(o.names, ['b']),
          set(o.pair, ['q', 2]),
          set(o.labels, { z: '' }),
        ],
      }),
    stored: {
      ...sample,
      address: { ...sample.address, city: 'Q' },
      lines: [{ sku: 's', quantity: 2.5 }],
      names: new Set(['a', '', 'b']),
      pair: ['q', 2],
      labels: { z: '' },
    },
  },
  'upsert of nothing': { run: ({ cases }) => upsert(cases), stored: changed },
  'upsert of something': {
    over: { ...sample, visits: 1 },
    run: ({ cases }) => upsert(cases),
    stored: { ...changed, visits: 4 },
  },
  modify: {
    over: sample,
    run: ({ db }) => db.modify(Case, key, ({ exact }) => ({ set: { exact: exact + 1n, note: 'm' } })),
    stored: { ...sample, exact: 2n ** 100n + 1n, note: 'm' },
  },
  batchWrite: { run: ({ db }) => db.batchWrite([Case.put(sample)]), stored: sample },
  transactWrite: {
    over: sample,
    run: ({ db }) => db.transactWrite([Case.update(key, { set: { text: 'w' } })]),
    stored: { ...sample, text: 'w' },
  },
  delete: { over: sample, run: ({ cases }) => cases.delete(key), stored: undefined },
}

function upsert(cases: Connected['cases']): Promise<unknown> {
  const { caseId: _, visits: __, note: ___, ...set } = changed
  return cases.upsert(key, { set, add: { visits: 3 } })
}

describe('the document client reads what was given', () => {
  for (const [name, { over, run, stored }] of Object.entries(verbs))
    test(name, async ({ dynamodb }) => {
      const on = await connected(dynamodb)
      if (over !== undefined) await on.cases.put(over)
      await run(on)
      expect(await on.read()).toEqual(stored && plain(stored))
      expect(await on.cases.get(key)).toEqual(stored)
    })
})

test('what the document client wrote is read as it was given, and kept by writes', async ({ dynamodb }) => {
  const { db, cases, read, write } = await connected(dynamodb)
  const numbers = { amount: sample.amount, exact: sample.exact, numbers: sample.numbers, lines: sample.lines }
  // The document client has no exact decimals, and takes a map with an entry called constructor for a class.
  const item = {
    ...plain({ ...sample, price: '1' }),
    ...numbers,
    price: 12,
    labels: { 'a.b': 'x' },
    pair: ['p', 7],
    address: sample.address,
    extra: { a: [1] },
  }
  await write(item)
  const expected = { ...sample, price: '12', pair: ['p', 7], labels: { 'a.b': 'x' } }
  expect(await cases.get(key)).toEqual(expected)
  expect(await cases.query(key).all()).toEqual([expected])
  expect(await cases.query.byStatus({ status: 'open' }).all()).toEqual([expected])
  expect(await cases.scan().all()).toEqual([expected])
  expect(await db.batchGet([Case.get(key)])).toEqual([expected])
  expect(await db.transactGet([Case.get(key)])).toEqual([expected])
  await cases.update(key, { set: { note: 'x' } })
  expect(await read()).toMatchObject({ note: 'x', extra: { a: ['1'] }, exact: digits(sample.exact) })
})
