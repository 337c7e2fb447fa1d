// What the container engine is told: which image, and how it is run.
import { defaultStartupTimeoutMs, EngineNotUsable, type EngineSettings } from '../engine.js'

/** The image that the container engine runs unless told otherwise. */
export const defaultImage = 'amazon/dynamodb-local:3.3.1'

/** The settings of a container, with every value in place. */
export interface ContainerSettings {
  readonly image: string
  readonly environment: Readonly<Record<string, string>>
  /** Whether a container that runs with the same settings is taken, and left running. */
  readonly reuse: boolean
  readonly startupTimeoutMs: number
}

/**
 * Options come before variables, and both before what is usual.
 * @throws EngineNotUsable for a tag beside a digest.
 */
export function containerSettings(
  settings: EngineSettings,
  variables: NodeJS.ProcessEnv = process.env,
): ContainerSettings {
  const image = given(settings.image, variables['DYNAMODB_LOCAL_IMAGE']) ?? defaultImage
  const tag = given(settings.tag, variables['DYNAMODB_LOCAL_TAG'])
  return {
    image: tag === undefined ? image : withTag(image, tag),
    environment: settings.environment ?? {},
    reuse: settings.reuse ?? variables['DYNAMODB_LOCAL_REUSE'] === 'true',
    startupTimeoutMs: settings.startupTimeoutMs ?? defaultStartupTimeoutMs,
  }
}

function given(option: string | undefined, variable: string | undefined): string | undefined {
  return [option, variable].find((value) => value !== undefined && value !== '')
}

// A colon before a slash is that of a registry's port.
function withTag(image: string, tag: string): string {
  if (!image.includes('@')) return `${image.replace(/:[^/:]*$/, '')}:${tag}`
  throw new EngineNotUsable(
    `the image ${image} is fixed by its digest: it can't have the tag ${tag} too`,
    'give one of them',
  )
}
