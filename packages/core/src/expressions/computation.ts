// Values that DynamoDB works out from what is stored: arithmetic, longer lists, and what stands in for something absent.
import type { AttributeValue, WireKind } from '../types/attribute-value.js'
import { type Codec, kindOf, rethrowAt, ValueProblem } from '../values/codec.js'
import { present } from '../values/lists.js'
import { codecOf, type FieldNode, isField, isSamePath, placeOf } from './field.js'
import { checkKinds, encodedFor, kindsOf, operandFor, referenceOf } from './operand.js'
import type { UpdateOperand, UpdateValue } from './update.js'

/** A computation, and the field whose values it makes. */
export interface ComputationNode {
  readonly value: UpdateValue
  readonly node: FieldNode
}

// A symbol, so that nothing that came from JSON can pass for a computation; registered, for two copies of the package.
const computationBrand: unique symbol = Symbol.for('keyloom.computation') as never

/** The computation that a value is; `undefined` for what is none. */
export function computationOf(value: unknown): ComputationNode | undefined {
  if (typeof value !== 'object' || value === null || !(computationBrand in value)) return undefined
  return value[computationBrand] as ComputationNode
}

function made(value: UpdateValue, node: FieldNode): object {
  return Object.freeze({ [computationBrand]: { value, node } satisfies ComputationNode })
}

/** What a computation begins with: a field, or what stands in for one. */
function startOf(start: unknown): { readonly operand: UpdateOperand; readonly node: FieldNode } {
  const computation = computationOf(start)
  if (computation === undefined) {
    const node = placeOf(start)
    return { operand: referenceOf(node), node }
  }
  return { operand: fallbackOf(computation), node: computation.node }
}

/** DynamoDB lets `if_not_exists` be a part of another value, and nothing else. */
function fallbackOf({ value, node }: ComputationNode): UpdateOperand {
  if ('type' in value && value.type === 'if-not-exists') return value
  return problem(node, 'a value, a field or ifNotExists(): DynamoDB computes once a value', 'another computation')
}

/** An operand beside a field: a value of its type, another field, or what stands in for one. */
function operandBeside(node: FieldNode, value: unknown): UpdateOperand {
  const computation = computationOf(value)
  if (computation !== undefined) {
    checkAlike(node, computation.node)
    return fallbackOf(computation)
  }
  // In an update a field may stand beside itself: a + a.
  if (!isField(value)) return encodedFor(node, value)
  checkAlike(node, placeOf(value))
  return referenceOf(placeOf(value))
}

/** Refuses a field that holds nothing of the kind that another one holds. */
export function checkAlike(node: FieldNode, other: FieldNode): void {
  const codec = codecOf(node)
  if ([...codecOf(other).reads.keys()].some((kind) => codec.reads.has(kind))) return
  problem(node, `a field that is stored as ${kindsOf(codec)}`, `one that is stored as ${kindsOf(codecOf(other))}`)
}

export function arithmetic(type: '+' | '-'): (left: unknown, right: unknown) => object {
  return (left, right) => {
    const { operand, node } = startOf(left)
    checkKinds(node, ['N'], 'a field of numbers')
    return made({ type, left: operand, right: operandBeside(node, right) }, node)
  }
}

export function ifNotExists(field: unknown, otherwise: unknown): object {
  const node = placeOf(field)
  const isItself = isField(otherwise) && isSamePath(placeOf(otherwise).path, node.path)
  if (isItself) problem(node, 'two different fields', 'one field twice')
  return made({ type: 'if-not-exists', path: node.path, otherwise: operandBeside(node, otherwise) }, node)
}

export function extended(where: 'end' | 'start'): (list: unknown, elements: unknown) => object {
  return (list, elements) => {
    const { operand, node } = startOf(list)
    const codec = checkKinds(node, ['L'] satisfies WireKind[], 'a list')
    const more = isField(elements) ? otherList(node, elements) : elementsOf(node, codec, elements)
    const [first, second] = where === 'end' ? [operand, more] : [more, operand]
    return made({ type: 'list-append', first, second }, node)
  }
}

function otherList(node: FieldNode, elements: object): UpdateOperand {
  const other = placeOf(elements)
  checkKinds(other, ['L'], 'a list')
  return isSamePath(node.path, other.path) ? referenceOf(other) : operandFor(node, elements)
}

/** Elements encoded as those of the list. */
function elementsOf(node: FieldNode, { member }: Codec, elements: unknown): AttributeValue {
  try {
    if (member === undefined) throw new ValueProblem('a list of any length', 'a tuple')
    if (!Array.isArray(elements)) throw new ValueProblem('an array of elements', kindOf(elements))
    const codec = member()
    const depth = node.names.length + 1
    return {
      L: Array.from(elements, (element: unknown, position) => {
        try {
          return present(codec.encode(element, depth))
        } catch (error) {
          rethrowAt(error, position)
        }
      }),
    }
  } catch (error) {
    if (error instanceof ValueProblem) error.path.unshift(...node.names)
    throw error
  }
}

function problem({ names }: FieldNode, expected: string, received: string): never {
  const found = new ValueProblem(expected, received)
  found.path.push(...names)
  throw found
}
