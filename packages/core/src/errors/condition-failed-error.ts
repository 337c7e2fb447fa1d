// The error of a write that the stored state did not allow.
import type { AnyEntity, Item } from '../types/entity.js'
import { KeyloomError, type Outcome } from './keyloom-error.js'

/**
 * Why a condition failed: the item is there already, it isn't there, it has another version than the one that was given, the
 * condition of the call said no, or another item has a value that is to be unique.
 */
export type ConditionFailure = 'already-exists' | 'not-found' | 'version' | 'condition' | 'unique'

/** A stored row, decoded as the entity that it is. */
export interface StoredItem {
  readonly entity: string
  readonly item: object
}

/** The stored state did not allow the write; nothing was changed. */
export class ConditionFailedError extends KeyloomError {
  readonly code = 'condition-failed'
  override readonly name = 'ConditionFailedError'
  readonly #stored: StoredItem | undefined
  constructor(
    readonly operation: string,
    readonly reason: ConditionFailure,
    /** `unknown` where the client had sent the write before and lost the answer: the item may be the write's own. */
    readonly outcome: Outcome,
    stored: StoredItem | undefined,
    /** The unique constraint that said no. */
    readonly constraint?: string,
  ) {
    super(`${operation}: ${failureTexts[reason]}${constraint === undefined ? '' : ` The constraint is ${constraint}.`}`)
    this.#stored = stored
  }
  /** The item that is stored, at no extra read; `undefined` if there is none, or none that its entity can decode. */
  get item(): object | undefined {
    return this.#stored?.item
  }
  /** The entity of `item`: rows of several entities may share a key. */
  get itemEntity(): string | undefined {
    return this.#stored?.entity
  }
  /** The stored item, if it is one of this entity. */
  itemOf<Of extends AnyEntity>(entity: Of): Item<Of> | undefined {
    return this.#stored?.entity === entity.name ? this.#stored.item : undefined
  }
}

const failureTexts: Record<ConditionFailure, string> = {
  'already-exists': 'an item with this key is there already.',
  'not-found': 'there is no item with this key.',
  version: 'the stored item has another version: read it again, or use db.modify.',
  condition: 'the condition does not hold for the stored item; `error.item` is that item.',
  unique: 'another item has this value.',
}
