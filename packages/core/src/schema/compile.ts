// Compiles a zod schema into a codec. Each kind of schema has one line in a table; nothing else asks for a kind.
import { anyCodec } from '../values/any.js'
import { bytesCodec } from '../values/binary.js'
import { type Codec, makeCodec, type Property, ValueProblem } from '../values/codec.js'
import { bigintCodec } from '../values/numbers.js'
import { booleanCodec, nullCodec, numberCodec, stringCodec } from '../values/scalars.js'
import { checked, withChecks, withScalarChecks } from './checks.js'
import { type Compile, type Compiler, required } from './compiler.js'
import { enumOf, isBytesSchema, literalOf, templateOf } from './literals.js'
import { intersectionOf } from './intersection.js'
import { listOf, mapOf, recordOf, setOf, tupleOf } from './parts.js'
import { pipeOf } from './pipe.js'
import { refusalOf, SchemaProblem } from './problems.js'
import { unionOf } from './union.js'
import { defaultOf, lazyOf, nonoptionalOf, nullableOf, optionalOf, prefaultOf, readonlyOf } from './wrappers.js'
import type { ZodSchema } from './zod-schema.js'

/** Values without parts: zod checks them whole. */
const scalars: Readonly<Record<string, Compile<Codec>>> = {
  string: () => stringCodec,
  number: () => numberCodec,
  bigint: () => bigintCodec,
  boolean: () => booleanCodec,
  null: () => nullCodec,
  unknown: () => anyCodec,
  any: () => anyCodec,
  enum: enumOf,
  literal: literalOf,
  template_literal: templateOf,
  custom(definition, schema) {
    if (isBytesSchema(definition, schema)) return bytesCodec
    throw refusalOf('custom')
  },
}

/** Values with parts, which are checked by themselves. */
const containers: Readonly<Record<string, Compile<Codec>>> = {
  array: listOf,
  tuple: tupleOf,
  object: mapOf,
  record: recordOf,
  set: setOf,
  intersection: intersectionOf,
  pipe: pipeOf,
}

/** Schemas around others, which may say that a value may be absent. */
const wrappers: Readonly<Record<string, Compile<Property>>> = {
  optional: optionalOf,
  default: defaultOf,
  prefault: prefaultOf,
  nonoptional: nonoptionalOf,
  nullable: nullableOf,
  readonly: readonlyOf,
  lazy: lazyOf,
  union: unionOf,
}

/** The codec of a schema. Throws a `SchemaProblem` for what can't be stored faithfully. */
export function compileSchema(schema: ZodSchema): Codec {
  const compiler = new SchemaCompiler()
  const codec = compiler.codec(schema)
  compiler.finish()
  return codec
}

class SchemaCompiler implements Compiler {
  /** One codec a schema: a recursive one comes to itself again while it is compiled, and is `undefined` until then. */
  readonly #properties = new Map<ZodSchema, Property | undefined>()
  readonly #path: string[] = []
  readonly #later: { readonly path: readonly string[]; readonly work: () => unknown }[] = []

  codec(schema: ZodSchema | undefined): Codec {
    const { codec, optional, makeDefault } = this.property(schema)
    if (optional || makeDefault !== undefined)
      throw this.#located(
        new SchemaProblem('there is no place for an absent value', 'Take .optional() or .default() away'),
      )
    return codec
  }

  property(given: ZodSchema | undefined): Property {
    try {
      const schema = required(given)
      const known = this.#properties.get(schema)
      if (known !== undefined) return known
      if (this.#properties.has(schema)) return this.#comingBack(schema)
      this.#properties.set(schema, undefined)
      const property = this.#compile(schema)
      this.#properties.set(schema, property)
      return property
    } catch (error) {
      throw this.#located(error)
    }
  }

  #compile(schema: ZodSchema): Property {
    const { def } = schema._zod
    const { type, checks } = def
    if (def.coerce === true)
      throw new SchemaProblem('coercion would store another value than the one given', `Use z.${type}()`)
    const scalar = own(scalars, type)
    if (scalar !== undefined) return { codec: withScalarChecks(scalar(def, schema, this), schema), optional: false }
    const container = own(containers, type)
    if (container !== undefined) return { codec: withChecks(container(def, schema, this), checks), optional: false }
    const wrapper = own(wrappers, type)
    if (wrapper === undefined) throw refusalOf(type)
    const property = wrapper(def, schema, this)
    if (checks === undefined || checks.length === 0) return property
    return {
      ...property,
      codec: withChecks(property.codec, checks),
      checkAbsence() {
        property.checkAbsence?.()
        checked(checks, undefined)
      },
    }
  }

  /** A schema inside of itself. */
  #comingBack(schema: ZodSchema): Property {
    const target = (): Property => {
      const property = this.#properties.get(schema)
      if (property === undefined || property.codec === codec)
        throw new SchemaProblem('it contains itself with nothing between', 'Put an object or an array between')
      return property
    }
    this.later(() => {
      const { optional, makeDefault, codec } = target()
      if (optional || makeDefault !== undefined)
        throw new SchemaProblem('it contains itself and may be absent', 'Put .optional() around where it is used')
      // Whatever contains itself with nothing between never gets to know this.
      return codec.kind
    })
    const codec = makeCodec(
      {
        write: (value, sink, depth) => target().codec.write(value, sink, depth),
        decode: (stored, depth) => target().codec.decode(stored, depth),
        accepts: (value) => target().codec.accepts(value),
      },
      () => target().codec,
    )
    return { codec, optional: false }
  }

  at<Result>(step: string, work: () => Result): Result {
    this.#path.push(step)
    try {
      return work()
    } catch (error) {
      throw this.#located(error)
    } finally {
      this.#path.pop()
    }
  }

  later(work: () => unknown): void {
    this.#later.push({ path: [...this.#path], work })
  }

  finish(): void {
    for (const { path, work } of this.#later) {
      this.#path.splice(0, Infinity, ...path)
      try {
        work()
      } catch (error) {
        throw this.#located(error)
      }
    }
  }

  /** The problem with its place, taken where it comes from. */
  #located(error: unknown): unknown {
    // A codec that refuses its parts: values of a literal, a schema that is part of itself.
    const problem =
      error instanceof ValueProblem
        ? new SchemaProblem(`it needs ${error.expected} and has ${error.received}`, 'Use another schema')
        : error
    if (problem instanceof SchemaProblem && problem.path.length === 0) problem.path.push(...this.#path)
    return problem
  }
}

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
