// What every operation on one item is underneath its type: plain data and two functions, without generics.
import type { ConditionFailure } from '../errors/condition-failed-error.js'
import { InputError } from '../errors/input-error.js'
import { allOf, type ConditionTree, treeOf } from '../expressions/condition.js'
import { operators } from '../expressions/operators.js'
import type { Placeholders } from '../expressions/placeholders.js'
import { checkSize, printCondition } from '../expressions/print.js'
import { kindOf } from '../values/codec.js'
import { refusing } from '../model/item.js'
import { type Model, ownership } from '../model/model.js'
import type { Attributes } from '../types/attribute-value.js'
import type { Explanation } from '../types/explanation.js'
import type { OperationKind, Request, RequestOptions } from '../types/operation.js'
import { asOf } from './expiry.js'
import { explained } from './explain.js'

/** What the service answers to an operation on one item. */
export interface ItemOutput {
  readonly Item?: Attributes
  readonly Attributes?: Attributes
}

/**
 * What sending a request again does where the first may have been applied: nothing, since it reads or since a token makes them the
 * same; it is refused, visibly, if the first was applied; it overwrites once more, perhaps what came after; it may write twice.
 */
export type Repeat = 'reads' | 'same' | 'refused' | 'overwrites' | 'doubles'

/** An operation on one item, as execution sees it. */
export interface ItemPlan {
  readonly kind: OperationKind | 'move'
  readonly entity: string
  readonly model: Model
  /** The physical key of the item: what a transaction or batch may name once. */
  readonly key: Attributes
  /** The request of one run: the same for the same options, so that all attempts of a run send the same. */
  request(options?: RequestOptions): Request
  /** What the caller gets for the service's answer to the request of the same options. */
  result(output: ItemOutput, options: RequestOptions): unknown
  /** What a repeat does after a lost answer; where it is absent, it may write twice. */
  readonly repeat?: Repeat
  /** Whether the result needs what was stored before: only the answer to the attempt that was applied has it. */
  readonly needsOldImage?: boolean
  /** Whether a stored row proves that the write of the run with these options took place: nobody else can have written it. */
  readonly isOwn?: (stored: Attributes, options: RequestOptions) => boolean
  /** What to run in its place where a condition failed, from the row that is stored; absent where there is no such thing. */
  instead?(stored: Attributes): ItemPlan | undefined
  /** Whether a batch may have it although its entity has a version: it writes the version as given. */
  readonly isImport?: boolean
  /** Why a condition failed, from the row that is stored. */
  reason(stored: Attributes | undefined, options?: RequestOptions): ConditionFailure
  /** Whether the write keeps the markers of its entity's unique constraints. */
  readonly keepsConstraints?: boolean
  /** Why the condition of another part failed, where the write is a transaction. */
  readonly partReason?: (part: number) => PartReason
}

/** Why a part of a write failed that is not about the item itself. */
export interface PartReason {
  readonly reason: ConditionFailure
  readonly constraint: string | undefined
}

interface Printing {
  readonly entity: string
  readonly kind: string
  /** How many sources a read has. */
  readonly count?: number
  request(options?: RequestOptions): Request
}

const plans = new WeakSet<object>()

/** Makes a plan an operation: frozen, and known to this package. */
export function sealed<Plan extends Printing>(plan: Plan): Plan {
  // All expressions together may be more than DynamoDB takes, which is seen when they are printed.
  const request = (options?: RequestOptions): Request =>
    refusing(`${plan.entity}.${plan.kind}`, [], () => plan.request(options))
  const explain = (): Explanation => explained(plan.entity, request(), plan.count)
  const made = Object.freeze({ ...plan, request, explain })
  plans.add(made)
  return made
}

/** Whether a value is an operation or query that this package made. */
export function isSealed(value: unknown): value is object {
  return typeof value === 'object' && value !== null && plans.has(value)
}

/** The physical name of the model's table; its logical name where none is given. */
export function tableName(model: Model, options: RequestOptions | undefined): string {
  return options?.tables?.[model.table.name] ?? model.table.name
}

/** A caller's condition as a tree. */
export function conditionOf(model: Model, operation: string, place: string, callback: unknown): ConditionTree {
  if (typeof callback !== 'function')
    throw new InputError(operation, [place], 'a callback such as (o, { eq }) => eq(o.status, "open")', kindOf(callback))
  return refusing(operation, [place], () => {
    const tree = treeOf((callback as (...args: object[]) => unknown)(model.fields, operators))
    checkSize(tree)
    return tree
  })
}

/** The conditions of a write, with the one that a shared key needs. */
export function guarded(
  model: Model,
  conditions: readonly ConditionTree[],
  from?: RequestOptions,
): ConditionTree | undefined {
  const own = ownership(model)
  const condition = allOf(own === undefined ? conditions : [own, ...conditions])
  return condition && asOf(model, condition, timeOf(from))
}

/** The time of a write. */
export function timeOf(from: RequestOptions | undefined): Date {
  return from?.now ?? new Date()
}

/** What a write on a condition asks for: that it holds, and else the row that is stored. */
export function conditional(
  condition: ConditionTree | undefined,
  placeholders: Placeholders,
  returnOnFailure = true,
): { ConditionExpression?: string; ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' } {
  if (condition === undefined) return {}
  return {
    ConditionExpression: printCondition(condition, placeholders),
    ...(returnOnFailure && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
  }
}

/** The condition that an item exists, or doesn't: every item has its partition key. */
export function existence(model: Model, type: 'exists' | 'not-exists'): ConditionTree {
  return { type, path: [model.table.partitionKey[0]?.name ?? ''] }
}
