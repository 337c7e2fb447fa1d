// The problem that some work finds, as a test compares it.
import { compileSchema } from '../../src/schema/compile.js'
import { SchemaProblem } from '../../src/schema/problems.js'
import type { ZodSchema } from '../../src/schema/zod-schema.js'
import { type Codec, ValueProblem } from '../../src/values/codec.js'

export const compile = (schema: object): Codec => compileSchema(schema as ZodSchema)

export function problem(work: () => unknown): { path: readonly unknown[]; text: string } {
  try {
    work()
  } catch (error) {
    if (error instanceof ValueProblem) return { path: error.path, text: `${error.expected} | ${error.received}` }
    if (error instanceof SchemaProblem) return { path: error.path, text: `${error.problem} | ${error.fix}` }
    throw error
  }
  throw new Error('no problem was found')
}
