// modify: reads an item, asks what is to change, and writes that unless somebody else was faster.
import { AmbiguousWriteError } from '../errors/ambiguous-write-error.js'
import { ConditionFailedError } from '../errors/condition-failed-error.js'
import { InputError } from '../errors/input-error.js'
import { RequestError } from '../errors/request-error.js'
import { type Model, storedName } from '../model/model.js'
import { planConstrainedUpdate } from '../operations/constrained.js'
import { planGet } from '../operations/get.js'
import { type Beliefs, givenGuards, type Guards } from '../operations/given.js'
import { checkOptions } from '../operations/options.js'
import { type ItemPlan, sealed } from '../operations/plan.js'
import type { ReadState, UpdateOptions } from '../operations/update.js'
import { encodeGiven } from '../operations/update-changes.js'
import type { Attributes } from '../types/attribute-value.js'
import type { ModifyOptions } from '../types/modify.js'
import type { CallOptions } from '../types/running.js'
import { kindOf, ownValue } from '../values/codec.js'
import type { Connection } from './connection.js'
import { race } from './race.js'
import { run } from './run.js'

/** Reads, asks and writes until nobody came between. Throws the refusal of the last round where the time is used up. */
export async function modify(
  connection: Connection,
  model: Model,
  key: unknown,
  change: unknown,
  { guard, ...options }: ModifyOptions<string> = {},
): Promise<unknown> {
  const operation = `${model.name}.modify`
  if (typeof change !== 'function')
    throw new InputError(operation, ['change'], 'a function of the item that was read', kindOf(change))
  const guardsOf = guarding(operation, guard)
  return race(connection, options, async () => {
    let row: Attributes = {}
    const get = planGet(model, key, { consistent: true })
    const reading = sealed<ItemPlan>({
      ...get,
      result(output, from) {
        row = output.Item ?? row
        return get.result(output, from)
      },
    })
    const item = (await run(connection, reading, options)) as object | undefined
    if (item === undefined) throw new ConditionFailedError(operation, 'not-found', 'not-applied', undefined)
    const changes: unknown = await (change as (item: object) => unknown)(frozen(item))
    if (changes === undefined) return () => Promise.resolve(item)
    checkOptions(operation, changes, ['set', 'add', 'remove', 'apply'])
    const beliefs = beliefsOf(model, operation, row, item)
    const wanted = { ...(changes as object), ...kindOfRead(model, item) }
    const { plan, isSilent } = planned(model, key, wanted, { beliefs, guardsOf })
    return async () => {
      const result = await run(connection, plan, options)
      return isSilent ? stored(connection, model, key, options) : result
    }
  })
}

/** The kind of what was read, where there are several: it says which attributes there are. */
function kindOfRead(model: Model, item: object): { readonly is?: object } {
  const tag = model.codec.variants?.tag
  const value = tag === undefined ? undefined : ownValue(item as Readonly<Record<string, unknown>>, tag)
  return tag === undefined || value === undefined ? {} : { is: { [tag]: value } }
}

/** The update, and whether it is a transaction, which returns nothing, because it changes unique values. */
function planned(
  model: Model,
  key: unknown,
  options: UpdateOptions,
  state: ReadState,
): { readonly plan: ItemPlan; readonly isSilent: boolean } {
  if (model.unique.length > 0) {
    const plan = planConstrainedUpdate(model, key, options, state)
    if (plan.request().operation === 'TransactWriteItems') return { plan, isSilent: true }
  }
  return { plan: planConstrainedUpdate(model, key, { ...options, returning: 'new' }, state), isSilent: false }
}

/** The item after a write that returns nothing. That it can't be had says nothing against the write. */
async function stored(connection: Connection, model: Model, key: unknown, options: CallOptions): Promise<unknown> {
  const get = planGet(model, key, { consistent: true })
  let last: unknown
  try {
    const item = await run(connection, get, options)
    if (item !== undefined) return item
  } catch (error) {
    last = error
  }
  throw new AmbiguousWriteError(
    {
      operation: `${model.name}.modify`,
      outcome: 'applied',
      attempts: 1,
      keyAttributes: Object.keys(get.key),
      token: undefined,
    },
    last instanceof RequestError ? last : undefined,
    async () => ({ outcome: 'applied', item: (await run(connection, get)) as object | undefined }),
  )
}

/** What is stored, as it is: the item says less of an attribute that only a part of is known, or that a default stands for. */
function beliefsOf(model: Model, operation: string, row: Attributes, item: object): Beliefs {
  const inKeys = model.keyOnly.size === 0 ? undefined : encodeGiven(model, operation, item)
  return new Map(
    [...model.properties.keys()].map((name) => [
      name,
      model.keyOnly.has(name) ? inKeys?.get(name) : ownValue(row, storedName(model, name)),
    ]),
  )
}

/** What the write asks for: the version that was read, or the attributes that were. */
function guarding(operation: string, names: readonly string[] | undefined): (model: Model, beliefs: Beliefs) => Guards {
  if (names === undefined) return givenGuards
  const given: unknown = names
  if (!Array.isArray(given) || given.length === 0)
    throw new InputError(operation, ['guard'], 'an array of attribute names, not empty', kindOf(names))
  return (model, beliefs) => {
    for (const name of names)
      if (!model.properties.has(name))
        throw new InputError(operation, ['guard'], `attributes of ${model.name}`, 'a name that it does not have')
    return givenGuards(model, new Map(names.map((name) => [name, beliefs.get(name)])))
  }
}

/** What was read is compared with what is stored: nobody may change it on the way. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
