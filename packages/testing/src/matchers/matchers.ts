// Matchers for requests, costs and items, for any `expect` that has `expect.extend`.
import { plainItem } from '../requests/plain-value.js'
import { printRequest, type RecordedAction, type RecordedRequest } from '../requests/recorded-request.js'
import type { RequestRecord } from '../requests/record-requests.js'
import { costOf, type Cost } from './cost.js'
import { mismatch, plainExpectation } from './match-value.js'

/** What a request must be: what is not named may be anything. */
export type ExpectedRequest = { readonly [Name in keyof RecordedAction]?: RecordedAction[Name] | object }

/** How often. */
export interface ExpectedTimes {
  /** Exactly so many; one at least unless said otherwise. */
  readonly times?: number | undefined
}

/** What a matcher answers to its framework. */
export interface MatcherResult {
  readonly pass: boolean
  message(): string
}

/** The matchers, as `expect.extend` of Vitest and Jest takes them: a record by name, which an interface would not be. */
export type Matchers = {
  /** The record of a client has a request of this operation, or one like this. */
  toHaveRequested(received: unknown, expected: string | ExpectedRequest, times?: ExpectedTimes): MatcherResult
  /** The requests of the record consumed exactly these capacity units, in all. */
  toCost(received: unknown, expected: Cost): MatcherResult
  /** An item, native or in DynamoDB's notation, has these attributes, in either notation; `undefined`: has it not. */
  toMatchItem(received: unknown, expected: object): MatcherResult
}

/**
 * Matchers for requests, costs and items.
 *
 * @example
 * ```ts
 * expect.extend(matchers)
 * expect(recorded).toHaveRequested({ operation: 'UpdateItem', condition: 'status = "pending"' })
 * expect(recorded).toCost({ read: 0, write: 1 })
 * expect({ pk: { S: 'a' }, n: { N: '1' } }).toMatchItem({ n: 1 })
 * ```
 */
export const matchers: Matchers = {
  toHaveRequested(received, expected, { times } = {}) {
    const { requests } = recordOf('toHaveRequested', received)
    const wanted = typeof expected === 'string' ? { operation: expected } : expected
    const actions = requests.flatMap((request) => [request, ...(request.actions ?? [])])
    const found = actions.filter((action) => isLike(action, wanted)).length
    const isRight = times === undefined ? found > 0 : found === times
    const often = times === undefined ? 'at least once' : `${times} times`
    return {
      pass: isRight,
      message: () => `Requested ${found} times, expected ${often}: ${asText(expected)}\n${list(requests)}`,
    }
  },
  toCost(received, expected) {
    const cost = costOf(recordOf('toCost', received).requests)
    const { read = 0, write = 0 } = expected
    return {
      pass: cost.read === read && cost.write === write,
      message: () =>
        `Consumed ${cost.read} read and ${cost.write} write units, expected ${read} and ${write}\n${list(recordOf('toCost', received).requests)}`,
    }
  },
  toMatchItem(received, expected) {
    if (typeof received !== 'object' || received === null) {
      return { pass: false, message: () => `There is no item: ${String(received)}` }
    }
    const found = mismatch(plainItem(received), plainExpectation(expected))
    return { pass: found === undefined, message: () => found ?? 'The item has all of these attributes' }
  },
}

function recordOf(matcher: string, received: unknown): RequestRecord {
  if (typeof received === 'object' && received !== null && 'requests' in received && Array.isArray(received.requests)) {
    return received as RequestRecord
  }
  throw new TypeError(`${matcher} needs what recordRequests() returned`)
}

const itemFields = ['key', 'item', 'startKey'] as const

function isLike(action: RecordedAction, expected: ExpectedRequest): boolean {
  return Object.entries(expected).every(([name, value]) => {
    const isItem = (itemFields as readonly string[]).includes(name) && typeof value === 'object'
    const wanted = isItem ? plainExpectation(value) : value
    const actual = Reflect.get(action, name) as unknown
    return typeof wanted === 'object' || typeof wanted === 'string'
      ? mismatch(actual, wanted) === undefined
      : actual === wanted
  })
}

function asText(expected: string | ExpectedRequest): string {
  return typeof expected === 'string'
    ? expected
    : printRequest({ operation: 'any request', ...expected } as RecordedAction)
}

function list(requests: readonly RecordedRequest[]): string {
  return requests.length === 0 ? 'There was no request' : `The requests were:\n${requests.map(printRequest).join('\n')}`
}
