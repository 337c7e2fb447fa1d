// The schemas around others: what absence and null mean, and what a value is made of when it is left out.
import type { Property } from '../values/codec.js'
import { nullableCodec } from '../values/unions.js'
import { validated } from './checks.js'
import { type Compile, required } from './compiler.js'

/** As zod encodes, an optional around a default leaves `undefined` as it is. */
export const optionalOf: Compile<Property> = ({ innerType }, _, compiler) => {
  const { codec } = compiler.property(innerType)
  return { codec, optional: true }
}

/** The default is an application value; zod's `defaultValue` is a getter that calls the function it was given. */
export const defaultOf: Compile<Property> = (definition, _, compiler) => {
  const { codec } = compiler.property(definition.innerType)
  return { codec, optional: false, makeDefault: () => definition.defaultValue }
}

/** A prefault is decoded first, as if it were input. */
export const prefaultOf: Compile<Property> = (definition, _, compiler) => {
  const { codec } = compiler.property(definition.innerType)
  const inner = required(definition.innerType)
  return { codec, optional: false, makeDefault: () => validated(inner, definition.defaultValue) }
}

export const nonoptionalOf: Compile<Property> = ({ innerType }, _, compiler) => {
  const { codec, makeDefault } = compiler.property(innerType)
  return { codec, optional: false, makeDefault }
}

export const nullableOf: Compile<Property> = ({ innerType }, _, compiler) => {
  const property = compiler.property(innerType)
  return { ...property, codec: nullableCodec(property.codec) }
}

export const readonlyOf: Compile<Property> = ({ innerType }, _, compiler) => compiler.property(innerType)

/** `z.lazy()`, which knows its schema only when it is asked. */
export const lazyOf: Compile<Property> = (_, schema, compiler) => compiler.property(schema._zod.innerType)
