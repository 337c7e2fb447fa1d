// Every engine that this machine has: how it starts, what it says about itself, and that it never outlives its user.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { CreateTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { beforeAll, describe, expect, onTestFinished, test, type TestContext } from 'vitest'
import { isConformant } from '../src/conformance.js'
import type { EngineName } from '../src/engine.js'
import { EngineUnavailableError } from '../src/errors.js'
import { listTablesStatus } from '../src/list-tables.js'
import { poll } from '../src/poll.js'
import { startDynamoDB, type DynamoDB } from '../src/start-dynamodb.js'
import { temporaryTables } from '../src/temporary-tables.js'

const goneWithinMs = 10_000

async function isGone(endpoint: string): Promise<boolean> {
  const gone = await poll(async (leftMs) => {
    return (await listTablesStatus(endpoint, Math.min(leftMs, 1_000))) === undefined ? true : undefined
  }, goneWithinMs)
  return gone ?? false
}

type End = [how: string, then: string, signal: NodeJS.Signals | undefined, end: string | number]

const mainEnds: End[] = [
  ['is killed by SIGTERM', 'wait', 'SIGTERM', 'SIGTERM'],
  ['is killed by SIGKILL', 'wait', 'SIGKILL', 'SIGKILL'],
]

// All engines are ended by the same watchdog: the rest is tried with the one that starts in no time.
const allEnds: End[] = [
  ...mainEnds,
  ['is killed by SIGINT', 'wait', 'SIGINT', 'SIGINT'],
  ['dies of an error', 'throw', undefined, 1],
  ['ends without stopping it', 'end', undefined, 0],
]

const keys = {
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
}

describe.each<EngineName>(['container', 'java', 'embedded'])('the %s engine', (engine) => {
  let missing: EngineUnavailableError | undefined

  async function start(): Promise<DynamoDB> {
    const dynamodb = await startDynamoDB({ engine })
    onTestFinished(() => dynamodb.stop())
    return dynamodb
  }

  function requireEngine({ skip }: TestContext): void {
    if (missing !== undefined) skip(`not measured on ${engine}: ${missing.attempts[0]?.reason ?? ''}`)
  }

  beforeAll(async () => {
    try {
      await (await startDynamoDB({ engine })).stop()
    } catch (error) {
      // The engine that the run asks for has to be there; the others need not be.
      if (!(error instanceof EngineUnavailableError) || process.env['DYNAMODB_ENGINE'] === engine) throw error
      missing = error
    }
  })

  test('starts, works, and stops', async (context) => {
    requireEngine(context)
    const dynamodb = await start()
    expect(dynamodb).toMatchObject({ engine, reason: 'asked for by the option engine' })
    expect(dynamodb.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(dynamodb.description).toMatch(/dynamodb-local:|DynamoDB Local 3\.|@dynoxide\//)

    const tables = temporaryTables(dynamodb.client())
    const name = await tables.create(keys)
    const { TableNames } = await dynamodb.client().send(new ListTablesCommand())
    expect(TableNames).toEqual([name])
    await expect(isConformant(dynamodb.endpoint)).resolves.toBe(dynamodb.conformant)

    await dynamodb.stop()
    await dynamodb.stop()
    await expect(isGone(dynamodb.endpoint)).resolves.toBe(true)
  })

  test('serves two at once that see nothing of each other', async (context) => {
    requireEngine(context)
    const [one, other] = await Promise.all([start(), start()])
    expect(one.endpoint).not.toBe(other.endpoint)
    const create = new CreateTableCommand({ ...keys, TableName: 'same-name', BillingMode: 'PAY_PER_REQUEST' })
    await one.client().send(create)
    await expect(other.client().send(new ListTablesCommand())).resolves.toMatchObject({ TableNames: [] })
  })

  test.for(engine === 'embedded' ? allEnds : mainEnds)(
    'is gone when its user %s',
    async ([, then, signal, end], context) => {
      requireEngine(context)
      const user = spawn(
        process.execPath,
        ['--import', 'tsx', join(import.meta.dirname, 'fixtures', 'hold-dynamodb.ts'), engine, then],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      )
      onTestFinished(() => void user.kill('SIGKILL'))
      const ended = new Promise<string | number>((resolve) => {
        user.once('exit', (code, by) => {
          resolve(by ?? code ?? -1)
        })
      })
      const endpoint = await new Promise<string>((resolve, reject) => {
        user.stdout.setEncoding('utf8').once('data', (line: string) => {
          resolve(line.trim())
        })
        void ended.then((how) => {
          reject(new Error(`it ended before it said where: ${how}`))
        })
      })
      if (signal !== undefined) {
        await expect(listTablesStatus(endpoint, 2_000)).resolves.toBe(200)
        user.kill(signal)
      }
      await expect(ended).resolves.toBe(end)
      await expect(isGone(endpoint)).resolves.toBe(true)
    },
  )
})
