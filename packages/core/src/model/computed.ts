// Attributes that are computed from others: for keys, and for readers where they are stored.
import { DefinitionError } from '../errors/definition-error.js'
import { formatPath } from '../errors/path.js'
import { compileSchema } from '../schema/compile.js'
import { SchemaProblem } from '../schema/problems.js'
import type { ZodSchema } from '../schema/zod-schema.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { ComputedSpec } from '../types/computed.js'
import { changedCodec, type Codec, ownValue, problemAt, type Property, rethrowAt, setOwn } from '../values/codec.js'
import { isObject } from '../values/containers.js'
import { refuseUnknown } from './table-model.js'

/** A computed attribute as operations see it. */
export interface ComputedModel {
  /** Whether it is an attribute of the row too, and of the item. */
  readonly store: boolean
  readonly from: readonly string[]
  readonly codec: Codec
  readonly compute: (values: Readonly<Record<string, unknown>>) => unknown
}

/**
 * An attribute that is computed from others, for templates and queries. With `store: true` it is part of the item too, where it can
 * only be read. The function must be pure; `undefined` from it means that
 * there is no value, and so no place in an index that asks for it. Its parameter needs its type: the compiler can't take it from
 * the schema beside it.
 *
 * @example
 * ```ts
 * const bucket = computed(['orderId'], z.enum(['0', '1']), ({ orderId }: { orderId: string }) => (orderId < 'm' ? '0' : '1'))
 * ```
 */
export function computed<
  Values extends object,
  Schema extends { _zod: { output: unknown } },
  Store extends boolean = false,
>(
  from: readonly (keyof Values & string)[],
  schema: Schema,
  compute: (values: Values) => Schema['_zod']['output'] | undefined,
  options?: { readonly store?: Store },
): ComputedSpec<Values, Schema['_zod']['output'], Store> {
  return Object.freeze({ from, schema, compute, options }) as never
}

/** Compiles what `computed()` describes. Throws `DefinitionError`. */
export function compileComputed(
  subject: string,
  properties: ReadonlyMap<string, Property>,
  specs: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, ComputedModel> {
  return new Map(
    Object.entries(specs).map(([name, spec]) => {
      const place = formatPath(['computed', name])
      const {
        from,
        schema,
        compute,
        options = {},
      } = Object(spec) as ComputedModel & {
        readonly schema: object
        readonly options?: object
      }
      if (typeof compute !== 'function' || !Array.isArray(from))
        throw new DefinitionError(subject, place, 'this is no computed attribute', 'Make it with computed()')
      refuseUnknown(subject, `${place}.`, options, ['store'])
      const { store = false } = options as { readonly store?: unknown }
      if (typeof store !== 'boolean')
        throw new DefinitionError(subject, `${place}.store`, 'it is no boolean', 'Use true, or leave it out')
      if (properties.has(name))
        throw new DefinitionError(subject, place, 'the schema has an attribute of this name', 'Give it another name')
      for (const source of from)
        if (typeof source !== 'string' || !properties.has(source))
          throw new DefinitionError(
            subject,
            place,
            `${String(source)} is not an attribute of the schema`,
            'Name declared ones',
          )
      return [name, { store, from, compute, codec: compiled(subject, place, schema) }]
    }),
  )
}

function compiled(subject: string, place: string, schema: object): Codec {
  try {
    return compileSchema(schema as ZodSchema)
  } catch (error) {
    if (!(error instanceof SchemaProblem)) throw error
    throw new DefinitionError(subject, formatPath([place, ...error.path]), error.problem, error.fix)
  }
}

/** What the rest of an entity says of attributes. */
interface Surroundings {
  readonly storedAs: ReadonlyMap<string, string>
  readonly keyOnly: ReadonlyMap<string, unknown>
  readonly keyProperties: ReadonlySet<string>
  readonly managed: { readonly names: ReadonlySet<string> }
}

/** A stored one is an attribute of its own, and its sources can be compared with what is stored. Throws `DefinitionError`. */
export function checkStoredOnes(
  subject: string,
  computedModels: ReadonlyMap<string, ComputedModel>,
  { storedAs, keyOnly, keyProperties, managed }: Surroundings,
): void {
  for (const [name, { store, from }] of computedModels) {
    if (!store) continue
    const place = formatPath(['computed', name])
    if ([...storedAs.values()].includes(name))
      throw new DefinitionError(subject, place, 'another attribute is stored under this name', 'Give it another name')
    const moving = [name, ...from].find((property) => managed.names.has(property))
    if (moving !== undefined)
      throw new DefinitionError(subject, place, `${moving} changes with every write`, 'Take another attribute')
    const hidden = from.find((source) => keyOnly.has(source) && !keyProperties.has(source))
    if (hidden !== undefined)
      throw new DefinitionError(subject, place, `${hidden} is stored in index keys alone`, 'Store that, or not this')
  }
}

/** The codec of items with computed attributes that are stored: they are read, and refused where a caller gives them. */
export function withStoredOnes(codec: Codec, computedModels: ReadonlyMap<string, ComputedModel>): Codec {
  const stored = [...computedModels].filter(([, { store }]) => store)
  if (stored.length === 0) return codec
  const properties = new Map(codec.properties)
  for (const [name, model] of stored) properties.set(name, { codec: model.codec, optional: true })
  return changedCodec(
    codec,
    {
      write(value, sink, depth) {
        const given = isObject(value) ? stored.find(([name]) => Object.hasOwn(value, name)) : undefined
        if (given !== undefined) throw problemAt(given[0], computedFrom(given[1]), 'a value')
        return codec.write(value, sink, depth)
      },
      decode(row, depth = 0) {
        const others = { ...row.M }
        for (const [name] of stored) Reflect.deleteProperty(others, name)
        const item = codec.decode({ M: others }, depth) as Record<string, unknown>
        for (const [name, model] of stored) {
          const value = ownValue(row.M ?? {}, name)
          if (value !== undefined) setOwn(item, name, decodeAt(name, model.codec, value, depth))
        }
        return item
      },
    },
    { properties },
  )
}

function decodeAt(name: string, codec: Codec, value: AttributeValue, depth: number): unknown {
  try {
    return codec.decode(value, depth + 1)
  } catch (error) {
    rethrowAt(error, name)
  }
}

/** What a caller may give for a computed attribute. */
export function computedFrom({ from }: ComputedModel): string {
  return `nothing: it is computed from ${from.join(', ')}`
}

/** The attributes with those that are computed from them. Throws a `ValueProblem` where a function gives what its schema refuses. */
export function withComputed(
  computedModels: ReadonlyMap<string, ComputedModel>,
  properties: ReadonlyMap<string, Property>,
  attributes: Attributes,
): Attributes {
  if (computedModels.size === 0) return attributes
  const all = { ...attributes }
  for (const [name, model] of computedModels) {
    const value = computeValue(name, model, properties, attributes)
    if (value !== undefined) setOwn(all, name, value)
  }
  return all
}

/** One computed value; its sources are decoded, so that the function sees what a reader of the item sees. */
export function computeValue(
  name: string,
  { from, compute, codec }: ComputedModel,
  properties: ReadonlyMap<string, Property>,
  attributes: Attributes,
): AttributeValue | undefined {
  const values: Record<string, unknown> = {}
  for (const source of from) {
    const stored = ownValue(attributes, source)
    if (stored !== undefined) setOwn(values, source, properties.get(source)?.codec.decode(stored))
  }
  const value = compute(values)
  try {
    return value === undefined ? undefined : codec.encode(value)
  } catch (error) {
    rethrowAt(error, name)
  }
}
