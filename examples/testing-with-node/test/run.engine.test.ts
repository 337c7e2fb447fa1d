// Runs the example as its users do, with Node's own test runner, on the engine of the run.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@keyloom/testing/vitest'
import { expect } from 'vitest'

test('the tests pass', async ({ dynamodb }) => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--test', '--test-reporter=tap', join('test', 'orders.node.ts')],
    {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, DYNAMODB_ENGINE: 'endpoint', DYNAMODB_ENDPOINT: dynamodb.endpoint },
    },
  )
  expect(stdout).toMatch(/^# pass 2$/m)
  expect(stdout).toMatch(/^# fail 0$/m)
})
