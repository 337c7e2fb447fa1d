// The codec of records: objects whose names are data.
import {
  checkParts,
  type Codec,
  deeper,
  makeCodec,
  problemAt,
  type Property,
  readsAs,
  setOwn,
  storedKindOf,
  ValueProblem,
} from './codec.js'
import { decodeNamed, isObject, plainObject, writeNamed } from './containers.js'

/** Objects of one kind of value under names of one kind, as M. */
export function recordCodec(key: Codec, { codec, optional, makeDefault }: Property): Codec {
  return makeCodec(
    {
      accepts: isObject,
      write(value, sink, depth) {
        const source = plainObject(value)
        const inside = deeper(depth)
        const names: string[] = []
        const parts: unknown[] = []
        for (const name of Object.keys(source)) {
          checkKey(key, name)
          const found = source[name]
          const given = found === undefined ? makeDefault?.() : found
          if (given === undefined && optional) continue
          parts.push(writeNamed(codec, name, given, sink, inside))
          names.push(name)
        }
        checkParts(depth, parts)
        return sink.map(names, parts as never[])
      },
      decode(stored, depth = 0) {
        if (stored.M === undefined) throw new ValueProblem('a map', storedKindOf(stored))
        const inside = deeper(depth)
        const result: Record<string, unknown> = {}
        for (const name of Object.keys(stored.M)) {
          nameProblem(name, () => key.decode({ S: name }))
          setOwn(result, name, decodeNamed(codec, name, stored.M, inside))
        }
        return result
      },
    },
    { reads: readsAs('M'), part: () => codec, open: true },
  )
}

// A schema may change a text that it checks; a name that it changed could meet another.
function checkKey(key: Codec, name: string): void {
  if (nameProblem(name, () => key.encode(name)?.S) !== name)
    throw problemAt(name, 'a name in the form that its schema gives it', 'another')
}

function nameProblem<Result>(name: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof ValueProblem) throw problemAt(name, `${error.expected}, for a name`, 'another one')
    throw error
  }
}
