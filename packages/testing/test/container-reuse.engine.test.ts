// A container that is reused: found by its settings, given its variables, and left running.
import { getContainerRuntimeClient } from 'testcontainers'
import { expect, onTestFinished, test } from 'vitest'
import { EngineUnavailableError } from '../src/errors.js'
import { listTablesStatus } from '../src/list-tables.js'
import { startDynamoDB, type DynamoDB } from '../src/start-dynamodb.js'

// Of this run alone: another run may reuse its own.
const environment = { KEYLOOM_TEST: `${process.pid}` }

async function startReused(): Promise<DynamoDB | EngineUnavailableError> {
  try {
    return await startDynamoDB({ engine: 'container', reuse: true, environment })
  } catch (error) {
    // The engine that the run asks for has to be there.
    if (!(error instanceof EngineUnavailableError) || process.env['DYNAMODB_ENGINE'] === 'container') throw error
    return error
  }
}

test('is the same for a second start, and outlives both', { timeout: 120_000 }, async ({ skip }) => {
  const first = await startReused()
  if (first instanceof EngineUnavailableError) {
    return skip(`not measured on container: ${first.attempts[0]?.reason ?? ''}`)
  }
  const { container } = await getContainerRuntimeClient()
  const published = { publish: [new URL(first.endpoint).port] }
  const [found] = await container.dockerode.listContainers({ filters: published })
  const running = container.dockerode.getContainer(found?.Id ?? '')
  onTestFinished(() => running.remove({ force: true, v: true }))
  const { Config } = await running.inspect()
  expect(Config.Env).toContain(`KEYLOOM_TEST=${process.pid}`)

  await first.stop()
  const second = await startReused()
  expect(second).toMatchObject({ endpoint: first.endpoint })
  await (second as DynamoDB).stop()
  expect(await listTablesStatus(first.endpoint, 2_000)).toBe(200)
})
