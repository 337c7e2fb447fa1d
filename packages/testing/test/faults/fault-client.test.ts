// Which requests meet which faults: by script, by seed and rate, and from a printed line.
import { describe, expect, test } from 'vitest'
import { defaultFaults } from '../../src/faults/fault.js'
import { faultClient } from '../../src/faults/fault-client.js'
import { FaultOptionsError, parseFaults, type FaultOptions } from '../../src/faults/fault-options.js'
import { faultPairs, requestsOf, singleFaults } from '../../src/faults/fault-scripts.js'
import { CreateTableCommand, GetItemCommand, PutItemCommand, QueryCommand, stub, UpdateItemCommand } from './stub.js'

async function outcomes(options: FaultOptions, count = 400): Promise<string[]> {
  const client = faultClient(stub(), { delay: 0, ...options })
  const sent = Array.from({ length: count }, (_, index) =>
    client.send(index % 2 === 0 ? new UpdateItemCommand() : new GetItemCommand()).then(
      () => 'answered',
      (error: unknown) => (error as Error).name,
    ),
  )
  return Promise.all(sent)
}

describe('a script', () => {
  test('hits the nth request of an operation and no other', async () => {
    const inner = stub()
    const client = faultClient(inner, { script: [{ operation: 'UpdateItem', nth: 2, fault: 'lost-answer-after' }] })
    await client.send(new UpdateItemCommand({ n: 1 }))
    await client.send(new PutItemCommand({ n: 2 }))
    await expect(client.send(new UpdateItemCommand({ n: 3 }))).rejects.toMatchObject({ code: 'ECONNRESET' })
    await client.send(new UpdateItemCommand({ n: 4 }))
    expect(inner.sent).toHaveLength(4)
    expect(client.log).toEqual([{ request: 3, operation: 'UpdateItem', nth: 2, fault: 'lost-answer-after' }])
  })

  test('hits the nth request of all, where it names no operation', async () => {
    const inner = stub()
    const client = faultClient(inner, { script: [{ nth: 2, fault: 'lost-answer-before' }] })
    await client.send(new CreateTableCommand())
    await client.send(new UpdateItemCommand())
    await expect(client.send(new GetItemCommand())).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(inner.sent).toEqual(['CreateTable {}', 'UpdateItem {}'])
  })
})

describe('a seed and a rate', () => {
  test('hit as many requests as the rate says, with kinds that the operation can meet', async () => {
    const client = faultClient(stub(), { seed: 5, rate: 0.25, delay: 0 })
    for (let index = 0; index < 2_000; index += 1) await client.send(new GetItemCommand()).catch(() => undefined)
    expect(client.log.length).toBeGreaterThan(400)
    expect(client.log.length).toBeLessThan(600)
    const kinds = new Set(client.log.map(({ fault }) => fault))
    expect(kinds).not.toContain('unprocessed')
    expect(kinds).toContain('throttling')
    expect(client.log.filter(({ fault }) => fault === 'clock-skew').length).toBe(1)
  })

  test('hit the same requests again, and others with another seed', async () => {
    const options = { seed: 7, rate: 0.3, faults: ['throttling', 'lost-answer-after'] } as const
    const first = await outcomes(options)
    expect(await outcomes(options)).toEqual(first)
    expect(await outcomes({ ...options, seed: 8 })).not.toEqual(first)
  })

  test('hit an operation the same whatever comes between', async () => {
    const options = { seed: 7, rate: 0.3, faults: ['throttling'] } as const
    const alone = faultClient(stub(), options)
    const among = faultClient(stub(), options)
    for (let index = 0; index < 100; index += 1) {
      await alone.send(new UpdateItemCommand()).catch(() => undefined)
      await among.send(new UpdateItemCommand()).catch(() => undefined)
      await among.send(new GetItemCommand()).catch(() => undefined)
    }
    const places = (client: typeof alone): number[] =>
      client.log.filter(({ operation }) => operation === 'UpdateItem').map(({ nth }) => nth)
    expect(places(alone).length).toBeGreaterThan(10)
    expect(places(among)).toEqual(places(alone))
  })

  test('leave alone what is not named', async () => {
    const client = faultClient(stub(), { seed: 1, rate: 1, faults: ['throttling'], operations: ['UpdateItem'] })
    await client.send(new GetItemCommand())
    await expect(client.send(new UpdateItemCommand())).rejects.toMatchObject({ name: 'ThrottlingException' })
  })
})

describe('the printed line', () => {
  test.each<FaultOptions>([
    { seed: 7, rate: 0.25 },
    { rate: 0.5, faults: ['throttling', 'delay'], operations: ['UpdateItem', 'GetItem'], delay: 0 },
    {
      seed: 3,
      script: [
        { operation: 'UpdateItem', nth: 3, fault: 'late-write' },
        { nth: 9, fault: 'delay' },
      ],
    },
    { seed: 3, late: 20, delay: 5, script: [{ nth: 1, fault: 'late-duplicate' }] },
  ])('of %j makes the same run again', async (options) => {
    const { replay } = faultClient(stub(), options)
    expect(replay).toMatch(/^seed=\d+ rate=/)
    expect(faultClient(stub(), parseFaults(replay)).replay).toBe(replay)
    expect(await outcomes(parseFaults(replay))).toEqual(await outcomes(parseFaults(replay)))
    if (options.seed !== undefined) expect(parseFaults(replay)).toMatchObject(options)
  })

  test.each(['', 'seed', 'seed=x', 'rate=2', 'faults=typo', 'script=UpdateItem', 'script=UpdateItem#0:delay', 'x=1'])(
    '%j is none',
    (line) => {
      expect(() => parseFaults(line)).toThrow(FaultOptionsError)
    },
  )
})

describe('options that can not be', () => {
  test.each<FaultOptions>([
    { rate: -1 },
    { rate: 1.5 },
    { rate: Number.NaN },
    { seed: 0.5 },
    { rate: 1, faults: [] },
    { delay: -1 },
    { late: Number.POSITIVE_INFINITY },
    { script: [{ nth: 0, fault: 'delay' }] },
    { script: [{ operation: 'GetItem', nth: 1, fault: 'unprocessed' }] },
    { script: [{ operation: 'UpdateTable', nth: 1, fault: 'delay' }] },
    { script: [{ nth: 1, fault: 'typo' as never }] },
  ])('%j are refused', (options) => {
    expect(() => faultClient(stub(), options)).toThrow(FaultOptionsError)
  })
})

describe('every fault of a flow', () => {
  const flow = async (client: ReturnType<typeof stub>): Promise<void> => {
    await client.send(new GetItemCommand())
    await client.send(new UpdateItemCommand())
    await client.send(new GetItemCommand())
  }

  test('is listed once for each request', async () => {
    const requests = await requestsOf(stub(), flow)
    expect(requests).toEqual([
      { operation: 'GetItem', nth: 1 },
      { operation: 'UpdateItem', nth: 1 },
      { operation: 'GetItem', nth: 2 },
    ])
    expect([...singleFaults(requests, { faults: ['throttling', 'late-write'] })]).toEqual([
      [{ operation: 'GetItem', nth: 1, fault: 'throttling' }],
      [{ operation: 'UpdateItem', nth: 1, fault: 'throttling' }],
      [{ operation: 'UpdateItem', nth: 1, fault: 'late-write' }],
      [{ operation: 'GetItem', nth: 2, fault: 'throttling' }],
    ])
    for (const script of singleFaults(requests)) {
      const client = faultClient(stub(), { script, delay: 0 })
      await flow(client).catch(() => undefined)
      expect(client.log.map(({ fault }) => fault)).toEqual(script.map(({ fault }) => fault))
    }
    expect([...singleFaults(requests)].length).toBeGreaterThan(2 * (defaultFaults.length - 8))
  })

  test('meets every other one, at later requests and at a repeat', async () => {
    const requests = await requestsOf(stub(), flow)
    const pairs = [...faultPairs(requests, { faults: ['throttling'] })].map((pair) =>
      pair.map(({ operation, nth }) => `${operation}#${nth}`).join(' '),
    )
    expect(pairs).toEqual([
      'GetItem#1 UpdateItem#1',
      'GetItem#1 GetItem#2',
      'GetItem#1 GetItem#3',
      'GetItem#1 UpdateItem#2',
      'UpdateItem#1 GetItem#2',
      'UpdateItem#1 GetItem#3',
      'UpdateItem#1 UpdateItem#2',
      'GetItem#2 GetItem#3',
      'GetItem#2 UpdateItem#2',
    ])
  })

  test('is bounded, at equal distances', async () => {
    const requests = await requestsOf(stub(), flow)
    const all = [...faultPairs(requests)]
    const some = [...faultPairs(requests, { limit: 50 })]
    expect(all.length).toBeGreaterThan(500)
    expect(some).toHaveLength(50)
    expect(new Set(some.map((script) => JSON.stringify(script))).size).toBe(50)
    expect(some[25]).toEqual(all[Math.floor((25 * all.length) / 50)])
    expect(() => faultPairs(requests, { limit: 0 })).toThrow(FaultOptionsError)
  })
})

describe('the client', () => {
  test('stays what it was beside', async () => {
    class Client {
      readonly config = { region: 'here' }
      async send(command: object): Promise<string> {
        return command.constructor.name
      }
    }
    const client = faultClient(new Client(), { seed: 1 })
    expect(client).toBeInstanceOf(Client)
    expect(client.config.region).toBe('here')
    expect(client.replay).toBe('seed=1 rate=0')
    expect(await client.send(new QueryCommand())).toBe('QueryCommand')
  })
})
