// The schemas of values with parts: lists, tuples, objects, records, sets.
import type { Codec, Property } from '../values/codec.js'
import { checkName, mapCodec } from '../values/containers.js'
import { listCodec, tupleCodec } from '../values/lists.js'
import { recordCodec } from '../values/records.js'
import { canBeMember, setCodec } from '../values/sets.js'
import { type Compile, type Compiler, required } from './compiler.js'
import { SchemaProblem } from './problems.js'
import type { ZodDefinition } from './zod-schema.js'

export const listOf: Compile<Codec> = ({ element }, _, compiler) =>
  listCodec(compiler.at('[]', () => compiler.codec(element)))

export const tupleOf: Compile<Codec> = ({ items = [], rest }, _, compiler) => {
  const parts = items.map((item, position) => compiler.at(`[${position}]`, () => compiler.property(item)))
  const required = 1 + parts.findLastIndex(({ optional }) => !optional)
  parts.forEach(({ optional, makeDefault }, position) => {
    if (makeDefault !== undefined || (optional && position < required))
      compiler.at(`[${position}]`, () => {
        throw new SchemaProblem('a list has no place for an absent element', 'Take .optional() or .default() away')
      })
  })
  return tupleCodec({
    items: parts.map(({ codec }) => codec),
    required,
    rest: rest == null ? undefined : compiler.at('[]', () => compiler.codec(rest)),
  })
}

export const mapOf: Compile<Codec> = (definition, _, compiler) =>
  mapCodec(propertiesOf(definition, compiler), catchallOf(definition, compiler))

/** The properties of an object schema, in its order. */
function propertiesOf({ shape = {} }: ZodDefinition, compiler: Compiler): ReadonlyMap<string, Property> {
  const properties = new Map<string, Property>()
  for (const name of Object.keys(shape))
    compiler.at(name, () => {
      checkName(name)
      properties.set(name, compiler.property(required(shape[name])))
    })
  return properties
}

// A strict object's catchall is `never`, which is how every object behaves here.
function catchallOf({ catchall }: ZodDefinition, compiler: Compiler): Codec | undefined {
  if (catchall === undefined || catchall._zod.def.type === 'never') return undefined
  return compiler.at('<other>', () => compiler.codec(catchall))
}

export const recordOf: Compile<Codec> = ({ keyType, valueType, partial, mode }, _, compiler) => {
  if (mode === 'loose')
    throw new SchemaProblem('a loose record takes names of any kind', 'Use z.record(), or z.object() with .catchall()')
  const key = compiler.at('<key>', () => compiler.codec(keyType))
  const value = compiler.at('<value>', () => compiler.property(valueType))
  if (key.kind !== 'S' || key.reads.get('S') !== 'string')
    throw new SchemaProblem('names are text, and so are the keys of an object', 'Use z.record(z.string(), …)')
  // zod wants every name of an enum to be there, but for a partial record's.
  const names = partial === true || keyType?._zod.values === undefined ? undefined : key.values
  if (names === undefined) return recordCodec(key, value)
  return mapCodec(new Map(names.map(({ S = '' }) => [S, value])))
}

export const setOf: Compile<Codec> = ({ valueType }, _, compiler) => {
  const element = compiler.at('<set>', () => compiler.codec(valueType))
  if (!canBeMember(element))
    throw new SchemaProblem('a set holds only strings, only numbers or only bytes', 'Use z.array()')
  return setCodec(element)
}
