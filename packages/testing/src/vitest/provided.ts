// The engine of the run, as the global setup tells it to the test files.
import { inject } from 'vitest'
import type { EngineName } from '../engine.js'
import { SetupMissingError } from '../errors.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The engine of the run. */
    dynamodb: ProvidedDynamoDB
  }
}

/** What the global setup tells the test files about the engine of the run. */
export interface ProvidedDynamoDB {
  readonly engine: EngineName
  readonly endpoint: string
  readonly description: string
  readonly conformant: boolean
  /** Whether clients refuse what the embedded engine lets pass; false on the other engines. */
  readonly strict: boolean
}

/** The engine of the run; throws SetupMissingError where there is none. */
export function provided(): ProvidedDynamoDB {
  const value = inject('dynamodb') as ProvidedDynamoDB | undefined
  if (value === undefined) throw new SetupMissingError()
  return value
}
