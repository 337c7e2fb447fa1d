// Compiles a zod schema into a codec. Each kind of schema has one line in the table; nothing else asks for a kind.
import type { Codec, Property } from '../values/codec.js'
import { listCodec, mapCodec, stringSetCodec } from '../values/containers.js'
import { booleanCodec, enumCodec, numberCodec, stringCodec } from '../values/scalars.js'
import { refusePromise, throwFirst, validated, withContainerChecks, withScalarChecks } from './checks.js'
import { refusals, SchemaProblem } from './problems.js'
import type { ZodDefinition, ZodPayload, ZodSchema } from './zod-schema.js'

type Compile = (definition: ZodDefinition, schema: ZodSchema) => Codec

const kinds: Readonly<Record<string, Compile>> = {
  string: (_, schema) => withScalarChecks(stringCodec, schema),
  number: (_, schema) => withScalarChecks(numberCodec, schema),
  boolean: (_, schema) => withScalarChecks(booleanCodec, schema),
  enum: ({ entries = {} }, schema) => withScalarChecks(enumCodec(stringsOnly(Object.values(entries))), schema),
  literal: ({ values = [] }, schema) => withScalarChecks(enumCodec(stringsOnly(values)), schema),
  array: ({ element }, schema) => withContainerChecks(listCodec(partOf(element, '[]')), schema),
  object: (definition, schema) => withContainerChecks(mapCodec(propertiesOf(definition)), schema),
  set: ({ valueType }, schema) => withContainerChecks(setOf(valueType), schema),
  readonly: ({ innerType }) => compileSchema(required(innerType)),
  pipe: codecOf,
}

/** The codec of a schema. Throws a `SchemaProblem` for what can't be stored faithfully. */
export function compileSchema(schema: ZodSchema): Codec {
  const { def } = required(schema)._zod
  if (def.coerce === true)
    throw new SchemaProblem('coercion would store another value than the one given', `Use z.${def.type}()`)
  const compile = Object.hasOwn(kinds, def.type) ? kinds[def.type] : undefined
  if (compile !== undefined) return compile(def, schema)
  const [problem, fix] = refusals[def.type] ?? [`z.${def.type}() can not be stored yet`, 'Use another schema']
  throw new SchemaProblem(problem, fix)
}

/** The properties of an object schema, in its order. */
export function propertiesOf({ shape = {}, catchall }: ZodDefinition): ReadonlyMap<string, Property> {
  // A strict object's catchall is `never`, which is how every object behaves here.
  if (catchall !== undefined && catchall._zod.def.type !== 'never')
    throw new SchemaProblem('properties that the schema does not name can not be stored yet', 'Use z.object()')
  const properties = new Map<string, Property>()
  for (const name of Object.keys(shape))
    properties.set(
      name,
      at(name, () => propertyOf(required(shape[name]))),
    )
  return properties
}

function propertyOf(schema: ZodSchema): Property {
  const { def } = schema._zod
  // As in zod, an optional around a default leaves `undefined` as it is.
  if (def.type === 'optional') return { codec: propertyOf(required(def.innerType)).codec, optional: true }
  // zod's `defaultValue` is a getter that calls the function it was given.
  if (def.type === 'default')
    return {
      codec: propertyOf(required(def.innerType)).codec,
      optional: false,
      makeDefault: () => def.defaultValue,
    }
  return { codec: compileSchema(schema), optional: false }
}

function partOf(schema: ZodSchema | undefined, step: string): Codec {
  return at(step, () => {
    const { codec, optional, makeDefault } = propertyOf(required(schema))
    if (optional || makeDefault !== undefined)
      throw new SchemaProblem('a list has no place for an absent element', 'Take .optional() or .default() away')
    return codec
  })
}

function setOf(schema: ZodSchema | undefined): Codec {
  const element = partOf(schema, '<set>')
  if (element.kind !== 'S')
    throw new SchemaProblem('only sets of strings can be stored yet', 'Use z.set(z.string()) or z.array()')
  return stringSetCodec(element)
}

function codecOf({ in: stored, out, transform, reverseTransform, checks }: ZodDefinition, schema: ZodSchema): Codec {
  if (transform === undefined || reverseTransform === undefined) {
    const [problem, fix] = refusals['transform'] ?? ['', '']
    throw new SchemaProblem(problem, fix)
  }
  const inner = compileSchema(required(stored))
  const output = required(out)
  const codec: Codec = {
    kind: inner.kind,
    encode: (value) => inner.encode(converted(reverseTransform, validated(output, value))),
    decode: (part) => converted(transform, inner.decode(part)),
  }
  return checks === undefined ? codec : withContainerChecks(codec, schema)
}

function converted(convert: NonNullable<ZodDefinition['transform']>, value: unknown): unknown {
  const payload: ZodPayload = { value, issues: [] }
  const result = convert(value, payload)
  refusePromise(result)
  throwFirst(payload.issues, value)
  return result
}

function stringsOnly(values: readonly unknown[]): readonly string[] {
  return values.map((value) => {
    if (typeof value !== 'string')
      throw new SchemaProblem('only enums and literals of strings can be stored yet', 'Use strings')
    return value
  })
}

function required(schema: Partial<ZodSchema> | undefined): ZodSchema {
  if (schema?._zod === undefined) throw new SchemaProblem('this is not a schema of zod 4', 'Use zod 4.1 or newer')
  return schema as ZodSchema
}

function at<Result>(step: string, compile: () => Result): Result {
  try {
    return compile()
  } catch (error) {
    if (error instanceof SchemaProblem) error.path.unshift(step)
    throw error
  }
}
