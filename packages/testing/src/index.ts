// The public names of @keyloom/testing.
export type { EngineName, EngineSettings } from './engine.js'
export { EngineUnavailableError, SetupMissingError, TableTimeoutError, type EngineAttempt } from './errors.js'
export { startDynamoDB, type DynamoDB } from './start-dynamodb.js'
export type { StartOptions } from './start-engine.js'
export { temporaryTables, type TableDefinition, type TemporaryTables } from './temporary-tables.js'
