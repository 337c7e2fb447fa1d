// Runs the example as its users do, with Jest, on the engine of the run.
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@keyloom/testing/vitest'
import { expect } from 'vitest'

test('the tests pass', { timeout: 120_000 }, async ({ dynamodb }) => {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--experimental-vm-modules', jest, '--runInBand', '--json'],
    {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, DYNAMODB_ENGINE: 'endpoint', DYNAMODB_ENDPOINT: dynamodb.endpoint },
    },
  )
  expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 2, numTotalTests: 2, success: true })
})
