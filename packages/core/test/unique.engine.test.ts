import { AmbiguousWriteError, ConditionFailedError, connect, type TransactionCanceledError } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { type FileDynamoDB, test } from '@keyloom/testing/vitest'
import { describe, expect } from 'vitest'
import { people, Session, sessions, User, user } from './users.js'

async function connected(dynamodb: FileDynamoDB) {
  const name = await dynamodb.createTable(createTableInput(people, { tableName: 'people' }))
  const db = connect({ client: dynamodb.client, tables: { people: name } })
  /** The markers that are stored, with the users that own them. */
  const markers = async (): Promise<Readonly<Record<string, string | undefined>>> => {
    const { Items = [] } = await dynamodb.client.send(new ScanCommand({ TableName: name, ConsistentRead: true }))
    const rows = Items.filter(({ pk }) => pk?.S?.startsWith('UNIQUE#') === true)
    return Object.fromEntries(
      rows.map(({ pk, owner }): [string, string | undefined] => [
        pk?.S?.slice('UNIQUE#User#'.length) ?? '',
        owner?.M?.['pk']?.S,
      ]),
    )
  }
  return { db, users: db.for(User), markers, name }
}

const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((thrown: unknown) => thrown)
const owned = 'USER#u-1'

describe('a value that is to be unique', () => {
  test('through a life: created, changed, taken away, deleted, made again', async ({ dynamodb }) => {
    const { users, markers } = await connected(dynamodb)
    const ann = { ...user, handle: 'ann', profile: { phone: '1' } }
    expect(await users.create(ann)).toEqual(ann)
    expect(await markers()).toEqual({ 'email#ann@example.org': owned, 'handle#t-1#ann': owned, 'phone#1': owned })
    await users.update(user, { set: { email: 'ann@example.net' }, given: { email: user.email } })
    await users.update(user, { set: { handle: 'a' }, given: { handle: 'ann', tenantId: 't-1' } })
    await users.update(user, { remove: ['profile'], given: { profile: { phone: '1' } } })
    expect(await markers()).toEqual({ 'email#ann@example.net': owned, 'handle#t-1#a': owned })
    await users.update(user, { set: { name: 'Ann' } })
    const stored = await users.get(user, { consistent: true })
    expect(stored).toEqual({ ...user, email: 'ann@example.net', handle: 'a', name: 'Ann' })
    await users.delete(user, { given: stored as NonNullable<typeof stored> })
    expect(await markers()).toEqual({})
    expect(await users.get(user)).toBeUndefined()
    await users.create(ann)
    expect(Object.keys(await markers())).toHaveLength(3)
  })

  test('nobody else gets it, and the error names the constraint', async ({ dynamodb }) => {
    const { db, users, markers } = await connected(dynamodb)
    await users.create({ ...user, handle: 'ann' })
    const other = { userId: 'u-2', tenantId: 't-1', email: 'bob@example.org' }
    const taken = await failure(users.create({ ...other, email: 'ANN@EXAMPLE.ORG' }))
    expect(taken).toBeInstanceOf(ConditionFailedError)
    expect(taken).toMatchObject({ reason: 'unique', constraint: 'email', outcome: 'not-applied', item: undefined })
    expect((taken as Error).message).toBe('User.create: another item has this value. The constraint is email.')
    expect(await users.get(other)).toBeUndefined()
    expect(await failure(users.create({ ...other, handle: 'ann' }))).toMatchObject({ constraint: 'handle' })
    // In another tenant the handle is free.
    await users.create({ ...other, tenantId: 't-2', handle: 'ann' })
    const renamed = users.update(other, { set: { email: 'ann@example.org' }, given: { email: other.email } })
    expect(await failure(renamed)).toMatchObject({ reason: 'unique', constraint: 'email' })
    const before = await markers()
    const together = await failure(
      db.transactWrite({
        third: User.create({ ...other, userId: 'u-3', email: 'c@example.org' }),
        fourth: User.create({ ...other, userId: 'u-4', email: 'ann@example.org' }),
      }),
    )
    expect((together as TransactionCanceledError).reasons).toMatchObject({
      fourth: { reason: 'unique', constraint: 'email' },
    })
    expect((together as Error).message).toContain('User.create (unique: email)')
    expect(await markers()).toEqual(before)
    expect(await failure(users.create({ ...user, email: 'new@example.org' }))).toMatchObject({
      reason: 'already-exists',
      item: { ...user, handle: 'ann' },
    })
  })

  test('a replace gives the old value free and takes the new one', async ({ dynamodb }) => {
    const { users, markers } = await connected(dynamodb)
    const ann = await users.create({ ...user, handle: 'ann' })
    const bob = await users.create({ userId: 'u-2', tenantId: 't-1', email: 'bob@example.org' })
    const before = await markers()
    const taken = await failure(users.replace({ ...user, email: bob.email, name: 'Ann' }, { given: ann }))
    expect(taken).toMatchObject({ reason: 'unique', constraint: 'email', outcome: 'not-applied' })
    expect(await users.get(user, { consistent: true })).toEqual(ann)
    expect(await markers()).toEqual(before)
    const next = { ...user, email: 'new@example.org', profile: { phone: '1' } }
    expect(await users.replace(next, { given: ann })).toEqual(next)
    expect(await users.get(user, { consistent: true })).toEqual(next)
    expect(await markers()).toEqual({
      'email#new@example.org': owned,
      'email#bob@example.org': 'USER#u-2',
      'phone#1': owned,
    })
    // The e-mail and the handle are free again, and who still believes the old item changes nothing.
    expect(await failure(users.replace(ann, { given: ann }))).toMatchObject({ code: 'condition-failed' })
    await users.create({ ...user, userId: 'u-3', handle: 'ann' })
    expect(await markers()).toMatchObject({ 'email#ann@example.org': 'USER#u-3', 'handle#t-1#ann': 'USER#u-3' })
  })

  test('modify gives up what it read and takes what it sets', async ({ dynamodb }) => {
    const { db, users, markers } = await connected(dynamodb)
    await users.create({ ...user, handle: 'ann' })
    await users.create({ userId: 'u-2', tenantId: 't-1', email: 'bob@example.org' })
    expect(await db.modify(User, user, () => ({ set: { email: 'x@example.org' }, remove: ['handle'] }))).toEqual({
      ...user,
      email: 'x@example.org',
    })
    expect(await markers()).toEqual({ 'email#x@example.org': owned, 'email#bob@example.org': 'USER#u-2' })
    // A value that is taken stays so: nothing is tried again.
    let calls = 0
    const taken = db.modify(User, user, () => ({ set: { email: `bob@example.org`, name: String(calls++) } }))
    expect(await failure(taken)).toMatchObject({ reason: 'unique', constraint: 'email', outcome: 'not-applied' })
    expect(calls).toBe(1)
    expect(await users.get(user, { consistent: true })).toEqual({ ...user, email: 'x@example.org' })
    expect(await db.modify(User, user, () => ({ set: { name: 'Ann' } }))).toMatchObject({ name: 'Ann' })
    // Many who rename at the same time: each reads the name that it gives up.
    const names = Array.from({ length: 6 }, (_, index) => `n${index}@example.org`)
    await Promise.all(names.map((email) => db.modify(User, user, () => ({ set: { email } }))))
    const last = (await users.get(user, { consistent: true }))?.email ?? ''
    expect(names).toContain(last)
    expect(await markers()).toEqual({ [`email#${last}`]: owned, 'email#bob@example.org': 'USER#u-2' })
  })

  test('a marker that is missing ends a modify', async ({ dynamodb }) => {
    const { db, users, name } = await connected(dynamodb)
    await users.create(user)
    const Key = { pk: { S: 'UNIQUE#User#email#ann@example.org' }, sk: { S: 'UNIQUE#User#email#ann@example.org' } }
    await dynamodb.client.send(new DeleteItemCommand({ TableName: name, Key }))
    const lost = db.modify(User, user, () => ({ set: { email: 'x@example.org' } }))
    expect(await failure(lost)).toMatchObject({ reason: 'condition', constraint: 'email' })
    expect(await users.get(user)).toEqual(user)
  })

  test('a marker expires with its item, and is free from then on', async ({ dynamodb }) => {
    const name = await dynamodb.createTable(createTableInput(sessions, { tableName: 'sessions' }))
    let now = Date.UTC(2030, 0, 1)
    const db = connect({ client: dynamodb.client, tables: { sessions: name }, clock: () => now })
    const at = (hours: number) => new Date(Date.UTC(2030, 0, 1, hours))
    const expiries = async () => {
      const { Items = [] } = await dynamodb.client.send(new ScanCommand({ TableName: name, ConsistentRead: true }))
      return Object.fromEntries(
        Items.map(({ pk, ttl }): [string, Date | undefined] => [pk?.S ?? '', ttl && new Date(Number(ttl.N) * 1_000)]),
      )
    }
    const made = await db.run(Session.create({ id: 's-1', code: 'c', alias: 'a', ttl: at(1) }))
    const all = (ttl: Date | undefined) => ({
      'SESSION#s-1': ttl,
      'UNIQUE#Session#code#c': ttl,
      'UNIQUE#Session#alias#a': ttl,
    })
    expect(await expiries()).toEqual(all(at(1)))
    await db.run(Session.update(made, { set: { ttl: at(2) }, given: made }))
    expect(await expiries()).toEqual(all(at(2)))
    const second = { ...made, version: 2, ttl: at(2) }
    // Who believes another expiry would give a new marker a wrong one.
    const stale = Session.update(made, { set: { code: 'd' }, given: { code: 'c', ttl: at(1) } })
    expect(await failure(db.run(stale))).toMatchObject({ reason: 'condition' })
    const replaced = await db.run(Session.replace({ id: 's-1', code: 'c', alias: 'a', ttl: at(3) }, { given: second }))
    expect(replaced).toEqual({ ...second, version: 3, ttl: at(3) })
    expect(await expiries()).toEqual(all(at(3)))
    const other = Session.create({ id: 's-2', code: 'c', ttl: at(9) })
    expect(await failure(db.run(other))).toMatchObject({ reason: 'unique', constraint: 'code' })
    now = at(4).getTime()
    await db.run(other)
    expect(await expiries()).toMatchObject({ 'UNIQUE#Session#code#c': at(9) })
    await db.run(Session.update({ id: 's-2' }, { remove: ['ttl'], given: { code: 'c', alias: undefined, version: 1 } }))
    expect(await expiries()).toMatchObject({ 'UNIQUE#Session#code#c': undefined, 'SESSION#s-2': undefined })
  })

  test('what is given must be what is stored', async ({ dynamodb }) => {
    const { users, markers } = await connected(dynamodb)
    await users.create(user)
    const before = await markers()
    const set = { email: 'x@example.org' }
    for (const given of ['wrong@example.org', 'x@example.org'])
      expect(await failure(users.update(user, { set, given: { email: given } }))).toMatchObject({
        reason: 'condition',
        constraint: 'email',
      })
    await users.update(user, { set: { handle: 'ann' }, given: { tenantId: 't-1', handle: undefined } as never })
    const again = users.update(user, { set: { handle: 'b' }, given: { tenantId: 't-1', handle: undefined } as never })
    expect(await failure(again)).toMatchObject({ reason: 'condition', item: { ...user, handle: 'ann' } })
    expect(await failure(users.delete(user, { given: user }))).toMatchObject({ code: 'condition-failed' })
    expect(await markers()).toEqual({ ...before, 'handle#t-1#ann': owned })
    await users.update(user, { set: { email: user.email }, given: { email: user.email } })
    expect(await users.get(user)).toEqual({ ...user, handle: 'ann' })
  })

  test('of many who want it at the same time one gets it', async ({ dynamodb }) => {
    const { users, markers } = await connected(dynamodb)
    const tries = Array.from({ length: 12 }, (_, index) =>
      failure(users.create({ userId: `u-${index}`, tenantId: 't', email: 'same@example.org' })),
    )
    const results = await Promise.all(tries)
    expect(results.filter((result) => result instanceof ConditionFailedError)).toHaveLength(11)
    expect(results.filter((result) => result instanceof AmbiguousWriteError)).toHaveLength(0)
    expect(await users.scan().all()).toHaveLength(1)
    expect(Object.keys(await markers())).toEqual(['email#same@example.org'])
  })

  test('markers are nowhere to be seen', async ({ dynamodb }) => {
    const { users } = await connected(dynamodb)
    await users.create({ ...user, handle: 'ann' })
    expect(await users.scan().all()).toEqual([{ ...user, handle: 'ann' }])
    expect(await users.query({ userId: 'u-1' }).all()).toHaveLength(1)
    expect(await users.query.byTenant({ tenantId: 't-1' }).all()).toHaveLength(1)
    expect(await users.scan().count()).toBe(1)
  })
})
