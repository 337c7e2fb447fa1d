// The public names of @keyloom/testing.
export type { EngineName, EngineSettings } from './engine.js'
export { EngineUnavailableError, SetupMissingError, TableTimeoutError, type EngineAttempt } from './errors.js'
export { startDynamoDB, type DynamoDB, type StartOptions } from './start-dynamodb.js'
export { temporaryTables, type TableDefinition, type TemporaryTables } from './temporary-tables.js'
