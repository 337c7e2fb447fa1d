// Write skew: two transactions that each rely on an item which the other one changes.
import { connect, type Db, entity, isError, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { faultClient } from '@keyloom/testing'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import * as z from 'zod'
import { randomFrom } from '../random.js'

/** `KEYLOOM_SKEW_ROUNDS` says how often the two meet, `KEYLOOM_SEED` repeats a run. */
const rounds = Number(process.env['KEYLOOM_SKEW_ROUNDS'] ?? 40)
const seed = Number(process.env['KEYLOOM_SEED'] ?? Date.now() % 2 ** 31)

const hospital = table('hospital', { partitionKey: 'pk' })
const Doctor = entity('Doctor', {
  table: hospital,
  schema: z.object({ shift: z.number(), name: z.enum(['ann', 'bob']), onCall: z.boolean() }),
  key: { partitionKey: 'SHIFT#{shift:04}#DOCTOR#{name}' },
})
type Name = 'ann' | 'bob'
const others = { ann: 'bob', bob: 'ann' } as const

const tablesOf = async (dynamodb: FileDynamoDB) => ({
  hospital: await dynamodb.createTable(createTableInput(hospital, { tableName: 'hospital' })),
})

const begin = (db: Db, shift: number) =>
  db.batchWrite([Doctor.put({ shift, name: 'ann', onCall: true }), Doctor.put({ shift, name: 'bob', onCall: true })])

/** Goes off call, as long as the other one is on it. */
const leave = (db: Db, shift: number, name: Name) =>
  db.transactWrite({
    self: Doctor.update({ shift, name }, { set: { onCall: false } }),
    other: Doctor.check({ shift, name: others[name] }, (doctor, { eq }) => eq(doctor.onCall, true)),
  })

const onCall = async (db: Db, shift: number): Promise<readonly Name[]> => {
  const doctors = await db.transactGet([Doctor.get({ shift, name: 'ann' }), Doctor.get({ shift, name: 'bob' })])
  return doctors.flatMap((doctor) => (doctor?.onCall === true ? [doctor.name] : []))
}

describe('two who each rely on the other', () => {
  test('reading before writing stops nothing; a check in the transaction does', async ({ dynamodb }) => {
    const db = connect({ client: dynamodb.client, tables: await tablesOf(dynamodb) })
    await begin(db, 1)
    expect(await Promise.all([onCall(db, 1), onCall(db, 1)])).toEqual([
      ['ann', 'bob'],
      ['ann', 'bob'],
    ])
    for (const name of ['ann', 'bob'] as const)
      await db.transactWrite([Doctor.update({ shift: 1, name }, { set: { onCall: false } })])
    expect(await onCall(db, 1)).toEqual([])

    await begin(db, 2)
    await leave(db, 2, 'ann')
    const error: unknown = await leave(db, 2, 'bob').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'transaction-canceled',
      outcome: 'not-applied',
      reasons: { other: { reason: 'condition', item: { shift: 2, name: 'ann', onCall: false } } },
    })
    expect(await onCall(db, 2)).toEqual(['bob'])
  })

  test('at the same time, under faults', { timeout: 600_000 }, async ({ dynamodb }) => {
    const tables = await tablesOf(dynamodb)
    const calm = connect({ client: dynamodb.client, tables })
    const random = randomFrom(seed)
    const faulty = [seed, seed + 1].map((own) =>
      faultClient(dynamodb.createClient(), { seed: own, rate: 0.3, delay: 2, late: 3 }),
    )
    const dbs = faulty.map((client) =>
      connect({ client, tables, random, retry: { baseDelay: 1, maxDelay: 8, budget: 1_000 } }),
    )
    const counts = { applied: 0, refused: 0, unknown: 0 }
    const attempt = async (db: Db, shift: number, name: Name): Promise<keyof typeof counts> => {
      try {
        await leave(db, shift, name)
        return 'applied'
      } catch (error) {
        if (isError(error, 'ambiguous-write')) return 'unknown'
        if (isError(error, 'transaction-canceled') || isError(error, 'request')) return 'refused'
        throw error
      }
    }
    const shifts = Array.from({ length: rounds }, (_, shift) => shift)
    const ends = await Promise.all(
      shifts.map(async (shift) => {
        await begin(calm, shift)
        const [ann, bob] = dbs as [Db, Db]
        const ended = await Promise.all([attempt(ann, shift, 'ann'), attempt(bob, shift, 'bob')])
        for (const end of ended) counts[end]++
        return ended
      }),
    )
    await Promise.all(faulty.map((client) => client.settle()))
    const injected = faulty.reduce((sum, { log }) => sum + log.length, 0)
    console.info(
      `[figures] write skew on ${dynamodb.engine}: ${rounds} rounds, ${injected} faults, KEYLOOM_SEED=${seed}: ${JSON.stringify(counts)}`,
    )
    expect(injected).toBeGreaterThan(0)
    expect(counts.applied).toBeGreaterThan(0)
    for (const [shift, ended] of ends.entries()) {
      const left = await onCall(calm, shift)
      expect(left.length).toBeGreaterThanOrEqual(1)
      expect(ended.filter((end) => end === 'applied').length).toBeLessThanOrEqual(1)
      if (ended.includes('applied')) expect(left).toEqual([ended[0] === 'applied' ? 'bob' : 'ann'])
    }
  })
})
