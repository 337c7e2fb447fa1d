// Computed attributes that are stored: part of the item, made by nobody but their function.
import { computed, connect, entity, InputError, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { stubClient } from './stub-client.js'

const payments = () =>
  table('payments', {
    partitionKey: 'pk',
    indexes: { gsi1: { partitionKey: 'gsi1pk' }, byScore: { partitionKey: 'score' } },
  })
const size = computed(
  ['amount', 'rush'],
  z.enum(['small', 'large']),
  ({ amount, rush }: { amount: number; rush?: boolean | undefined }) =>
    rush === true ? undefined : amount < 100 ? 'small' : 'large',
  { store: true },
)
const score = computed(['id'], z.string(), ({ id }: { id: string }) => `S${id}`, { store: true })
const schema = z.object({
  id: z.string(),
  amount: z.number(),
  rush: z.boolean().optional(),
  note: z.string().optional(),
})
const definition = {
  key: { partitionKey: 'PAYMENT#{id}' },
  indexes: {
    bySize: { index: 'gsi1', partitionKey: 'SIZE#{size}' },
    byScore: { index: 'byScore', partitionKey: '{score}' },
  },
} as const
const Payment = entity('Payment', { table: payments(), schema, computed: { size, score }, ...definition })
const row = {
  pk: { S: 'PAYMENT#1' },
  gsi1pk: { S: 'SIZE#small' },
  _entity: { S: 'Payment' },
  id: { S: '1' },
  amount: { N: '99' },
  size: { S: 'small' },
  score: { S: 'S1' },
}
const item = { id: '1', amount: 99, size: 'small', score: 'S1' }
const reading = (Item: object) =>
  connect({ client: stubClient(() => ({ Item, Attributes: Item })), tables: { payments: 'p' } }).for(Payment)

test('are written with the item, and are part of it', async () => {
  const put = Payment.put({ id: '1', amount: 99 })
  expect(put.request().input).toEqual({ TableName: 'payments', Item: row })
  expect(await reading({}).put({ id: '1', amount: 99 })).toEqual(item)
  expect(await reading(row).get({ id: '1' })).toEqual(item)
})

test('a row that is older than one, or has no value for it, reads without', async () => {
  const { size: _size, ...older } = row
  expect(await reading(older).get({ id: '1' })).toEqual({ id: '1', amount: 99, score: 'S1' })
  expect(Payment.put({ id: '1', amount: 1, rush: true }).request().input).not.toHaveProperty('Item.size')
})

test('a stored value that its schema does not know is an error with its path', async () => {
  await expect(reading({ ...row, size: { S: 'huge' } }).get({ id: '1' })).rejects.toMatchObject({ path: ['size'] })
})

test('can be named in conditions and filters', () => {
  expect(Payment.scan({ filter: (o, { eq }) => eq(o.size, 'large') }).request().input).toMatchObject({
    ExpressionAttributeValues: { ':1': { S: 'large' } },
  })
})

describe('nobody else makes them', () => {
  const loose = z.looseObject(schema.shape)
  const Loose = entity('Loose', { table: payments(), schema: loose, computed: { size, score }, ...definition })
  const Kind = entity('Kind', {
    table: payments(),
    schema: z.discriminatedUnion('kind', [
      z.object({ ...schema.shape, kind: z.literal('a') }),
      z.looseObject({ ...schema.shape, kind: z.literal('b') }),
    ]),
    computed: { size, score },
    ...definition,
  })
  test.each<[string, () => unknown]>([
    ['put', () => Payment.put(item)],
    ['put of undefined', () => Payment.put({ id: '1', amount: 1, size: undefined } as never)],
    ['put of what keeps other names', () => Loose.put(item)],
    ['put of one of several kinds', () => Kind.put({ ...item, kind: 'b' } as never)],
    ['create', () => Payment.create(item)],
    ['set', () => Payment.update({ id: '1' }, { set: { size: 'large' } as never })],
    ['remove', () => Payment.update({ id: '1' }, { remove: ['size'] as never })],
    ['apply', () => Payment.update({ id: '1' }, { apply: (o, { set }) => [set(o.size, 'large')] })],
    ['add', () => Payment.update({ id: '1' }, { add: { size: 1 } as never })],
  ])('%s is refused', (_, work) => {
    expect(work).toThrow(InputError)
    expect(work).toThrow('nothing: it is computed from amount, rush')
  })

  test('what keeps other names reads them once', async () => {
    const put = Loose.put({ id: '1', amount: 99, more: 'x' })
    expect(put.request().input).toMatchObject({ Item: { size: { S: 'small' }, more: { S: 'x' } } })
    const db = connect({ client: stubClient(), tables: { payments: 'p' } })
    expect(await db.run(put)).toEqual({ ...item, more: 'x' })
  })
})

describe('follow their sources', () => {
  test('with what is set, and what is believed of the rest', () => {
    expect(Payment.update({ id: '1' }, { set: { amount: 100 }, remove: ['rush'] }).request().input).toMatchObject({
      UpdateExpression: 'SET #0 = :0, #2 = :1, #3 = :2 REMOVE #1',
      ExpressionAttributeNames: { '#0': 'amount', '#1': 'rush', '#2': 'size', '#3': 'gsi1pk' },
      ExpressionAttributeValues: { ':1': { S: 'large' }, ':2': { S: 'SIZE#large' } },
    })
    const guarded = Payment.update({ id: '1' }, { set: { amount: 100 }, given: { rush: false } }).request().input
    expect(guarded).toMatchObject({ ConditionExpression: '(attribute_exists(#3)) AND (#4 = :3)' })
  })

  test('away, where they have no value any more', () => {
    const { input } = Payment.update({ id: '1' }, { set: { rush: true, amount: 1 } }).request()
    expect(input).toMatchObject({
      UpdateExpression: 'SET #0 = :0, #1 = :1 REMOVE #2, #3',
      ExpressionAttributeNames: { '#2': 'size', '#3': 'gsi1pk' },
    })
  })

  test('or the change is refused', () => {
    expect(() => Payment.update({ id: '1' }, { set: { amount: 100 } })).toThrow(
      'rush too, in set or in given: size is computed from it',
    )
    expect(() => Payment.update({ id: '1' }, { add: { amount: 1 } })).toThrow('no arithmetic')
    expect(() =>
      Payment.update({ id: '1' }, { apply: (o, { set, plus }) => [set(o.amount, plus(o.amount, 1))] }),
    ).toThrow('no change in place, because size is computed from it')
  })

  test('other changes leave them alone', () => {
    expect(Payment.update({ id: '1' }, { set: { note: 'x' } }).request().input).toMatchObject({
      UpdateExpression: 'SET #0 = :0',
    })
  })

  test('an item as it was read can be given, and stand for its key', () => {
    const read = item as { id: string; amount: number; size: 'small'; score: string }
    expect(Payment.get(read).request().input).toMatchObject({ Key: { pk: { S: 'PAYMENT#1' } } })
    expect(() => Payment.update(read, { set: { amount: 1 }, given: read })).not.toThrow()
  })
})
