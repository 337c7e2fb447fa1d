// Operands of conditions and updates: values encoded as the field that they are for, or other fields.
import type { AttributeValue, WireKind } from '../types/attribute-value.js'
import { type Codec, ValueProblem } from '../values/codec.js'
import { numberCodec } from '../values/scalars.js'
import type { Operand, Reference } from './condition.js'
import { codecOf, type FieldNode, isField, isSamePath, nodeOf } from './field.js'

/** What a field or size is in an expression. */
export function referenceOf({ path, size }: FieldNode): Reference {
  return size === true ? { path, size } : { path }
}

/** A value or another field, to be held against a field. The codec is the field's own unless it says otherwise. */
export function operandFor(node: FieldNode, value: unknown, as: Codec = codecOf(node)): Operand {
  return isField(value) ? otherField(node, as, nodeOf(value)) : encodedFor(node, value, as)
}

/** A value encoded as the field that it is for. An empty set is refused: there is none that is stored. */
export function encodedFor(node: FieldNode, value: unknown, as: Codec = codecOf(node)): AttributeValue {
  try {
    const encoded = (as.unchecked ?? as).encode(value, node.names.length)
    if (encoded === undefined) throw new ValueProblem('a set with elements', 'an empty set, which DynamoDB has not')
    return encoded
  } catch (error) {
    if (error instanceof ValueProblem) error.path.unshift(...node.names)
    throw error
  }
}

/** Another field. DynamoDB refuses one that is compared with itself, and nothing is equal that is stored in other ways. */
function otherField(node: FieldNode, as: Codec, other: FieldNode): Reference {
  const problem = (expected: string, received: string): never => {
    const found = new ValueProblem(expected, received)
    found.path.push(...node.names)
    throw found
  }
  if (node.size === other.size && isSamePath(node.path, other.path)) problem('two different fields', 'one field twice')
  if (![...codecOf(other).reads.keys()].some((kind) => as.reads.has(kind)))
    problem(`a field that is stored as ${kindsOf(as)}`, `one that is stored as ${kindsOf(codecOf(other))}`)
  return referenceOf(other)
}

/** How messages name what a codec stores. */
export function kindsOf({ reads }: Codec): string {
  return [...reads.keys()].join(' or ')
}

/** Refuses a field that holds nothing of certain kinds. */
export function checkKinds(node: FieldNode, kinds: readonly WireKind[], expected: string): Codec {
  const codec = codecOf(node)
  if (kinds.some((kind) => codec.reads.has(kind))) return codec
  const problem = new ValueProblem(expected, `one that is stored as ${kindsOf(codec)}`)
  problem.path.push(...node.names)
  throw problem
}

/** The number that the size of a field is. */
export const sizeCodec: Codec = numberCodec
