// The codec of values that no schema describes: whatever DynamoDB and JavaScript both have.
import type { AttributeValue, WireKind } from '../types/attribute-value.js'
import { bytesCodec, isBytes } from './binary.js'
import {
  checkParts,
  type Codec,
  type Directions,
  deeper,
  kindOf,
  makeCodec,
  setOwn,
  storedKindOf,
  ValueProblem,
} from './codec.js'
import { decodeNamed, plainObject, writeNamed } from './containers.js'
import { isStorable, parseDecimal, plainDecimal } from './decimal.js'
import { listCodec } from './lists.js'
import { bigintText, storedDecimal, wholeNumber } from './numbers.js'
import { booleanCodec, exactDouble, nullCodec, numberCodec, stringCodec } from './scalars.js'
import { decodeAnySet, writeAnySet } from './sets.js'

/** A stored number with a fraction that no double holds exactly: up to 38 digits, as text. */
export class ExactNumber {
  /** Written out, without an exponent or needless zeros. */
  readonly value: string
  constructor(text: string) {
    const decimal = parseDecimal(text)
    if (decimal === undefined || !isStorable(decimal))
      throw new RangeError('An exact number is a decimal of at most 38 digits')
    this.value = plainDecimal(decimal)
    Object.freeze(this)
  }
  toString(): string {
    return this.value
  }
  toJSON(): string {
    return this.value
  }
}

const kinds: readonly WireKind[] = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M']

/** Any value; numbers as doubles, and those that no double holds are refused. */
export const anyCodec: Codec = makeAny(numberCodec)

/** Any value; each number as the first that holds it exactly: a number, a bigint, an `ExactNumber`. */
export const anyExactCodec: Codec = makeAny(
  makeCodec(
    {
      accepts: (value) => typeof value === 'number' || typeof value === 'bigint' || value instanceof ExactNumber,
      write(value, sink) {
        if (typeof value === 'number') return numberCodec.write(value, sink, 0)
        const text = typeof value === 'bigint' ? bigintText(value) : value instanceof ExactNumber ? value.value : ''
        if (text === '') throw new ValueProblem('a number', kindOf(value))
        if (kindOf(exactValue(text)) !== kindOf(value))
          throw new ValueProblem('a number in the form that it will be read in', `${kindOf(value)} for a simpler one`)
        return sink.number(text)
      },
      decode(stored) {
        storedDecimal(stored)
        return exactValue(stored.N ?? '')
      },
    },
    { reads: new Map([['N', {}]]) },
  ),
)

function exactValue(text: string): unknown {
  const double = exactDouble(text)
  if (double !== undefined) return double
  const decimal = storedDecimal({ N: text })
  return decimal.power < 0 ? new ExactNumber(text) : wholeNumber(decimal)
}

function makeAny(numbers: Codec): Codec {
  const self: Codec = makeCodec(
    directions(numbers, () => self),
    () => ({
      reads: new Map(kinds.map((kind) => [kind, self])),
      part: () => self,
      member: () => self,
      open: true,
    }),
  )
  return self
}

function directions(numbers: Codec, self: () => Codec): Directions {
  const codecOf = (value: unknown): Codec | undefined => {
    if (typeof value === 'string') return stringCodec
    if (typeof value === 'boolean') return booleanCodec
    if (value === null) return nullCodec
    if (numbers.accepts(value)) return numbers
    if (Array.isArray(value)) return listCodec(self())
    return isBytes(value) ? bytesCodec : undefined
  }
  const decoders: Readonly<Partial<Record<string, Codec>>> = {
    S: stringCodec,
    N: numbers,
    B: bytesCodec,
    BOOL: booleanCodec,
    NULL: nullCodec,
  }
  return {
    accepts: () => true,
    write(value, sink, depth) {
      const codec = codecOf(value)
      if (codec !== undefined) return codec.write(value, sink, depth)
      if (value instanceof Set) return writeAnySet(value, self(), sink)
      if (typeof value === 'bigint')
        throw new ValueProblem('a value that reads as itself: a bigint needs z.bigint()', kindOf(value))
      if (typeof value !== 'object') throw new ValueProblem('a value that can be stored', kindOf(value))
      const source = plainObject(value)
      const names = Object.keys(source)
      const inside = deeper(depth)
      checkParts(depth, names)
      return sink.map(
        names,
        names.map((name) => writeNamed(self(), name, source[name], sink, inside)),
      )
    },
    decode(stored: AttributeValue, depth = 0): unknown {
      const scalar = decoders[Object.keys(stored)[0] ?? '']
      if (scalar !== undefined) return scalar.decode(stored)
      if (stored.L !== undefined) return listCodec(self()).decode(stored, depth)
      if (stored.M !== undefined) {
        const inside = deeper(depth)
        const result: Record<string, unknown> = {}
        for (const name of Object.keys(stored.M)) setOwn(result, name, decodeNamed(self(), name, stored.M, inside))
        return result
      }
      const set = decodeAnySet(stored, self())
      if (set !== undefined) return set
      throw new ValueProblem('a value', storedKindOf(stored))
    },
  }
}
