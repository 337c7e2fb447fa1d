// Runs a schema's own checks on values that are about to be stored.
import { type Codec, kindOf, ValueProblem } from '../values/codec.js'
import type { ZodIssue, ZodPayload, ZodSchema } from './zod-schema.js'

/** The codec with the checks of a schema without parts; zod's result is what is stored, so `.trim()` trims. */
export function withScalarChecks(codec: Codec, schema: ZodSchema): Codec {
  const { checks = [], format } = schema._zod.def
  if (checks.length === 0 && format === undefined) return codec
  return { ...codec, unchecked: codec, encode: (value) => codec.encode(validated(schema, value)) }
}

/** A value as zod accepts it. */
export function validated(schema: ZodSchema, value: unknown): unknown {
  const payload: ZodPayload = { value, issues: [] }
  const result = schema._zod.run(payload, { async: false })
  if (result instanceof Promise) throw new ValueProblem('a schema that checks at once', 'an asynchronous check')
  throwFirst(payload.issues, value)
  return payload.value
}

/**
 * The codec with the checks of a schema with parts. The parts have their own; the whole is checked as it will be read back, with
 * defaults filled in.
 */
export function withContainerChecks(codec: Codec, schema: ZodSchema): Codec {
  const { checks = [] } = schema._zod.def
  if (checks.length === 0) return codec
  return {
    ...codec,
    unchecked: codec,
    encode(value) {
      const encoded = codec.encode(value)
      const stored = encoded === undefined ? codec.absent?.() : codec.decode(encoded)
      const payload: ZodPayload = { value: stored, issues: [] }
      for (const check of checks) {
        if (check._zod.def.when?.(payload) === false) continue
        const result = check._zod.check(payload)
        if (result instanceof Promise) throw new ValueProblem('a schema that checks at once', 'an asynchronous check')
      }
      throwFirst(payload.issues, stored)
      return encoded
    },
  }
}

/** Throws the first of zod's issues, by its code: zod's message may quote the value. */
export function throwFirst(issues: readonly ZodIssue[], value: unknown): void {
  const issue = issues[0]
  if (issue === undefined) return
  const problem = new ValueProblem(`a value that passes the schema (${issue.code ?? 'custom'})`, kindOf(value))
  for (const step of issue.path ?? []) problem.path.push(typeof step === 'number' ? step : String(step))
  throw problem
}
