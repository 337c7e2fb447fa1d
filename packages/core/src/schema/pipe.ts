// The schema of a conversion: z.codec(), and the codecs that Keyloom brings.
import { anyExactCodec } from '../values/any.js'
import { type Codec, kindOf, makeCodec, ValueProblem } from '../values/codec.js'
import { compressedCodec, jsonCodec, needsMoreThanJson } from '../values/json.js'
import { decimalCodec } from '../values/numbers.js'
import { builtInName } from './built-in.js'
import { refusePromise, throwFirst, validated } from './checks.js'
import { type Compile, required } from './compiler.js'
import { refusalOf, SchemaProblem } from './problems.js'
import { keepsNames } from './strict.js'
import type { ZodDefinition, ZodPayload, ZodSchema } from './zod-schema.js'

/** Built-in codecs that store what no schema of zod's says. */
const builtIns: Readonly<Record<string, Compile<Codec>>> = {
  decimal: () => decimalCodec,
  anyExact: () => anyExactCodec,
  json: ({ out }, _, compiler) => wrapped(jsonCodec, compiler.codec(out), compiler.later.bind(compiler)),
  compressed: ({ out }, _, compiler) => wrapped(compressedCodec, compiler.codec(out), compiler.later.bind(compiler)),
}

function wrapped(wrap: (inner: Codec) => Codec, inner: Codec, later: (work: () => unknown) => void): Codec {
  later(() => {
    if (needsMoreThanJson(inner))
      throw new SchemaProblem('JSON has no bytes and no sets', 'Use z.array(), or store the attribute without JSON')
  })
  return wrap(inner)
}

export const pipeOf: Compile<Codec> = (definition, schema, compiler) => {
  const name = builtInName(definition.transform)
  const builtIn = name !== undefined && Object.hasOwn(builtIns, name) ? builtIns[name] : undefined
  if (builtIn !== undefined) return builtIn(definition, schema, compiler)
  const { in: stored, transform, reverseTransform } = definition
  const output = required(definition.out)
  if ([required(stored), output].some((part) => part._zod.def.type === 'transform')) throw refusalOf('transform')
  if (transform !== undefined && reverseTransform === undefined) throw refusalOf('transform')
  const inner = compiler.codec(stored)
  const { toInput, toOutput } = bothWays(output, name !== undefined)
  return makeCodec(
    {
      accepts: () => true,
      write: (value, sink, depth) => inner.write(convert(reverseTransform, toInput(value), 'stored'), sink, depth),
      decode: (part, depth) => toOutput(convert(transform, inner.decode(part, depth), 'read')),
    },
    () => ({ reads: new Map([...inner.reads.keys()].map((kind) => [kind, {}])) }),
  )
}

/** Kinds of schema that mean the same in both directions. */
const plain = new Set([
  'string',
  'number',
  'bigint',
  'boolean',
  'date',
  'custom',
  'literal',
  'enum',
  'null',
  'unknown',
  'any',
])

/** What zod makes of an application value on its way to the wire, and of a converted value on its way back. */
function bothWays(output: ZodSchema, isBuiltIn: boolean) {
  const keeps = keepsNames(output)
  const isPlain = plain.has(output._zod.def.type)
  const toInput = (value: unknown): unknown => {
    keeps?.(value)
    return validated(output, value, isPlain ? {} : { direction: 'backward' })
  }
  // A read checks the type alone: what was stored under older rules stays readable. Ours make nothing else.
  const toOutput = (value: unknown): unknown => (isBuiltIn ? value : validated(output, value, { skipChecks: true }))
  return { toInput, toOutput }
}

function convert(conversion: ZodDefinition['transform'], value: unknown, purpose: string): unknown {
  if (conversion === undefined) return value
  const payload: ZodPayload = { value, issues: [] }
  const result = attempt(() => conversion(value, payload), purpose, value)
  refusePromise(result)
  throwFirst(payload.issues, value)
  return result
}

// What it says may quote the value.
function attempt(work: () => unknown, purpose: string, value: unknown): unknown {
  try {
    return work()
  } catch (error) {
    if (error instanceof ValueProblem) throw error
    throw new ValueProblem(`a value that z.codec() can convert to be ${purpose}`, kindOf(value))
  }
}
