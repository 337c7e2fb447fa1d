// Finds properties that zod would leave out without a word.
import { ownValue, problemAt, rethrowAt } from '../values/codec.js'
import { isObject } from '../values/containers.js'
import type { ZodSchema } from './zod-schema.js'

/** Throws for a property that an object schema doesn't name. */
export type NameCheck = (value: unknown) => void

/** The check of an application value before zod takes it, `undefined` where zod leaves nothing out. */
export function keepsNames(schema: ZodSchema, outer: readonly ZodSchema[] = []): NameCheck | undefined {
  const { def } = schema._zod
  // A schema in itself would be followed for ever; a conversion's other side has other names.
  if (outer.includes(schema)) return undefined
  const inside = [...outer, schema]
  if (def.type === 'object') return objectCheck(schema, inside)
  if (def.type === 'array' && def.element !== undefined) return elementCheck(keepsNames(def.element, inside))
  return def.innerType === undefined ? undefined : keepsNames(def.innerType, inside)
}

function objectCheck({ _zod: { def } }: ZodSchema, inside: readonly ZodSchema[]): NameCheck {
  const { shape = {}, catchall } = def
  const parts = Object.keys(shape).flatMap((name): [string, NameCheck][] => {
    const part = shape[name]
    const check = part && keepsNames(part, inside)
    return check === undefined ? [] : [[name, check]]
  })
  return (value) => {
    if (!isObject(value)) return
    const source = value as Readonly<Record<string, unknown>>
    for (const name of catchall === undefined ? Object.keys(source) : [])
      if (!Object.hasOwn(shape, name))
        throw problemAt(name, 'an attribute of the schema', 'a name that it does not have')
    for (const [name, check] of parts) at(name, check, ownValue(source, name))
  }
}

function elementCheck(check: NameCheck | undefined): NameCheck | undefined {
  if (check === undefined) return undefined
  return (value) => {
    if (!Array.isArray(value)) return
    for (const [position, element] of value.entries()) at(position, check, element)
  }
}

function at(step: string | number, check: NameCheck, value: unknown): void {
  try {
    check(value)
  } catch (error) {
    rethrowAt(error, step)
  }
}
