// Conditions as trees, and the operators that grow them. A tree holds encoded values: it knows no schema.
import type { Path } from '../errors/path.js'
import type { AttributeValue } from '../types/attribute-value.js'
import type { Condition, Field, Operators } from '../types/condition.js'
import { type Codec, kindOf, ValueProblem } from '../values/codec.js'
import { stringCodec } from '../values/scalars.js'

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='

/** A condition as data. */
export type ConditionTree =
  | { readonly type: 'compare'; readonly operator: Comparison; readonly path: Path; readonly value: AttributeValue }
  | { readonly type: 'between'; readonly path: Path; readonly from: AttributeValue; readonly to: AttributeValue }
  | { readonly type: 'begins-with'; readonly path: Path; readonly prefix: AttributeValue }
  | { readonly type: 'exists' | 'not-exists'; readonly path: Path }
  | { readonly type: 'and' | 'or'; readonly conditions: readonly ConditionTree[] }
  | { readonly type: 'not'; readonly condition: ConditionTree }

/** What a field stands for; the whole item has no codec, and the partition key stands for its existence. */
export interface FieldNode {
  readonly path: Path
  readonly codec: Codec | undefined
}

// Symbols, so that nothing that came from JSON can pass for a field or a condition; registered, for two copies of the package.
export const fieldBrand: unique symbol = Symbol.for('keyloom.field') as never
const conditionBrand: unique symbol = Symbol.for('keyloom.condition') as never

/** The tree of a condition that the operators made; anything else is refused. */
export function treeOf(condition: unknown): ConditionTree {
  if (typeof condition === 'object' && condition !== null && conditionBrand in condition)
    return condition[conditionBrand] as ConditionTree
  throw new ValueProblem('a condition made by the operators', kindOf(condition))
}

function made(tree: ConditionTree): Condition {
  return Object.freeze({ [conditionBrand]: tree }) as unknown as Condition
}

function nodeOf(field: unknown): FieldNode {
  if (typeof field === 'object' && field !== null && fieldBrand in field) return field[fieldBrand] as FieldNode
  throw new ValueProblem('a field of the entity', kindOf(field))
}

/** A value encoded as the field it is compared with. */
function operand({ path, codec }: FieldNode, value: unknown, as: Codec | undefined = codec): AttributeValue {
  try {
    if (as === undefined) throw new ValueProblem('one attribute to compare', 'the whole item')
    const encoded = (as.unchecked ?? as).encode(value)
    if (encoded === undefined) throw new ValueProblem('a set with elements', 'an empty set, which DynamoDB has not')
    return encoded
  } catch (error) {
    if (error instanceof ValueProblem) error.path.unshift(...path)
    throw error
  }
}

function comparison(operator: Comparison): (field: Field<unknown>, value: unknown) => Condition {
  return (field, value) => {
    const node = nodeOf(field)
    return made({ type: 'compare', operator, path: node.path, value: operand(node, value) })
  }
}

function junction(type: 'and' | 'or'): (...conditions: readonly Condition[]) => Condition {
  return (...conditions) => {
    if (conditions.length === 0)
      throw new ValueProblem(`a condition for ${type}()`, 'none: a vanished condition would let every write through')
    return made({ type, conditions: conditions.map(treeOf) })
  }
}

/** The operators, as conditions and filters get them. */
export const operators: Operators = Object.freeze({
  eq: comparison('='),
  ne: comparison('<>'),
  lt: comparison('<'),
  lte: comparison('<='),
  gt: comparison('>'),
  gte: comparison('>='),
  between(field: Field<unknown>, from: unknown, to: unknown) {
    const node = nodeOf(field)
    return made({ type: 'between', path: node.path, from: operand(node, from), to: operand(node, to) })
  },
  beginsWith(field: Field<string>, prefix: string) {
    const node = nodeOf(field)
    return made({ type: 'begins-with', path: node.path, prefix: operand(node, prefix, stringCodec) })
  },
  exists: (field: Field<unknown>) => made({ type: 'exists', path: nodeOf(field).path }),
  notExists: (field: Field<unknown>) => made({ type: 'not-exists', path: nodeOf(field).path }),
  and: junction('and'),
  or: junction('or'),
  not: (condition: Condition) => made({ type: 'not', condition: treeOf(condition) }),
})

/** All of the conditions; `undefined` where there is none. */
export function allOf(conditions: readonly ConditionTree[]): ConditionTree | undefined {
  return conditions.length > 1 ? { type: 'and', conditions } : conditions[0]
}
