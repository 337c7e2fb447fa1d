// The codec of maps in variants, told apart by a tag or by the names that they have.
import type { AttributeValue } from '../types/attribute-value.js'
import {
  type Codec,
  deeper,
  kindOf,
  makeCodec,
  ownValue,
  problemAt,
  type Property,
  readsAs,
  rethrowAt,
  storedKindOf,
  ValueProblem,
  wireKindOf,
} from './codec.js'
import { isObject, plainObject } from './containers.js'
import { scalarKey } from './literals.js'
import { mergedProperties, oneOf } from './unions.js'

/** How the variants of a map are told apart. */
export interface Choice {
  /** The variant of an application value; throws a `ValueProblem` where there is none. */
  ofValue(value: Readonly<Record<string, unknown>>): Codec
  ofStored(stored: Readonly<Record<string, AttributeValue>>): Codec
}

/** Maps in variants. What tells them apart is known once all of a recursive schema is compiled. */
export function variantCodec(variants: readonly Codec[], choice: () => Choice, tag?: string): Codec {
  return makeCodec(
    {
      accepts: isObject,
      write(value, sink, depth) {
        const source = plainObject(value)
        deeper(depth)
        return choice().ofValue(source).write(source, sink, depth)
      },
      decode(stored, depth = 0) {
        if (stored.M === undefined) throw new ValueProblem('a map', storedKindOf(stored))
        deeper(depth)
        return choice().ofStored(stored.M).decode(stored, depth)
      },
    },
    () => {
      const properties = mergedProperties(variants)
      return {
        reads: readsAs('M'),
        properties,
        part: (step) => oneOf(variants.flatMap(({ part }) => part?.(step) ?? [])),
        variants: tag === undefined ? undefined : { tag, codecs: variants },
        open: variants.some(({ open }) => open),
        variantOf: (map) => choice().ofStored(map),
      }
    },
  )
}

const absentTag = ''

/** Variants by the value of one property; `undefined` if it doesn't tell all of them apart. */
export function choiceByTag(tag: string, variants: readonly Codec[]): Choice | undefined {
  const byKey = new Map<string, Codec>()
  for (const variant of variants) {
    const keys = tagKeys(variant.properties?.get(tag))
    if (keys === undefined || keys.some((key) => byKey.has(key))) return undefined
    for (const key of keys) byKey.set(key, variant)
  }
  const codec = mergedProperties(variants).get(tag)?.codec
  const choose = (key: string, received: () => string): Codec => {
    const variant = byKey.get(key)
    if (variant !== undefined) return variant
    throw problemAt(tag, 'the tag of a variant', received())
  }
  return {
    ofValue(value) {
      const given = ownValue(value, tag)
      if (given === undefined) return choose(absentTag, () => 'undefined')
      try {
        const stored = codec?.encode(given)
        return choose(stored === undefined ? absentTag : scalarKey(stored), () => kindOf(given))
      } catch (error) {
        // The problem of another variant's tag would name only that one.
        if (error instanceof ValueProblem && error.path.length === 0) rethrowAt(tagProblem(variants, tag, given), tag)
        throw error
      }
    },
    ofStored(stored) {
      const part = ownValue(stored, tag)
      return choose(part === undefined ? absentTag : scalarKey(part), () =>
        part === undefined ? 'nothing' : `another ${wireKindOf(part) === 'S' ? 'string' : 'value'}`,
      )
    },
  }
}

function tagProblem(variants: readonly Codec[], tag: string, given: unknown): ValueProblem {
  const all = variants.flatMap(({ properties }) => properties?.get(tag)?.codec.values ?? [])
  const names = all.map((value) => JSON.stringify(Object.values(value)[0]))
  return new ValueProblem(`one of ${names.join(', ')}`, typeof given === 'string' ? 'another string' : kindOf(given))
}

function tagKeys(property: Property | undefined): readonly string[] | undefined {
  const { codec, optional = false, makeDefault } = property ?? {}
  if (codec?.values === undefined) return undefined
  const keys = codec.values.map(scalarKey)
  return optional || makeDefault !== undefined ? [...keys, absentTag] : keys
}

/** Variants each of which must have a property that no other knows; `undefined` if they aren't such. */
export function choiceByNames(variants: readonly Codec[]): Choice | undefined {
  const own = new Map<Codec, readonly string[]>()
  for (const variant of variants) {
    const others = variants.filter((other) => other !== variant)
    if (variant.open === true || variant.properties === undefined) return undefined
    const names = [...variant.properties].filter(([, property]) => isRequired(property)).map(([name]) => name)
    const telling = names.filter((name) => others.every(({ properties }) => properties?.has(name) !== true))
    if (telling.length === 0) return undefined
    own.set(variant, telling)
  }
  const choose = (object: Readonly<Record<string, unknown>>): Codec => {
    const has = (name: string): boolean => ownValue(object, name) !== undefined
    const [found, another] = variants.filter((variant) => own.get(variant)?.every(has))
    if (found !== undefined && another === undefined) return found
    throw new ValueProblem('the properties of one variant', found === undefined ? 'those of none' : 'those of several')
  }
  return { ofValue: choose, ofStored: choose }
}

function isRequired({ codec, optional, makeDefault }: Property): boolean {
  return !optional && makeDefault === undefined && codec.absent === undefined
}
