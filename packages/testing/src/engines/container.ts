// The container engine: the official image of DynamoDB Local, through testcontainers.
import type * as Testcontainers from 'testcontainers'
import type { ContainerRuntimeClient, StartedTestContainer } from 'testcontainers'
import { EngineNotUsable, type EngineSettings, type RunningEngine } from '../engine.js'
import { listTablesStatus } from '../list-tables.js'
import { poll } from '../poll.js'
import { watchContainers, type ContainerServer, type Watchdog } from '../watchdog.js'
import { ownerLabel, ownLabels, removeLeftovers } from './container-leftovers.js'
import { containerSettings, defaultImage, type ContainerSettings } from './container-settings.js'

const port = 8000
const pullTimeoutMs = 180_000
const reaperPullTimeoutMs = 20_000

// As the image's own command, and quick to start: the entry point is `java`.
const command = [
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-Xmx512m',
  '-Djava.library.path=./DynamoDBLocal_lib',
  '-jar',
  'DynamoDBLocal.jar',
  '-inMemory',
  '-disableTelemetry',
]

type Library = typeof Testcontainers

/** Runs the image in a container of its own, unless one may be reused. */
export async function startContainer(settings: EngineSettings): Promise<RunningEngine> {
  const container = containerSettings(settings)
  const { image, reuse } = container
  // Half a second to load: only who wants a container pays for it.
  const testcontainers = await import('testcontainers')
  const runtime = await findRuntime(testcontainers)
  await requireImage(testcontainers, runtime, image)
  await removeLeftovers(runtime)
  // One that is reused outlives its users on purpose.
  const watchdog = reuse ? undefined : watch(runtime)
  try {
    return await run(testcontainers, runtime, container, watchdog)
  } catch (cause) {
    watchdog?.release()
    const reason = `the container of ${image} did not start: ${messageOf(cause)}`
    throw new EngineNotUsable(reason, `check it with: docker run --rm -p 8000:8000 ${image}`, { cause })
  }
}

async function findRuntime({ getContainerRuntimeClient }: Library): Promise<ContainerRuntimeClient> {
  try {
    return await getContainerRuntimeClient()
  } catch (cause) {
    const install =
      'install Docker and start it (Debian: apt-get install docker.io; https://docs.docker.com/get-docker)'
    throw new EngineNotUsable('no container runtime answers', install, { cause })
  }
}

async function requireImage(testcontainers: Library, runtime: ContainerRuntimeClient, image: string): Promise<void> {
  try {
    await pullIfMissing(testcontainers, runtime, image, pullTimeoutMs)
  } catch (cause) {
    const reason = `the image ${image} is not here and can't be pulled: ${messageOf(cause)}`
    throw new EngineNotUsable(reason, `docker pull ${image}`, { cause })
  }
}

async function pullIfMissing(
  { ImageName }: Library,
  { image: images }: ContainerRuntimeClient,
  image: string,
  timeoutMs: number,
): Promise<void> {
  const name = ImageName.fromString(image)
  if (await images.exists(name)) return
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not pulled within ${timeoutMs} ms`))
    }, timeoutMs)
  })
  try {
    await Promise.race([images.pull(name), tooLong])
  } finally {
    clearTimeout(timer)
  }
}

async function run(
  testcontainers: Library,
  runtime: ContainerRuntimeClient,
  { image, environment, reuse, startupTimeoutMs: timeoutMs }: ContainerSettings,
  watchdog: Watchdog | undefined,
): Promise<RunningEngine> {
  const { GenericContainer, Wait } = testcontainers
  const container = await withReaperWherePossible(testcontainers, runtime, () => {
    const described = new GenericContainer(image)
      .withExposedPorts(port)
      .withCommand(command)
      .withEnvironment({ ...environment })
      // Its log says so before it serves, so that is not the end of the wait: firstThatAnswers asks the server itself,
      // and many times a second where testcontainers would ask once.
      .withWaitStrategy(Wait.forLogMessage('Initializing DynamoDB Local'))
      .withStartupTimeout(timeoutMs)
    // Found again by its settings: the label of one process would make it another container.
    return reuse ? described.withReuse().start() : described.withLabels(ownLabels()).start()
  })
  const stop = async (): Promise<void> => {
    if (!reuse) await container.stop()
    watchdog?.release()
  }
  const endpoints = hostsOf(runtime, container).map((host) => `http://${host}:${container.getMappedPort(port)}`)
  const endpoint = await poll((leftMs) => firstThatAnswers(endpoints, leftMs), timeoutMs)
  if (endpoint === undefined) {
    await stop()
    throw new Error(`${endpoints.join(' and ')} did not answer ListTables within ${timeoutMs} ms`)
  }
  return { endpoint, description: image, conformant: image === defaultImage ? true : undefined, stop }
}

// `localhost` may be looked up as IPv6, where nothing is published. And testcontainers names a gateway wherever it
// takes the machine for a container; it is one only where the loopback address does not answer.
function hostsOf(runtime: ContainerRuntimeClient, container: StartedTestContainer): string[] {
  const host = container.getHost()
  const server = serverOf(runtime)
  const isLocal = server !== undefined && 'socketPath' in server
  return [...new Set([...(isLocal ? ['127.0.0.1'] : []), host === 'localhost' ? '127.0.0.1' : host])]
}

async function firstThatAnswers(endpoints: readonly string[], timeoutMs: number): Promise<string | undefined> {
  const answers = async (endpoint: string): Promise<boolean> =>
    (await listTablesStatus(endpoint, Math.min(timeoutMs, 1_000))) === 200
  for (const [position, endpoint] of endpoints.entries()) {
    if (!(await answers(endpoint))) continue
    // It may have begun to serve after an earlier one was asked.
    for (const earlier of endpoints.slice(0, position)) if (await answers(earlier)) return earlier
    return endpoint
  }
  return undefined
}

/** testcontainers fails where the image of its reaper can't be had; the watchdog and the labels do without it. */
async function withReaperWherePossible<Result>(
  testcontainers: Library,
  runtime: ContainerRuntimeClient,
  start: () => Promise<Result>,
): Promise<Result> {
  const variable = 'TESTCONTAINERS_RYUK_DISABLED'
  if (process.env[variable] !== undefined) return start()
  try {
    await pullIfMissing(testcontainers, runtime, reaperImage(), reaperPullTimeoutMs)
    return await start()
  } catch {
    process.env[variable] = 'true'
    try {
      return await start()
    } finally {
      // Tests that use testcontainers themselves find it as it was.
      Reflect.deleteProperty(process.env, variable)
    }
  }
}

// testcontainers does not export the name of its reaper's image.
function reaperImage(): string {
  return process.env['RYUK_CONTAINER_IMAGE'] ?? 'testcontainers/ryuk:0.14.0'
}

function watch(runtime: ContainerRuntimeClient): Watchdog | undefined {
  const server = serverOf(runtime)
  return server === undefined ? undefined : watchContainers(server, ownerLabel())
}

// A runtime behind TLS is left to the reaper and to the labels: the watchdog would need its keys.
function serverOf({ container }: ContainerRuntimeClient): ContainerServer | undefined {
  const modem = container.dockerode.modem as { socketPath?: string; host?: string; port?: number; protocol?: string }
  if (modem.socketPath !== undefined) return { socketPath: modem.socketPath }
  if (modem.protocol !== 'http' || modem.host === undefined) return undefined
  return { host: modem.host, port: Number(modem.port) }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
