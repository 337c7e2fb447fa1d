// put and create: a whole item, over what is there or where nothing is.
import { InputError } from '../errors/input-error.js'
import type { ConditionTree } from '../expressions/condition.js'
import { Placeholders } from '../expressions/placeholders.js'
import { decodeRow, keyOfRow, refusing } from '../model/item.js'
import { type Model, storedName } from '../model/model.js'
import { rowOf } from '../model/row.js'
import type { Attributes } from '../types/attribute-value.js'
import type { CreateOptions } from '../types/options.js'
import type { RequestOptions } from '../types/operation.js'
import { setOwn } from '../values/codec.js'
import { generatedIn, isGenerated } from './generated.js'
import { checkVersioned, failureOf, givenGuards, type Guards } from './given.js'
import { withOnce } from './once.js'
import { checkOptions, flag, oneOf } from './options.js'
import { planOverwrite } from './overwrite.js'
import { conditional, conditionOf, existence, guarded, type ItemPlan, sealed, tableName } from './plan.js'
import { encodeGiven } from './update-changes.js'
import { encodeWritten, hasNonce, type Stamps, stampsOf, type WrittenItem } from './written-item.js'

/** What `put` takes besides the item, as plain data. */
export interface PutOptions {
  readonly condition?: unknown
  readonly given?: unknown
  readonly ignoreVersion?: unknown
  readonly import?: unknown
  readonly returning?: 'new' | 'old'
  readonly returnOnFailure?: unknown
  readonly once?: unknown
}

const optionNames = ['condition', 'given', 'ignoreVersion', 'import', 'returning', 'returnOnFailure', 'once']

/** One way of writing a whole item. */
interface Way {
  readonly operation: string
  readonly kind: 'put' | 'create'
  readonly guards: Guards
  readonly conditions: readonly ConditionTree[]
  /** Whether nothing may be there. */
  readonly isNew: boolean
  readonly stamps: (from: RequestOptions | undefined) => Stamps
  readonly isImport?: boolean
  readonly options: PutOptions
}

/** Plans a PutItem that overwrites what is there, if it is what it is believed to be; blindly it is an UpdateItem. */
export function planPut(model: Model, item: unknown, options: PutOptions = {}): ItemPlan {
  const operation = `${model.name}.put`
  checkOptions(operation, options, optionNames)
  if (flag(operation, 'import', options.import, false)) return planImport(model, operation, item, options)
  if (flag(operation, 'ignoreVersion', options.ignoreVersion, false)) {
    checkVersioned(model, operation, 'ignoreVersion')
    if (options.given !== undefined)
      throw new InputError(operation, ['given'], 'no such option beside ignoreVersion', 'one')
    const { condition, once, returnOnFailure, returning } = options
    return planOverwrite(model, 'put', encodeWritten(model, operation, item), {
      condition,
      once,
      returnOnFailure,
      returning,
      ignoreVersion: true,
    })
  }
  const written = encodeWritten(model, operation, item)
  const { version, createdAt } = model.managed
  const given = encodeGiven(model, operation, options.given)
  // What was read and is put back says itself which version it was.
  const isReadItem = options.given === undefined && version !== undefined && written.carried.has(version)
  const beliefs = isReadItem ? written.carried : given
  const guards = givenGuards(model, beliefs)
  if (version !== undefined && options.given !== undefined && guards.version === undefined)
    throw new InputError(operation, ['given', version], 'the version that was read', 'none')
  const isNew = version !== undefined && guards.version === undefined
  const rule = { version: guards.version, createdAt: createdAt === undefined ? undefined : beliefs.get(createdAt) }
  const stamps = (from: RequestOptions | undefined): Stamps => stampsOf(model, rule, from)
  refusing(operation, options.given === undefined ? [] : ['given'], () => stamps(undefined))
  const conditions = [...guards.conditions]
  if (isNew) conditions.push(existence(model, 'not-exists'))
  if (options.condition !== undefined) conditions.push(conditionOf(model, operation, 'condition', options.condition))
  return planWhole(model, item, written, { operation, kind: 'put', guards, conditions, isNew, stamps, options })
}

/** Plans a PutItem that is refused where an item with this key is stored. */
export function planCreate(model: Model, item: unknown, options: CreateOptions = {}): ItemPlan {
  const operation = `${model.name}.create`
  checkOptions(operation, options, ['returnOnFailure', 'once'])
  const written = encodeWritten(model, operation, item)
  return planWhole(model, item, written, {
    operation,
    kind: 'create',
    guards: { conditions: [], version: undefined },
    conditions: [existence(model, 'not-exists')],
    isNew: true,
    stamps: (from) => stampsOf(model, { version: undefined, createdAt: undefined }, from),
    options,
  })
}

/** Plans a PutItem of an item with its version and times as they are, over whatever is there. */
function planImport(model: Model, operation: string, item: unknown, options: PutOptions): ItemPlan {
  for (const name of ['condition', 'given', 'ignoreVersion'] as const)
    if (options[name] !== undefined) throw new InputError(operation, [name], 'no such option beside import', 'one')
  const written = encodeWritten(model, operation, item)
  const attributes: Attributes = {}
  for (const name of model.managed.names) {
    const value = written.carried.get(name)
    if (value !== undefined) setOwn(attributes, name, value)
    else if (model.properties.get(name)?.optional !== true)
      throw new InputError(operation, [name], 'a value: an import writes it as it is given', 'undefined')
  }
  return planWhole(model, item, written, {
    operation,
    kind: 'put',
    guards: { conditions: [], version: undefined },
    conditions: [],
    isNew: false,
    stamps: () => ({ attributes, nonce: {} }),
    isImport: true,
    options,
  })
}

function planWhole(model: Model, item: unknown, { attributes }: WrittenItem, way: Way): ItemPlan {
  const { operation, kind, guards, conditions, isNew, stamps, isImport = false, options } = way
  const returning = oneOf(operation, 'returning', options.returning ?? 'new', ['new', 'old'])
  const returnOnFailure = flag(operation, 'returnOnFailure', options.returnOnFailure, true)
  const { names, nonce } = model.managed
  const isStamped = names.size > 0 || nonce !== undefined
  const stamped = (from: RequestOptions | undefined): Attributes => {
    // Nothing is added to most: copying them would take longer than all the rest.
    if (!isStamped) return rowOf(model, attributes)
    const { attributes: made, nonce: own } = stamps(from)
    return { ...rowOf(model, { ...attributes, ...made }), ...own }
  }
  const first = refusing(operation, [], () => stamped(undefined))
  const isSame = isImport || !isStamped
  const rowFor = (from: RequestOptions | undefined): Attributes => {
    if (isSame) return first
    if (model.keysHoldTimes) return stamped(from)
    const { attributes: made, nonce: own } = stamps(from)
    const row = { ...first, ...own }
    for (const [name, value] of Object.entries(made)) setOwn(row, storedName(model, name), value)
    return row
  }
  const generated = generatedIn(model, item, first)
  const plan: ItemPlan = {
    kind,
    entity: model.name,
    model,
    key: keyOfRow(model, first),
    repeat: isNew || guards.version !== undefined ? 'refused' : 'overwrites',
    needsOldImage: returning === 'old',
    ...(isImport && { isImport }),
    isOwn: (stored, from) =>
      hasNonce(model, stored, from) || generated.some((value) => isGenerated(model, value, stored)),
    request(from) {
      const placeholders = new Placeholders()
      return {
        operation: 'PutItem',
        input: {
          TableName: tableName(model, from),
          Item: rowFor(from),
          ...conditional(guarded(model, conditions, from), placeholders, returnOnFailure),
          ...placeholders.attributes(),
          ...(returning === 'old' && { ReturnValues: 'ALL_OLD' }),
        },
      }
    },
    // The item is decoded from what was sent: just what a get would give, and never the caller's own object.
    result: ({ Attributes }, from) => {
      if (returning === 'new') return decodeRow(model, rowFor(from))
      return Attributes === undefined ? undefined : decodeRow(model, Attributes)
    },
    reason: (stored, from) => {
      if (isNew) return 'already-exists'
      return returnOnFailure && guards.conditions.length > 0 ? failureOf(model, guards, stored, from) : 'condition'
    },
  }
  return sealed(withOnce(plan, operation, options.once, returning === 'old'))
}
