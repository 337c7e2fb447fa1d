// Runs a schema's own checks on values that are about to be stored.
import { changedCodec, type Codec, kindOf, ValueProblem } from '../values/codec.js'
import { attributeValues, replay } from '../values/sink.js'
import { wholeNumbersOf } from './whole-numbers.js'
import type { ZodCheck, ZodContext, ZodIssue, ZodPayload, ZodSchema } from './zod-schema.js'

/** The codec with the checks of a schema without parts; zod's result is what is stored, so `.trim()` trims. */
export function withScalarChecks(codec: Codec, schema: ZodSchema): Codec {
  const { type, check, checks = [], format } = schema._zod.def
  const isChecked = checks.length > 0 || check !== undefined || format !== undefined || type === 'template_literal'
  if (!isChecked) return codec
  return changedCodec(
    codec,
    {
      write(value, sink, depth) {
        // First, because its messages say more than zod's codes.
        const written = codec.write(value, sink, depth)
        const accepted = validated(schema, value)
        return accepted === value ? written : codec.write(accepted, sink, depth)
      },
    },
    { unchecked: codec, values: codec.values ?? wholeNumbersOf(schema) },
  )
}

/** A value as zod accepts it. */
export function validated(schema: ZodSchema, value: unknown, context: Partial<ZodContext> = {}): unknown {
  const payload: ZodPayload = { value, issues: [] }
  const result = runZod(() => schema._zod.run(payload, { async: true, ...context }), value) as ZodPayload
  throwFirst(result.issues, value)
  return result.value
}

// zod follows a value as deep as it goes.
function runZod(run: () => unknown, value: unknown): unknown {
  try {
    const result = run()
    refusePromise(result)
    return result
  } catch (error) {
    if (error instanceof RangeError) throw new ValueProblem('a value that is not so deep', kindOf(value))
    throw error
  }
}

/**
 * The codec with the checks of a schema with parts. The parts have their own; the whole is checked as it will be read back, with
 * defaults filled in.
 */
export function withChecks(codec: Codec, checks: readonly ZodCheck[] = []): Codec {
  if (checks.length === 0) return codec
  const overwrites = checks.some(({ _zod }) => _zod.def.check === 'overwrite')
  return changedCodec(
    codec,
    {
      write(value, sink, depth) {
        const encoded = codec.encode(value, depth)
        const stored = encoded === undefined ? codec.absent?.() : codec.decode(encoded, depth)
        const accepted = checked(checks, stored)
        if (overwrites || accepted !== stored) return codec.write(accepted, sink, depth)
        if (encoded === undefined) return undefined
        // Not written again: a default that makes an id would make another.
        return isAttributeValues(sink) ? (encoded as never) : replay(encoded, sink)
      },
    },
    { unchecked: codec.unchecked ?? codec, members: undefined },
  )
}

function isAttributeValues(sink: unknown): boolean {
  return sink === attributeValues
}

/** A value after checks; throws the first problem that they find. */
export function checked(checks: readonly ZodCheck[], value: unknown): unknown {
  const payload: ZodPayload = { value, issues: [] }
  for (const check of checks) {
    if (check._zod.def.when?.(payload) === false) continue
    refusePromise(check._zod.check(payload))
    throwFirst(payload.issues, value)
  }
  return payload.value
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
