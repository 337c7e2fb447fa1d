// What expired rows are to conditions and reads: gone, for entities that say so.
import { InputError } from '../errors/input-error.js'
import type { ConditionTree } from '../expressions/condition.js'
import { type Model, storedName } from '../model/model.js'
import { secondsOf } from '../model/stamps.js'
import { oneOf } from './options.js'

/** The condition that a row is past its expiry; `undefined` for entities whose expired rows show. */
export function expiredCondition(model: Model, now: Date): ConditionTree | undefined {
  const { expiresAt } = model.managed
  if (expiresAt?.hides !== true) return undefined
  const path = [storedName(model, expiresAt.name)]
  return { type: 'compare', operator: '<=', path, value: { N: String(secondsOf(now)) } }
}

/** A condition in which expired rows count as absent wherever it asks whether the item is there. */
export function asOf(model: Model, tree: ConditionTree, now: Date): ConditionTree {
  const expired = expiredCondition(model, now)
  return expired === undefined ? tree : withExpiry(model.table.partitionKey[0]?.name ?? '', expired, tree)
}

function withExpiry(partitionKey: string, expired: ConditionTree, tree: ConditionTree): ConditionTree {
  const inside = (part: ConditionTree): ConditionTree => withExpiry(partitionKey, expired, part)
  switch (tree.type) {
    case 'and':
    case 'or':
      return { ...tree, conditions: tree.conditions.map(inside) }
    case 'not':
      return { ...tree, condition: inside(tree.condition) }
    case 'raw':
      return { ...tree, parts: tree.parts.map((part) => ('type' in part ? inside(part) : part)) }
    case 'exists':
    case 'not-exists':
      if (tree.path.length !== 1 || tree.path[0] !== partitionKey) return tree
      return tree.type === 'not-exists'
        ? { type: 'or', conditions: [tree, expired] }
        : { type: 'and', conditions: [tree, { type: 'not', condition: expired }] }
    default:
      return tree
  }
}

/** Whether a read gives expired rows: those of the entity show, or the caller says so. */
export function showsExpired(model: Model, operation: string, expired: unknown): boolean {
  const hides = model.managed.expiresAt?.hides === true
  if (expired === undefined) return !hides
  if (model.managed.expiresAt === undefined)
    throw new InputError(operation, ['expired'], 'no such option: the items do not expire', 'one')
  return oneOf(operation, 'expired', expired as string, ['include']) === 'include'
}

/** The filter that leaves out expired rows; `undefined` where they show. */
export function shownFilter(model: Model, shows: boolean, now: Date): readonly ConditionTree[] {
  const expired = shows ? undefined : expiredCondition(model, now)
  return expired === undefined ? [] : [{ type: 'not', condition: expired }]
}

/** Refuses to hide rows of an index whose key is their expiry: DynamoDB filters by no key. */
export function checkHidden(model: Model, operation: string, shows: boolean, keys: readonly string[]): void {
  const { expiresAt } = model.managed
  if (shows || expiresAt === undefined || !keys.includes(storedName(model, expiresAt.name))) return
  throw new InputError(
    operation,
    ['expired'],
    "'include': the index is keyed by the expiry, where nothing filters",
    'none',
  )
}
