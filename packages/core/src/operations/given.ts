// What a caller believes is stored, as conditions: by the version where there is one, else by all that is given.
import type { ConditionFailure } from '../errors/condition-failed-error.js'
import { InputError } from '../errors/input-error.js'
import type { ConditionTree } from '../expressions/condition.js'
import { guardOf } from '../model/index-maintenance.js'
import { type Model, storedName } from '../model/model.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue } from '../values/codec.js'
import { existence } from './plan.js'

/** Stored values by property; `undefined` for an attribute believed absent. */
export type Beliefs = ReadonlyMap<string, AttributeValue | undefined>

/** Conditions on what is stored, and why they failed. */
export interface Guards {
  readonly conditions: readonly ConditionTree[]
  /** The version that the row must have. */
  readonly version: AttributeValue | undefined
}

const none: Guards = { conditions: [], version: undefined }

/** The conditions that a row has the version that is believed, and is still the row that had it. */
export function versionGuards(model: Model, beliefs: Beliefs): Guards {
  const { version, createdAt } = model.managed
  const expected = version === undefined ? undefined : beliefs.get(version)
  if (version === undefined || expected === undefined) return none
  const conditions = [guardOf(model, version, beliefs)]
  // A row that was deleted and made again starts at 1 again.
  if (createdAt !== undefined && beliefs.get(createdAt) !== undefined)
    conditions.push(guardOf(model, createdAt, beliefs))
  return { conditions, version: expected }
}

/** The conditions that all that is given holds; its version stands for all of it. */
export function givenGuards(model: Model, beliefs: Beliefs): Guards {
  const guards = versionGuards(model, beliefs)
  if (guards.version !== undefined || beliefs.size === 0) return guards
  const compared = [...beliefs.keys()].filter((name) => !model.keyProperties.has(name) && !model.keyOnly.has(name))
  return {
    conditions: [existence(model, 'exists'), ...compared.map((name) => guardOf(model, name, beliefs))],
    version: undefined,
  }
}

/** Why a write failed that needs the row to be there, or that guards it. */
export function failureOf(model: Model, { version }: Guards, stored: Attributes | undefined): ConditionFailure {
  if (stored === undefined) return 'not-found'
  if (version === undefined || model.managed.version === undefined) return 'condition'
  const found = ownValue(stored, storedName(model, model.managed.version))
  if (found?.N === undefined || Number(found.N) !== Number(version.N)) return 'version'
  return 'condition'
}

/** Refuses an option about versions where there are none. */
export function checkVersioned(model: Model, operation: string, option: string): void {
  if (model.managed.version !== undefined) return
  throw new InputError(operation, [option], 'no such option: the entity has no version', 'one')
}
