// What a caller believes is stored, as conditions: by the version where there is one, else by all that is given.
import type { ConditionFailure } from '../errors/condition-failed-error.js'
import { InputError } from '../errors/input-error.js'
import type { ConditionTree } from '../expressions/condition.js'
import { guardOf } from '../model/index-maintenance.js'
import { type Model, storedName } from '../model/model.js'
import { isExpired } from '../model/stamps.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { RequestOptions } from '../types/operation.js'
import { ownValue } from '../values/codec.js'
import { existence, timeOf } from './plan.js'

/** Stored values by property; `undefined` for an attribute believed absent. */
export type Beliefs = ReadonlyMap<string, AttributeValue | undefined>

/** Conditions on what is stored, and why they failed. */
export interface Guards {
  readonly conditions: readonly ConditionTree[]
  /** The version that the row must have. */
  readonly version: AttributeValue | undefined
  /** When the row that had it was made, where that is known. */
  readonly createdAt?: AttributeValue | undefined
}

const none: Guards = { conditions: [], version: undefined }

/** The conditions that a row has the version that is believed, and is still the row that had it. */
export function versionGuards(model: Model, beliefs: Beliefs): Guards {
  const { version, createdAt } = model.managed
  const expected = version === undefined ? undefined : beliefs.get(version)
  if (version === undefined || expected === undefined) return none
  const conditions = [guardOf(model, version, beliefs)]
  // A row that was deleted and made again starts at 1 again.
  const made = createdAt === undefined ? undefined : beliefs.get(createdAt)
  if (createdAt !== undefined && made !== undefined) conditions.push(guardOf(model, createdAt, beliefs))
  return { conditions, version: expected, createdAt: made }
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
export function failureOf(
  model: Model,
  { version, createdAt }: Guards,
  stored: Attributes | undefined,
  from: RequestOptions | undefined,
): ConditionFailure {
  if (stored === undefined || isExpired(model, stored, timeOf(from))) return 'not-found'
  const { managed } = model
  const found = (name: string): AttributeValue | undefined => ownValue(stored, storedName(model, name))
  const isOther =
    (version !== undefined &&
      managed.version !== undefined &&
      Number(found(managed.version)?.N) !== Number(version.N)) ||
    (createdAt !== undefined && managed.createdAt !== undefined && !isSame(found(managed.createdAt), createdAt))
  return isOther ? 'version' : 'condition'
}

function isSame(found: AttributeValue | undefined, time: AttributeValue): boolean {
  return found?.S === time.S && (time.N === undefined || Number(found?.N) === Number(time.N))
}

/** Refuses an option about versions where there are none. */
export function checkVersioned(model: Model, operation: string, option: string): void {
  if (model.managed.version !== undefined) return
  throw new InputError(operation, [option], 'no such option: the entity has no version', 'one')
}
