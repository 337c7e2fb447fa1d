// The schema of two objects in one.
import { changedCodec, type Codec, type Property } from '../values/codec.js'
import { mapCodec } from '../values/containers.js'
import type { AttributeValue } from '../types/attribute-value.js'
import { replay } from '../values/sink.js'
import { type Compile, type Compiler, required } from './compiler.js'
import { SchemaProblem } from './problems.js'
import type { ZodSchema } from './zod-schema.js'
import { checked } from './checks.js'

/** `z.intersection()` of objects without a common property. Each half's checks see what zod would show them: their half. */
export const intersectionOf: Compile<Codec> = ({ left, right }, _, compiler) => {
  const halves = [half('<left>', left, compiler), half('<right>', right, compiler)]
  const properties = new Map<string, Property>()
  for (const { codec } of halves)
    for (const [name, property] of codec.properties ?? []) {
      if (properties.has(name))
        throw new SchemaProblem(`both sides have ${JSON.stringify(name)}`, 'Use .extend(), which says which one holds')
      properties.set(name, property)
    }
  const whole = mapCodec(properties)
  if (halves.every(({ checks }) => checks.length === 0)) return whole
  return changedCodec(
    whole,
    {
      write(value, sink, depth) {
        const encoded = whole.encode(value, depth) as AttributeValue
        for (const { codec, checks } of halves) checked(checks, codec.decode(encoded, depth))
        return replay(encoded, sink)
      },
    },
    { unchecked: whole },
  )
}

function half(step: string, given: ZodSchema | undefined, compiler: Compiler) {
  return compiler.at(step, () => {
    const schema = required(given)
    const { def } = schema._zod
    const codec = compiler.codec(schema)
    if (!['object', 'intersection'].includes(def.type) || codec.properties === undefined || codec.open === true)
      throw new SchemaProblem(
        'only z.object()s can be put together, without properties of any name',
        'Use .extend(), in each variant of a union',
      )
    return { codec: codec.unchecked ?? codec, checks: def.checks ?? [] }
  })
}
