import { connect, type ForeignRow } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import { account, activity, forge, Ghost, Repo, Star, User } from './accounts.js'

const ann = { username: 'ann', plan: 'paid' as const }
const repo = (name: string, day: number) => ({ owner: 'ann', name, stars: day, updatedAt: new Date(day * 86_400_000) })
const repos = [repo('a', 3), repo('b', 1), repo('c', 2)]
const star = { username: 'ann', repo: 'bob/x' }

async function connected(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(forge, { tableName: 'forge' }))
  const db = connect({ client: dynamodb.client, tables: { forge: name } })
  await db.run(User.put(ann))
  for (const item of repos) await db.run(Repo.put(item))
  await db.run(Star.put(star))
  await db.run(Ghost.put({ username: 'ann', id: 'g' }))
  await db.run(User.put({ ...ann, username: 'bob' }))
  return db
}

const tagged = [
  { entity: 'User', item: ann },
  ...repos.map((item) => ({ entity: 'Repo', item })),
  { entity: 'Star', item: star },
]

describe('a collection', () => {
  test('is one ordered stream, with labels', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    expect(await db.all(account.query({ username: 'ann' }))).toEqual(tagged)
    expect(await db.all(account.query({ username: 'ann' }, { reverse: true }))).toEqual(tagged.toReversed())
    const latest = [repos[0], repos[2], repos[1]].map((item) => ({ entity: 'Repository', item }))
    expect(
      await db.all(activity.query({ owner: 'ann' }, { reverse: true, from: Repo.at.byActivity({ owner: 'ann' }) })),
    ).toEqual(latest)
    expect(await db.count(account.query({ username: 'ann' }))).toBe(5)
  })

  test('is groups, empty ones too', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    expect(await db.groups(account.query({ username: 'ann' }))).toEqual({ User: [ann], Repo: repos, Star: [star] })
    expect(await db.groups(account.query({ username: 'nobody' }))).toEqual({ User: [], Repo: [], Star: [] })
  })

  test('is bounded by keys of different entities, and filtered one by one', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    const key = { username: 'ann' }
    expect(await db.all(account.query(key, { after: User.at(key), before: Star.at(key) }))).toEqual(tagged.slice(1, 4))
    expect(
      await db.all(account.query(key, { after: Repo.at({ owner: 'ann', name: 'a' }), to: Repo.at({ owner: 'ann' }) })),
    ).toEqual(tagged.slice(2, 4))
    const few = account.query(key, { filter: { Repo: (row, { gt }) => gt(row.stars, 1) } })
    expect(await db.all(few)).toEqual(tagged.filter(({ item }) => item !== repos[1]))
  })

  test('goes on where a page ended, at the very next row', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    const found: unknown[] = []
    let cursor: string | undefined
    do {
      const page = await db.page(account.query({ username: 'ann' }), { take: 2, pageSize: 3, cursor })
      found.push(...page.items)
      cursor = page.cursor
    } while (cursor !== undefined)
    expect(found).toEqual(tagged)
  })

  test('gives one row, whichever entity it is', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    expect(await db.run(account.get(User.at({ username: 'ann' })))).toEqual(tagged[0])
    expect(await db.run(account.get(Repo.at({ owner: 'ann', name: 'b' })))).toEqual(tagged[2])
    expect(await db.run(account.get(Repo.at({ owner: 'ann', name: 'x' })))).toBeUndefined()
    expect(await db.run(account.get(Ghost.at({ username: 'ann', id: 'g' })))).toBeUndefined()
  })
})

describe('rows of entities that are not asked for', () => {
  test('are passed over, but not lost from the counts; reported if wanted', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    const query = account.query({ username: 'ann' })
    const page = await db.page(query)
    expect([page.items.length, page.foreign.length, page.scannedCount]).toEqual([5, 0, 6])
    const told = await db.page(query, { onForeign: 'report' })
    expect([told.items.length, told.foreign.map(({ entity }) => entity)]).toEqual([5, ['Ghost']])
    const rows: ForeignRow[] = []
    expect(await db.all(query, { onForeign: (row) => rows.push(row) })).toEqual(tagged)
    expect(rows.map(({ row }) => row['sk'])).toEqual([{ S: 'GHOST#g' }])
    await expect(db.all(query, { onForeign: 'report' })).rejects.toMatchObject({ code: 'input' })
  })

  test('are reported by scans and by queries outside of a prefix of their own', async ({ dynamodb }) => {
    const db = await connected(dynamodb)
    const scan = await db.page(Repo.scan(), { onForeign: 'report' })
    expect([scan.items.length, scan.foreign.length]).toEqual([3, 4])
    expect((await db.page(Repo.scan())).foreign).toEqual([])
  })
})
