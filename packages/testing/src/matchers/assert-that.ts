// The matchers for frameworks without `expect.extend`, such as node:test.
import { AssertionError } from 'node:assert'
import { matchers, type ExpectedRequest, type ExpectedTimes, type MatcherResult } from './matchers.js'
import type { Cost } from './cost.js'

/** The matchers as assertions about one value: each throws an AssertionError where it is not so. */
export interface Assertions {
  toHaveRequested(expected: string | ExpectedRequest, times?: ExpectedTimes): void
  toCost(expected: Cost): void
  toMatchItem(expected: object): void
}

/**
 * The matchers without `expect`.
 *
 * @throws AssertionError of `node:assert` when it is not so.
 * @example
 * ```ts
 * assertThat(recorded).toHaveRequested('GetItem', { times: 1 })
 * ```
 */
export function assertThat(received: unknown): Assertions {
  const hold = (result: MatcherResult): void => {
    if (!result.pass) throw new AssertionError({ message: result.message() })
  }
  return {
    toHaveRequested: (expected, times) => {
      hold(matchers.toHaveRequested(received, expected, times))
    },
    toCost: (expected) => {
      hold(matchers.toCost(received, expected))
    },
    toMatchItem: (expected) => {
      hold(matchers.toMatchItem(received, expected))
    },
  }
}
