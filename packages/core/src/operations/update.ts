// update: changes of an item that must exist, with all index keys that follow from them.
import { InputError } from '../errors/input-error.js'
import { formatPath, type Path } from '../errors/path.js'
import type { ConditionTree } from '../expressions/condition.js'
import { Placeholders } from '../expressions/placeholders.js'
import { checkUpdateSize, printUpdate } from '../expressions/print.js'
import { type Change, isRepeatable } from '../expressions/update.js'
import { maintainIndexKeys, type Maintenance } from '../model/index-maintenance.js'
import { encodeKey, refusing } from '../model/item.js'
import type { Model } from '../model/model.js'
import { storedTime } from '../model/stamps.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { RequestOptions } from '../types/operation.js'
import { ownValue, setOwn } from '../values/codec.js'
import { type Beliefs, failureOf, versionGuards } from './given.js'
import { decodeReturned, type Returning, returnValues } from './returned.js'
import { withOnce } from './once.js'
import { checkOptions, flag, oneOf } from './options.js'
import {
  conditional,
  conditionOf,
  existence,
  guarded,
  type ItemPlan,
  type Repeat,
  sealed,
  tableName,
  timeOf,
} from './plan.js'
import { stampChanges } from './stamp-changes.js'
import { encodeChanges } from './update-changes.js'
import { hasNonce } from './written-item.js'

/** What `update` takes, as plain data. */
export interface UpdateOptions {
  readonly set?: object
  readonly add?: object
  readonly remove?: readonly string[]
  readonly apply?: unknown
  readonly is?: unknown
  readonly given?: object
  readonly condition?: unknown
  readonly returning?: Returning
  readonly returnOnFailure?: unknown
  readonly once?: unknown
}

const optionNames = [
  'set',
  'add',
  'remove',
  'apply',
  'is',
  'given',
  'condition',
  'returning',
  'returnOnFailure',
  'once',
]

/** What a writer knows besides its options: what was read, in place of what is given, and what of it must still hold. */
export interface ReadState {
  readonly beliefs?: Beliefs
  readonly guardsOf: typeof versionGuards
}

/** Plans an UpdateItem. */
export function planUpdate(
  model: Model,
  key: unknown,
  options: UpdateOptions,
  state: ReadState = { guardsOf: versionGuards },
): ItemPlan {
  const operation = `${model.name}.update`
  checkOptions(operation, options, optionNames)
  return planForRow(model, operation, encodeKey(model, operation, key), options, new Set(), state)
}

/** The plan for a row that lacks certain maps: DynamoDB can't both make a map and set what is inside of it. */
function planForRow(
  model: Model,
  operation: string,
  encoded: ReturnType<typeof encodeKey>,
  options: UpdateOptions,
  missing: ReadonlySet<string>,
  state: ReadState,
): ItemPlan {
  const encodedChanges = encodeChanges(model, operation, options, (path) => missing.has(formatPath(path)))
  const attributes = state.beliefs === undefined ? encodedChanges : { ...encodedChanges, given: state.beliefs }
  const guards = state.guardsOf(model, attributes.given)
  const maintenanceFor = (from: RequestOptions | undefined): Maintenance =>
    refusing(operation, [], () =>
      maintainIndexKeys(model, {
        ...attributes,
        set: { ...attributes.set, ...indexedTime(model, from) },
        key: encoded.components,
      }),
    )
  const first = maintenanceFor(undefined)
  const changesWith = (maintenance: Maintenance, from?: RequestOptions): readonly Change[] => [
    ...attributes.changes,
    ...maintenance.changes,
    ...stampChanges(model, from, false),
  ]
  if (attributes.changes.length + first.changes.length === 0)
    throw new InputError(operation, [], 'something to change in set, add, remove or apply', 'nothing')
  refusing(operation, [], () => {
    checkUpdateSize(changesWith(first))
  })
  const own = options.condition === undefined ? [] : [conditionOf(model, operation, 'condition', options.condition)]
  const conditionsWith = ({ guards: beliefs }: Maintenance): readonly ConditionTree[] => [
    existence(model, 'exists'),
    ...attributes.conditions,
    ...guards.conditions,
    ...beliefs,
    ...own,
  ]
  const returnOnFailure = flag(operation, 'returnOnFailure', options.returnOnFailure, true)
  if (attributes.maps.length > 0 && !returnOnFailure)
    throw new InputError(operation, ['returnOnFailure'], 'no such option beside orCreate, which reads the row', 'false')
  const returning = oneOf(operation, 'returning', options.returning ?? 'none', Object.keys(returnValues) as Returning[])
  const plan: ItemPlan = {
    kind: 'update',
    entity: model.name,
    model,
    key: encoded.key,
    repeat: guards.version === undefined ? repeatOf(attributes.changes) : 'refused',
    isOwn: (stored, from) => hasNonce(model, stored, from),
    needsOldImage: returning === 'old' || returning === 'updatedOld',
    request(from) {
      const placeholders = new Placeholders()
      const maintenance = model.keysHoldTimes ? maintenanceFor(from) : first
      const UpdateExpression = printUpdate(changesWith(maintenance, from), placeholders)
      return {
        operation: 'UpdateItem',
        input: {
          TableName: tableName(model, from),
          Key: encoded.key,
          UpdateExpression,
          ...conditional(guarded(model, conditionsWith(maintenance), from), placeholders, returnOnFailure),
          ...placeholders.attributes(),
          ReturnValues: returnValues[returning],
        },
      }
    },
    result: ({ Attributes }) => decodeReturned(model, returning, Attributes),
    reason: (stored, from) => (returnOnFailure ? failureOf(model, guards, stored, from) : 'condition'),
    ...(attributes.maps.length > 0 && {
      instead(stored) {
        const lacking = attributes.maps.filter((path) => isAbsent(stored, path)).map(formatPath)
        const isSame = lacking.length === missing.size && lacking.every((path) => missing.has(path))
        return isSame ? undefined : planForRow(model, operation, encoded, options, new Set(lacking), state)
      },
    }),
  }
  if (attributes.maps.length > 0 && options.once !== undefined && options.once !== false)
    throw new InputError(operation, ['once'], 'no such option beside orCreate, which takes two requests', 'one')
  return sealed(withOnce(plan, operation, options.once, returning !== 'none'))
}

/** Whether a row has nothing at a path. */
function isAbsent(row: Attributes, path: Path): boolean {
  let value: AttributeValue | undefined = { M: row }
  for (const step of path) value = typeof step === 'number' ? value?.L?.[step] : value?.M && ownValue(value.M, step)
  return value === undefined
}

/** What a repeat of changes does: arithmetic counts twice where it is sent twice. */
export function repeatOf(changes: readonly Change[]): Repeat {
  return changes.every(isRepeatable) ? 'overwrites' : 'doubles'
}

/** The new time of an update, where index keys are made of it. */
function indexedTime(model: Model, from: RequestOptions | undefined): Attributes {
  const { updatedAt } = model.managed
  const time: Attributes = {}
  if (model.keysHoldTimes && updatedAt !== undefined)
    setOwn(time, updatedAt, storedTime(model, updatedAt, timeOf(from)))
  return time
}
