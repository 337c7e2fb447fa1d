// Unique constraints: the markers that are written, and what is refused.
import { connect, DefinitionError, entity, InputError, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { stubClient } from '../stub-client.js'
import { Session, User, user } from '../users.js'

const owner = { pk: { S: 'USER#u-1' }, sk: { S: 'USER' } }
const markerKey = (text: string) => ({ pk: { S: `UNIQUE#User#${text}` }, sk: { S: `UNIQUE#User#${text}` } })
const itemsOf = (operation: { request(): { readonly input: unknown } }) =>
  (operation.request().input as { TransactItems: object[] }).TransactItems

const isOwners = {
  ConditionExpression: '#0 = :0',
  ExpressionAttributeNames: { '#0': 'owner' },
  ExpressionAttributeValues: { ':0': { M: owner } },
}

describe('what is sent', () => {
  test('create claims each value that the item has; the format of markers is stored', () => {
    const [main, ...markers] = itemsOf(User.create({ ...user, handle: 'A n$n' }))
    expect(main).toMatchObject({
      Put: { Item: { pk: { S: 'USER#u-1' } }, ConditionExpression: 'attribute_not_exists(#0)' },
    })
    const claim = (name: string, text: string) => ({
      Put: {
        TableName: 'people',
        Item: { ...markerKey(text), owner: { M: owner }, _entity: { S: `UNIQUE#User#${name}` } },
        ConditionExpression: 'attribute_not_exists(#0)',
        ExpressionAttributeNames: { '#0': 'pk' },
      },
    })
    expect(markers).toEqual([claim('email', 'email#ann@example.org'), claim('handle', 'handle#t-1#A$20n$24n')])
  })

  test('an update releases what it knows of and claims what it sets', () => {
    const [main, ...markers] = itemsOf(
      User.update(user, { set: { email: 'new@x.org' }, given: { email: 'ANN@example.org' } }),
    )
    expect(main).toMatchObject({ Update: { Key: owner } })
    expect(markers).toEqual([
      { Delete: { TableName: 'people', Key: markerKey('email#ann@example.org'), ...isOwners } },
      {
        Put: expect.objectContaining({
          Item: expect.objectContaining(markerKey('email#new@x.org')) as object,
        }) as object,
      },
    ])
  })

  test('a value that stays the same is checked; one believed absent must be', () => {
    const same = User.update(user, { set: { email: 'ann@EXAMPLE.org' }, given: { email: user.email } })
    expect(itemsOf(same)[1]).toEqual({
      ConditionCheck: { TableName: 'people', Key: markerKey('email#ann@example.org'), ...isOwners },
    })
    const first = User.update(user, { set: { handle: 'ann' }, given: user })
    expect(itemsOf(first)[0]).toMatchObject({
      Update: {
        ConditionExpression: '(attribute_exists(#1)) AND attribute_not_exists(#given0_0)',
        ExpressionAttributeNames: { '#given0_0': 'h' },
      },
    })
    expect(itemsOf(first)).toHaveLength(2)
    const inside = User.update(user, { set: { profile: { phone: '1' } }, given: user })
    expect(itemsOf(inside)[0]).toMatchObject({
      Update: { ExpressionAttributeNames: { '#given0_0': 'profile', '#given0_1': 'phone' } },
    })
  })

  test('a replace releases, claims and checks, by what is given', () => {
    const next = { ...user, email: 'new@x.org', profile: { phone: '1' } }
    const [main, ...markers] = itemsOf(User.replace(next, { given: { ...user, handle: 'ann' } }))
    expect(main).toMatchObject({ Update: { Key: owner, ExpressionAttributeNames: { '#given0_1': 'phone' } } })
    expect(markers).toMatchObject([
      { Delete: { Key: markerKey('email#ann@example.org'), ...isOwners } },
      { Put: { Item: markerKey('email#new@x.org') } },
      { Delete: { Key: markerKey('handle#t-1#ann'), ...isOwners } },
      { Put: { Item: markerKey('phone#1') } },
    ])
    const same = itemsOf(User.replace({ ...user, name: 'Ann' }, { given: user }))
    expect(same[1]).toMatchObject({ ConditionCheck: { Key: markerKey('email#ann@example.org') } })
    expect(same).toHaveLength(2)
  })

  test('a replace gives what it made, although a transaction returns nothing', async () => {
    const users = connect({ client: stubClient(() => ({})), tables: { people: 'people-1' } }).for(User)
    const next = { ...user, email: 'new@x.org' }
    expect(await users.replace(next, { given: user })).toEqual(next)
    expect(await users.replace(next, { given: user, returning: 'none' })).toBeUndefined()
  })

  test('a marker expires with its item', () => {
    const ttl = new Date('2030-01-01T00:00:00Z')
    const later = new Date('2031-01-01T00:00:00Z')
    const seconds = (time: Date) => ({ N: String(time.getTime() / 1000) })
    const session = { id: 's-1', code: 'c' }
    expect(itemsOf(Session.create({ ...session, ttl }))[1]).toMatchObject({
      Put: {
        Item: { ttl: seconds(ttl), pk: { S: 'UNIQUE#Session#code#c' } },
        ConditionExpression: '(attribute_not_exists(#0)) OR (#1 <= :0)',
        ExpressionAttributeNames: { '#0': 'pk', '#1': 'ttl' },
      },
    })
    const given = { ...session, version: 1, ttl, alias: 'a' }
    const renewed = itemsOf(Session.update(session, { set: { ttl: later }, given })).slice(1)
    const renewal = { UpdateExpression: 'SET #1 = :1', ExpressionAttributeNames: { '#0': 'owner', '#1': 'ttl' } }
    expect(renewed).toMatchObject([{ Update: renewal }, { Update: renewal }])
    expect(renewed[0]).toMatchObject({ Update: { ExpressionAttributeValues: { ':1': seconds(later) } } })
    const kept = itemsOf(Session.update(session, { remove: ['ttl'], given }))
    expect(kept[1]).toMatchObject({ Update: { UpdateExpression: 'REMOVE #1' } })
    const replaced = itemsOf(Session.replace({ ...session, ttl: later }, { given }))
    expect(replaced.slice(1)).toMatchObject([{ Update: renewal }, { Delete: {} }])
    // The new marker gets the expiry that is given, which must be what is stored.
    const [main, , claim] = itemsOf(Session.update(session, { set: { code: 'd' }, given }))
    expect(claim).toMatchObject({ Put: { Item: { ttl: seconds(ttl) } } })
    expect(main).toMatchObject({
      Update: {
        ExpressionAttributeNames: { '#given0_0': 'ttl' },
        ExpressionAttributeValues: { ':given0': seconds(ttl) },
      },
    })
    const [endless] = itemsOf(Session.update(session, { set: { code: 'd' }, given: { ...session, version: 1 } }))
    expect(JSON.stringify(endless)).toContain('attribute_not_exists(#given0_0)')
    expect(Session.update(session, { set: { note: 'x' } }).request().operation).toBe('UpdateItem')
  })

  test('a delete releases all', () => {
    const parts = itemsOf(User.delete(user, { given: { ...user, handle: 'ann' } }))
    expect(parts.map((part) => Object.keys(part)[0])).toEqual(['Delete', 'Delete', 'Delete'])
  })

  test('what apply sets as a whole is what set sets; beside a unique value a map may be changed', () => {
    const applied = User.update(user, { apply: (o, { set }) => [set(o.email, 'x')], given: user })
    expect(itemsOf(applied)).toEqual(itemsOf(User.update(user, { set: { email: 'x' }, given: user })))
    const inside = User.update(user, { apply: (o, { set }) => [set(o.profile.bio, 'x')] })
    expect(inside.request().operation).toBe('UpdateItem')
  })

  test('an update that touches no constraint is an update', () => {
    expect(User.update(user, { set: { name: 'Ann' } }).request().operation).toBe('UpdateItem')
    expect(User.update(user, { set: { name: 'Ann' }, returning: 'new' }).request().operation).toBe('UpdateItem')
  })

  test('a run makes one token, and the write as a whole happens once', async () => {
    const client = stubClient((_, count) => {
      if (count === 1) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
      return {}
    })
    const users = connect({ client, tables: { people: 'people-1' } }).for(User)
    expect(await users.create(user)).toEqual(user)
    const [first, second] = client.sent.map(({ input }) => input['ClientRequestToken'])
    expect(first).toEqual(expect.any(String))
    expect(second).toBe(first)
    await users.create(user, { once: { token: 'mine' } })
    expect(client.sent[2]?.input['ClientRequestToken']).toBe('mine')
    expect(client.sent[2]?.input['TransactItems']).toHaveLength(2)
  })
})

describe('what is refused when it is built', () => {
  const Loose = User as unknown as Record<string, (...given: unknown[]) => unknown>
  test.each<[string, () => unknown, string]>([
    [
      'put',
      () => Loose['put']?.(user),
      'User.put: expected create, or update, replace and delete with given, or db.modify',
    ],
    [
      'an update without given',
      () => User.update(user, { set: { email: 'x' } }),
      'User.update: expected email in given, as stored: the unique constraint email is made of it',
    ],
    [
      'half of a constraint',
      () => User.update(user, { set: { handle: 'x' }, given: { handle: 'y' } }),
      'expected tenantId in given',
    ],
    [
      'a replace without given',
      () => User.replace(user),
      'User.replace: expected email in given, as stored: the unique constraint email is made of it',
    ],
    [
      'a replace that asks for what was there',
      () => User.replace(user, { given: { ...user, email: 'x' }, returning: 'old' }),
      'User.replace: returning: expected no such option',
    ],
    [
      'a replace whose result nobody knows',
      () => Session.replace({ id: 's', code: 'c' }, { given: { code: 'd' } }),
      "Session.replace: given.version: expected it, as stored, or returning: 'none'",
    ],
    [
      'an expiry alone',
      () => Session.update({ id: 's' }, { set: { ttl: new Date(0) } }),
      'Session.update: expected code in given',
    ],
    [
      'a new value without the expiry',
      () => Session.update({ id: 's' }, { set: { code: 'c' }, given: { code: 'd' } }),
      'expected ttl in given, as stored: the markers of unique values expire with it',
    ],
    ['a delete without given', () => User.delete(user), 'User.delete: expected email in given'],
    [
      'a delete with too little given',
      () => User.delete(user, { given: { email: 'x' } }),
      'expected tenantId, handle in given',
    ],
    [
      'a change in place',
      () =>
        User.update(user, {
          apply: (o, { ifNotExists, set }) => [set(o.handle, ifNotExists(o.handle, 'x'))],
          given: user,
        }),
      'User.update: apply.handle: expected no change in place, because the unique constraint handle is made of it',
    ],
    [
      'an attribute that may be missing beside it',
      () =>
        User.update(user, {
          apply: (o, { merge }) => [merge(o.profile, { bio: 'x' }, { orCreate: { bio: 'x' } })],
          set: { email: 'x' },
          given: user,
        }),
      'no orCreate beside the change of a unique value',
    ],
    [
      'what was stored',
      () => User.delete(user, { given: user, returning: 'old' }),
      'User.delete: returning: expected no such option',
    ],
    [
      'what became of it',
      () => User.update(user, { set: { email: 'x' }, given: user, returning: 'new' }),
      'User.update: returning',
    ],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(InputError)
    expect(work).toThrow(message)
  })

  test('a batch of deletes, and two that claim one value', async () => {
    const db = connect({ client: stubClient(), tables: { people: 'people-1' } })
    await expect(db.batchWrite([User.delete(user, { given: user }) as never])).rejects.toThrow(InputError)
    const two = [User.create(user), User.create({ ...user, userId: 'u-2' })]
    await expect(db.transactWrite(two)).rejects.toThrow('one operation on an item')
  })
})

describe('definitions that are refused', () => {
  let count = 0
  const defined =
    (unique: object, more: object = {}, keys: object = { partitionKey: 'pk', sortKey: 'sk' }) =>
    () =>
      entity('User', {
        table: table(`people-${count++}`, keys as { partitionKey: 'pk'; sortKey: 'sk' }),
        schema: z.object({
          userId: z.string(),
          email: z.string(),
          size: z.number(),
          age: z.number().optional(),
          map: z.object({}).optional(),
        }),
        key: { partitionKey: 'USER#{userId}', sortKey: 'USER' },
        unique: unique as { email: '{email}' },
        ...more,
      })
  test.each<[string, () => unknown, string]>([
    ['no text', defined({ email: 1 }), 'entity User, unique.email: a template is text'],
    ['no such attribute', defined({ email: '{mail}' }), 'unique.email: {mail} is not an attribute of the schema'],
    ['a number without a format', defined({ age: '{age}' }), 'unique.age: {age} is stored as N'],
    ['a map', defined({ map: '{map}' }), '{map} is stored as M'],
    ['what writes keep up', defined({ at: '{at}' }, { updatedAt: 'at' }), '{at} is kept up by writes'],
    ['no placeholder', defined({ one: 'x' }), 'it has no placeholder'],
    [
      'a key of numbers',
      defined(
        { email: '{email}' },
        { key: { partitionKey: 'USER#{userId}', sortKey: '{size}' } },
        { partitionKey: 'pk', sortKey: { name: 'sk', type: 'number' } },
      ),
      'its markers are texts, and the table has a key of another type',
    ],
    [
      'a key attribute that markers need',
      defined({ email: '{email}' }, {}, { partitionKey: 'owner', sortKey: 'sk' }),
      'the table has a key attribute owner',
    ],
    [
      'keys that markers may have',
      defined({ email: '{email}' }, { key: { partitionKey: '{userId}', sortKey: '{email}' } }),
      'its markers may have keys of the entity itself',
    ],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(DefinitionError)
    expect(work).toThrow(message)
  })

  test('an entity that could have the key of a marker, before or after', () => {
    const define = (first: 'User' | 'Raw') => () => {
      const shared = table(`shared-${count++}`, { partitionKey: 'pk', sortKey: 'sk' })
      const schema = z.object({ id: z.string(), email: z.string() })
      const user = () =>
        entity('User', {
          table: shared,
          schema,
          key: { partitionKey: 'U#{id}', sortKey: 'U' },
          unique: { email: '{email}' },
        })
      const raw = () => entity('Raw', { table: shared, schema, key: { partitionKey: '{id}', sortKey: '{email}' } })
      for (const make of first === 'User' ? [user, raw] : [raw, user]) make()
    }
    expect(define('User')).toThrow('it can make a key that entity U')
    expect(define('Raw')).toThrow('it can make a key that entity Raw makes too')
  })
})
