// Updates of a kind of item against an engine.
import { connect, entity, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import * as z from 'zod'

const payments = table('payments', { partitionKey: 'pk', indexes: { gsi1: { partitionKey: 'gsi1pk' } } })
const Payment = entity('Payment', {
  table: payments,
  schema: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('card'), id: z.string(), amount: z.number(), last4: z.string() }),
    z.object({ kind: z.literal('transfer'), id: z.string(), amount: z.number(), iban: z.string() }),
  ]),
  key: { partitionKey: 'PAYMENT#{id}' },
  indexes: { byKind: { index: 'gsi1', partitionKey: '{kind}' } },
})
const card = { kind: 'card', id: '1', amount: 5, last4: '4242' } as const

async function connected(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(payments, { tableName: 'payments' }))
  return connect({ client: dynamodb.client, tables: { payments: name } })
}

describe('an update of a kind', () => {
  test('changes an item of that kind, and no other', async ({ dynamodb }) => {
    const repository = (await connected(dynamodb)).for(Payment)
    await repository.put(card)
    const changed = await repository.update(card, {
      is: { kind: 'card' },
      set: { last4: '1111' },
      add: { amount: 1 },
      returning: 'new',
    })
    expect(changed).toEqual({ ...card, last4: '1111', amount: 6 })
    await expect(repository.update(card, { is: { kind: 'transfer' }, set: { iban: 'DE' } })).rejects.toMatchObject({
      reason: 'condition',
    })
    expect(await repository.get(card)).toEqual(changed)
  })

  test('what all kinds have is changed in each', async ({ dynamodb }) => {
    const repository = (await connected(dynamodb)).for(Payment)
    const transfer = { kind: 'transfer', id: '2', amount: 7, iban: 'DE' } as const
    for (const payment of [card, transfer]) {
      await repository.put(payment)
      await repository.update(payment, { set: { amount: 9 } })
      expect(await repository.get(payment)).toEqual({ ...payment, amount: 9 })
    }
  })

  test('what modify changes is of the kind that it read', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    await db.for(Payment).put(card)
    // The attributes of one kind are no part of the types here.
    const changed = await db.modify(Payment, card, () => ({ set: { last4: '1111' } as object }))
    expect(changed).toEqual({ ...card, last4: '1111' })
  })
})
