// The entry of the Lambda: made once when it starts, used for every event.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { apiOf } from './api.js'
import { notesOf } from './notes.js'

const tableName = process.env['NOTES_TABLE']
if (tableName === undefined) throw new Error('NOTES_TABLE is not set')

export const handler = apiOf(notesOf({ client: new DynamoDBClient({}), tableName }))
