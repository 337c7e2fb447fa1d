// What a demonstration is: something that usually goes wrong, shown going right.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Recorder } from '../demo/recorder.js'
import type { Screen } from '../demo/screen.js'

/** Where a demonstration takes place: a loaded table, and a screen to show it on. */
export interface Stage {
  readonly client: DynamoDBClient
  /** The physical name of the table. */
  readonly tableName: string
  /** Listens at the client. */
  readonly recorder: Recorder
  readonly screen: Screen
}

export interface Demonstration {
  readonly title: string
  /** Throws an `AssertionError` where what it shows does not hold. */
  readonly run: (stage: Stage) => Promise<void>
}
