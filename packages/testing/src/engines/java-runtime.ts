// Finds a Java that DynamoDB Local runs on.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { EngineNotUsable } from '../engine.js'

export interface JavaRuntime {
  /** The program, as it can be spawned. */
  readonly file: string
  /** The feature release: 17, 21. */
  readonly release: number
}

const oldestRelease = 17
const versionTimeoutMs = 20_000

/**
 * The first Java of release 17 or newer: the one of JAVA_HOME, else the one on PATH.
 * @throws EngineNotUsable that says which were found and why they do not do.
 */
export async function findJava(environment: NodeJS.ProcessEnv = process.env): Promise<JavaRuntime> {
  const home = environment['JAVA_HOME'] ?? ''
  const candidates = [
    ...(home === '' ? [] : [{ file: join(home, 'bin', 'java'), origin: 'of JAVA_HOME' }]),
    { file: 'java', origin: 'on PATH' },
  ]
  const problems: string[] = []
  for (const { file, origin } of candidates) {
    const printed = await askVersion(file, environment)
    const release = printed === undefined ? undefined : parseJavaRelease(printed)
    if (release !== undefined && release >= oldestRelease) return { file, release }
    if (release !== undefined) problems.push(`Java ${release} ${origin} is too old`)
    else problems.push(`no Java ${origin}`)
  }
  const install = `install Java ${oldestRelease} or newer (Debian: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk) and put it on PATH or in JAVA_HOME`
  throw new EngineNotUsable(`DynamoDB Local needs Java ${oldestRelease} or newer: ${problems.join(', ')}`, install)
}

async function askVersion(file: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(file, ['-version'], { env, timeout: versionTimeoutMs })
    return stderr + stdout
  } catch {
    return undefined
  }
}

/** The feature release in what `java -version` prints: 17 of `17.0.15`, 8 of `1.8.0_392`, 26 of `26-ea`. */
export function parseJavaRelease(printed: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(printed) ?? []
  if (first === undefined) return undefined
  return Number(first === '1' && second !== undefined ? second : first)
}
