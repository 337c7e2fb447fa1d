import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { connect } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { recordRequests } from '@keyloom/testing'
import '@keyloom/testing/vitest/matchers'
import { testWithTables } from '@keyloom/testing/vitest/tables'
import { describe, expect } from 'vitest'
import { idle, longest, sessionsOf, web } from '../src/sessions.js'

/** A clock that stands still until it is moved. */
class Clock {
  now = Date.parse('2026-02-16T08:00:00Z')
  readonly read = (): number => this.now
}

const minute = 60_000

const test = testWithTables({ web: createTableInput(web, { tableName: 'web' }) }).extend<{
  readonly clock: Clock
  readonly sessions: ReturnType<typeof sessionsOf>
}>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the names of fixtures from it
  clock: async ({}, use) => {
    await use(new Clock())
  },
  sessions: async ({ dynamodb, tables, clock }, use) => {
    await use(sessionsOf(connect({ client: dynamodb.client, tables, clock: clock.read }), clock.read))
  },
})

describe('a session', () => {
  test('is there for its token alone', async ({ sessions }) => {
    const token = await sessions.signIn('ann', 'phone')
    expect(await sessions.use(token)).toMatchObject({ userId: 'ann', device: 'phone' })
    expect(await sessions.use('another')).toBeUndefined()
  })

  test('is stored without its token, and with a time to live in seconds', async ({
    dynamodb,
    tables,
    sessions,
    clock,
  }) => {
    const token = await sessions.signIn('ann', 'phone')
    const { Items: rows = [] } = await dynamodb.client.send(new ScanCommand({ TableName: tables.web }))
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows[0]?.['expiresAt']).toEqual({ N: `${(clock.now + idle) / 1000}` })
  })

  test('ends when it was not used for long, though its row is still there', async ({
    dynamodb,
    tables,
    sessions,
    clock,
  }) => {
    const token = await sessions.signIn('ann', 'phone')
    clock.now += idle - 1000
    expect(await sessions.list('ann').all()).toHaveLength(1)
    clock.now += 1000
    expect(await sessions.list('ann').all()).toEqual([])
    expect(await sessions.use(token)).toBeUndefined()
    const { Count: count } = await dynamodb.client.send(new ScanCommand({ TableName: tables.web }))
    expect(count).toBe(1)
  })

  test('goes on as long as it is used, but not for ever', async ({ sessions, clock }) => {
    const token = await sessions.signIn('ann', 'phone')
    const startedAt = clock.now
    while (clock.now + 20 * minute < startedAt + longest) {
      clock.now += 20 * minute
      expect(await sessions.use(token)).toMatchObject({ userId: 'ann' })
    }
    clock.now = startedAt + longest
    expect(await sessions.use(token)).toBeUndefined()
  })

  test('is written once a minute at most', async ({ dynamodb, tables, clock }) => {
    const recorded = recordRequests(dynamodb.client, { tables })
    const sessions = sessionsOf(connect({ client: recorded, tables, clock: clock.read }), clock.read)
    const token = await sessions.signIn('ann', 'phone')
    for (let second = 0; second < 150; second += 15) {
      clock.now += 15_000
      await sessions.use(token)
    }
    expect(recorded).toHaveRequested({ operation: 'UpdateItem' }, { times: 2 })
  })
})

describe('signing out', () => {
  test('ends one session, and nothing brings it back', async ({ sessions, clock }) => {
    const [phone, laptop] = [await sessions.signIn('ann', 'phone'), await sessions.signIn('ann', 'laptop')]
    await sessions.signOut(phone)
    clock.now += 5 * minute
    expect(await sessions.use(phone)).toBeUndefined()
    expect(await sessions.use(laptop)).toMatchObject({ device: 'laptop' })
  })

  test('is not undone by a request that is under way', async ({ dynamodb, tables, sessions, clock }) => {
    const token = await sessions.signIn('ann', 'phone')
    clock.now += 5 * minute
    // Signs out once the session has been read, before it is given more time.
    const client = dynamodb.createClient()
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const output = await next(args)
          if (commandName === GetItemCommand.name) await sessions.signOut(token)
          return output
        },
      { step: 'initialize' },
    )
    const slow = sessionsOf(connect({ client, tables, clock: clock.read }), clock.read)
    expect(await slow.use(token)).toBeUndefined()
    expect(await sessions.list('ann').all()).toEqual([])
  })

  test('everywhere ends all of a user, and nobody else’s', async ({ sessions, clock }) => {
    for (let count = 0; count < 30; count++) {
      clock.now += 1000
      await sessions.signIn('ann', `device ${count}`)
    }
    const other = await sessions.signIn('bob', 'phone')
    expect((await sessions.list('ann').all({ take: 2 })).map(({ device }) => device)).toEqual([
      'device 29',
      'device 28',
    ])
    expect(await sessions.signOutEverywhere('ann')).toBe(30)
    expect(await sessions.list('ann').all()).toEqual([])
    expect(await sessions.use(other)).toMatchObject({ userId: 'bob' })
  })
})
