// Chooses an engine and starts it. Loads no SDK: a test runner's main process has no other use for it.
import { engineNames, EngineNotUsable, type EngineName, type EngineSettings } from './engine.js'
import type { RunningEngine, StartEngine } from './engine.js'
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
  /**
   * `embedded`: whether its clients refuse what DynamoDB refuses and the engine lets pass, such as a cursor of another partition.
   * Default: true.
   */
  readonly strict?: boolean | undefined
}

/** An engine that runs. */
export interface StartedEngine {
  readonly engine: EngineName
  /** The address: `http://127.0.0.1:8000`. */
  readonly endpoint: string
  /** What runs, with its version where that is known: `amazon/dynamodb-local:3.3.1`. */
  readonly description: string
  /** Why this engine: asked for by whom, or why those before it could not be used. */
  readonly reason: string
  /** Whether it does what the embedded engine gets wrong: multi-attribute index keys among others. */
  readonly conformant: boolean
  /** Whether clients made here refuse what the embedded engine lets pass; false on the other engines. */
  readonly strict: boolean
  /** Ends the engine, unless it is an endpoint. Takes no harm from a second call. */
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

/** Starts the engine that was asked for, or the first that is there. */
export async function startEngine(options: StartOptions, starters: Engines = engines): Promise<StartedEngine> {
  const { wanted, origin } = wantedEngine(options)
  if (wanted !== 'auto') {
    const started = await tryEngine(wanted, options, starters)
    if ('running' in started) return describe(wanted, `asked for by ${origin}`, started.running, options)
    const headline = `The ${wanted} engine, asked for by ${origin}, can't be used:`
    throw new EngineUnavailableError(headline, [started.attempt], { cause: started.cause })
  }
  const attempts: EngineAttempt[] = []
  for (const name of engineNames) {
    const started = await tryEngine(name, options, starters)
    if ('running' in started) return describe(name, whyFirst(attempts), started.running, options)
    attempts.push(started.attempt)
  }
  throw new EngineUnavailableError('No DynamoDB engine can be used; make one of these work:', attempts)
}

async function describe(
  engine: EngineName,
  reason: string,
  running: RunningEngine,
  options: StartOptions,
): Promise<StartedEngine> {
  const { endpoint, description } = running
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => (stopped ??= running.stop())
  const conformant = running.conformant ?? (await measure(endpoint))
  const strict = engine === 'embedded' && options.strict !== false
  return { engine, endpoint, description, reason, conformant, strict, stop }
}

async function measure(endpoint: string): Promise<boolean> {
  const { isConformant } = await import('./conformance.js')
  return isConformant(endpoint)
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
