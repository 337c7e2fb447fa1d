// Prints trees as DynamoDB's expressions. Nothing else makes expression text.
import type { Path } from '../errors/path.js'
import type { ConditionTree } from './condition.js'
import type { Placeholders } from './placeholders.js'
import type { Change } from './update.js'

/** A document path: `#0.#1[2]`. */
export function printPath(path: Path, placeholders: Placeholders): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += `${text === '' ? '' : '.'}${placeholders.name(step)}`
  }
  return text
}

/** A condition or filter; every part of a junction stands in parentheses of its own. */
export function printCondition(tree: ConditionTree, placeholders: Placeholders): string {
  switch (tree.type) {
    case 'compare':
      return `${printPath(tree.path, placeholders)} ${tree.operator} ${placeholders.value(tree.value)}`
    case 'between': {
      const path = printPath(tree.path, placeholders)
      return `${path} BETWEEN ${placeholders.value(tree.from)} AND ${placeholders.value(tree.to)}`
    }
    case 'begins-with':
      return `begins_with(${printPath(tree.path, placeholders)}, ${placeholders.value(tree.prefix)})`
    case 'exists':
      return `attribute_exists(${printPath(tree.path, placeholders)})`
    case 'not-exists':
      return `attribute_not_exists(${printPath(tree.path, placeholders)})`
    case 'not':
      return `NOT (${printCondition(tree.condition, placeholders)})`
    case 'and':
    case 'or': {
      const separator = tree.type === 'and' ? ' AND ' : ' OR '
      return tree.conditions.map((condition) => `(${printCondition(condition, placeholders)})`).join(separator)
    }
  }
}

/** A key condition: the partition key first, and no parentheses, which is the form that every engine reads. */
export function printKeyCondition(conditions: readonly ConditionTree[], placeholders: Placeholders): string {
  return conditions.map((condition) => printCondition(condition, placeholders)).join(' AND ')
}

/** An update: each keyword once, in the order SET, REMOVE, ADD. */
export function printUpdate(changes: readonly Change[], placeholders: Placeholders): string {
  const set: string[] = []
  const remove: string[] = []
  const add: string[] = []
  for (const change of changes) {
    const path = printPath(change.path, placeholders)
    if (change.action === 'set') set.push(`${path} = ${placeholders.value(change.value)}`)
    else if (change.action === 'add') add.push(`${path} ${placeholders.value(change.value)}`)
    else remove.push(path)
  }
  const clauses: string[] = []
  if (set.length > 0) clauses.push(`SET ${set.join(', ')}`)
  if (remove.length > 0) clauses.push(`REMOVE ${remove.join(', ')}`)
  if (add.length > 0) clauses.push(`ADD ${add.join(', ')}`)
  return clauses.join(' ')
}
