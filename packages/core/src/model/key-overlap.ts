// Whether two entities of one table can have the same key: decided for all keys, when the second is defined.
import { allBut, type Alphabet, anyCharacter, meet, span } from './alphabet.js'
import type { Component, KeyTemplate } from './key-template.js'

/** The templates of a table key. */
export type KeyShape = readonly KeyTemplate[]

/** A character, one of several, or (`repeats`) one or more of them. */
interface Atom {
  readonly alphabet: Alphabet
  readonly repeats: boolean
}

/** Whether there is a key that both shapes make. */
export function overlap(one: KeyShape, other: KeyShape): boolean {
  const pairs = one.flatMap((template, position) => {
    const counterpart = other[position]
    return counterpart === undefined ? [] : [[template, counterpart] as const]
  })
  // Most entities of a table differ in the literals that their keys begin with: that takes no walk.
  return (
    pairs.every(([template, counterpart]) => beginAlike(template, counterpart)) &&
    pairs.every(([template, counterpart]) => intersects(atomsOf(template), atomsOf(counterpart)))
  )
}

function beginAlike({ literals: [first = ''] }: KeyTemplate, { literals: [other = ''] }: KeyTemplate): boolean {
  return first.startsWith(other) || other.startsWith(first)
}

function atomsOf({ literals, components, native }: KeyTemplate): readonly Atom[] {
  if (native !== undefined) return [{ alphabet: anyCharacter, repeats: true }]
  return literals.flatMap((literal, position) => [
    ...Array.from(literal, (character): Atom => ({ alphabet: [span(character)], repeats: false })),
    ...componentAtoms(components[position]),
  ])
}

function componentAtoms(component: Component | undefined): readonly Atom[] {
  if (component === undefined) return []
  const { format, refuses } = component
  const alphabet = refuses === undefined ? format.alphabet : allBut(refuses)
  if (format.width === undefined) return [{ alphabet, repeats: true }]
  return Array.from({ length: format.width }, () => ({ alphabet, repeats: false }))
}

/** Walks both at once over all pairs of places that some text can reach. */
function intersects(one: readonly Atom[], other: readonly Atom[]): boolean {
  const seen = new Set<number>()
  const open: (readonly [number, number])[] = [[0, 0]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [left, right] = pair
    if (left === one.length && right === other.length) return true
    const a = one[left]
    const b = other[right]
    const id = left * (other.length + 1) + right
    if (a === undefined || b === undefined || seen.has(id) || !meet(a.alphabet, b.alphabet)) continue
    seen.add(id)
    const lefts = a.repeats ? [left, left + 1] : [left + 1]
    const rights = b.repeats ? [right, right + 1] : [right + 1]
    for (const nextLeft of lefts) for (const nextRight of rights) open.push([nextLeft, nextRight])
  }
  return false
}
