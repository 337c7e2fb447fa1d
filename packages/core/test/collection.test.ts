import { collection, DefinitionError, entity, InputError, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { account, activity, forge, Repo, Star, User } from './accounts.js'
import { expressionsOf, filled } from './expressions-of.js'
import { Order, key as orderKey } from './orders.js'

function keyCondition(query: Parameters<typeof expressionsOf>[0]): string | undefined {
  const expressions = expressionsOf(query)
  return filled(expressions, expressions.KeyConditionExpression)?.replace('pk = "ACCOUNT#ann"', '').replace(' AND ', '')
}

const username = 'ann'
const at = Repo.at({ owner: username, name: 'b' })
const repos = Repo.at({ owner: username })

describe('a collection reads a partition', () => {
  test('the whole request', () => {
    expect(activity.query({ username }, { reverse: true }).request({ tables: { forge: 'forge-1' } })).toEqual({
      operation: 'Query',
      input: {
        TableName: 'forge-1',
        IndexName: 'gsi1',
        KeyConditionExpression: '#0 = :0',
        ExpressionAttributeNames: { '#0': 'gsi1pk' },
        ExpressionAttributeValues: { ':0': { S: 'ACCOUNT#ann' } },
        ScanIndexForward: false,
        ReturnConsumedCapacity: 'TOTAL',
      },
    })
  })

  test('given by the names of any of the entities, or by a position', () => {
    const requests = [
      account.query({ username }),
      account.query({ owner: username }),
      account.query(User.at({ username })),
    ]
    expect(new Set(requests.map((query) => JSON.stringify(query.request()))).size).toBe(1)
  })

  test.each([
    ['from a position', { from: at }, 'sk >= "REPO#b"'],
    ['after it', { after: at }, 'sk > "REPO#b"'],
    ['to it', { to: at }, 'sk <= "REPO#b"'],
    ['before it', { before: at }, 'sk < "REPO#b"'],
    ['from all that begin alike', { from: repos }, 'sk >= "REPO#"'],
    ['after them', { after: repos }, 'sk >= "REPO$"'],
    ['to the last of them', { to: repos }, 'sk < "REPO$"'],
    ['before the first of them', { before: repos }, 'sk < "REPO#"'],
    [
      'between keys of different entities',
      { from: User.at({ username }), to: at },
      'sk BETWEEN "#ACCOUNT" AND "REPO#b"',
    ],
    [
      'from one entity to the end of another',
      { after: User.at({ username }), to: Star.at({ username }) },
      'sk BETWEEN "#ACCOUNT" AND "STAR$"',
    ],
  ])('%s', (_, bounds, expected) => {
    expect(keyCondition(account.query({ username }, bounds))).toBe(expected)
    expect(keyCondition(account.query({ username }, { ...bounds, reverse: true }))).toBe(expected)
  })

  test('a filter is one entity’s, and says nothing of others', () => {
    const query = account.query({ username }, { filter: { Repo: (repo, { gt }) => gt(repo.stars, 5) } })
    const expressions = expressionsOf(query)
    expect(filled(expressions, expressions.FilterExpression)).toBe('(_entity <> "Repo") OR (stars > "5")')
  })

  test('one row is a get', () => {
    expect(account.get(at, { consistent: true }).request()).toEqual({
      operation: 'GetItem',
      input: { TableName: 'forge', Key: { pk: { S: 'ACCOUNT#ann' }, sk: { S: 'REPO#b' } }, ConsistentRead: true },
    })
  })
})

describe('refused', () => {
  const bound = (bounds: object) => () => account.query({ username }, bounds)
  test.each<[string, () => unknown, string]>([
    ['other components', () => account.query({ user: 'x' } as never), 'key'],
    ['no key', () => account.query(undefined as never), 'key'],
    ['more of the key than the partition', () => account.query(at), 'key'],
    ['a position of an index', bound({ from: Repo.at.byActivity({ owner: username }) }), 'from'],
    ['a position of another table', bound({ from: Order.at(orderKey) }), 'from'],
    ['a position of another partition', bound({ to: Repo.at({ owner: 'bob' }) }), 'to'],
    ['two bounds of one side', bound({ from: at, after: at }), 'after'],
    ['a bound that has vanished', bound({ from: undefined }), 'from'],
    ['what is no position', bound({ before: { owner: username } }), 'before'],
    ['reversed bounds', bound({ from: Star.at({ username }), to: at }), 'to'],
    ['a filter of no entity', bound({ filter: { Gist: () => true } }), 'filter.Gist'],
    ['a filter that is none', bound({ filter: { Repo: () => true } }), 'filter'],
    ['no filter', bound({ filter: {} }), 'filter'],
    ['an unknown option', bound({ limit: 1 }), 'limit'],
    ['a consistent read of a global index', () => activity.query({ username }, { consistent: true }), 'consistent'],
    ['a get of a part of a key', () => account.get(repos), 'position'],
    [
      'a get by an index',
      () => account.get(Repo.at.byActivity({ owner: username, updatedAt: new Date(0) })),
      'position',
    ],
    ['a position that is a range', () => Repo.at({ owner: { ...{} } } as never), 'owner'],
  ])('%s', (_, call, path) => {
    expect(call).toThrow(InputError)
    try {
      call()
    } catch (error) {
      expect((error as InputError).path.join('.')).toBe(path)
    }
  })

  const other = table('other', { partitionKey: 'pk', sortKey: 'sk' })
  const schema = z.object({ id: z.string() })
  const Elsewhere = entity('Elsewhere', { table: other, schema, key: { partitionKey: 'ACCOUNT#{id}', sortKey: 'X' } })
  const Team = entity('Team', { table: forge, schema, key: { partitionKey: 'TEAM#{id}', sortKey: 'T' } })
  const Folded = entity('Folded', { table: forge, schema, key: { partitionKey: 'ACCOUNT#{id:lower}', sortKey: 'F' } })
  test.each<[string, () => unknown]>([
    ['entities of two tables', () => collection({ User, Elsewhere })],
    ['partitions that are made otherwise', () => collection({ User, Team })],
    ['partitions that are folded otherwise', () => collection({ User, Folded })],
    ['an index that one is not on', () => collection({ User, Star }, { index: 'gsi1' })],
    ['an index that is not there', () => collection({ User }, { index: 'gsi9' })],
    ['an index that does not hold whole rows', () => collection({ User }, { index: 'gsi2' })],
    ['an entity under two labels', () => collection({ User, Owner: User })],
    ['no entity', () => collection({})],
  ])('%s', (_, call) => {
    expect(call).toThrow(DefinitionError)
  })
})
