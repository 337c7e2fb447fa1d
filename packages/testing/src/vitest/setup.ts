// Vitest's global setup: one engine for the whole run, and at its end a line about what it could not measure.
import type { TestProject } from 'vitest/node'
import type { EngineName } from '../engine.js'
import { startEngine, type StartOptions } from '../start-engine.js'
import type { ProvidedDynamoDB } from './provided.js'
import { isNotMeasured, notMeasuredLine } from './not-measured.js'

/**
 * Starts the engine that `DYNAMODB_ENGINE` names, or the first that is there, for all test files of the run.
 *
 * @throws EngineUnavailableError when there is none.
 * @example
 * ```ts
 * export default defineConfig({ test: { globalSetup: ['@keyloom/testing/vitest/setup'] } })
 * ```
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  return start(project, {})
}

/**
 * A global setup with settings of its own, for a file that exports it as its default.
 *
 * @throws EngineUnavailableError, when it runs, if the engine can't be started.
 * @example
 * ```ts
 * // dynamodb.setup.ts, and in vitest.config.ts: globalSetup: ['./dynamodb.setup.ts']
 * import { setupWith } from '@keyloom/testing/vitest/setup'
 *
 * export default setupWith({ engine: 'container', tag: '3.3.1', reuse: true })
 * ```
 */
export function setupWith(options: StartOptions): typeof setup {
  return (project) => start(project, options)
}

async function start(project: TestProject, options: StartOptions): Promise<() => Promise<void>> {
  // The test processes inherit it: on Node 20 each of them would print seven lines about Node 22.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const startedAt = performance.now()
  const started = await startEngine(options)
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  const { engine, endpoint, description, conformant, strict, reason } = started
  const { logger } = project.vitest
  logger.log(`[dynamodb] ${engine} ${description} at ${endpoint}, ready in ${seconds} s (${reason})`)
  const provided: ProvidedDynamoDB = { engine, endpoint, description, conformant, strict }
  project.provide('dynamodb', provided)
  return async () => {
    const names = namesOfNotMeasured(project, engine)
    if (names.length > 0) logger.log(notMeasuredLine(engine, names))
    await started.stop()
  }
}

function namesOfNotMeasured(project: TestProject, engine: EngineName): string[] {
  return project.vitest.state
    .getTestModules()
    .filter((module) => module.project === project)
    .flatMap((module) => [...module.children.allTests('skipped')])
    .filter((test) => {
      const result = test.result()
      return result.state === 'skipped' && isNotMeasured(engine, result.note)
    })
    .map((test) => test.fullName)
}
