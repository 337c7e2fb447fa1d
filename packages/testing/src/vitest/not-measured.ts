// How a test that this engine can't measure is told from one that was skipped for another reason.
import type { EngineName } from '../engine.js'

function beginning(engine: EngineName): string {
  return `not measured on ${engine}: `
}

/** The note of a test that needs a conformant engine; undefined where the engine is one. */
export function notMeasured(provided: {
  readonly engine: EngineName
  readonly conformant: boolean
}): string | undefined {
  return provided.conformant ? undefined : `${beginning(provided.engine)}it needs a conformant engine`
}

/** Whether a note says that a test was not measured on the engine of the run. */
export function isNotMeasured(engine: EngineName, note: string | undefined): boolean {
  return note?.startsWith(beginning(engine)) ?? false
}

/** The line at the end of a run, with the full names of the tests. */
export function notMeasuredLine(engine: EngineName, names: readonly string[]): string {
  const tests = names.length === 1 ? '1 test' : `${names.length} tests`
  return `[dynamodb] ${tests} not measured on the ${engine} engine: ${names.join('; ')}`
}
