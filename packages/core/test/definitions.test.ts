import { codec, DefinitionError, entity, table } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof DefinitionError) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

// What a type checker refuses is given on purpose: JavaScript users see these errors at run time.
const looseTable = table as (name: string, definition: object) => ReturnType<typeof table>
const looseEntity = entity as unknown as (name: string, options: object) => unknown

describe('tables that DynamoDB can not have', () => {
  test.each<[object, string]>([
    [{ partitionKey: '' }, "table shop, partitionKey: the key attribute has no name. Name it, such as 'pk'."],
    [{}, "table shop, partitionKey: the key attribute has no name. Name it, such as 'pk'."],
    [
      { partitionKey: { name: 'pk', type: 'date' } },
      "table shop, partitionKey: a key has no such type. Use 'string', 'number' or 'binary'.",
    ],
    [
      { partitionKey: 'pk', sortKey: 'pk' },
      'table shop, sortKey: pk is named twice. Give each key an attribute of its own.',
    ],
    [
      { partitionKey: 'pk', indexes: { ab: { partitionKey: 'a' } } },
      'table shop, indexes.ab: DynamoDB allows no such index name. Use 3 to 255 of a-z A-Z 0-9 _ . -.',
    ],
    [
      { partitionKey: 'pk', indexes: { abc: {} } },
      'table shop, indexes.abc: the index has no key. Give it a partitionKey, a sortKey or both.',
    ],
    [
      { partitionKey: 'pk', indexes: { abc: { partitionKey: 'x', sortKey: { name: 'pk', type: 'number' } } } },
      'table shop, indexes: the key attribute pk has two types. Give it the same type everywhere.',
    ],
    [
      { partitionKey: 'pk', entityAttribute: 'pk' },
      'table shop, entityAttribute: pk is a key attribute. Give one of the two another name.',
    ],
    [
      { partitionKey: 'pk', rangeKey: 'sk' },
      'table shop, rangeKey: there is no such option. Use partitionKey, sortKey, indexes, entityAttribute, keyFormat, expiresAt.',
    ],
  ])('%j', (definition, message) => {
    expect(refusal(() => looseTable('shop', definition))).toBe(message)
  })
})

const shop = () =>
  table('shop', {
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: {
      gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
      byTotal: { sortKey: { name: 'total', type: 'number' } },
    },
  })

const schema = z.object({
  id: z.string(),
  total: z.number(),
  at: codec.date(),
  note: z.string().optional(),
  open: z.boolean(),
  lines: z.array(z.string()),
})
const key = { partitionKey: 'A#{id}', sortKey: 'B#{at}' }

describe('entities that could not be stored or found again', () => {
  test.each<[string, object, string]>([
    [
      'unknown attribute',
      { schema, key: { ...key, sortKey: '{nope}' } },
      'entity A, key.sortKey: {nope} is not an attribute of the schema. Name one of its attributes.',
    ],
    [
      'optional in the table key',
      { schema, key: { ...key, sortKey: 'B#{note}' } },
      'entity A, key.sortKey: {note} is optional. A table key needs attributes that every item has.',
    ],
    [
      'number without format',
      { schema, key: { ...key, sortKey: 'B#{total}' } },
      'entity A, key.sortKey: {total} is stored as N. Give it a format, such as {total:010}.',
    ],
    [
      'format on a string',
      { schema, key: { ...key, sortKey: 'B#{id:010}' } },
      'entity A, key.sortKey: {id} is stored as S. Take its format away: it is for numbers.',
    ],
    [
      'list in a key',
      { schema, key: { ...key, sortKey: 'B#{lines}' } },
      'entity A, key.sortKey: {lines} is stored as L. Use a string, a number or a boolean.',
    ],
    [
      'native number in a string key',
      { schema, key: { ...key, sortKey: '{total}' } },
      'entity A, key.sortKey: sk is a key of type S and {total} is stored as N. Let them agree.',
    ],
    [
      'native boolean',
      { schema, key: { ...key, sortKey: '{open}' } },
      'entity A, key.sortKey: sk is a key of type S and {open} is stored as BOOL. Let them agree.',
    ],
    [
      'text in a number key',
      { schema, key, indexes: { x: { index: 'byTotal', sortKey: 'T#{id}' } } },
      'entity A, indexes.x.sortKey: total is a key of type N and the template makes text. Use one bare placeholder.',
    ],
    [
      'no sort key template',
      { schema, key: { partitionKey: 'A' } },
      "entity A, key.sortKey: sk has no template. Give it one, such as 'ORDER#{orderId}'.",
    ],
    [
      'unknown index',
      { schema, key, indexes: { x: { index: 'gsi9', partitionKey: 'X' } } },
      'entity A, indexes.x.index: the table has no index "gsi9". Its indexes are gsi1, byTotal.',
    ],
    [
      'index used twice',
      {
        schema,
        key,
        indexes: { x: { index: 'byTotal', sortKey: '{total}' }, y: { index: 'byTotal', sortKey: '{total}' } },
      },
      'entity A, indexes.y.index: another index of this entity uses byTotal. Name each physical index once, or give both a when that excludes the other.',
    ],
    [
      'partition key on a local index',
      { schema, key, indexes: { x: { index: 'byTotal', partitionKey: 'X', sortKey: '{total}' } } },
      "entity A, indexes.x.partitionKey: byTotal is a local index. Leave it out: it is the table key's.",
    ],
    [
      'attribute named like a composed key',
      { schema: schema.extend({ pk: z.string() }), key },
      "entity A, schema.pk: it is a key attribute of the table. Give it another name, or make '{pk}' the key's template.",
    ],
    [
      'attribute named like the discriminator',
      { schema: schema.extend({ _entity: z.string() }), key },
      "entity A, schema._entity: it is the table's entity attribute. Give it another name, or the table another entityAttribute.",
    ],
    [
      'bare date',
      { schema: schema.extend({ until: z.date() }), key },
      'entity A, schema.until: DynamoDB has no dates, and z.date() does not say how to store one. Use codec.date().',
    ],
    ['no object', { schema: z.string(), key }, 'entity A, schema: an item is an object. Use z.object().'],
    ['no zod', { schema: {}, key }, 'entity A, schema: this is not a schema of zod 4. Use zod 4.1 or newer.'],
    [
      'template that is no text',
      { schema, key: { ...key, sortKey: 5 } },
      "entity A, key.sortKey: a template is text. Write one such as 'ORDER#{orderId}'.",
    ],
    [
      'ambiguous template',
      { schema, key: { ...key, sortKey: '{id}{at}' } },
      'entity A, key.sortKey: nothing stands between {id} and the placeholder after it. Put a # between them.',
    ],
    [
      'option that is not built',
      { schema, key, audit: true },
      'entity A, audit: there is no such option. Use table, schema, key, indexes, storedAs, computed, keyOnly, constants, entityAttribute, keyFormat, sharesKeys, unique, version, createdAt, updatedAt, nonce, expiresAt.',
    ],
    [
      'option of a key',
      { schema, key: { ...key, rangeKey: 'x' } },
      'entity A, key.rangeKey: there is no such option. Use partitionKey, sortKey.',
    ],
    [
      'option of an index',
      { schema, key, indexes: { x: { index: 'byTotal', sortKey: '{total}', unless: {} } } },
      'entity A, indexes.x.unless: there is no such option. Use index, partitionKey, sortKey, when.',
    ],
  ])('%s', (_, options, message) => {
    expect(refusal(() => looseEntity('A', { table: shop(), ...options }))).toBe(message)
  })

  test.each<[string, () => unknown, string]>([
    [
      'a table without a definition',
      () => looseTable('shop', undefined as never),
      'table shop, definition: it is no object.',
    ],
    [
      'an index that is a name',
      () => looseTable('shop', { partitionKey: 'pk', indexes: { gsi1: 'gsi1pk' } }),
      'table shop, indexes.gsi1: it is no object.',
    ],
    [
      'an entity without a definition',
      () => looseEntity('A', undefined as never),
      'entity A, table: this is no table.',
    ],
    ['an entity without a key', () => looseEntity('A', { table: shop(), schema }), 'entity A, key: it is no object.'],
    [
      'an entity without a schema',
      () => looseEntity('A', { table: shop(), key }),
      'entity A, schema: this is not a schema of zod 4.',
    ],
  ])('%s', (_, work, message) => {
    expect(refusal(work)).toContain(message)
  })

  test('two entities of one name on a table', () => {
    const of = shop()
    looseEntity('A', { table: of, schema, key })
    expect(refusal(() => looseEntity('A', { table: of, schema, key }))).toBe(
      'entity A, name: table shop has an entity of this name. Give it another name.',
    )
  })

  test('a table of something else', () => {
    expect(refusal(() => looseEntity('A', { table: { name: 'shop' }, schema, key }))).toBe(
      'entity A, table: this is no table. Make it with table(), of the same copy of the package.',
    )
  })

  test('a sort key where the table has none', () => {
    expect(refusal(() => looseEntity('A', { table: table('plain', { partitionKey: 'pk' }), schema, key }))).toBe(
      'entity A, key.sortKey: there is no sort key to fill. Leave it out, or declare the sort key in table().',
    )
  })

  test('two templates for one attribute', () => {
    const inverted = table('inverted', {
      partitionKey: 'pk',
      sortKey: 'sk',
      indexes: { inverted: { partitionKey: 'sk', sortKey: 'pk' } },
    })
    const indexes = { x: { index: 'inverted', partitionKey: 'C#{id}', sortKey: 'A#{id}' } }
    expect(refusal(() => looseEntity('A', { table: inverted, schema, key, indexes }))).toBe(
      "entity A, indexes.x.partitionKey: sk has the template 'B#{at}' elsewhere. Use the same.",
    )
  })
})

test('an attribute that is the key of the table and of an index has its template once', () => {
  const inverted = table('inverted', {
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: { inverted: { partitionKey: 'sk', sortKey: 'pk' } },
  })
  const Member = entity('Member', {
    table: inverted,
    schema: z.object({ team: z.string(), user: z.string() }),
    key: { partitionKey: 'TEAM#{team}', sortKey: 'USER#{user}' },
    indexes: { teams: { index: 'inverted', partitionKey: 'USER#{user}', sortKey: 'TEAM#{team}' } },
  })
  expect(Member.query.teams({ user: 'u' }).request().input).toMatchObject({
    IndexName: 'inverted',
    KeyConditionExpression: '#0 = :0 AND begins_with(#1, :1)',
    ExpressionAttributeNames: { '#0': 'sk', '#1': 'pk' },
    ExpressionAttributeValues: { ':0': { S: 'USER#u' }, ':1': { S: 'TEAM#' } },
  })
})

test('a plain table: its attributes are its keys, and stored once', () => {
  const sessions = table('sessions', {
    partitionKey: 'userId',
    sortKey: { name: 'startedAt', type: 'number' },
    indexes: { byDevice: { partitionKey: 'device' } },
  })
  const Session = entity('Session', {
    table: sessions,
    schema: z.object({ userId: z.string(), startedAt: z.number(), device: z.string().optional() }),
    key: { partitionKey: '{userId}', sortKey: '{startedAt}' },
    indexes: { byDevice: { index: 'byDevice', partitionKey: '{device}' } },
  })
  expect(Session.put({ userId: 'u', startedAt: 1, device: 'd' }).request().input).toEqual({
    TableName: 'sessions',
    Item: { userId: { S: 'u' }, startedAt: { N: '1' }, device: { S: 'd' }, _entity: { S: 'Session' } },
  })
})

test('index names of functions are names like others', () => {
  const odd = table('odd', { partitionKey: 'pk', indexes: { one: { partitionKey: 'x' }, two: { partitionKey: 'y' } } })
  const Odd = entity('Odd', {
    table: odd,
    schema: z.object({ id: z.string() }),
    key: { partitionKey: '{id}#' },
    indexes: { name: { index: 'one', partitionKey: 'N#{id}' }, length: { index: 'two', partitionKey: 'L#{id}' } },
  })
  expect(Odd.query.name({ id: '1' }).request().input).toMatchObject({ IndexName: 'one' })
  expect(Odd.query.length({ id: '1' }).request().input).toMatchObject({ IndexName: 'two' })
})

test('createTableInput names each key attribute once', () => {
  expect(createTableInput(shop(), { tableName: 'shop-test' })).toEqual({
    TableName: 'shop-test',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'gsi1pk', AttributeType: 'S' },
      { AttributeName: 'gsi1sk', AttributeType: 'S' },
      { AttributeName: 'total', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'gsi1',
        KeySchema: [
          { AttributeName: 'gsi1pk', KeyType: 'HASH' },
          { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'byTotal',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'total', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  })
})
