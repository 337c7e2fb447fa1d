// move: an item under another table key. The row goes from its place and comes to the new one, in one transaction.
import { InputError } from '../errors/input-error.js'
import type { ConditionTree } from '../expressions/condition.js'
import { Placeholders } from '../expressions/placeholders.js'
import { checkExpiry } from '../model/managed.js'
import { decodeRow, encodeKey, givenValue, keyOfRow, refusing } from '../model/item.js'
import { type Model, partsOf, storedName } from '../model/model.js'
import { attributesOf, rowOf } from '../model/row.js'
import { keysOf } from '../model/table-model.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { Request, RequestOptions } from '../types/operation.js'
import { kindOf, ownValue, setOwn } from '../values/codec.js'
import { isObject } from '../values/containers.js'
import { managedChange } from './apply.js'
import { planGet } from './get.js'
import { failureOf, type Guards, versionGuards } from './given.js'
import { itemIdentity } from './item-identity.js'
import { conditional, existence, guarded, type ItemPlan, sealed, tableName } from './plan.js'
import { transactWriteItems } from './transact-item.js'
import { encodeSet } from './update-changes.js'
import { encodeWritten, hasNonce, stampsOf } from './written-item.js'

/** What a move changes, as far as it is known before the item is read. */
export interface Move {
  readonly model: Model
  readonly operation: string
  /** Where the item is, and where it goes: physical table keys. */
  readonly from: Attributes
  readonly to: Attributes
  /** New values as the caller gave them, and as they are stored. */
  readonly changes: object
  readonly set: Attributes
  /** Reads the item as it is stored. */
  readonly read: ItemPlan
}

/** An item as it was read, and the row that it was read from. */
export interface ReadRow {
  readonly item: object
  readonly row: Attributes
}

/** Checks all of a move that needs no look at the item. Throws `InputError`. */
export function moveOf(model: Model, key: unknown, changes: unknown): Move {
  const operation = `${model.name}.move`
  if (model.unique.length > 0)
    throw new InputError(operation, [], 'an entity without unique constraints: create and delete', 'one that has some')
  const from = encodeKey(model, operation, key).key
  const set = encodeChanges(model, operation, changes)
  const moved: Record<string, unknown> = {}
  for (const { name, path } of partsOf(model.key).flatMap(({ template }) => template.components)) {
    const source = Object.hasOwn(set, path[0]) ? changes : key
    moved[name] = givenValue(source as Readonly<Record<string, unknown>>, name)
  }
  const to = encodeKey(model, operation, moved).key
  const keyNames = keysOf(model.table).map(({ name }) => name)
  if (itemIdentity('', keyNames, from) === itemIdentity('', keyNames, to))
    throw new InputError(operation, ['changes'], 'another table key: update changes the rest', 'the one that it has')
  const get = planGet(model, key, { consistent: true })
  const read = sealed<ItemPlan>({
    ...get,
    result(output, options) {
      const item = get.result(output, options) as object | undefined
      return item && { item, row: output.Item }
    },
  })
  return { model, operation, from, to, changes: changes as object, set, read }
}

function encodeChanges(model: Model, operation: string, changes: unknown): Attributes {
  if (!isObject(changes))
    throw new InputError(operation, ['changes'], `an object of attributes of ${model.name}`, kindOf(changes))
  const set: Attributes = {}
  for (const [name, value] of Object.entries(changes)) {
    const property = model.properties.get(name)
    if (property === undefined)
      throw new InputError(
        operation,
        ['changes', name],
        `an attribute of ${model.name}`,
        'a name that it does not have',
      )
    if (model.managed.names.has(name)) throw managedChange(operation, ['changes', name])
    refusing(operation, ['changes'], () => {
      const encoded = encodeSet(property, name, value, 'a value')
      if (name === model.managed.expiresAt?.name) checkExpiry(name, encoded)
      // An empty set is stored as none.
      if (encoded !== undefined) setOwn(set, name, encoded)
    })
  }
  return set
}

/** Plans the transaction of a move for the row that was read. What its entity doesn't know goes with it. */
export function planMove({ model, operation, from, to, changes, set }: Move, { item, row }: ReadRow): ItemPlan {
  // The whole item is checked as a put would; what is not changed stays as it is stored.
  encodeWritten(model, operation, { ...item, ...changes })
  const stored = attributesOf(model, row)
  const { version, createdAt } = model.managed
  const kept: Attributes = {}
  for (const name of model.properties.keys()) {
    const value = Object.hasOwn(changes, name) ? ownValue(set, name) : ownValue(stored, name)
    if (value !== undefined) setOwn(kept, name, value)
  }
  const beliefs = new Map([...model.properties.keys()].map((name) => [name, ownValue(stored, name)]))
  const versioned = versionGuards(model, beliefs)
  const guards: Guards =
    versioned.version === undefined ? { conditions: unchangedRow(model, row), version: undefined } : versioned
  const before = (name: string | undefined): AttributeValue | undefined =>
    name === undefined ? undefined : beliefs.get(name)
  const rule = { version: before(version), createdAt: before(createdAt) }
  const foreign = unknownAttributes(model, row)
  const rowFor = (options: RequestOptions | undefined): Attributes => {
    const { attributes: made, nonce } = stampsOf(model, rule, options)
    return { ...foreign, ...rowOf(model, { ...kept, ...made }), ...nonce }
  }
  refusing(operation, [], () => keyOfRow(model, rowFor(undefined)))
  return sealed<ItemPlan>({
    kind: 'move',
    entity: model.name,
    model,
    key: to,
    repeat: 'same',
    isOwn: (found, options) => hasNonce(model, found, options),
    request(options) {
      const TableName = tableName(model, options)
      const takes = printing(model, [existence(model, 'exists'), ...guards.conditions], options)
      const gives = printing(model, [existence(model, 'not-exists')], options)
      const items = [
        { operation: 'DeleteItem', input: { TableName, Key: from, ...takes } },
        { operation: 'PutItem', input: { TableName, Item: rowFor(options), ...gives } },
      ] as const satisfies readonly Request[]
      return {
        operation: 'TransactWriteItems',
        input: {
          TransactItems: items.flatMap(transactWriteItems),
          ...(options?.nonce !== undefined && { ClientRequestToken: options.nonce }),
        },
      }
    },
    result: (_, options) => decodeRow(model, rowFor(options)),
    reason: (found, options) => failureOf(model, guards, found, options),
    partReason: () => ({ reason: 'already-exists', constraint: undefined }),
  })
}

function printing(model: Model, conditions: readonly ConditionTree[], options: RequestOptions | undefined): object {
  const placeholders = new Placeholders()
  const condition = conditional(guarded(model, conditions, options), placeholders)
  return { ...condition, ...placeholders.attributes() }
}

/** What of a row is known to its entity: all else is another's, and kept. */
function knownNames(model: Model): Set<string> {
  return new Set([
    ...keysOf(model.table).map(({ name }) => name),
    ...model.keyAttributes.map(({ name }) => name),
    ...[...model.properties.keys()].map((property) => storedName(model, property)),
    ...Object.keys(model.constants),
    ...(model.discriminator === undefined ? [] : [model.discriminator.attribute]),
    ...(model.managed.nonce === undefined ? [] : [model.managed.nonce]),
  ])
}

function unknownAttributes(model: Model, row: Attributes): Attributes {
  const known = knownNames(model)
  const unknown: Attributes = {}
  for (const [name, value] of Object.entries(row)) if (!known.has(name)) setOwn(unknown, name, value)
  return unknown
}

/** That the row is as it was read: the whole of it is written again elsewhere, so nothing may have changed. */
function unchangedRow(model: Model, row: Attributes): readonly ConditionTree[] {
  const tableKey = new Set(keysOf(model.table).map(({ name }) => name))
  const names = new Set([...Object.keys(row), ...knownNames(model)])
  const conditions: ConditionTree[] = []
  for (const name of names) {
    if (tableKey.has(name)) continue
    const value = ownValue(row, name)
    const path = [name]
    conditions.push(
      value === undefined ? { type: 'not-exists', path } : { type: 'compare', operator: '=', path, value },
    )
  }
  return conditions
}
