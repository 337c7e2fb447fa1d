// The schemas of one of several: by a tag, or by how a value is stored.
import type { Codec, Property } from '../values/codec.js'
import { scalarKey } from '../values/literals.js'
import { excludingCodec, membersByKind, unionCodec } from '../values/unions.js'
import { type Choice, choiceByNames, choiceByTag, variantCodec } from '../values/variants.js'
import type { Compile, Compiler } from './compiler.js'
import { SchemaProblem } from './problems.js'

export const unionOf: Compile<Property> = (definition, _, compiler) => {
  const { options = [], discriminator, inclusive, unionFallback } = definition
  if (discriminator === undefined && inclusive === false)
    throw new SchemaProblem('z.xor() must try all of its options', 'Use z.union()')
  if (unionFallback === true)
    throw new SchemaProblem('with unionFallback a tag does not tell the variants apart', 'Take it away')
  const parts = options.map((option, position) => compiler.at(`<option ${position}>`, () => compiler.property(option)))
  if (parts.some(({ makeDefault }) => makeDefault !== undefined))
    throw new SchemaProblem('an option has no default of its own', 'Put .default() around the union')
  const codecs = parts.map(({ codec }) => codec)
  const optional = parts.some((part) => part.optional)
  if (discriminator !== undefined) return { codec: taggedOf(codecs, discriminator, compiler), optional }
  const codec = unionCodec(() => apart(codecs))
  // Its members may contain it, and be known only later.
  compiler.later(() => codec.kind)
  return { codec, optional }
}

function taggedOf(variants: readonly Codec[], tag: string, compiler: Compiler): Codec {
  let choice: Choice | undefined
  const choose = (): Choice => (choice ??= tagged(variants, tag))
  compiler.later(choose)
  return variantCodec(variants, choose, tag)
}

function tagged(variants: readonly Codec[], tag: string): Choice {
  if (variants.some(({ properties, kind }) => properties === undefined || kind !== 'M'))
    throw new SchemaProblem('a variant is an object', 'Use z.object() for each')
  const choice = choiceByTag(tag, variants)
  if (choice !== undefined) return choice
  throw new SchemaProblem(
    `${JSON.stringify(tag)} does not tell its variants apart`,
    'Give it a literal of its own in each',
  )
}

/**
 * Members that a stored value tells apart. Trying one after the other could read a value as another member than the one that
 * wrote it, so whatever can't be told apart is refused.
 */
function apart(codecs: readonly Codec[]): readonly Codec[] {
  const members = [...new Set(codecs.flatMap((codec) => codec.members ?? [codec]))]
  const maps = members.filter(({ reads }) => reads.has('M'))
  const known = maps.length < 2 ? members : [...members.filter((member) => !maps.includes(member)), oneMap(maps)]
  const changed = new Map<Codec, Codec>()
  const listed = known.filter(({ values }) => values !== undefined)
  for (const [kind, sharing] of membersByKind(known)) {
    const tokens = new Set(sharing.map(({ reads }) => reads.get(kind)))
    if (tokens.size < 2) continue
    const others = sharing.filter((member) => !listed.includes(member))
    const [other] = others
    const isListedOnce =
      new Set(sharing.filter((member) => listed.includes(member)).map(({ reads }) => reads.get(kind))).size < 2
    // A listed value is read before anything else, and written by nothing else.
    if (other === undefined || others.length > 1 || !isListedOnce) throw ambiguous(kind)
    const taken = listed.flatMap(({ values = [] }) => values.map(scalarKey))
    changed.set(other, excludingCodec(other, new Set(taken)))
  }
  if (changed.size === 0) return known
  return [
    ...listed,
    ...known.filter((member) => !listed.includes(member)).map((member) => changed.get(member) ?? member),
  ]
}

function oneMap(maps: readonly Codec[]): Codec {
  const tags = [...(maps[0]?.properties?.keys() ?? [])]
  const onlyMaps = maps.every(({ kind, properties }) => kind === 'M' && properties !== undefined)
  for (const tag of onlyMaps ? tags : []) {
    const choice = choiceByTag(tag, maps)
    if (choice !== undefined) return variantCodec(maps, () => choice, tag)
  }
  const choice = onlyMaps ? choiceByNames(maps) : undefined
  if (choice === undefined) throw ambiguous('M')
  return variantCodec(maps, () => choice)
}

function ambiguous(kind: string): SchemaProblem {
  return new SchemaProblem(
    `two of its options are stored as ${kind}, and nothing tells them apart`,
    kind === 'M' ? 'Use z.discriminatedUnion()' : 'Use one z.codec() for both, or z.discriminatedUnion() of objects',
  )
}
