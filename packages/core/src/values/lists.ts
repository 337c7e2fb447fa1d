// The codecs of lists: of one kind of element, and tuples.
import type { AttributeValue } from '../types/attribute-value.js'
import {
  checkParts,
  type Codec,
  deeper,
  kindOf,
  makeCodec,
  readsAs,
  rethrowAt,
  storedKindOf,
  ValueProblem,
} from './codec.js'
import type { Sink } from './sink.js'

/** An array that is nothing else: one of a class made from it would come back without its class. */
export function plainArray(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new ValueProblem('an array', kindOf(value))
  const prototype: unknown = Object.getPrototypeOf(value)
  // An array of another realm has another Array.prototype, as far from null as ours.
  if (prototype !== Array.prototype && !isTwoFromNull(prototype))
    throw new ValueProblem('a plain array', 'an instance of a kind of array')
  return value
}

function isTwoFromNull(prototype: unknown): boolean {
  const above: unknown = prototype === null ? null : Object.getPrototypeOf(prototype)
  return above !== null && Object.getPrototypeOf(above) === null
}

/** Refuses what would be lost: a property by name, as the result of a match has. */
function checkNames(list: readonly unknown[]): void {
  if (Object.keys(list).length !== list.length || Object.getOwnPropertySymbols(list).length > 0)
    throw new ValueProblem('an array of elements alone', 'one with properties by name')
}

/** Lists of one kind of element, as L. */
export function listCodec(element: Codec): Codec {
  return makeCodec(
    {
      accepts: Array.isArray,
      write(value, sink, depth) {
        const list = plainArray(value)
        const inside = deeper(depth)
        const items: unknown[] = []
        for (let position = 0; position < list.length; position++)
          items.push(writeElement(element, list, position, sink, inside))
        checkNames(list)
        checkParts(depth, items)
        return sink.list(items as never[])
      },
      decode(stored, depth = 0) {
        if (stored.L === undefined) throw new ValueProblem('a list', storedKindOf(stored))
        return decodeElements(stored.L, () => element, deeper(depth))
      },
    },
    { reads: readsAs('L'), part: () => element, member: () => element },
  )
}

/** How many elements a tuple has, and of which kinds. */
export interface TupleParts {
  readonly items: readonly Codec[]
  /** How many of the items every tuple has; the others may be missing at its end. */
  readonly required: number
  readonly rest: Codec | undefined
}

/** Lists with a codec for each position, as L. */
export function tupleCodec({ items, required, rest }: TupleParts): Codec {
  const codecAt = (position: number): Codec | undefined => items[position] ?? rest
  const most = rest === undefined ? items.length : Infinity
  const expected = `${required === most ? '' : most === Infinity ? 'at least ' : `${required} to `}${most === Infinity ? required : most} elements`
  const checkLength = (length: number): void => {
    if (length < required || length > most) throw new ValueProblem(expected, `${length}`)
  }
  return makeCodec(
    {
      accepts: Array.isArray,
      write(value, sink, depth) {
        const list = plainArray(value)
        checkLength(list.length)
        const inside = deeper(depth)
        const written: unknown[] = []
        for (let position = 0; position < list.length; position++)
          written.push(writeElement(codecAt(position) as Codec, list, position, sink, inside))
        checkNames(list)
        checkParts(depth, written)
        return sink.list(written as never[])
      },
      decode(stored, depth = 0) {
        if (stored.L === undefined) throw new ValueProblem('a list', storedKindOf(stored))
        checkLength(stored.L.length)
        return decodeElements(stored.L, codecAt as (position: number) => Codec, deeper(depth))
      },
    },
    { reads: readsAs('L'), part: (step) => (typeof step === 'number' ? codecAt(step) : undefined) },
  )
}

function writeElement<Out>(
  element: Codec,
  list: readonly unknown[],
  position: number,
  sink: Sink<Out>,
  depth: number,
): Out {
  try {
    return present(element.write(list[position], sink, depth))
  } catch (error) {
    rethrowAt(error, position)
  }
}

/** Only a set is stored as absence, and a list or a record has no place for that. */
export function present<Out>(written: Out | undefined): Out {
  if (written !== undefined) return written
  throw new ValueProblem('a set with elements: a list can hold no empty one', 'an empty set')
}

export function decodeElements(
  list: readonly AttributeValue[],
  codecAt: (position: number) => Codec,
  depth: number,
): unknown[] {
  return list.map((part, position) => {
    try {
      return codecAt(position).decode(part, depth)
    } catch (error) {
      rethrowAt(error, position)
    }
  })
}
