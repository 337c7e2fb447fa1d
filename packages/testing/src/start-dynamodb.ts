// Starts DynamoDB for tests on whatever this machine has.
import type { DynamoDBClient, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { createClient, randomAccessKey } from './client.js'
import { isConformant } from './conformance.js'
import {
  engineNames,
  EngineNotUsable,
  type EngineName,
  type EngineSettings,
  type RunningEngine,
  type StartEngine,
} from './engine.js'
import { startContainer } from './engines/container.js'
import { startEmbedded } from './engines/embedded.js'
import { startEndpoint } from './engines/endpoint.js'
import { startJava } from './engines/java.js'
import { EngineUnavailableError, type EngineAttempt } from './errors.js'

/** How DynamoDB is started. */
export interface StartOptions extends EngineSettings {
  /**
   * `auto` takes the first that is there, in the order endpoint, container, java, embedded.
   * Default: `DYNAMODB_ENGINE`, else `auto`.
   */
  readonly engine?: EngineName | 'auto' | undefined
}

/** DynamoDB that runs. */
export interface DynamoDB extends AsyncDisposable {
  readonly engine: EngineName
  /** The address: `http://127.0.0.1:8000`. */
  readonly endpoint: string
  /** What runs, with its version where that is known: `amazon/dynamodb-local:3.3.1`. */
  readonly description: string
  /** Why this engine: asked for by whom, or why those before it could not be used. */
  readonly reason: string
  /** Whether it does what the embedded engine gets wrong: multi-attribute index keys among others. */
  readonly conformant: boolean
  /**
   * A client for it. All clients of one start share a random access key, and so see the same tables on every engine.
   * What `config` holds comes first.
   */
  client(config?: DynamoDBClientConfig): DynamoDBClient
  /** Closes the clients and ends the engine, unless it is an endpoint. Takes no harm from a second call. */
  stop(): Promise<void>
}

/** The engines by name; tests replace some. */
export type Engines = Readonly<Record<EngineName, StartEngine>>

const engines: Engines = {
  endpoint: startEndpoint,
  container: startContainer,
  java: startJava,
  embedded: startEmbedded,
}

/**
 * Starts DynamoDB for tests and waits until it answers. It ends with the process at the latest, even a killed one.
 *
 * @throws EngineUnavailableError when no engine could be started, or not the one that was asked for.
 * @example
 * ```ts
 * const dynamodb = await startDynamoDB()
 * const client = dynamodb.client()
 * // …
 * await dynamodb.stop()
 * ```
 */
export async function startDynamoDB(options: StartOptions = {}): Promise<DynamoDB> {
  const { name, reason, running } = await chooseEngine(options)
  const accessKey = randomAccessKey()
  const clients: DynamoDBClient[] = []
  const client = (config?: DynamoDBClientConfig): DynamoDBClient => {
    const made = createClient(running.endpoint, accessKey, config)
    clients.push(made)
    return made
  }
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => {
    for (const made of clients.splice(0)) made.destroy()
    return (stopped ??= running.stop())
  }
  const { endpoint, description } = running
  const conformant = running.conformant ?? (await isConformant(client()))
  return { engine: name, endpoint, description, reason, conformant, client, stop, [Symbol.asyncDispose]: stop }
}

/** The engine that runs, and how it came to be chosen. */
export interface Choice {
  readonly name: EngineName
  readonly reason: string
  readonly running: RunningEngine
}

/** Starts the engine that was asked for, or the first that is there. */
export async function chooseEngine(options: StartOptions, starters: Engines = engines): Promise<Choice> {
  const { wanted, origin } = wantedEngine(options)
  if (wanted !== 'auto') {
    const started = await tryEngine(wanted, options, starters)
    if ('running' in started) return { name: wanted, reason: `asked for by ${origin}`, running: started.running }
    const headline = `The ${wanted} engine, asked for by ${origin}, can't be used:`
    throw new EngineUnavailableError(headline, [started.attempt], { cause: started.cause })
  }
  const attempts: EngineAttempt[] = []
  for (const name of engineNames) {
    const started = await tryEngine(name, options, starters)
    if ('running' in started) return { name, reason: whyFirst(attempts), running: started.running }
    attempts.push(started.attempt)
  }
  throw new EngineUnavailableError('No DynamoDB engine can be used; make one of these work:', attempts)
}

function whyFirst(attempts: readonly EngineAttempt[]): string {
  if (attempts.length === 0) return 'the first choice'
  // One line: what a program printed stands in the error alone.
  const reasons = attempts.map(({ engine, reason }) => `${engine}: ${reason.split('\n')[0] ?? ''}`)
  return `the first that is there; ${reasons.join('; ')}`
}

type Attempt = { readonly running: RunningEngine } | { readonly attempt: EngineAttempt; readonly cause: unknown }

async function tryEngine(engine: EngineName, settings: EngineSettings, starters: Engines): Promise<Attempt> {
  try {
    return { running: await starters[engine](settings) }
  } catch (cause) {
    // Whatever goes wrong in one engine must not keep `auto` from the next.
    const reason = cause instanceof Error ? cause.message : String(cause)
    const install = cause instanceof EngineNotUsable ? cause.install : 'please report this'
    return { attempt: { engine, reason, install }, cause }
  }
}

function wantedEngine({ engine }: StartOptions): { wanted: EngineName | 'auto'; origin: string } {
  if (engine !== undefined) return { wanted: checkName(engine, 'the option engine'), origin: 'the option engine' }
  const given = process.env['DYNAMODB_ENGINE'] ?? ''
  if (given === '') return { wanted: 'auto', origin: 'default' }
  return { wanted: checkName(given, 'DYNAMODB_ENGINE'), origin: 'DYNAMODB_ENGINE' }
}

function checkName(given: string, origin: string): EngineName | 'auto' {
  const known = (['auto', ...engineNames] as const).find((name) => name === given)
  if (known !== undefined) return known
  throw new EngineUnavailableError(`There is no engine '${given}' (${origin}): auto, ${engineNames.join(', ')}`, [])
}
