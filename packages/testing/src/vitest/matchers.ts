// Adds the matchers to Vitest's `expect`: a setup file.
import { expect } from 'vitest'
import type { Cost } from '../matchers/cost.js'
import { matchers, type ExpectedRequest, type ExpectedTimes } from '../matchers/matchers.js'

declare module 'vitest' {
  // The parameter has to be written as Vitest does.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars, @typescript-eslint/naming-convention
  interface Matchers<T = any> {
    /** The record of a client has a request of this operation, or one like this. */
    toHaveRequested(expected: string | ExpectedRequest, times?: ExpectedTimes): void
    /** The requests of the record consumed exactly these capacity units, in all. */
    toCost(expected: Cost): void
    /** An item has these attributes, in DynamoDB's notation or natively; `undefined`: has it not. */
    toMatchItem(expected: object): void
  }
}

expect.extend(matchers)
