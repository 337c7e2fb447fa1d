// Rows that were there before are read and changed, and new ones are written as the old ones were.
import { readFile } from 'node:fs/promises'
import { type AttributeValue, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { connect, type Db, gte } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { test as dynamodbTest } from '@keyloom/testing/vitest'
import { expect } from 'vitest'
import { app, Profile, Task } from '../src/table.js'

type Row = Record<string, AttributeValue>

interface Adopted {
  readonly db: Db
  readonly rows: () => Promise<Row[]>
}

const file = new URL('../data/rows.json', import.meta.url)

const test = dynamodbTest.extend<{ readonly adopted: Adopted }>({
  adopted: async ({ dynamodb }, use) => {
    const { client } = dynamodb
    const TableName = await dynamodb.createTable(createTableInput(app, { tableName: 'adopted' }))
    for (const Item of JSON.parse(await readFile(file, 'utf8')) as Row[])
      await client.send(new PutItemCommand({ TableName, Item }))
    const rows = async () => (await client.send(new ScanCommand({ TableName }))).Items ?? []
    await use({ db: connect({ client, tables: { app: TableName } }), rows })
  },
})

const first = { orgId: 'Acme Inc', projectId: 'P1', taskId: 'A-1', employeeId: 'E-7', points: 12 }
const eve = { userId: 'E-7', email: 'eve@example.com', since: new Date(1_700_000_000_000) }

test('rows of a mapper are read, by key and by index', async ({ adopted: { db } }) => {
  const tasks = db.for(Task)
  expect(await tasks.get({ orgId: 'ACME inc', projectId: 'p1', taskId: 'a-1' })).toEqual(first)
  expect(await tasks.query.byEmployee({ employeeId: 'E-7', points: gte(10) }).all()).toEqual([first])
})

test('rows written by hand are read', async ({ adopted: { db } }) => {
  expect(await db.for(Profile).get({ userId: 'E-7' })).toEqual(eve)
})

test('writing what is stored changes nothing, to the byte', async ({ adopted: { db, rows } }) => {
  const before = await rows()
  await db.for(Task).put(first)
  await db.for(Profile).put(eve)
  expect(await rows()).toEqual(before)
})

test('an update keeps what it does not know, and the keys true', async ({ adopted: { db, rows } }) => {
  await db.for(Task).update({ orgId: 'acme inc', projectId: 'p1', taskId: 'a-2' }, { set: { points: 40 } })
  const changed = (await rows()).find(({ taskId }) => taskId?.S === 'A-2')
  expect(changed).toMatchObject({
    points: { N: '40' },
    gsi1sk: { S: '$tasks_1#points_0040' },
    importedFrom: { S: 'a tool that nobody remembers' },
  })
})

test('a new row looks as an old one', async ({ adopted: { db, rows } }) => {
  await db.for(Task).create({ ...first, taskId: 'B-9' })
  const made = (await rows()).find(({ taskId }) => taskId?.S === 'B-9')
  expect(made).toMatchObject({
    sk: { S: '$tasks_1#projectid_p1#taskid_b-9' },
    __edb_e__: { S: 'tasks' },
    __edb_v__: { S: '1' },
  })
})
