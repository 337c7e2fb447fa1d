// The public names of @keyloom/testing.
export type { EngineName, EngineSettings } from './engine.js'
export { EngineUnavailableError, SetupMissingError, TableTimeoutError, type EngineAttempt } from './errors.js'
export type { AnyClient } from './faults/client-with.js'
export type { Fault } from './faults/fault.js'
export { faultClient, type FaultClient } from './faults/fault-client.js'
export { faultHandler, type AnyRequestHandler } from './faults/fault-handler.js'
export {
  FaultOptionsError,
  parseFaults,
  type FaultOptions,
  type FaultScheduler,
  type ScriptedFault,
} from './faults/fault-options.js'
export type { InjectedFault } from './faults/fault-plan.js'
export type { FaultReport } from './faults/fault-run.js'
export { faultPairs, requestsOf, singleFaults, type FlowRequest, type ScriptOptions } from './faults/fault-scripts.js'
export { assertThat, type Assertions } from './matchers/assert-that.js'
export type { Cost } from './matchers/cost.js'
export {
  matchers,
  type ExpectedRequest,
  type ExpectedTimes,
  type MatcherResult,
  type Matchers,
} from './matchers/matchers.js'
export {
  recordRequests,
  type RecordingClient,
  type RecordOptions,
  type RequestRecord,
} from './requests/record-requests.js'
export { printRequest, type RecordedAction, type RecordedRequest } from './requests/recorded-request.js'
export { startDynamoDB, type DynamoDB } from './start-dynamodb.js'
export type { StartOptions } from './start-engine.js'
export { tableSet, type TableSet } from './table-set.js'
export { temporaryTables, type TableDefinition, type TemporaryTables } from './temporary-tables.js'
