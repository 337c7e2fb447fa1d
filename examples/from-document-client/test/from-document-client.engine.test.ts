// Both ways write the same rows, and each reads what the other has written.
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { createTableInput } from '@keyloom/core/infra'
import { test as dynamodbTest } from '@keyloom/testing/vitest'
import { expect } from 'vitest'
import { app, tasksWithKeyloom } from '../src/after.js'
import { tasksByHand } from '../src/before.js'
import type { Task, Tasks } from '../src/tasks.js'

interface Side {
  readonly tasks: Tasks
  readonly rows: () => Promise<unknown>
}

const test = dynamodbTest.extend<{ readonly byHand: Side; readonly keyloom: Side }>({
  byHand: async ({ dynamodb }, use) => {
    const TableName = await dynamodb.createTable(createTableInput(app, { tableName: 'by-hand' }))
    const client = DynamoDBDocumentClient.from(dynamodb.client)
    const rows = async () => (await client.send(new ScanCommand({ TableName }))).Items
    await use({ tasks: tasksByHand(client, TableName), rows })
  },
  keyloom: async ({ dynamodb }, use) => {
    const TableName = await dynamodb.createTable(createTableInput(app, { tableName: 'keyloom' }))
    const client = DynamoDBDocumentClient.from(dynamodb.client)
    const rows = async () => (await client.send(new ScanCommand({ TableName }))).Items
    await use({ tasks: tasksWithKeyloom(client, TableName), rows })
  },
})

const task: Task = { team: 'a', id: '1', title: 'Write', state: 'open', due: new Date('2026-02-16T10:00:00Z') }
const later: Task = { ...task, id: '2', due: new Date('2026-03-01T00:00:00Z') }
const soon = new Date('2026-02-20')

test('both write the same rows', async ({ byHand, keyloom }) => {
  for (const { tasks } of [byHand, keyloom]) {
    await tasks.add(task)
    await tasks.add(later)
    await tasks.finish('a', '1')
  }
  expect(await keyloom.rows()).toEqual(await byHand.rows())
})

test('both answer the same', async ({ byHand, keyloom }) => {
  for (const { tasks } of [byHand, keyloom]) {
    await tasks.add(task)
    await tasks.add(later)
    await expect(tasks.add(task)).rejects.toThrow()
    expect(await tasks.get('a', '1')).toEqual(task)
    expect(await tasks.get('a', '9')).toBeUndefined()
    expect(await tasks.due('a', soon)).toEqual([task])
    await tasks.finish('a', '1')
    expect(await tasks.due('a', soon)).toEqual([])
    await expect(tasks.finish('a', '9')).rejects.toThrow()
  }
})
