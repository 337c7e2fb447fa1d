// Conditions as trees. A tree holds encoded values: it knows no schema.
import type { Path } from '../errors/path.js'
import type { AttributeValue, WireKind } from '../types/attribute-value.js'
import type { Condition } from '../types/condition.js'
import { kindOf, ValueProblem } from '../values/codec.js'

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='

/** An attribute or a path inside one, or the size of what is there. */
export interface Reference {
  readonly path: Path
  readonly size?: true
}

/** What an operator takes: a value, or what is stored elsewhere in the item. */
export type Operand = AttributeValue | Reference

interface Compare<Value> extends Reference {
  readonly type: 'compare'
  readonly operator: Comparison
  readonly value: Value
}

interface Between<Value> extends Reference {
  readonly type: 'between'
  readonly from: Value
  readonly to: Value
}

interface BeginsWith<Value> {
  readonly type: 'begins-with'
  readonly path: Path
  readonly prefix: Value
}

/** A condition on a key attribute, as queries have them. */
export type KeyCondition = Compare<AttributeValue> | Between<AttributeValue> | BeginsWith<AttributeValue>

/** A condition as data. */
export type ConditionTree =
  | Compare<Operand>
  | Between<Operand>
  | BeginsWith<Operand>
  | (Reference & { readonly type: 'in'; readonly values: readonly Operand[] })
  | { readonly type: 'contains'; readonly path: Path; readonly value: Operand }
  | { readonly type: 'has-type'; readonly path: Path; readonly kind: WireKind }
  | { readonly type: 'exists' | 'not-exists'; readonly path: Path }
  | { readonly type: 'and' | 'or'; readonly conditions: readonly ConditionTree[] }
  | { readonly type: 'not'; readonly condition: ConditionTree }
  | RawCondition

/** A condition in DynamoDB's own words: constant texts, with operands and conditions between them. */
export interface RawCondition {
  readonly type: 'raw'
  readonly texts: readonly string[]
  readonly parts: readonly (Operand | ConditionTree)[]
}

// A symbol, so that nothing that came from JSON can pass for a condition; registered, for two copies of the package.
const conditionBrand: unique symbol = Symbol.for('keyloom.condition') as never

/** Whether a value is a condition that the operators made. */
export function isCondition(value: unknown): value is Condition {
  return typeof value === 'object' && value !== null && conditionBrand in value
}

/** The tree of a condition that the operators made; anything else is refused. */
export function treeOf(condition: unknown): ConditionTree {
  if (isCondition(condition))
    return (condition as unknown as Record<symbol, ConditionTree>)[conditionBrand] as ConditionTree
  throw new ValueProblem('a condition made by the operators', kindOf(condition))
}

/** A tree as callers see it. */
export function asCondition(tree: ConditionTree): Condition {
  return Object.freeze({ [conditionBrand]: tree }) as unknown as Condition
}

/** Whether an operand is what is stored somewhere, and no value. */
export function isReference(operand: Operand | ConditionTree): operand is Reference {
  return 'path' in operand && !('type' in operand)
}

/** All of the conditions; `undefined` where there is none. */
export function allOf(conditions: readonly ConditionTree[]): ConditionTree | undefined {
  return conditions.length > 1 ? { type: 'and', conditions } : conditions[0]
}

/** Each path that a condition names. */
export function* pathsIn(tree: ConditionTree): Generator<Path> {
  if ('path' in tree) yield tree.path
  for (const operand of operandsOf(tree)) {
    if (isReference(operand)) yield operand.path
    else if ('type' in operand) yield* pathsIn(operand)
  }
}

/** The operands and conditions that a condition is made of, besides what it is about. */
export function operandsOf(tree: ConditionTree): readonly (Operand | ConditionTree)[] {
  switch (tree.type) {
    case 'compare':
    case 'contains':
      return [tree.value]
    case 'between':
      return [tree.from, tree.to]
    case 'begins-with':
      return [tree.prefix]
    case 'in':
      return tree.values
    case 'and':
    case 'or':
      return tree.conditions
    case 'not':
      return [tree.condition]
    case 'raw':
      return tree.parts
    default:
      return []
  }
}
