// A bank under faults: money moves between accounts, and whoever reads all of them at one moment counts the same total.
import { connect, type Db, entity, isError, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { faultClient } from '@keyloom/testing'
import { test } from '@keyloom/testing/vitest'
import { expect } from 'vitest'
import * as z from 'zod'
import { randomFrom } from '../random.js'

/** `KEYLOOM_TRANSFERS` says how many transfers each client makes, `KEYLOOM_SEED` repeats a run. */
const transfers = Number(process.env['KEYLOOM_TRANSFERS'] ?? 8)
const seed = Number(process.env['KEYLOOM_SEED'] ?? Date.now() % 2 ** 31)
const size = 16
const start = 100

const bank = table('bank', { partitionKey: 'pk' })
const Account = entity('Account', {
  table: bank,
  schema: z.object({ name: z.string(), balance: z.number() }),
  key: { partitionKey: 'ACCOUNT#{name}' },
})
const Transfer = entity('Transfer', {
  table: bank,
  schema: z.object({ id: z.string(), amount: z.number() }),
  key: { partitionKey: 'TRANSFER#{id}' },
})

const names = Array.from({ length: size }, (_, index) => `a-${index}`)

function move(db: Db, from: string, to: string, amount: number, id: string): Promise<unknown> {
  return db.transactWrite({
    debit: Account.update(
      { name: from },
      { add: { balance: -amount }, condition: (account, { gte }) => gte(account.balance, amount) },
    ),
    credit: Account.update({ name: to }, { add: { balance: amount } }),
    log: Transfer.create({ id, amount }),
  })
}

const totalOf = async (db: Db): Promise<number> => {
  const accounts = await db.transactGet(names.map((name) => Account.get({ name })))
  return accounts.reduce((sum, account) => sum + (account?.balance ?? NaN), 0)
}

test('the total is the same in every read', { timeout: 600_000 }, async ({ dynamodb }) => {
  const name = await dynamodb.createTable(createTableInput(bank, { tableName: 'bank' }))
  const tables = { bank: name }
  const calm = connect({ client: dynamodb.client, tables })
  await calm.batchWrite(names.map((one) => Account.put({ name: one, balance: start })))
  const random = randomFrom(seed)
  const outcomes = { applied: 0, refused: 0, unknown: 0 }
  const logged = new Map<string, boolean | undefined>()
  const totals: number[] = []
  const faulty = names.map((_, index) =>
    faultClient(dynamodb.createClient(), { seed: seed + index, rate: 0.15, delay: 2, late: 3 }),
  )
  const dbs = faulty.map((client) =>
    connect({ client, tables, random, retry: { baseDelay: 1, maxDelay: 8, budget: 1_000 } }),
  )
  const clients = dbs.map(async (db, index) => {
    for (let count = 0; count < transfers; count++) {
      const from = Math.floor(random() * size)
      const to = (from + 1 + Math.floor(random() * (size - 1))) % size
      const id = `${index}-${count}`
      try {
        await move(db, names[from] ?? '', names[to] ?? '', 1 + Math.floor(random() * 60), id)
        outcomes.applied++
        logged.set(id, true)
      } catch (error) {
        const isUnknown = isError(error, 'ambiguous-write')
        if (!isUnknown && !isError(error, 'transaction-canceled') && !isError(error, 'request')) throw error
        outcomes[isUnknown ? 'unknown' : 'refused']++
        logged.set(id, isUnknown ? undefined : false)
      }
      const total = await totalOf(index % 2 === 0 ? calm : db).catch(() => undefined)
      if (total !== undefined) totals.push(total)
    }
  })
  await Promise.all(clients)
  await Promise.all(faulty.map((client) => client.settle()))
  const injected = faulty.reduce((sum, { log }) => sum + log.length, 0)
  console.info(
    `[figures] bank on ${dynamodb.engine}: ${size} accounts and clients, ${transfers} transfers each, ${injected} faults, ` +
      `${totals.length} reads, KEYLOOM_SEED=${seed}: ${JSON.stringify(outcomes)}`,
  )
  expect(injected).toBeGreaterThan(0)
  expect(totals.length).toBeGreaterThanOrEqual((size / 2) * transfers)
  expect(totals.filter((total) => total !== size * start)).toEqual([])
  expect(await totalOf(calm)).toBe(size * start)
  // Each transfer is there or not, as its outcome said.
  const ids = [...logged.keys()]
  const stored = await calm.batchGet(ids.map((id) => Transfer.get({ id }, { consistent: true })))
  const wrong = ids.filter(
    (id, index) => (logged.get(id) ?? stored[index] !== undefined) !== (stored[index] !== undefined),
  )
  expect(wrong).toEqual([])
})
