// The codec of bytes.
import { type Codec, kindOf, makeCodec, readsAs, storedKindOf, ValueProblem } from './codec.js'

/** Whether a value is a Uint8Array, a Node Buffer included, of whatever realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === 'Uint8Array'
}

/** A copy: what is stored must not change with a buffer that its owner uses again, nor hold on to what a view is part of. */
export function copiedBytes(value: unknown): Uint8Array {
  if (!isBytes(value)) throw new ValueProblem('a Uint8Array', kindOf(value))
  return new Uint8Array(value)
}

/** Bytes, as B. */
export const bytesCodec: Codec = makeCodec(
  {
    accepts: isBytes,
    write: (value, sink) => sink.binary(copiedBytes(value)),
    decode(stored) {
      if (!isBytes(stored.B)) throw new ValueProblem('bytes', storedKindOf(stored))
      return copiedBytes(stored.B)
    },
  },
  { reads: readsAs('B', 'bytes') },
)
