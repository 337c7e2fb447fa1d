// What an update changes, as data: paths, and the values that they get.
import type { Path } from '../errors/path.js'
import type { AttributeValue } from '../types/attribute-value.js'
import { isReference, type Operand } from './condition.js'

/** What the field holds, or something else where it is absent. */
export interface IfNotExists {
  readonly type: 'if-not-exists'
  readonly path: Path
  readonly otherwise: UpdateOperand
}

export type UpdateOperand = Operand | IfNotExists

/** What a path is set to. */
export type UpdateValue =
  | UpdateOperand
  | { readonly type: '+' | '-'; readonly left: UpdateOperand; readonly right: UpdateOperand }
  | { readonly type: 'list-append'; readonly first: UpdateOperand; readonly second: UpdateOperand }

/** A change of one attribute or path. */
export type Change =
  | { readonly action: 'set'; readonly path: Path; readonly value: UpdateValue }
  | { readonly action: 'add' | 'delete'; readonly path: Path; readonly value: AttributeValue }
  | { readonly action: 'remove'; readonly path: Path }

/** Whether a value is one, and nothing that depends on what is stored. */
export function isPlain(value: UpdateValue): value is AttributeValue {
  return !('type' in value) && !isReference(value)
}

/** Whether a change that is made twice has the effect of one. What is in a list moves as others come and go. */
export function isRepeatable(change: Change): boolean {
  if (change.path.some((step) => typeof step === 'number')) return false
  if (change.action === 'set') return isPlain(change.value)
  return change.action === 'add' ? change.value.N === undefined : true
}

/** Sets an attribute where it is absent. */
export function defaultChange(path: Path, otherwise: AttributeValue): Change {
  return { action: 'set', path, value: { type: 'if-not-exists', path, otherwise } }
}
