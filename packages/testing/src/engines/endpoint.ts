// The endpoint engine: a server that somebody else runs.
import { defaultStartupTimeoutMs, EngineNotUsable, type EngineSettings, type RunningEngine } from '../engine.js'
import { listTablesStatus } from '../list-tables.js'
import { poll } from '../poll.js'

const install = 'set DYNAMODB_ENDPOINT to the address of a server that runs, for example http://127.0.0.1:8000'
const longestWaitMs = 5_000

/** Uses a server that runs; never stops it. */
export async function startEndpoint(settings: EngineSettings): Promise<RunningEngine> {
  const given = settings.endpoint ?? process.env['DYNAMODB_ENDPOINT'] ?? ''
  if (given === '') throw new EngineNotUsable('DYNAMODB_ENDPOINT is not set', install)
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new EngineNotUsable(`'${given}' is not an http or https address`, install)
  }
  // It is meant to run already: a few seconds are enough for one that is just starting.
  const timeoutMs = Math.min(settings.startupTimeoutMs ?? defaultStartupTimeoutMs, longestWaitMs)
  const status = await poll((leftMs) => listTablesStatus(given, leftMs), timeoutMs)
  if (status === undefined) throw new EngineNotUsable(`nothing answers at ${given} within ${timeoutMs} ms`, install)
  if (status >= 500) throw new EngineNotUsable(`${given} answers ListTables with HTTP status ${status}`, install)
  return { endpoint: given, description: 'the given server', conformant: undefined, stop: () => Promise.resolve() }
}
