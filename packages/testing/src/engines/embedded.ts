// The embedded engine: dynoxide, a native in-memory server from npm.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EngineNotUsable, type EngineSettings, type RunningEngine } from '../engine.js'
import { installedPackage } from '../installed-package.js'
import { startProgram } from '../process-engine.js'

/** Starts the embedded engine of this platform. */
export async function startEmbedded(settings: EngineSettings): Promise<RunningEngine> {
  const name = `@dynoxide/${process.platform}-${process.arch}`
  const install = `npm install --save-dev ${name}`
  const folder = installedPackage(name)
  if (folder === undefined) throw new EngineNotUsable(`the npm package ${name} is not installed`, install)
  try {
    const program = await startProgram({
      name: 'dynoxide',
      file: join(folder, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide'),
      args: (port) => ['serve', '--host', '127.0.0.1', '--port', String(port)],
      startupTimeoutMs: settings.startupTimeoutMs,
      environment: settings.environment,
    })
    return {
      endpoint: program.endpoint,
      description: `${name}@${versionOf(folder)}`,
      conformant: false,
      stop: () => program.stop(),
    }
  } catch (cause) {
    throw new EngineNotUsable(cause instanceof Error ? cause.message : String(cause), `reinstall it: ${install}`, {
      cause,
    })
  }
}

function versionOf(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return version
}
