// How a whole run reports what the embedded engine can't measure, and what it says without the global setup.
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startDynamoDB } from '../src/start-dynamodb.js'

interface Report {
  readonly numPassedTests: number
  readonly testResults: readonly { readonly assertionResults: readonly Assertion[] }[]
}

interface Assertion {
  readonly title: string
  readonly status: string
  readonly failureMessages: readonly string[]
}

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')

async function run(env: NodeJS.ProcessEnv): Promise<{ printed: string; assertions: readonly Assertion[] }> {
  const folder = join(import.meta.dirname, 'fixtures', 'needs')
  const args = [vitest, 'run', '--root', folder, '--config', join(folder, 'vitest.config.ts')]
  const reporters = ['--reporter', 'verbose', '--reporter', 'json']
  const printed = await new Promise<string>((resolve) => {
    // A failing test is an exit code other than 0, and expected in one of the runs.
    execFile(
      process.execPath,
      [...args, ...reporters],
      { env: { ...process.env, NO_COLOR: '1', ...env }, cwd: folder, timeout: 25_000 },
      (_error, stdout, stderr) => {
        resolve(stdout + stderr)
      },
    )
  })
  const json = printed.split('\n').find((line) => line.startsWith('{"numTotalTestSuites"'))
  const { testResults } = JSON.parse(json ?? '{"testResults":[]}') as Report
  return { printed, assertions: testResults.flatMap(({ assertionResults }) => assertionResults) }
}

describe('a run on the embedded engine', () => {
  test('reports what needs a conformant one as not measured', async ({ skip }) => {
    const embedded = await startDynamoDB({ engine: 'embedded' }).catch(() => undefined)
    if (embedded === undefined) return skip('not measured on embedded: it is not installed')
    await embedded.stop()
    const { printed, assertions } = await run({ DYNAMODB_ENGINE: 'embedded' })
    expect(assertions.map(({ title, status }) => [title, status])).toEqual([
      ['needs nothing', 'passed'],
      ['needs it by itself', 'skipped'],
      ['that needs it', 'skipped'],
    ])
    expect(printed).toMatch(/needs it by itself.*\[not measured on embedded: it needs a conformant engine\]/)
    expect(printed).toMatch(/^\[dynamodb\] embedded @dynoxide\/\S+ at http:\S+, ready in \S+ s \(asked for by /m)
    expect(printed).toContain(
      '[dynamodb] 2 tests not measured on the embedded engine: needs it by itself; a suite > that needs it',
    )
  })
})

describe('a run without the global setup', () => {
  test('says which line is missing', async () => {
    const { assertions } = await run({ WITHOUT_SETUP: '1' })
    expect(assertions).toHaveLength(3)
    expect(assertions[0]?.failureMessages.join()).toContain("globalSetup: ['@keyloom/testing/vitest/setup']")
  })
})
