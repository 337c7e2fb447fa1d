// Every single fault, and every pair of them, that a flow of requests can meet.
import { clientWith, sendOn, type AnyClient } from './client-with.js'
import { defaultFaults, hits, type Fault } from './fault.js'
import { checkOption, settingsOf, type FaultOptions, type ScriptedFault } from './fault-options.js'
import { operationName } from './operation-name.js'

/** One request of a flow: the nth of its operation. */
export interface FlowRequest {
  readonly operation: string
  readonly nth: number
}

/** Which faults, and how many scripts. */
export interface ScriptOptions {
  /** By which kinds; by those that networks and the service produce unless said otherwise. */
  readonly faults?: readonly Fault[] | undefined
  /** How many scripts at most: 10,000 unless said otherwise. Of more, so many are taken at equal distances. */
  readonly limit?: number | undefined
}

/**
 * Runs a flow once, without faults, and tells which requests it made, in order.
 *
 * @throws FaultOptionsError when an operation is unknown, and what the flow throws.
 * @example
 * ```ts
 * const requests = await requestsOf(client, async (counted) => {
 *   await counted.send(new GetItemCommand({ TableName: 'orders', Key: { pk: { S: 'a' } } }))
 * })
 * for (const script of singleFaults(requests)) {
 *   const broken = faultClient(client, { script })
 *   // the flow again, on `broken`
 * }
 * ```
 */
export async function requestsOf<Client extends AnyClient>(
  client: Client,
  flow: (client: Client) => Promise<unknown>,
  options: Pick<FaultOptions, 'operations'> = {},
): Promise<FlowRequest[]> {
  const { operations } = settingsOf({ ...options, seed: 0 })
  const requests: FlowRequest[] = []
  const counts = new Map<string, number>()
  const send = (command: object, ...args: unknown[]): unknown => {
    const operation = operationName(command)
    if (operations.includes(operation)) {
      const nth = (counts.get(operation) ?? 0) + 1
      counts.set(operation, nth)
      requests.push({ operation, nth })
    }
    return sendOn(client, command, ...args)
  }
  await flow(clientWith(client, { send }))
  return requests
}

/**
 * Every single fault at every request of a flow, as scripts for a fault client, one by one.
 *
 * @throws FaultOptionsError when a kind or the limit is wrong.
 * @example
 * ```ts
 * for (const script of singleFaults([{ operation: 'UpdateItem', nth: 1 }])) {
 *   const broken = faultClient(client, { script })
 * }
 * ```
 */
export function singleFaults(requests: readonly FlowRequest[], options: ScriptOptions = {}): Iterable<ScriptedFault[]> {
  return sampled(() => singles(requests, options), options)
}

/**
 * Every two faults at two requests of a flow, one by one. The second may also hit the request that follows when the flow repeats one:
 * the first beyond those that it made.
 *
 * @throws FaultOptionsError when a kind or the limit is wrong.
 * @example
 * ```ts
 * for (const script of faultPairs([{ operation: 'UpdateItem', nth: 1 }], { limit: 500 })) {
 *   const broken = faultClient(client, { script })
 * }
 * ```
 */
export function faultPairs(requests: readonly FlowRequest[], options: ScriptOptions = {}): Iterable<ScriptedFault[]> {
  return sampled(() => pairs(requests, options), options)
}

function* singles(requests: readonly FlowRequest[], options: ScriptOptions): Generator<ScriptedFault[]> {
  for (const { operation, nth } of requests) {
    for (const fault of options.faults ?? defaultFaults) {
      if (hits(fault, operation)) yield [{ operation, nth, fault }]
    }
  }
}

function* pairs(requests: readonly FlowRequest[], options: ScriptOptions): Generator<ScriptedFault[]> {
  const all = [...requests, ...repeatsOf(requests)]
  for (const [index, first] of requests.entries()) {
    for (const one of singles([first], options)) {
      for (const another of singles(all.slice(index + 1), options)) yield [...one, ...another]
    }
  }
}

function repeatsOf(requests: readonly FlowRequest[]): FlowRequest[] {
  const counts = new Map(requests.map(({ operation, nth }) => [operation, nth]))
  return [...counts].map(([operation, nth]) => ({ operation, nth: nth + 1 }))
}

function sampled(make: () => Iterable<ScriptedFault[]>, options: ScriptOptions): Iterable<ScriptedFault[]> {
  const { faults, limit = 10_000 } = options
  // Checked at once: a generator would throw at its first step.
  settingsOf({ seed: 0, rate: 1, faults })
  checkOption(Number.isInteger(limit) && limit >= 1, 'limit', 'an integer from 1')
  let total = 0
  for (const _script of make()) total += 1
  const every = Math.max(1, total / limit)
  return {
    *[Symbol.iterator]() {
      let index = 0
      let taken = 0
      for (const script of make()) {
        if (index >= Math.floor(taken * every)) {
          taken += 1
          yield script
        }
        index += 1
      }
    },
  }
}
