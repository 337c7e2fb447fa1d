// What the kinds of schema get to compile the schemas that they are made of.
import type { Codec, Property } from '../values/codec.js'
import type { ZodDefinition, ZodSchema } from './zod-schema.js'
import { SchemaProblem } from './problems.js'

export interface Compiler {
  /** The codec of a schema whose value must be there. */
  codec(schema: ZodSchema | undefined): Codec
  /** The codec of a schema whose value may be absent, and what that means. */
  property(schema: ZodSchema | undefined): Property
  /** Runs work at one step into the schema, which then stands in the path of its problems. */
  at<Result>(step: string, work: () => Result): Result
  /** Runs work that must know all of a recursive schema, once that is compiled. */
  later(work: () => unknown): void
}

/** Compiles one kind of schema. */
export type Compile<Result> = (definition: ZodDefinition, schema: ZodSchema, compiler: Compiler) => Result

/** A schema of zod 4, or a problem. */
export function required(schema: Partial<ZodSchema> | undefined): ZodSchema {
  if (schema?._zod === undefined) throw new SchemaProblem('this is not a schema of zod 4', 'Use zod 4.1 or newer')
  return schema as ZodSchema
}
