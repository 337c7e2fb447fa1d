// The strict layer: what it refuses, DynamoDB Local refuses; what is allowed passes; it can be switched off.
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest'
import { startDynamoDB, type DynamoDB } from '../../src/start-dynamodb.js'
import { temporaryTables } from '../../src/temporary-tables.js'
import { Bench, N, S, definition, refusal, sortKeys } from '../conformance/bench.js'

const invalid = 'ValidationException'

const refused: [string, (bench: Bench) => Promise<unknown>][] = [
  ['an attribute in BETWEEN of itself', (bench) => bench.meets('v BETWEEN v AND :v', { ':v': N(1) })],
  ['an attribute in IN of itself', (bench) => bench.meets('v IN (:v, v)', { ':v': N(1) })],
  ['an attribute that begins with itself', (bench) => bench.meets('begins_with(w, w)')],
  ['a nested attribute less than itself', (bench) => bench.meets('m.a < #m.a', undefined, { '#m': 'm' })],
  ['the order of booleans', (bench) => bench.meets('v < :v', { ':v': { BOOL: true } })],
  ['a type that is none', (bench) => bench.meets('attribute_type(v, :v)', { ':v': S('X') })],
  ['a cursor before the range', (bench) => after(bench, 'sk > :a', 's2', 's1')],
  ['a cursor at the excluded bound', (bench) => after(bench, 'sk > :a', 's2', 's2')],
  ['a cursor behind the range', (bench) => after(bench, ':a > sk', 's2', 's3')],
  ['a cursor without the prefix', (bench) => after(bench, 'begins_with(sk, :a)', 's', 'a')],
  ['a sort key that is too long in a query', (bench) => after(bench, 'sk > :a', 's'.repeat(1_025), undefined)],
  ['a filter of what an index has not', (bench) => filtered(bench)],
  ['a scan for what an index has not', (bench) => bench.scan({ IndexName: 'keys', ProjectionExpression: 'c' })],
  ['an update to an index key that is too long', (bench) => bench.update('SET g = :v', { ':v': S('g'.repeat(2_049)) })],
  ['a batch with one', (bench) => bench.batchPut([{ ...bench.key(), l: S('l'.repeat(1_025)) }])],
]

function after(bench: Bench, condition: string, a: string, cursor: string | undefined) {
  const ExclusiveStartKey = cursor === undefined ? undefined : bench.key(cursor)
  return bench.query(`pk = :p AND ${condition}`, { ':a': S(a) }, { ExclusiveStartKey })
}

function filtered(bench: Bench) {
  return bench.query('g = :p', { ':v': N(1) }, { IndexName: 'keys', FilterExpression: 'c = :v' })
}

async function benchOn(engine: DynamoDB): Promise<Bench> {
  const client = engine.client()
  const tables = temporaryTables(client)
  const bench = new Bench(client, await tables.create(definition), (other) => tables.create(other))
  await bench.put({ v: N(1), w: S('w') })
  return bench
}

describe.each(['java', 'embedded'] as const)('%s', (name) => {
  let engine: DynamoDB | undefined
  let bench: Bench

  beforeAll(async () => {
    engine = await startDynamoDB({ engine: name }).catch(() => undefined)
    if (engine !== undefined) bench = await benchOn(engine)
  })

  afterAll(() => engine?.stop())

  function requireEngine({ skip }: TestContext): void {
    if (engine === undefined) skip(`not measured on ${name}: it can't be used`)
  }

  test.for(refused)('refuses %s', async ([, send], context) => {
    requireEngine(context)
    expect(await refusal(send(bench))).toBe(invalid)
  })

  test('takes what is allowed', async (context) => {
    requireEngine(context)
    await bench.seed(4)
    expect(sortKeys(await after(bench, 'sk >= :a', 's1', 's1'))).toEqual(['s2', 's3', 'x'])
    expect(sortKeys(await after(bench, 'sk < :a', 's3', 's1'))).toEqual(['s2'])
    expect(await bench.meets('size(w) = size(w) AND NOT w < v')).toBe(true)
    const more = { IndexName: 'some', ProjectionExpression: 'a, #n', ExpressionAttributeNames: { '#n': 'n' } }
    expect((await bench.query('g = :p', {}, more)).Count).toBe(2)
  })
})

test('is off where that is asked for', async ({ skip }) => {
  const engine = await startDynamoDB({ engine: 'embedded', strict: false }).catch(() => undefined)
  if (engine === undefined) return skip('not measured on embedded: it is not installed')
  expect(engine.strict).toBe(false)
  expect(await (await benchOn(engine)).meets('v = v')).toBe(true)
  await engine.stop()
})
