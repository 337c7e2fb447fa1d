// Writes of entities with unique constraints: the item and the markers of its values, in one transaction.
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb'
import { InputError } from '../errors/input-error.js'
import type { Path } from '../errors/path.js'
import { componentValue } from '../model/key-template.js'
import { type Model, storedName, type UniqueConstraint } from '../model/model.js'
import { markerKey, markerRow, ownerAttribute } from '../model/unique.js'
import { refusing } from '../model/item.js'
import { keysOf } from '../model/table-model.js'
import type { Attributes } from '../types/attribute-value.js'
import type { Request, RequestOptions } from '../types/operation.js'
import { ValueProblem } from '../values/codec.js'
import { type ItemPlan, sealed, tableName } from './plan.js'
import { transactWriteItems } from './transact-item.js'

/** An item as far as it is known, before or after a write. */
export interface KnownItem {
  /** Stored values by property. */
  readonly values: Attributes
  /** Whether a property's value or absence is known. */
  readonly knows: (property: string) => boolean
}

/** What a write does to an item. Where there is nothing before or after it, that is `undefined`. */
export interface ItemChange {
  readonly before: KnownItem | undefined
  readonly after: KnownItem | undefined
  /** Whether the write may change a property. */
  readonly touches: (property: string) => boolean
}

/** What becomes of one marker. */
interface MarkerStep {
  readonly constraint: UniqueConstraint
  readonly action: 'claim' | 'release' | 'hold'
  readonly key: Attributes
}

/** What a write does to all markers, and which attributes must be absent for that to be right. */
interface MarkerSteps {
  readonly steps: readonly MarkerStep[]
  readonly absent: readonly Path[]
}

/** Refuses a write that knows nothing of the constraints of its entity. */
export function refuseUnconstrained(operation: string, path: Path, plan: ItemPlan): void {
  if (plan.model.unique.length === 0 || plan.repeat === 'reads' || plan.keepsConstraints === true) return
  const expected = 'create, or update and delete with given: the entity has unique constraints'
  throw new InputError(operation, path, expected, `${plan.entity}.${plan.kind}`)
}

/** A write with what it does to the markers of its entity's constraints. Throws `InputError` where too little is given. */
export function withConstraints(plan: ItemPlan, operation: string, change: ItemChange): ItemPlan {
  const { model } = plan
  const { steps, absent } = refusing(operation, [], () => stepsOf(model, change))
  const kept = {
    ...plan,
    keepsConstraints: true,
    // The same change, for another state of what is stored.
    ...(plan.instead !== undefined && {
      instead: (stored: Attributes) => {
        const other = plan.instead?.(stored)
        return other && withConstraints(other, operation, change)
      },
    }),
  }
  if (steps.length === 0 && absent.length === 0) return sealed<ItemPlan>(kept)
  if (steps.length > 0) refuseReturning(plan, operation)
  if (steps.length > 0 && plan.instead !== undefined)
    throw new InputError(operation, ['apply'], 'no orCreate beside the change of a unique value', 'one')
  const request = (from?: RequestOptions): Request => {
    const main = requireAbsent(model, plan.request(from), absent)
    if (steps.length === 0) return main
    const table = tableName(model, from)
    const { ClientRequestToken = from?.nonce } = main.input as { readonly ClientRequestToken?: string }
    return {
      operation: 'TransactWriteItems',
      input: {
        TransactItems: [...transactWriteItems(main), ...steps.map((step) => printStep(plan, table, step))],
        ...(ClientRequestToken !== undefined && { ClientRequestToken }),
      },
    }
  }
  return sealed<ItemPlan>({
    ...kept,
    ...(steps.length > 0 && { repeat: 'same', needsOldImage: false }),
    request,
    partReason(part) {
      const step = steps[part - 1]
      return {
        reason: step?.action === 'claim' ? 'unique' : 'condition',
        constraint: step?.constraint.name,
      }
    },
  })
}

function stepsOf(model: Model, { before, after, touches }: ItemChange): MarkerSteps {
  const steps: MarkerStep[] = []
  const absent: Path[] = []
  for (const constraint of model.unique) {
    if (before !== undefined && after !== undefined && !constraint.properties.some(touches)) continue
    for (const side of [before, after]) refuseUnknown(constraint, side)
    const old = before && markerKey(constraint, before.values)
    const next = after && markerKey(constraint, after.values)
    if (before !== undefined && old === undefined) absent.push(...absentPaths(model, constraint, before))
    if (old !== undefined && next !== undefined && isSame(old, next)) {
      // That the marker is this item's proves that the item still has the value.
      steps.push({ constraint, action: 'hold', key: old })
      continue
    }
    if (old !== undefined) steps.push({ constraint, action: 'release', key: old })
    if (next !== undefined) steps.push({ constraint, action: 'claim', key: next })
  }
  return { steps, absent }
}

function refuseUnknown({ name, properties }: UniqueConstraint, side: KnownItem | undefined): void {
  const missing = side === undefined ? [] : properties.filter((property) => !side.knows(property))
  if (missing.length === 0) return
  const expected = `${missing.join(', ')} in given, as stored: the unique constraint ${name} is made of it`
  throw new ValueProblem(expected, 'nothing')
}

function isSame(one: Attributes, other: Attributes): boolean {
  return Object.entries(one).every(([name, value]) => value.S === other[name]?.S)
}

/** The attributes whose believed absence is why nothing was claimed. */
function absentPaths(model: Model, { parts }: UniqueConstraint, { values }: KnownItem): readonly Path[] {
  const components = parts[0]?.template.components ?? []
  const missing = components.filter((component) => componentValue(component, values) === undefined)
  return missing.map(({ path: [first, ...rest] }) => [storedName(model, first), ...rest])
}

// Names that no printer makes: the request that they are added to has its own.
function requireAbsent(model: Model, request: Request, absent: readonly Path[]): Request {
  if (absent.length === 0) return request
  if (request.operation === 'TransactWriteItems') {
    const [main, ...rest] = transactWriteItems(request)
    return { ...request, input: { ...request.input, TransactItems: [changedPart(main ?? {}, absent), ...rest] } }
  }
  return { ...request, input: { ...request.input, ...absentCondition(request.input, absent) } } as Request
}

function changedPart({ Put, Update, Delete }: TransactWriteItem, absent: readonly Path[]): TransactWriteItem {
  if (Put !== undefined) return { Put: { ...Put, ...absentCondition(Put, absent) } }
  if (Update !== undefined) return { Update: { ...Update, ...absentCondition(Update, absent) } }
  return { Delete: Delete && { ...Delete, ...absentCondition(Delete, absent) } }
}

interface Conditional {
  readonly ConditionExpression?: string | undefined
  readonly ExpressionAttributeNames?: Record<string, string> | undefined
}

function absentCondition(input: Conditional, absent: readonly Path[]): object {
  const { ConditionExpression: own, ExpressionAttributeNames } = input
  const names: Record<string, string> = { ...ExpressionAttributeNames }
  const conditions = absent.map((path, index) => {
    const steps = path.map((step, depth) => {
      const placeholder = `#absent${index}_${depth}`
      names[placeholder] = String(step)
      return placeholder
    })
    return `attribute_not_exists(${steps.join('.')})`
  })
  return {
    ConditionExpression: [...(own === undefined ? [] : [`(${own})`]), ...conditions].join(' AND '),
    ExpressionAttributeNames: names,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }
}

function printStep({ model, key: owner }: ItemPlan, TableName: string, step: MarkerStep): TransactWriteItem {
  const { constraint, action, key: Key } = step
  if (action === 'claim')
    return {
      Put: {
        TableName,
        Item: markerRow(constraint, Key, owner, model.discriminator),
        ConditionExpression: 'attribute_not_exists(#0)',
        ExpressionAttributeNames: { '#0': keysOf(model.table)[0]?.name ?? '' },
      },
    }
  const isOwners = {
    ConditionExpression: '#0 = :0',
    ExpressionAttributeNames: { '#0': ownerAttribute },
    ExpressionAttributeValues: { ':0': { M: owner } },
  }
  return action === 'release'
    ? { Delete: { TableName, Key, ...isOwners } }
    : { ConditionCheck: { TableName, Key, ...isOwners } }
}

// A replace asks for what it made, without being told to, and knows what that is.
function refuseReturning(plan: ItemPlan, operation: string): void {
  const { ReturnValues = 'NONE' } = plan.request().input as { readonly ReturnValues?: string }
  if (ReturnValues === 'NONE' || (ReturnValues === 'ALL_NEW' && !isUpdate(plan))) return
  const expected =
    'no such option: the write changes a unique value, and a transaction returns nothing of what was stored'
  throw new InputError(operation, ['returning'], expected, 'one')
}

function isUpdate({ kind }: ItemPlan): boolean {
  return kind === 'update'
}
