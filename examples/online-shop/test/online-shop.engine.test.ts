// Every access pattern against a table, compared with the answer worked out from the sample data in memory.
import { type ChildProcess, spawn } from 'node:child_process'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { connect } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test as dynamodbTest } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import { accessPatterns } from '../src/access-patterns.js'
import { readShopData, type ShopData } from '../src/data/shop-data.js'
import { demonstrations } from '../src/demo/demo.js'
import { Recorder } from '../src/demo/recorder.js'
import { Screen } from '../src/demo/screen.js'
import { putsOf, runAll } from '../src/load.js'
import { onlineShop } from '../src/shop.js'
import { shopTable } from '../src/table.js'
import { expectedAnswers } from './expected-answers.js'

interface LoadedTable {
  readonly data: ShopData
  readonly tableName: string
}

const test = dynamodbTest.extend<{ readonly loaded: LoadedTable }>({
  loaded: [
    async ({ dynamodb }, use) => {
      const data = await readShopData()
      const tableName = await dynamodb.createTable(createTableInput(shopTable, { tableName: 'online-shop' }))
      await runAll(connect({ client: dynamodb.client, tables: { shop: tableName } }), putsOf(data))
      await use({ data, tableName })
    },
    { scope: 'file' },
  ],
})

// First the patterns, then what changes the data.
describe('the online shop', { concurrent: false }, () => {
  for (const { name, question, run } of accessPatterns) {
    test(`${name}: ${question}`, async ({ dynamodb, loaded }) => {
      const client = dynamodb.createClient()
      const recorder = new Recorder(client)
      const { items, rows } = await run(onlineShop(connect({ client, tables: { shop: loaded.tableName } })))
      const expected = expectedAnswers(loaded.data)[name]
      expect(expected.length).toBeGreaterThan(0)
      expect(items).toEqual(expected)
      expect(rows).toHaveLength(items.length)
      const operations = recorder.take().map(({ operation }) => operation)
      expect(new Set(['GetItem', 'Query', ...operations]).size).toBe(2)
    })
  }

  for (const { title, run } of demonstrations) {
    test(title, async ({ dynamodb, loaded }) => {
      const client = dynamodb.createClient()
      const output = new PassThrough({ encoding: 'utf8' })
      const screen = new Screen(output)
      await run({ client, tableName: loaded.tableName, recorder: new Recorder(client), screen })
      expect(output.read()).toContain('✔')
    })
  }
})

test('the demo runs in a pipe: all of it, in plain text, at most 120 columns wide', async ({ dynamodb }) => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  // On the engine of the run, and as a terminal-minded environment would start it.
  const env = { ...process.env, DYNAMODB_ENGINE: 'endpoint', DYNAMODB_ENDPOINT: dynamodb.endpoint, CI: 'true' }
  const demo = spawn(process.execPath, ['--import', 'tsx', main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [printed, complaints, code] = await Promise.all([text(demo.stdout), text(demo.stderr), exitCode(demo)])
  expect(complaints).toBe('')
  expect(code).toBe(0)
  // eslint-disable-next-line no-control-regex -- escape sequences begin with a control character
  expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
  for (const { name, question } of accessPatterns) expect(printed).toContain(`${name}  ${question}`)
  for (const { title } of demonstrations) expect(printed).toContain(title)
  expect(printed.match(/✔/g)).toHaveLength(7)
  for (const line of printed.split('\n').slice(2)) expect(Array.from(line).length).toBeLessThanOrEqual(120)
})

async function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('close', resolve)
  })
}
