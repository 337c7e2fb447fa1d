// The verbs of an entity, listed once: they make operations for `entity()` and promises for `db.for()`.
import type { EntityIndex, Model } from '../model/model.js'
import { planCheck } from './check.js'
import {
  planConstrainedCreate,
  planConstrainedDelete,
  planConstrainedReplace,
  planConstrainedUpdate,
} from './constrained.js'
import { refuseUnconstrained } from './constraints.js'
import { planGet } from './get.js'
import type { ItemPlan } from './plan.js'
import { planPut } from './put.js'
import { planQuery } from './query.js'
import type { ReadPlan } from './read-plan.js'
import { planScan } from './scan.js'
import { planUpsert } from './upsert.js'

/** What becomes of a plan. It is handed over unmade: making it may throw, which a promise turns into a rejection. */
export interface Delivery {
  readonly operation: (make: () => ItemPlan) => unknown
  readonly query: (make: () => ReadPlan) => unknown
}

/** The verbs of a model by name, with untyped arguments: the types stand on the public interfaces. */
export function verbsOf(model: Model, { operation, query }: Delivery): object {
  const queryOf =
    (index: EntityIndex) =>
    (key: unknown, options?: never): unknown =>
      query(() => planQuery(model, index, key, options))
  const scanOf =
    (index: EntityIndex) =>
    (options?: never): unknown =>
      query(() => planScan(model, index, options))
  const queries = queryOf(model.key)
  const scans = scanOf(model.key)
  // Own properties, so that indexes called `name` or `length` work as well.
  for (const [name, index] of model.indexes) {
    Object.defineProperty(queries, name, { value: queryOf(index), enumerable: true, configurable: true })
    Object.defineProperty(scans, name, { value: scanOf(index), enumerable: true, configurable: true })
  }
  const write = (make: () => ItemPlan): unknown => operation(() => allowed(make()))
  return {
    get: (key: unknown, options?: never) => operation(() => planGet(model, key, options)),
    put: (item: unknown, options?: never) => write(() => planPut(model, item, options)),
    create: (item: unknown, options?: never) => operation(() => planConstrainedCreate(model, item, options)),
    replace: (item: unknown, options?: never) => operation(() => planConstrainedReplace(model, item, options)),
    upsert: (key: unknown, changes: never) => write(() => planUpsert(model, key, changes)),
    update: (key: unknown, changes: never) => operation(() => planConstrainedUpdate(model, key, changes)),
    delete: (key: unknown, options?: never) => operation(() => planConstrainedDelete(model, key, options)),
    check: (key: unknown, ...conditions: readonly unknown[]) => operation(() => planCheck(model, key, ...conditions)),
    query: Object.freeze(queries),
    scan: Object.freeze(scans),
  }
}

/** Early, so that the error stands on the line that built the write. */
function allowed(plan: ItemPlan): ItemPlan {
  refuseUnconstrained(`${plan.entity}.${plan.kind}`, [], plan)
  return plan
}
