// What Keyloom relies on, on the engine of the run; what the embedded engine gets wrong is not measured there.
import { test } from '../../src/vitest/index.js'
import { Bench, definition } from './bench.js'
import { checks } from './checks.js'
import { differences } from './differences.js'

let table: string

test.beforeAll(async ({ dynamodb }) => {
  table = await dynamodb.createTable(definition)
})

for (const check of checks) {
  const differs = differences.some(({ check: name, strict }) => name === check.name && strict !== true)
  test(check.name, { meta: differs ? { needs: 'conformant' } : {} }, async ({ dynamodb }) => {
    await check.run(new Bench(dynamodb.client, table, (other) => dynamodb.createTable(other)))
  })
}
