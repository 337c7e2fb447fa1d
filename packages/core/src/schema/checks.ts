// Runs a schema's own checks on values that are about to be stored.
import { type Codec, kindOf, ValueProblem } from '../values/codec.js'
import type { ZodIssue, ZodPayload, ZodSchema } from './zod-schema.js'

/** The codec with the checks of a schema without parts; zod's result is what is stored, so `.trim()` trims. */
export function withScalarChecks(codec: Codec, schema: ZodSchema): Codec {
  const { checks = [], format } = schema._zod.def
  if (checks.length === 0 && format === undefined) return codec
  return {
    ...codec,
    unchecked: codec,
    encode(value) {
      // First, because its messages say more than zod's codes.
      const encoded = codec.encode(value)
      const accepted = validated(schema, value)
      return accepted === value ? encoded : codec.encode(accepted)
    },
  }
}

/** A value as zod accepts it. */
export function validated(schema: ZodSchema, value: unknown): unknown {
  const payload: ZodPayload = { value, issues: [] }
  refusePromise(schema._zod.run(payload, { async: true }))
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
        refusePromise(check._zod.check(payload))
      }
      throwFirst(payload.issues, stored)
      return encoded
    },
  }
}

/** An operation is built at once: a check or conversion that takes its time can't take part. */
export function refusePromise(result: unknown): void {
  if (!(result instanceof Promise)) return
  // Nobody waits for it, so nobody may be told that it failed.
  result.catch(() => undefined)
  throw new ValueProblem('a schema that checks and converts at once', 'an asynchronous one')
}

/** Throws the first of zod's issues, by its code: zod's message may quote the value. */
export function throwFirst(issues: readonly ZodIssue[], value: unknown): void {
  const issue = issues[0]
  if (issue === undefined) return
  const expected =
    issue.code === 'invalid_type' && typeof issue.expected === 'string'
      ? `a ${issue.expected}`
      : `a value that passes the schema (${issue.code ?? 'custom'})`
  const problem = new ValueProblem(expected, kindOf(value))
  for (const step of issue.path ?? []) problem.path.push(typeof step === 'number' ? step : String(step))
  throw problem
}
