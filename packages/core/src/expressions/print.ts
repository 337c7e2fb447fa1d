// Prints trees as DynamoDB's expressions. Nothing else makes expression text.
import type { Path } from '../errors/path.js'
import {
  type ConditionTree,
  isReference,
  type KeyCondition,
  type Operand,
  type RawCondition,
  type Reference,
} from './condition.js'
import { checkText } from './limits.js'
import { Placeholders } from './placeholders.js'
import type { Change, UpdateOperand, UpdateValue } from './update.js'

/** A document path: `#0.#1[2]`. */
export function printPath(path: Path, placeholders: Placeholders): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += `${text === '' ? '' : '.'}${placeholders.name(step)}`
  }
  return text
}

function printReference({ path, size }: Reference, placeholders: Placeholders): string {
  const text = printPath(path, placeholders)
  return size === true ? `size(${text})` : text
}

function printOperand(operand: Operand, placeholders: Placeholders): string {
  return isReference(operand) ? printReference(operand, placeholders) : placeholders.value(operand)
}

/** A condition or filter. Throws a `ValueProblem` where it is more than DynamoDB takes. */
export function printCondition(tree: ConditionTree, placeholders: Placeholders): string {
  return checkText(printTree(tree, placeholders))
}

/** Every part of a junction stands in parentheses of its own. */
function printTree(tree: ConditionTree, placeholders: Placeholders): string {
  switch (tree.type) {
    case 'compare':
      return `${printReference(tree, placeholders)} ${tree.operator} ${printOperand(tree.value, placeholders)}`
    case 'between': {
      const reference = printReference(tree, placeholders)
      return `${reference} BETWEEN ${printOperand(tree.from, placeholders)} AND ${printOperand(tree.to, placeholders)}`
    }
    case 'in': {
      const reference = printReference(tree, placeholders)
      return `${reference} IN (${tree.values.map((value) => printOperand(value, placeholders)).join(', ')})`
    }
    case 'begins-with':
      return `begins_with(${printPath(tree.path, placeholders)}, ${printOperand(tree.prefix, placeholders)})`
    case 'contains':
      return `contains(${printPath(tree.path, placeholders)}, ${printOperand(tree.value, placeholders)})`
    case 'has-type':
      return `attribute_type(${printPath(tree.path, placeholders)}, ${placeholders.value({ S: tree.kind })})`
    case 'raw':
      return printRaw(tree, placeholders)
    case 'exists':
      return `attribute_exists(${printPath(tree.path, placeholders)})`
    case 'not-exists':
      return `attribute_not_exists(${printPath(tree.path, placeholders)})`
    case 'not':
      return `NOT (${printTree(tree.condition, placeholders)})`
    case 'and':
    case 'or': {
      const separator = tree.type === 'and' ? ' AND ' : ' OR '
      return tree.conditions.map((condition) => `(${printTree(condition, placeholders)})`).join(separator)
    }
  }
}

function printRaw({ texts, parts }: RawCondition, placeholders: Placeholders): string {
  const printed = parts.map((part, position) => {
    if (!('type' in part)) return printOperand(part, placeholders)
    const text = printTree(part, placeholders)
    // DynamoDB refuses parentheses in parentheses.
    const isEnclosed = /\(\s*$/.test(texts[position] ?? '') && /^\s*\)/.test(texts[position + 1] ?? '')
    return isEnclosed ? text : `(${text})`
  })
  return texts.map((text, position) => text + (printed[position] ?? '')).join('')
}

/** Refuses a condition that is more than DynamoDB takes. */
export function checkSize(tree: ConditionTree): void {
  const placeholders = new Placeholders()
  printCondition(tree, placeholders)
  placeholders.check()
}

/** A key condition: the partition key first, and no parentheses, which is the form that every engine reads. */
export function printKeyCondition(conditions: readonly KeyCondition[], placeholders: Placeholders): string {
  return conditions.map((condition) => printTree(condition, placeholders)).join(' AND ')
}

/** A projection: the paths that are read. */
export function printProjection(paths: readonly Path[], placeholders: Placeholders): string {
  return paths.map((path) => printPath(path, placeholders)).join(', ')
}

function printUpdateOperand(operand: UpdateOperand, placeholders: Placeholders): string {
  if (!('type' in operand)) return printOperand(operand, placeholders)
  const path = printPath(operand.path, placeholders)
  return `if_not_exists(${path}, ${printUpdateOperand(operand.otherwise, placeholders)})`
}

function printUpdateValue(value: UpdateValue, placeholders: Placeholders): string {
  if (!('type' in value) || value.type === 'if-not-exists') return printUpdateOperand(value, placeholders)
  if (value.type === 'list-append')
    return `list_append(${printUpdateOperand(value.first, placeholders)}, ${printUpdateOperand(value.second, placeholders)})`
  const left = printUpdateOperand(value.left, placeholders)
  return `${left} ${value.type} ${printUpdateOperand(value.right, placeholders)}`
}

function printChange(change: Change, placeholders: Placeholders): string {
  const path = printPath(change.path, placeholders)
  if (change.action === 'set') return `${path} = ${printUpdateValue(change.value, placeholders)}`
  return change.action === 'remove' ? path : `${path} ${placeholders.value(change.value)}`
}

/** Refuses an update that is more than DynamoDB takes. */
export function checkUpdateSize(changes: readonly Change[]): void {
  const placeholders = new Placeholders()
  printUpdate(changes, placeholders)
  placeholders.check()
}

const clauses = [
  ['set', 'SET'],
  ['remove', 'REMOVE'],
  ['add', 'ADD'],
  ['delete', 'DELETE'],
] as const

/** An update: each keyword once. Throws a `ValueProblem` where it is more than DynamoDB takes. */
export function printUpdate(changes: readonly Change[], placeholders: Placeholders): string {
  const printed = changes.map((change) => [change.action, printChange(change, placeholders)] as const)
  const texts = clauses.flatMap(([action, keyword]) => {
    const parts = printed.flatMap(([other, text]) => (other === action ? text : []))
    return parts.length > 0 ? `${keyword} ${parts.join(', ')}` : []
  })
  return checkText(texts.join(' '))
}
