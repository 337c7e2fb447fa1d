// What becomes of stored computed attributes on an engine.
import { computed, connect, entity, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test } from '@keyloom/testing/vitest'
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { expect } from 'vitest'
import * as z from 'zod'

const payments = table('payments', { partitionKey: 'pk', indexes: { gsi1: { partitionKey: 'gsi1pk' } } })
const Payment = entity('Payment', {
  table: payments,
  schema: z.object({ id: z.string(), amount: z.number(), rush: z.boolean().optional() }),
  computed: {
    size: computed(
      ['amount', 'rush'],
      z.enum(['small', 'large']),
      ({ amount, rush }: { amount: number; rush?: boolean | undefined }) =>
        rush === true ? undefined : amount < 100 ? 'small' : 'large',
      { store: true },
    ),
  },
  key: { partitionKey: 'PAYMENT#{id}' },
  indexes: { bySize: { index: 'gsi1', partitionKey: 'SIZE#{size}' } },
})

test('they are stored, found, changed and taken away with their sources', async ({ dynamodb }) => {
  const name = await dynamodb.createTable(createTableInput(payments, { tableName: 'payments' }))
  const db = connect({ client: dynamodb.client, tables: { payments: name } })
  const payment = db.for(Payment)
  const rowOf = async () => {
    const Key = { pk: { S: 'PAYMENT#1' } }
    const { Item } = await dynamodb.client.send(new GetItemCommand({ TableName: name, Key, ConsistentRead: true }))
    return [Item?.['size']?.S, Item?.['gsi1pk']?.S]
  }

  expect(await payment.put({ id: '1', amount: 1 })).toEqual({ id: '1', amount: 1, size: 'small' })
  expect(await rowOf()).toEqual(['small', 'SIZE#small'])
  expect(await payment.query.bySize({ size: 'small' }).all()).toEqual([{ id: '1', amount: 1, size: 'small' }])

  const given = await payment.get({ id: '1' })
  const changed = await payment.update({ id: '1' }, { set: { amount: 100 }, given: given!, returning: 'updatedNew' })
  expect(changed).toEqual({ amount: 100, size: 'large' })
  expect(await rowOf()).toEqual(['large', 'SIZE#large'])

  // What was believed holds no longer.
  await payment.update({ id: '1' }, { set: { rush: false, amount: 100 } })
  const lost = payment.update({ id: '1' }, { set: { amount: 1 }, given: given! })
  await expect(lost).rejects.toMatchObject({ code: 'condition-failed' })
  expect(await rowOf()).toEqual(['large', 'SIZE#large'])

  expect(await payment.update({ id: '1' }, { set: { rush: true, amount: 1 }, returning: 'new' })).toEqual({
    id: '1',
    amount: 1,
    rush: true,
  })
  expect(await rowOf()).toEqual([undefined, undefined])
})
