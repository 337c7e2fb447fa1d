// merge(): several queries as one, in the order of their sort keys.
import { InputError } from '../errors/input-error.js'
import type { Query, Request } from '../types/operation.js'
import { kindOf } from '../values/codec.js'
import { sealed } from './plan.js'
import { defaultConcurrency, type ReadPlan, type ReadSource, readPlan } from './read-plan.js'

type ItemOf<Of> = Of extends Query<infer Item> ? Item : never

// As many as `each()` may make.
const mostSources = 256

/**
 * Several queries as one stream in the order of their sort keys; items with equal ones come in the order of the queries. The sort
 * keys must be of the same kinds and the directions the same; entities, partitions and indexes may differ.
 *
 * @throws InputError for what has no common order.
 * @example
 * ```ts
 * const both = merge([
 *   Order.query.byStatus({ status: 'paid', region: 'eu' }),
 *   Order.query.byStatus({ status: 'paid', region: 'us' }),
 * ])
 * ```
 */
export function merge<const Queries extends readonly Query<unknown>[]>(
  queries: Queries,
): Query<ItemOf<Queries[number]>> {
  return planMerge(queries) as unknown as Query<ItemOf<Queries[number]>>
}

function planMerge(queries: unknown): ReadPlan {
  if (!Array.isArray(queries) || queries.length === 0)
    throw new InputError('merge', [], 'a list of queries', kindOf(queries))
  const plans = queries.map((query, index) => checkedPlan(query, index))
  const sources = plans.flatMap((plan) => Array.from({ length: plan.count }, (_, ordinal) => plan.source(ordinal)))
  if (sources.length > mostSources)
    throw new InputError('merge', [], `queries of ${mostSources} partitions at most`, 'queries of more')
  const [first] = sources
  const reverse = first?.order?.reverse === true
  for (const [index, plan] of plans.entries()) checkOrder(index, plan.source(0), first)
  // Each plan has its own sources in reverse already, if it is read so.
  const inOrder = reverse ? plans.toReversed().flatMap((plan) => sourcesOf(plan)) : sources
  const source = (ordinal: number): ReadSource => {
    const found = inOrder[ordinal]
    if (found === undefined) throw new RangeError(`no source ${ordinal}`)
    return found
  }
  return sealed<ReadPlan>({
    kind: 'query',
    entity: [...new Set(plans.map(({ entity }) => entity))].join(' | '),
    operation: 'merge',
    count: inOrder.length,
    width: inOrder.length,
    concurrency: Math.min(inOrder.length, defaultConcurrency),
    source,
    binding() {
      const bindings = plans.map((plan) => plan.binding())
      return {
        subject: JSON.stringify(bindings.map(({ subject }) => subject)),
        definition: JSON.stringify(bindings.map(({ definition }) => definition)),
        query: JSON.stringify(bindings.map(({ query }) => query)),
      }
    },
    request: (options) => source(0).request(options) as Request,
  })
}

function sourcesOf(plan: ReadPlan): ReadSource[] {
  return Array.from({ length: plan.count }, (_, ordinal) => plan.source(ordinal))
}

function checkedPlan(query: unknown, index: number): ReadPlan {
  const plan = readPlan('merge', query)
  const place = [String(index)]
  if (plan.kind !== 'query') throw new InputError('merge', place, 'a query, whose items have an order', 'a scan')
  if (plan.width < plan.count)
    throw new InputError(
      'merge',
      place,
      'a query of one partition, or with each()',
      'one of several, one after another',
    )
  return plan
}

/** Refuses sort keys that can't be compared. */
function checkOrder(index: number, { order }: ReadSource, first: ReadSource | undefined): void {
  const kinds = (source: ReadSource['order']): string => (source?.sortKey ?? []).map(({ kind }) => kind).join()
  if (kinds(order) !== kinds(first?.order))
    throw new InputError('merge', [String(index)], 'sort keys of the kinds of the first query', 'others')
  if (order?.reverse !== first?.order?.reverse)
    throw new InputError('merge', [String(index)], 'the direction of the first query', 'the other one')
}
