// The operators of conditions and filters: they take fields and values, and make conditions.
import type { WireKind } from '../types/attribute-value.js'
import type { Condition, Operators } from '../types/condition.js'
import { bytesCodec } from '../values/binary.js'
import { type Codec, kindOf, ValueProblem } from '../values/codec.js'
import { stringCodec } from '../values/scalars.js'
import { oneOf } from '../values/unions.js'
import { type Comparison, asCondition, type ConditionTree, type Operand, isReference, treeOf } from './condition.js'
import { fieldOf, type FieldNode, nodeOf, placeOf, stepInto } from './field.js'
import { checkKinds, operandFor, referenceOf, sizeCodec } from './operand.js'
import { rawCondition } from './raw-condition.js'

const ordered: readonly WireKind[] = ['S', 'N', 'B']
const sized: readonly WireKind[] = ['S', 'B', 'SS', 'NS', 'BS', 'L', 'M']
const kinds: readonly WireKind[] = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M']

function equality(operator: Comparison): (field: unknown, value: unknown) => Condition {
  return (field, value) => {
    const node = nodeOf(field)
    return asCondition({ type: 'compare', operator, ...referenceOf(node), value: operandFor(node, value) })
  }
}

function ordering(operator: Comparison): (field: unknown, value: unknown) => Condition {
  return (field, value) => {
    const node = nodeOf(field)
    return asCondition({ type: 'compare', operator, ...referenceOf(node), value: inOrder(node, value) })
  }
}

/** A value that DynamoDB can put in an order: it refuses to ask whether something is less than true. */
function inOrder(node: FieldNode, value: unknown): Operand {
  checkKinds(node, ordered, 'a field of strings, numbers or bytes')
  const operand = operandFor(node, value)
  if (isReference(operand) || ordered.some((kind) => Object.hasOwn(operand, kind))) return operand
  const problem = new ValueProblem('a string, a number or bytes', kindOf(value))
  problem.path.push(...node.names)
  throw problem
}

function between(field: unknown, from: unknown, to: unknown): Condition {
  const node = nodeOf(field)
  return asCondition({ type: 'between', ...referenceOf(node), from: inOrder(node, from), to: inOrder(node, to) })
}

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters
const mostInList = 100

function isIn(field: unknown, values: unknown): Condition {
  const node = nodeOf(field)
  const refuse = (expected: string, received: string): never => {
    const problem = new ValueProblem(expected, received)
    problem.path.push(...node.names)
    throw problem
  }
  if (!Array.isArray(values)) return refuse('an array of values', kindOf(values))
  if (values.length === 0) return refuse('a value for in()', 'none')
  const operands = Array.from(values, (value: unknown) => operandFor(node, value))
  const conditions: ConditionTree[] = []
  for (let start = 0; start < operands.length; start += mostInList)
    conditions.push({ type: 'in', ...referenceOf(node), values: operands.slice(start, start + mostInList) })
  const [first] = conditions
  return asCondition(first !== undefined && conditions.length === 1 ? first : { type: 'or', conditions })
}

function beginsWith(field: unknown, prefix: unknown): Condition {
  const node = placeOf(field)
  const codec = checkKinds(node, ['S', 'B'], 'a field of strings or bytes')
  const as = codec.reads.has('S') ? stringCodec : bytesCodec
  return asCondition({ type: 'begins-with', path: node.path, prefix: operandFor(node, prefix, as) })
}

function contains(field: unknown, value: unknown): Condition {
  const node = placeOf(field)
  const codec = checkKinds(node, ['S', 'SS', 'NS', 'BS', 'L', 'B'], 'a field of strings, sets or lists')
  return asCondition({ type: 'contains', path: node.path, value: operandFor(node, value, containedIn(codec)) })
}

/** What a field may contain: members of a set, elements of a list, parts of a text. */
function containedIn(codec: Codec): Codec {
  const { member, reads } = codec
  if (member !== undefined) return member()
  if (reads.has('S')) return stringCodec
  if (reads.has('B')) return bytesCodec
  return tupleElements(codec)
}

// A tuple has no one kind of element: whichever of its elements takes the value encodes it. Positions beyond are alike.
const mostTold = 64

function tupleElements(codec: Codec): Codec {
  const elements = Array.from({ length: mostTold }, (_, position) => codec.part?.(position) ?? [])
  const element = oneOf(elements.flat())
  if (element === undefined) throw new ValueProblem('a list with elements', 'one without')
  return element
}

function hasType(field: unknown, kind: unknown): Condition {
  const node = placeOf(field)
  const known = kinds.find((name) => name === kind)
  if (known === undefined) throw new ValueProblem(`one of ${kinds.join(', ')}`, kindOf(kind))
  return asCondition({ type: 'has-type', path: node.path, kind: known })
}

function size(field: unknown): object {
  const node = placeOf(field)
  checkKinds(node, sized, 'a field of strings, bytes, sets, lists or maps')
  return fieldOf({ ...node, codec: sizeCodec, size: true, child: () => undefined })
}

function junction(type: 'and' | 'or'): (...conditions: readonly unknown[]) => Condition {
  return (...conditions) => {
    const trees = conditions.flat().map(treeOf)
    const [first] = trees
    // DynamoDB refuses parentheses in parentheses, which a junction of one would make.
    if (first !== undefined) return asCondition(trees.length === 1 ? first : { type, conditions: trees })
    throw new ValueProblem(`a condition for ${type}()`, 'none: a vanished condition would let every write through')
  }
}

/** The operators, as conditions and filters get them. Their types stand on the interface. */
export const operators: Operators = Object.freeze({
  eq: equality('='),
  ne: equality('<>'),
  lt: ordering('<'),
  lte: ordering('<='),
  gt: ordering('>'),
  gte: ordering('>='),
  between,
  in: isIn,
  beginsWith,
  contains,
  exists: (field: unknown) => asCondition({ type: 'exists', path: placeOf(field).path }),
  notExists: (field: unknown) => asCondition({ type: 'not-exists', path: placeOf(field).path }),
  type: hasType,
  size,
  at: stepInto,
  and: junction('and'),
  or: junction('or'),
  not: (condition: unknown) => asCondition({ type: 'not', condition: treeOf(condition) }),
  raw: rawCondition,
}) as never
