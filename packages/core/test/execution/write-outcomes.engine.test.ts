// Every write ends as applied, not applied or unknown, and says so: counted over thousands of writes with faults on the wire.
import {
  type AttributeValue,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  paginateScan,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { connect, isError, type Operation } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { faultHandler } from '@keyloom/testing'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import { Account, Counter, ledger, Receipt } from '../ledger.js'

/** `KEYLOOM_FAULT_WRITES=20000 KEYLOOM_FAULT_SEEDS=6 KEYLOOM_FAULT_RATES=0.01,0.1,0.3` is the long run. */
const writes = Number(process.env['KEYLOOM_FAULT_WRITES'] ?? 2_000)
const seeds = Number(process.env['KEYLOOM_FAULT_SEEDS'] ?? 1)
const rates = (process.env['KEYLOOM_FAULT_RATES'] ?? '0.1').split(',').map(Number)
const firstSeed = Number(process.env['KEYLOOM_SEED'] ?? 1)
const runs = rates.flatMap((rate) => Array.from({ length: seeds }, (_, index) => ({ rate, seed: firstSeed + index })))
const indexes = Array.from({ length: writes }, (_, index) => index)
const clients = 16
const timeout = 3_600_000

type Row = Record<string, AttributeValue>
type Outcome = 'applied' | 'not-applied' | 'unknown' | 'conflict'

async function outcomeOf(write: Promise<unknown>): Promise<Outcome> {
  try {
    await write
    return 'applied'
  } catch (error) {
    if (isError(error, 'ambiguous-write')) return 'unknown'
    if (isError(error, 'condition-failed')) return error.outcome === 'not-applied' ? 'conflict' : 'unknown'
    if (isError(error, 'request') && error.outcome === 'not-applied') return 'not-applied'
    throw error
  }
}

/** Does it for each, so many at once. */
async function inParallel<Of>(work: (index: number) => Promise<Of>): Promise<Of[]> {
  const results: Of[] = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < writes; index = next++) results[index] = await work(index)
  }
  await Promise.all(Array.from({ length: clients }, worker))
  return results
}

async function setUp(dynamodb: FileDynamoDB, seed: number, rate: number) {
  const name = await dynamodb.createTable(createTableInput(ledger, { tableName: 'ledger' }))
  // Below the SDK's own retries, so that they meet the same faults.
  const requestHandler = faultHandler(dynamodb.createClient().config.requestHandler, { seed, rate, delay: 2 })
  const faulty = dynamodb.createClient({ requestHandler })
  // More repeats in hand than faults will come, and short waits: what is measured is what repeats do.
  const retry = { budget: 1_000_000, baseDelay: 1, maxDelay: 8 }
  return {
    name,
    faulty,
    db: connect({ client: faulty, tables: { ledger: name }, retry }),
    /** Puts items without faults. */
    async prepare(operations: readonly Operation<unknown>[]): Promise<void> {
      for (let start = 0; start < operations.length; start += 25) {
        const puts = operations.slice(start, start + 25).map((operation) => operation.request().input as { Item: Row })
        const RequestItems = { [name]: puts.map(({ Item }) => ({ PutRequest: { Item } })) }
        await dynamodb.client.send(new BatchWriteItemCommand({ RequestItems }))
      }
    },
    /** All rows, by their partition key: what is stored when every request has arrived. */
    async rows(): Promise<Map<string, Row[]>> {
      await requestHandler.settle()
      const rows = new Map<string, Row[]>()
      for await (const { Items = [] } of paginateScan({ client: dynamodb.client }, { TableName: name }))
        for (const row of Items) rows.set(row['pk']?.S ?? '', [...(rows.get(row['pk']?.S ?? '') ?? []), row])
      return rows
    },
  }
}

function count(outcomes: readonly Outcome[]): Record<Outcome, number> {
  const counts = { applied: 0, 'not-applied': 0, unknown: 0, conflict: 0 }
  for (const outcome of outcomes) counts[outcome]++
  return counts
}

function report(what: string, { engine }: FileDynamoDB, rate: number, seed: number, figures: object): void {
  const run = `${writes} on ${engine}, ${rate * 100} % faults, seed ${seed}, ${clients} at once`
  console.info(`[figures] ${what}: ${run}:`, JSON.stringify(figures))
}

describe.each(runs)('$rate of the requests fail, seed $seed', ({ rate, seed }) => {
  test('no write is lost, doubled, or ambiguous without saying so', { timeout }, async ({ dynamodb }) => {
    const { db, prepare, rows } = await setUp(dynamodb, seed, rate)
    const careless = db.for(Counter, { repeatUnknown: true })
    const [counters, accounts, receipts] = [db.for(Counter), db.for(Account), db.for(Receipt)]
    // Each write has an item of its own, so that what became of it can be told exactly.
    const key = (index: number) => ({ name: `c-${index}` })
    const kinds: readonly ((index: number) => Promise<unknown>)[] = [
      (index) => counters.update(key(index), { add: { count: 1 } }),
      (index) => counters.update(key(index), { add: { count: 1 }, once: true }),
      (index) => careless.update(key(index), { set: { count: 1 } }),
      (index) => counters.put({ ...key(index), count: 1 }),
      (index) => receipts.create({ account: `a-${index}`, amount: 1 }),
      (index) => accounts.create({ name: `n-${index}`, owner: 'o' }),
    ]
    const kindOf = (index: number) => index % kinds.length
    await prepare(indexes.filter((index) => kindOf(index) < 4).map((index) => Counter.put(key(index))))
    const outcomes = await inParallel((index) => outcomeOf(kinds[kindOf(index)]!(index)))
    const after = await rows()
    const stored = (index: number): number => {
      if (kindOf(index) === 4) return after.get(`ACCOUNT#a-${index}`)?.length ?? 0
      if (kindOf(index) === 5) return after.get(`NAME#n-${index}`)?.length ?? 0
      return Number(after.get(`COUNTER#c-${index}`)?.[0]?.['count']?.N)
    }
    const problems = { lost: 0, doubled: 0, unreported: 0 }
    for (const [index, outcome] of outcomes.entries()) {
      const times = stored(index)
      if (outcome === 'applied' && times === 0) problems.lost++
      if (times > 1) problems.doubled++
      if ((outcome === 'not-applied' || outcome === 'conflict') && times > 0) problems.unreported++
    }
    report('outcomes', dynamodb, rate, seed, { ...problems, ...count(outcomes) })
    expect(problems).toEqual({ lost: 0, doubled: 0, unreported: 0 })
    // The faults were there, and most writes got through them.
    if (rate >= 0.1) expect(count(outcomes).unknown).toBeGreaterThan(0)
    expect(count(outcomes).conflict).toBe(0)
    expect(count(outcomes).applied).toBeGreaterThan(writes / 2)
  })

  test('no create is in conflict with itself', { timeout }, async ({ dynamodb }) => {
    const { db, prepare, rows } = await setUp(dynamodb, seed, rate)
    const accounts = db.for(Account)
    // Every tenth name is taken by somebody else.
    const isTaken = (index: number) => index % 10 === 9
    await prepare(indexes.filter(isTaken).map((index) => Account.put({ name: `n-${index}`, owner: 'other' })))
    // Half of them have an id that proves them.
    const proof = (index: number) => (index % 2 === 0 ? {} : { claimId: 'of the caller' })
    const outcomes = await inParallel((index) =>
      outcomeOf(accounts.create({ name: `n-${index}`, owner: 'me', ...proof(index) })),
    )
    const after = await rows()
    const problems = { falseConflicts: 0, overwritten: 0, lost: 0, wronglyApplied: 0, unknownThoughProvable: 0 }
    for (const [index, outcome] of outcomes.entries()) {
      const owner = after.get(`NAME#n-${index}`)?.[0]?.['owner']?.S
      if (!isTaken(index) && outcome === 'conflict') problems.falseConflicts++
      if (!isTaken(index) && outcome === 'applied' && owner !== 'me') problems.lost++
      if (isTaken(index) && owner !== 'other') problems.overwritten++
      if (isTaken(index) && outcome === 'applied') problems.wronglyApplied++
      if (index % 2 === 0 && outcome === 'unknown' && owner === 'me' && rate <= 0.1) problems.unknownThoughProvable++
    }
    report('creates', dynamodb, rate, seed, { ...problems, ...count(outcomes) })
    expect(problems).toEqual({
      falseConflicts: 0,
      overwritten: 0,
      lost: 0,
      wronglyApplied: 0,
      unknownThoughProvable: 0,
    })
  })

  test('the bare SDK, for comparison', { timeout }, async ({ dynamodb }) => {
    const { name, faulty, prepare, rows } = await setUp(dynamodb, seed, rate)
    await prepare(indexes.map((index) => Counter.put({ name: `c-${index}` })))
    let falseConflicts = 0
    const isDone = await inParallel(async (index) => {
      const create = new PutItemCommand({
        TableName: name,
        Item: { pk: { S: `NEW#${index}` }, sk: { S: 'NEW' } },
        ConditionExpression: 'attribute_not_exists(pk)',
      })
      await faulty.send(create).catch((error: unknown) => {
        if (error instanceof ConditionalCheckFailedException) falseConflicts++
      })
      const increment = new UpdateItemCommand({
        TableName: name,
        Key: { pk: { S: `COUNTER#c-${index}` }, sk: { S: 'COUNTER' } },
        UpdateExpression: 'ADD #c :one',
        ExpressionAttributeNames: { '#c': 'count' },
        ExpressionAttributeValues: { ':one': { N: '1' } },
      })
      return faulty.send(increment).then(
        () => true,
        () => false,
      )
    })
    const after = await rows()
    const done = indexes.filter((index) => isDone[index])
    const doubled = done.filter((index) => Number(after.get(`COUNTER#c-${index}`)?.[0]?.['count']?.N) > 1).length
    report('the bare SDK', dynamodb, rate, seed, { succeeded: done.length, doubled, falseConflicts })
    // What it shows of the faults: a client that repeats without thinking does double.
    expect(doubled).toBeGreaterThan(0)
    expect(falseConflicts).toBeGreaterThan(0)
  })
})
