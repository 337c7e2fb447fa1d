// Writes of entities with unique constraints: the item and the markers of its values, in one transaction.
import type { Put, TransactWriteItem } from '@aws-sdk/client-dynamodb'
import { InputError } from '../errors/input-error.js'
import type { Path } from '../errors/path.js'
import { Placeholders } from '../expressions/placeholders.js'
import { printCondition } from '../expressions/print.js'
import { componentValue } from '../model/key-template.js'
import { type Model, storedName, type UniqueConstraint } from '../model/model.js'
import { markerKey, markerRow, ownerAttribute } from '../model/unique.js'
import { refusing } from '../model/item.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { Request, RequestOptions } from '../types/operation.js'
import { ownValue, setOwn, ValueProblem } from '../values/codec.js'
import { asOf } from './expiry.js'
import { existence, type ItemPlan, sealed, tableName, timeOf } from './plan.js'
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
  readonly action: 'claim' | 'release' | 'hold' | 'renew'
  readonly key: Attributes
}

/** What an attribute of the item must be, for what is done to the markers to be right. */
interface Belief {
  readonly path: Path
  /** Absence where it is `undefined`. */
  readonly value: AttributeValue | undefined
}

/** What a write does to all markers, and what is believed of the item besides. */
interface MarkerSteps {
  readonly steps: readonly MarkerStep[]
  readonly beliefs: readonly Belief[]
  /** When the markers expire: with their item. */
  readonly expiry: AttributeValue | undefined
}

/** Refuses a write that knows nothing of the constraints of its entity. */
export function refuseUnconstrained(operation: string, path: Path, plan: ItemPlan): void {
  if (plan.model.unique.length === 0 || plan.repeat === 'reads' || plan.keepsConstraints === true) return
  const expected = 'create, or update, replace and delete with given, or db.modify: the entity has unique constraints'
  throw new InputError(operation, path, expected, `${plan.entity}.${plan.kind}`)
}

/** A write with what it does to the markers of its entity's constraints. Throws `InputError` where too little is given. */
export function withConstraints(plan: ItemPlan, operation: string, change: ItemChange): ItemPlan {
  const { model } = plan
  const { steps, beliefs, expiry } = refusing(operation, [], () => stepsOf(model, change))
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
  if (steps.length === 0 && beliefs.length === 0) return sealed<ItemPlan>(kept)
  if (steps.length > 0) refuseReturning(plan, operation)
  if (steps.length > 0 && plan.instead !== undefined)
    throw new InputError(operation, ['apply'], 'no orCreate beside the change of a unique value', 'one')
  const request = (from?: RequestOptions): Request => {
    const main = believing(plan.request(from), beliefs)
    if (steps.length === 0) return main
    const table = tableName(model, from)
    const { ClientRequestToken = from?.nonce } = main.input as { readonly ClientRequestToken?: string }
    return {
      operation: 'TransactWriteItems',
      input: {
        TransactItems: [
          ...transactWriteItems(main),
          ...steps.map((step) => printStep(plan, table, step, expiry, from)),
        ],
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
  const beliefs: Belief[] = []
  const expiresAt = model.managed.expiresAt?.name
  const renews = expiresAt !== undefined && touches(expiresAt)
  for (const constraint of model.unique) {
    if (before !== undefined && after !== undefined && !renews && !constraint.properties.some(touches)) continue
    for (const side of [before, after]) refuseUnknown(constraint, side)
    const old = before && markerKey(constraint, before.values)
    const next = after && markerKey(constraint, after.values)
    if (before !== undefined && old === undefined) beliefs.push(...absences(model, constraint, before))
    if (old !== undefined && next !== undefined && isSame(old, next)) {
      // That the marker is this item's proves that the item still has the value.
      steps.push({ constraint, action: renews ? 'renew' : 'hold', key: old })
      continue
    }
    if (old !== undefined) steps.push({ constraint, action: 'release', key: old })
    if (next !== undefined) steps.push({ constraint, action: 'claim', key: next })
  }
  if (expiresAt === undefined || after === undefined) return { steps, beliefs, expiry: undefined }
  const expiry = ownValue(after.values, expiresAt)
  if (steps.some(({ action }) => action === 'claim' || action === 'renew')) {
    if (!after.knows(expiresAt))
      throw new ValueProblem(`${expiresAt} in given, as stored: the markers of unique values expire with it`, 'nothing')
    if (before !== undefined && !renews) beliefs.push({ path: [storedName(model, expiresAt)], value: expiry })
  }
  return { steps, beliefs, expiry }
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
function absences(model: Model, { parts }: UniqueConstraint, { values }: KnownItem): readonly Belief[] {
  const components = parts[0]?.template.components ?? []
  const missing = components.filter((component) => componentValue(component, values) === undefined)
  return missing.map(({ path: [first, ...rest] }) => ({ path: [storedName(model, first), ...rest], value: undefined }))
}

// Names that no printer makes: the request that they are added to has its own.
function believing(request: Request, beliefs: readonly Belief[]): Request {
  if (beliefs.length === 0) return request
  if (request.operation === 'TransactWriteItems') {
    const [main, ...rest] = transactWriteItems(request)
    return { ...request, input: { ...request.input, TransactItems: [changedPart(main ?? {}, beliefs), ...rest] } }
  }
  return { ...request, input: { ...request.input, ...beliefCondition(request.input, beliefs) } } as Request
}

function changedPart({ Put, Update, Delete }: TransactWriteItem, beliefs: readonly Belief[]): TransactWriteItem {
  if (Put !== undefined) return { Put: { ...Put, ...beliefCondition(Put, beliefs) } }
  if (Update !== undefined) return { Update: { ...Update, ...beliefCondition(Update, beliefs) } }
  return { Delete: Delete && { ...Delete, ...beliefCondition(Delete, beliefs) } }
}

interface Conditional {
  readonly ConditionExpression?: string | undefined
  readonly ExpressionAttributeNames?: Record<string, string> | undefined
  readonly ExpressionAttributeValues?: Attributes | undefined
}

function beliefCondition(input: Conditional, beliefs: readonly Belief[]): object {
  const { ConditionExpression: own, ExpressionAttributeNames, ExpressionAttributeValues } = input
  const names: Record<string, string> = { ...ExpressionAttributeNames }
  const values: Attributes = { ...ExpressionAttributeValues }
  const conditions = beliefs.map(({ path, value }, index) => {
    const steps = path.map((step, depth) => {
      const placeholder = `#given${index}_${depth}`
      names[placeholder] = String(step)
      return placeholder
    })
    if (value === undefined) return `attribute_not_exists(${steps.join('.')})`
    values[`:given${index}`] = value
    return `${steps.join('.')} = :given${index}`
  })
  return {
    ConditionExpression: [...(own === undefined ? [] : [`(${own})`]), ...conditions].join(' AND '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }
}

function printStep(
  { model, key: owner }: ItemPlan,
  TableName: string,
  { constraint, action, key: Key }: MarkerStep,
  expiry: AttributeValue | undefined,
  from: RequestOptions | undefined,
): TransactWriteItem {
  if (action === 'claim') return { Put: { TableName, ...claimOf(model, constraint, Key, owner, expiry, from) } }
  const isOwners = {
    ConditionExpression: '#0 = :0',
    ExpressionAttributeNames: { '#0': ownerAttribute },
    ExpressionAttributeValues: { ':0': { M: owner } },
  }
  if (action === 'release') return { Delete: { TableName, Key, ...isOwners } }
  if (action === 'hold') return { ConditionCheck: { TableName, Key, ...isOwners } }
  return {
    Update: {
      TableName,
      Key,
      ...isOwners,
      UpdateExpression: expiry === undefined ? 'REMOVE #1' : 'SET #1 = :1',
      ExpressionAttributeNames: { ...isOwners.ExpressionAttributeNames, '#1': expiryName(model) },
      ExpressionAttributeValues: { ...isOwners.ExpressionAttributeValues, ...(expiry && { ':1': expiry }) },
    },
  }
}

function claimOf(
  model: Model,
  constraint: UniqueConstraint,
  key: Attributes,
  owner: Attributes,
  expiry: AttributeValue | undefined,
  from: RequestOptions | undefined,
): Pick<Put, 'Item' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'> {
  const Item = markerRow(constraint, key, owner, model.discriminator)
  if (expiry !== undefined) setOwn(Item, expiryName(model), expiry)
  const placeholders = new Placeholders()
  const free = asOf(model, existence(model, 'not-exists'), timeOf(from))
  return { Item, ConditionExpression: printCondition(free, placeholders), ...placeholders.attributes() }
}

function expiryName(model: Model): string {
  return storedName(model, model.managed.expiresAt?.name ?? '')
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
