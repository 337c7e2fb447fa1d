// Where codecs write stored values to: AttributeValues, or any text that says the same.
import type { Attributes, AttributeValue } from '../types/attribute-value.js'

/** Makes something of every type that DynamoDB has. What it is given is valid and may be kept. */
export interface Sink<Out> {
  string(text: string): Out
  number(text: string): Out
  binary(bytes: Uint8Array): Out
  boolean(value: boolean): Out
  null(): Out
  stringSet(texts: readonly string[]): Out
  numberSet(texts: readonly string[]): Out
  binarySet(members: readonly Uint8Array[]): Out
  list(items: readonly Out[]): Out
  /** Names and items are in the same order; no name comes twice. */
  map(names: readonly string[], items: readonly Out[]): Out
}

/** DynamoDB's values as the SDK takes them. */
export const attributeValues: Sink<AttributeValue> = {
  string: (text) => ({ S: text }),
  number: (text) => ({ N: text }),
  binary: (bytes) => ({ B: bytes }),
  boolean: (value) => ({ BOOL: value }),
  null: () => ({ NULL: true }),
  stringSet: (texts) => ({ SS: texts as string[] }),
  numberSet: (texts) => ({ NS: texts as string[] }),
  binarySet: (members) => ({ BS: members as Uint8Array[] }),
  list: (items) => ({ L: items as AttributeValue[] }),
  map(names, items) {
    const attributes: Attributes = {}
    for (let position = 0; position < names.length; position++) {
      const name = names[position] as string
      const item = items[position] as AttributeValue
      // Plain assignment would take this name for the prototype.
      if (name === '__proto__')
        Object.defineProperty(attributes, name, { value: item, writable: true, enumerable: true, configurable: true })
      else attributes[name] = item
    }
    return { M: attributes }
  },
}

/** Writes a value that is encoded already. */
export function replay<Out>(value: AttributeValue, sink: Sink<Out>): Out {
  if (value.S !== undefined) return sink.string(value.S)
  if (value.N !== undefined) return sink.number(value.N)
  if (value.B !== undefined) return sink.binary(value.B)
  if (value.BOOL !== undefined) return sink.boolean(value.BOOL)
  if (value.SS !== undefined) return sink.stringSet(value.SS)
  if (value.NS !== undefined) return sink.numberSet(value.NS)
  if (value.BS !== undefined) return sink.binarySet(value.BS)
  if (value.L !== undefined) return sink.list(value.L.map((item) => replay(item, sink)))
  if (value.M !== undefined) {
    const names = Object.keys(value.M)
    return sink.map(
      names,
      Object.values(value.M).map((item) => replay(item, sink)),
    )
  }
  return sink.null()
}
