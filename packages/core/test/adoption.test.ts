// Tables that exist already: their rows are read and written to the byte.
import { codec, connect, entity, gt, lte, range, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { expressionsOf, filled } from './expressions-of.js'
import { stubClient } from './stub-client.js'

describe('rows of ElectroDB', () => {
  // Recorded from electrodb 3.9.3: lower case by default, one index as it is, one in upper case, and its own markers.
  const row = {
    pk: { S: '$taskapp#orgid_acme inc' },
    sk: { S: '$tasks_1#projectid_p1#taskid_a#b' },
    gsi1pk: { S: '$taskapp#employeeid_e-7' },
    gsi1sk: { S: '$tasks_1#points_0012' },
    gsi2pk: { S: '$taskapp#employeeId_E-7' },
    gsi2sk: { S: '$ASSIGNMENTS#TASKS_1#POINTS_0012' },
    __edb_e__: { S: 'tasks' },
    __edb_v__: { S: '1' },
    orgId: { S: 'Acme Inc' },
    projectId: { S: 'P1' },
    taskId: { S: 'a#B' },
    employeeId: { S: 'E-7' },
    points: { N: '12' },
  }
  const app = table('app', {
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: {
      gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
      gsi2: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk' },
    },
    entityAttribute: '__edb_e__',
    keyFormat: 'raw',
  })
  const Task = entity('Task', {
    table: app,
    schema: z.object({
      orgId: z.string(),
      projectId: z.string(),
      taskId: z.string(),
      employeeId: z.string(),
      points: z.number(),
    }),
    key: {
      partitionKey: '$taskapp#orgid_{orgId:lower}',
      sortKey: '$tasks_1#projectid_{projectId:lower}#taskid_{taskId:lower}',
    },
    indexes: {
      byEmployee: {
        index: 'gsi1',
        partitionKey: '$taskapp#employeeid_{employeeId:lower}',
        sortKey: '$tasks_1#points_{points:04}',
      },
      assigned: {
        index: 'gsi2',
        partitionKey: '$taskapp#employeeId_{employeeId}',
        sortKey: '$ASSIGNMENTS#TASKS_1#POINTS_{points:04}',
      },
    },
    entityAttribute: { value: 'tasks' },
    constants: { __edb_v__: '1' },
  })
  const task = { orgId: 'Acme Inc', projectId: 'P1', taskId: 'a#B', employeeId: 'E-7', points: 12 }

  test('are written to the byte', () => {
    expect(Task.put(task).request().input).toEqual({ TableName: 'app', Item: row })
  })

  test('are read', async () => {
    const tasks = connect({ client: stubClient(() => ({ Item: row })), tables: { app: 'app' } }).for(Task)
    expect(await tasks.get({ orgId: 'ACME inc', projectId: 'p1', taskId: 'A#b' })).toEqual(task)
  })

  test('are queried by what comes before', () => {
    expect(Task.query({ orgId: 'Acme Inc', projectId: 'P1' }).request().input).toMatchObject({
      ExpressionAttributeValues: { ':0': row.pk, ':1': { S: '$tasks_1#projectid_p1#taskid_' } },
    })
  })
})

describe('rows of DynamoDB-Toolbox', () => {
  // As dynamodb-toolbox 2.10.6 writes them: renamed attributes, the entity in `_et`, its times in `_ct` and `_md`.
  const row = {
    PK: { S: 'POKEMON#pikachu' },
    SK: { S: 'LEVEL#042' },
    _et: { S: 'Pokemon' },
    _ct: { S: '2024-05-01T00:00:00.000Z' },
    _md: { S: '2024-05-02T00:00:00.000Z' },
    name: { S: 'pikachu' },
    lvl: { N: '42' },
  }
  const zoo = table('zoo', { partitionKey: 'PK', sortKey: 'SK', entityAttribute: '_et', keyFormat: 'raw' })
  const Pokemon = entity('Pokemon', {
    table: zoo,
    schema: z.object({ name: z.string(), level: z.number(), created: codec.date(), modified: codec.date() }),
    key: { partitionKey: 'POKEMON#{name}', sortKey: 'LEVEL#{level:03}' },
    storedAs: { level: 'lvl', created: '_ct', modified: '_md' },
  })
  const pokemon = { name: 'pikachu', level: 42, created: new Date('2024-05-01'), modified: new Date('2024-05-02') }

  test('are written to the byte and read', async () => {
    expect(Pokemon.put(pokemon).request().input).toEqual({ TableName: 'zoo', Item: row })
    const zooOf = connect({
      client: stubClient(() => ({ Item: row, Attributes: { lvl: { N: '43' } } })),
      tables: { zoo: 'zoo' },
    })
    expect(await zooOf.for(Pokemon).get(pokemon)).toEqual(pokemon)
    expect(await zooOf.run(Pokemon.put(pokemon))).toEqual(pokemon)
  })

  test('conditions and updates name the stored attributes', () => {
    const operation = Pokemon.update(pokemon, {
      set: { modified: new Date(0) },
      condition: (o, { eq }) => eq(o.level, 42),
    })
    expect(operation.request().input).toMatchObject({
      UpdateExpression: 'SET #0 = :0',
      ConditionExpression: '(attribute_exists(#1)) AND (#2 = :1)',
      ExpressionAttributeNames: { '#0': '_md', '#1': 'PK', '#2': 'lvl' },
    })
  })
})

describe('rows written by hand', () => {
  test('without a discriminator they are told apart by the shape of their keys', async () => {
    const hand = table('hand', { partitionKey: 'PK', sortKey: 'SK', entityAttribute: false, keyFormat: 'raw' })
    const User = entity('User', {
      table: hand,
      schema: z.object({ id: z.string(), name: z.string() }),
      key: { partitionKey: 'USER#{id}#', sortKey: 'PROFILE' },
      keyOnly: ['id'],
    })
    const Login = entity('Login', {
      table: hand,
      schema: z.object({ id: z.string(), at: z.string() }),
      key: { partitionKey: 'USER#{id}#', sortKey: 'Login {at}' },
      keyOnly: ['id', 'at'],
    })
    const user = { PK: { S: 'USER#Ann B.#' }, SK: { S: 'PROFILE' }, name: { S: 'Ann' } }
    const login = { PK: { S: 'USER#Ann B.#' }, SK: { S: 'Login 2024-05-01 10:00' } }
    expect(User.put({ id: 'Ann B.', name: 'Ann' }).request().input).toEqual({ TableName: 'hand', Item: user })
    expect(Login.put({ id: 'Ann B.', at: '2024-05-01 10:00' }).request().input).toEqual({
      TableName: 'hand',
      Item: login,
    })
    const db = connect({ client: stubClient(() => ({ Items: [login, user] })), tables: { hand: 'hand' } })
    expect(await db.all(User.query({ id: 'Ann B.' }))).toEqual([{ id: 'Ann B.', name: 'Ann' }])
    expect(await db.all(Login.query({ id: 'Ann B.' }))).toEqual([{ id: 'Ann B.', at: '2024-05-01 10:00' }])
  })

  test('a failed condition knows the row by its shape too', async () => {
    const hand = table('hand', { partitionKey: 'PK', entityAttribute: false })
    const User = entity('User', {
      table: hand,
      schema: z.object({ id: z.string() }),
      key: { partitionKey: 'USER#{id}' },
    })
    const client = stubClient(() => {
      throw Object.assign(new Error('x'), {
        name: 'ConditionalCheckFailedException',
        $metadata: { httpStatusCode: 400 },
        Item: { PK: { S: 'USER#1' }, id: { S: '1' } },
      })
    })
    const error = await connect({ client, tables: { hand: 'x' } })
      .run(User.create({ id: '1' }))
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ itemEntity: 'User', item: { id: '1' } })
  })

  test('unprefixed numbers and plain dates', () => {
    const events = table('events', {
      partitionKey: 'day',
      sortKey: { name: 'ts', type: 'number' },
      entityAttribute: false,
    })
    const Event = entity('Event', {
      table: events,
      schema: z.object({ at: z.string(), ts: z.number() }),
      key: { partitionKey: '{at:day}', sortKey: '{ts}' },
    })
    expect(Event.put({ at: '2026-02-16T10:00:00Z', ts: 1.5 }).request().input).toEqual({
      TableName: 'events',
      Item: { day: { S: '2026-02-16' }, at: { S: '2026-02-16T10:00:00Z' }, ts: { N: '1.5' } },
    })
  })
})

describe('raw components', () => {
  const files = table('files', { partitionKey: 'pk', sortKey: 'sk', keyFormat: 'raw' })
  const schema = z.object({ owner: z.string(), path: z.string(), name: z.string(), version: z.number() })
  const Version = entity('Version', {
    table: files,
    schema,
    key: { partitionKey: '{owner}', sortKey: 'V#{path}#{version:04}' },
  })
  const Named = entity('Named', {
    table: files,
    schema,
    key: { partitionKey: '{owner}', sortKey: 'N#{name}#{path}' },
  })
  const item = { owner: 'o', path: 'a#b', name: 'n', version: 1 }

  test('the last one may contain the delimiter, an earlier one is refused with it', () => {
    expect(Named.put(item).request().input).toMatchObject({ Item: { sk: { S: 'N#n#a#b' } } })
    expect(() => Named.put({ ...item, name: 'n#' })).toThrow(
      'Named.put: name: expected a text without "#", which ends it in the key, received one with it.',
    )
  })

  test('one before fixed widths may contain it too, and its rows are told from longer ones', async () => {
    const row = (path: string) => ({
      pk: { S: 'o' },
      sk: { S: `V#${path}#0001` },
      _entity: { S: 'Version' },
      owner: { S: 'o' },
      path: { S: path },
      name: { S: 'n' },
      version: { N: '1' },
    })
    expect(Version.put(item).request().input).toMatchObject({ Item: row('a#b') })
    const client = stubClient(() => ({ Items: [row('a'), row('a#b'), row('a#0001')] }))
    const db = connect({ client, tables: { files: 'files' } })
    const query = Version.query({ owner: 'o', path: 'a' })
    expect(expressionsOf(query).ExpressionAttributeValues).toMatchObject({ ':1': { S: 'V#a#' } })
    expect((await db.all(query)).map(({ path }) => path)).toEqual(['a'])
  })

  test('a range reads wide enough where characters lie below the delimiter, and checks the rows', async () => {
    const row = (name: string) => ({
      pk: { S: 'o' },
      sk: { S: `N#${name}#p` },
      _entity: { S: 'Named' },
      owner: { S: 'o' },
      path: { S: 'p' },
      name: { S: name },
      version: { N: '1' },
    })
    const names = ['a', 'a!', 'a b', 'ab', 'b']
    const client = stubClient(() => ({ Items: names.map(row) }))
    const db = connect({ client, tables: { files: 'files' } })
    const found = async (name: Parameters<typeof Named.query>[0]['name']) =>
      (await db.all(Named.query({ owner: 'o', name: name! } as never))).map((each) => each.name)
    expect(await found(gt('a') as never)).toEqual(['a!', 'a b', 'ab', 'b'])
    expect(await found(lte('a!') as never)).toEqual(['a', 'a!', 'a b'])
    expect(await found(range({ gt: 'a', lt: 'b' }) as never)).toEqual(['a!', 'a b', 'ab'])
    const expressions = expressionsOf(Named.query({ owner: 'o', name: lte('a!') }))
    expect(filled(expressions, expressions.KeyConditionExpression)).toBe('pk = "o" AND sk BETWEEN "N#" AND "N#a$"')
  })
})

describe('multi-attribute keys', () => {
  const matches = table('matches', {
    partitionKey: 'matchId',
    indexes: {
      byRegion: {
        partitionKey: ['tournamentId', 'region'],
        sortKey: ['round', 'bracket', { name: 'seed', type: 'number' }],
      },
    },
    entityAttribute: false,
  })
  const Match = entity('Match', {
    table: matches,
    schema: z.object({
      matchId: z.string(),
      tournamentId: z.string(),
      region: z.string(),
      round: z.string(),
      bracket: z.string().optional(),
      seed: z.number(),
    }),
    key: { partitionKey: '{matchId}' },
    indexes: {
      byRegion: {
        index: 'byRegion',
        partitionKey: ['{tournamentId}', '{region}'],
        sortKey: ['{round}', '{bracket}', '{seed}'],
      },
    },
  })
  const match = { matchId: 'm', tournamentId: 't', region: 'eu', round: 'final', bracket: 'upper', seed: 1 }

  test('attributes are the keys: nothing is stored twice', () => {
    expect(Match.put(match).request().input).toEqual({
      TableName: 'matches',
      Item: {
        matchId: { S: 'm' },
        tournamentId: { S: 't' },
        region: { S: 'eu' },
        round: { S: 'final' },
        bracket: { S: 'upper' },
        seed: { N: '1' },
      },
    })
    expect(Match.update(match, { set: { region: 'us' }, remove: ['bracket'] }).request().input).toMatchObject({
      UpdateExpression: 'SET #0 = :0 REMOVE #1',
    })
  })

  test('queries name all of the partition key, and the sort key from the left', () => {
    const at = { tournamentId: 't', region: 'eu' }
    const texts = [
      Match.query.byRegion(at),
      Match.query.byRegion({ ...at, round: 'final' }),
      Match.query.byRegion({ ...at, round: 'final', bracket: gt('l') }),
      Match.query.byRegion({ ...at, round: 'final', bracket: 'upper', seed: lte(4) }),
    ].map((query) => filled(expressionsOf(query), expressionsOf(query).KeyConditionExpression))
    const start = 'tournamentId = "t" AND region = "eu"'
    expect(texts).toEqual([
      start,
      `${start} AND round = "final"`,
      `${start} AND round = "final" AND bracket > "l"`,
      `${start} AND round = "final" AND bracket = "upper" AND seed <= "4"`,
    ])
    const loose = Match.query.byRegion as (key: object) => unknown
    expect(() => loose({ ...at, bracket: 'upper' })).toThrow('bracket: expected round before it')
    expect(() => loose({ ...at, round: gt('a'), bracket: 'upper' })).toThrow(
      'bracket: expected nothing after the range on round',
    )
    expect(() => loose({ tournamentId: 't' })).toThrow('region: expected a value')
  })
})

describe('paths', () => {
  const repos = table('repos', { partitionKey: 'pk', indexes: { gsi1: { partitionKey: 'gsi1pk' } } })
  const Repo = entity('Repo', {
    table: repos,
    schema: z.object({
      id: z.string(),
      fork: z.object({ owner: z.string(), name: z.string() }).optional(),
    }),
    key: { partitionKey: 'REPO#{id}' },
    indexes: { forks: { index: 'gsi1', partitionKey: 'FORK#{fork.owner}#{fork.name}' } },
  })

  test('a placeholder may be a path', () => {
    const fork = { owner: 'ann', name: 'x y' }
    expect(Repo.put({ id: '1', fork }).request().input).toMatchObject({ Item: { gsi1pk: { S: 'FORK#ann#x$20y' } } })
    expect(Repo.put({ id: '1' }).request().input).not.toHaveProperty('Item.gsi1pk')
    expect(Repo.query.forks({ 'fork.owner': 'ann', 'fork.name': 'x' }).request().input).toMatchObject({
      ExpressionAttributeValues: { ':0': { S: 'FORK#ann#x' } },
    })
  })

  test('the key follows the property that holds the path', () => {
    expect(Repo.update({ id: '1' }, { set: { fork: { owner: 'b', name: 'n' } } }).request().input).toMatchObject({
      UpdateExpression: 'SET #0 = :0, #1 = :1',
      ExpressionAttributeValues: { ':1': { S: 'FORK#b#n' } },
    })
    expect(Repo.update({ id: '1' }, { remove: ['fork'] }).request().input).toMatchObject({
      UpdateExpression: 'REMOVE #0, #1',
    })
  })
})
