// Every difference of the list is one: a version of the embedded engine that has none of it any more fails here.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDynamoDB, type DynamoDB } from '../../src/start-dynamodb.js'
import { temporaryTables } from '../../src/temporary-tables.js'
import { Bench, definition } from './bench.js'
import { checks } from './checks.js'
import { differences } from './differences.js'

let embedded: DynamoDB | undefined

beforeAll(async () => {
  embedded = await startDynamoDB({ engine: 'embedded', strict: false }).catch(() => undefined)
})

afterAll(() => embedded?.stop())

test.for(differences)('the embedded engine $embedded: $check', async ({ check: name }, { skip }) => {
  if (embedded === undefined) return skip('not measured on embedded: it is not installed')
  const client = embedded.client()
  const tables = temporaryTables(client)
  const table = await tables.create(definition)
  const check = checks.find((known) => known.name === name)
  const run = check?.run(new Bench(client, table, (other) => tables.create(other)))
  await expect(run).rejects.toThrow()
})
