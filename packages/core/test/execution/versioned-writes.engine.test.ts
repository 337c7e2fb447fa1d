// Versioned updates with faults on the wire: recognised by their nonce, and never in conflict with themselves.
import { connect, entity, isError } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { faultHandler } from '@keyloom/testing'
import { test } from '@keyloom/testing/vitest'
import { expect } from 'vitest'
import * as z from 'zod'
import { ledger } from '../ledger.js'

/** `KEYLOOM_FAULT_WRITES=20000` is the long run. */
const writes = Number(process.env['KEYLOOM_FAULT_WRITES'] ?? 2_000)
const seed = Number(process.env['KEYLOOM_SEED'] ?? 1)
const rate = 0.1
const clients = 16

const Stock = entity('Stock', {
  table: ledger,
  schema: z.object({ sku: z.string(), count: z.number(), owner: z.string().optional() }),
  key: { partitionKey: 'STOCK#{sku}', sortKey: 'STOCK' },
  version: 'version',
  nonce: 'nonce',
})

test('no versioned update is lost, doubled or in conflict with itself', { timeout: 600_000 }, async ({ dynamodb }) => {
  const tables = { ledger: await dynamodb.createTable(createTableInput(ledger, { tableName: 'ledger' })) }
  const requestHandler = faultHandler(dynamodb.createClient().config.requestHandler, { seed, rate, delay: 2 })
  const retry = { budget: 1_000_000, baseDelay: 1, maxDelay: 8 }
  const stock = connect({ client: dynamodb.createClient({ requestHandler }), tables, retry }).for(Stock)
  const calm = connect({ client: dynamodb.client, tables }).for(Stock)
  // Every tenth was changed by another writer.
  const isTaken = (index: number) => index % 10 === 9
  const counts = { applied: 0, unknown: 0, conflict: 0, notApplied: 0 }
  const problems = { falseConflicts: 0, lost: 0, doubled: 0, wronglyApplied: 0, unreported: 0 }
  let next = 0
  async function one(index: number): Promise<void> {
    const key = { sku: `s-${index}` }
    await calm.put({ ...key, count: 1 })
    if (isTaken(index)) await calm.update(key, { set: { owner: 'other' } })
    let kind: keyof typeof counts = 'applied'
    try {
      await stock.update(key, { add: { count: 1 }, given: { version: 1 } })
    } catch (error) {
      if (isError(error, 'ambiguous-write')) kind = 'unknown'
      else if (isError(error, 'condition-failed') && error.outcome === 'not-applied') kind = 'conflict'
      else if (isError(error, 'request') && error.outcome === 'not-applied') kind = 'notApplied'
      else throw error
    }
    counts[kind]++
    await requestHandler.settle()
    const item = await calm.get(key)
    const times = (item?.count ?? 0) - 1
    if (kind === 'conflict' && !isTaken(index)) problems.falseConflicts++
    if (kind === 'applied' && times === 0) problems.lost++
    if (times > 1) problems.doubled++
    if (kind === 'applied' && isTaken(index)) problems.wronglyApplied++
    if ((kind === 'conflict' || kind === 'notApplied') && times > 0) problems.unreported++
  }
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let index = next++; index < writes; index = next++) await one(index)
    }),
  )
  console.info(
    `[figures] versioned updates: ${writes} on ${dynamodb.engine}, ${rate * 100} % faults, seed ${seed}, ${clients} at once:`,
    JSON.stringify({ ...problems, ...counts }),
  )
  expect(problems).toEqual({ falseConflicts: 0, lost: 0, doubled: 0, wronglyApplied: 0, unreported: 0 })
  expect(counts.applied).toBeGreaterThan(writes * 0.8)
})
