// The codec of values that are listed: literals and enums, each stored as what it is.
import type { AttributeValue, WireKind } from '../types/attribute-value.js'
import { type Codec, kindOf, makeCodec, storedKindOf, ValueProblem } from './codec.js'
import { canonicalDecimal } from './decimal.js'
import { bigintCodec } from './numbers.js'
import { booleanCodec, nullCodec, numberCodec, stringCodec } from './scalars.js'

/** A text for each value without parts: equal for equal values, whatever number wrote them. */
export function scalarKey(stored: AttributeValue): string {
  if (stored.S !== undefined) return `S${stored.S}`
  if (stored.N !== undefined) return `N${canonicalDecimal(stored.N) ?? stored.N}`
  if (stored.BOOL !== undefined) return `BOOL${stored.BOOL}`
  return Object.keys(stored).join()
}

const codecs: Readonly<Record<string, Codec>> = {
  string: stringCodec,
  number: numberCodec,
  bigint: bigintCodec,
  boolean: booleanCodec,
}

/** The codec of one primitive value, `undefined` for a value that none can store. */
export function codecOfPrimitive(value: unknown): Codec | undefined {
  return value === null ? nullCodec : codecs[typeof value]
}

// More would only hide what the message says.
const mostNamed = 12

/** One of several values. Throws a `ValueProblem` for one that can't be stored, or that is stored as another is. */
export function literalCodec(values: readonly unknown[]): Codec {
  const stored = new Map<string, { readonly value: unknown; readonly attribute: AttributeValue }>()
  const reads = new Map<WireKind, unknown>()
  for (const value of values) {
    const codec = codecOfPrimitive(value)
    const attribute = codec?.encode(value)
    if (codec === undefined || attribute === undefined)
      throw new ValueProblem('a value that can be stored', kindOf(value))
    const key = scalarKey(attribute)
    if (stored.has(key)) throw new ValueProblem('values that are stored differently', 'two that are stored alike')
    stored.set(key, { value, attribute })
    const [kind, token] = [...codec.reads][0] ?? []
    // Numbers next to bigints are read back as what was listed, not by their kind.
    if (kind !== undefined) reads.set(kind, !reads.has(kind) || reads.get(kind) === token ? token : {})
  }
  const allowed = new Set(values)
  const expected = described(values)
  return makeCodec(
    {
      accepts: (value) => allowed.has(value),
      write(value, sink) {
        if (!allowed.has(value)) throw refusal(expected, value)
        return codecOfPrimitive(value)?.write(value, sink, 0)
      },
      decode(attribute) {
        const found = stored.get(scalarKey(attribute))
        if (found !== undefined) return found.value
        const isListedKind = [...reads.keys()].some((kind) => Object.hasOwn(attribute, kind))
        throw new ValueProblem(expected, isListedKind ? `another ${nameOfKind(attribute)}` : storedKindOf(attribute))
      },
    },
    { reads, values: [...stored.values()].map(({ attribute }) => attribute) },
  )
}

function described(values: readonly unknown[]): string {
  const shown = values
    .slice(0, mostNamed)
    .map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value)))
  return `one of ${shown.join(', ')}${values.length > mostNamed ? ', …' : ''}`
}

function refusal(expected: string, value: unknown): ValueProblem {
  return new ValueProblem(expected, typeof value === 'string' ? 'another string' : kindOf(value))
}

function nameOfKind(attribute: AttributeValue): string {
  if (attribute.S !== undefined) return 'string'
  return attribute.N === undefined ? 'value' : 'number'
}
