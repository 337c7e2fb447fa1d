import '@keyloom/testing/vitest/matchers'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { connect } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { recordRequests, type RecordingClient } from '@keyloom/testing'
import { testWithTables } from '@keyloom/testing/vitest/tables'
import { describe, expect } from 'vitest'
import { tracker as table } from '../src/entities.js'
import { trackerOf } from '../src/tracker.js'

const repo = { owner: 'ann', name: 'loom' }
const at = (hour: number) => new Date(Date.UTC(2026, 1, 16, hour))

const test = testWithTables({ tracker: createTableInput(table, { tableName: 'tracker' }) }).extend<{
  readonly recorded: RecordingClient<DynamoDBClient>
  readonly tracker: ReturnType<typeof trackerOf>
}>({
  recorded: async ({ dynamodb, tables }, use) => {
    await use(recordRequests(dynamodb.client, { tables }))
  },
  tracker: async ({ recorded, tables }, use) => {
    const tracker = trackerOf(connect({ client: recorded, tables }))
    await tracker.join('ann', 'Ann Weaver')
    await tracker.createRepo(repo)
    await use(tracker)
  },
})

describe('issues', () => {
  test('opened at the same time have numbers of their own, without gaps', async ({ tracker }) => {
    const opened = await Promise.all(
      Array.from({ length: 12 }, (_, index) => tracker.open(repo, { title: `issue ${index}`, author: 'bob' })),
    )
    expect(opened.map(({ number }) => number).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    )
  })

  test('are not opened where there is no repository', async ({ tracker }) => {
    const issue = { title: 'lost', author: 'bob' }
    await expect(tracker.open({ owner: 'ann', name: 'none' }, issue)).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('come with their repository, the newest first, in one request', async ({ tracker, recorded }) => {
    for (let count = 1; count <= 12; count++) await tracker.open(repo, { title: `issue ${count}`, author: 'bob' })
    await tracker.star(repo, 'bob', at(9))
    const { repo: found, issues } = await tracker.page({ owner: 'Ann', name: 'Loom' }, 3)
    expect(found).toEqual({ ...repo, stars: 1, lastNumber: 12 })
    expect(issues.map(({ number }) => number)).toEqual([12, 11, 10])
    expect(recorded).toHaveRequested({ operation: 'Query' }, { times: 1 })
    // All of them, and not a row more: stars are in the same partition.
    expect((await tracker.page(repo, 100)).issues).toHaveLength(12)

    const older = await tracker.issuesBelow({ ...repo, number: 10 }).all({ take: 3 })
    expect(older.map(({ number }) => number)).toEqual([9, 8, 7])
  })

  test('are open or closed, and closed once', async ({ tracker }) => {
    for (const title of ['one', 'two', 'three']) await tracker.open(repo, { title, author: 'bob' })
    await tracker.close({ ...repo, number: 2 })
    await expect(tracker.close({ ...repo, number: 2 })).rejects.toMatchObject({ reason: 'condition' })
    const titles = async (state: 'open' | 'closed') => (await tracker.issuesIn(repo, state).all()).map((i) => i.title)
    expect(await titles('open')).toEqual(['three', 'one'])
    expect(await titles('closed')).toEqual(['two'])
  })

  test('count their comments', async ({ tracker }) => {
    const { number } = await tracker.open(repo, { title: 'one', author: 'bob' })
    for (const text of ['first', 'second']) await tracker.comment({ ...repo, number }, 'ann', text)
    expect((await tracker.comments({ ...repo, number }).all()).map(({ text }) => text).sort()).toEqual([
      'first',
      'second',
    ])
    expect((await tracker.page(repo)).issues).toMatchObject([{ comments: 2 }])
    await expect(tracker.comment({ ...repo, number: 7 }, 'ann', 'lost')).rejects.toMatchObject({
      reasons: { count: { reason: 'not-found' } },
    })
    expect(await tracker.comments({ ...repo, number: 7 }).all()).toEqual([])
  })
})

describe('stars', () => {
  test('are read from both sides, and counted once', async ({ tracker }) => {
    await tracker.createRepo({ owner: 'ann', name: 'shuttle' })
    expect(await tracker.star(repo, 'bob', at(9))).toBe(true)
    expect(await tracker.star(repo, 'Bob', at(10))).toBe(false)
    expect(await tracker.star(repo, 'amy', at(11))).toBe(true)
    expect(await tracker.star({ owner: 'ann', name: 'shuttle' }, 'bob', at(12))).toBe(true)
    expect((await tracker.stargazers(repo).all()).map(({ username }) => username)).toEqual(['amy', 'bob'])
    expect((await tracker.starredBy('bob').all()).map(({ name }) => name)).toEqual(['shuttle', 'loom'])

    expect(await tracker.unstar(repo, 'bob')).toBe(true)
    expect(await tracker.unstar(repo, 'bob')).toBe(false)
    expect((await tracker.page(repo)).repo).toMatchObject({ stars: 1 })
  })

  test('are on the page of an account, with its repositories, in one request', async ({ tracker, recorded }) => {
    await tracker.createRepo({ owner: 'ann', name: 'shuttle' })
    await tracker.createRepo({ owner: 'bob', name: 'thread' })
    await tracker.star({ owner: 'bob', name: 'thread' }, 'ann', at(9))
    const { User: users, Repo: repos, Star: stars } = await tracker.account('ann')
    expect(users).toEqual([{ username: 'ann', fullName: 'Ann Weaver' }])
    expect(repos.map(({ name }) => name)).toEqual(['loom', 'shuttle'])
    expect(stars).toEqual([{ owner: 'bob', name: 'thread', username: 'ann', starredAt: at(9) }])
    expect(recorded).toHaveRequested({ operation: 'Query' }, { times: 1 })
  })
})
