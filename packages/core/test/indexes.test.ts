// Indexes that hold some items only, and keys that are computed.
import { absent, computed, connect, DefinitionError, entity, InputError, present, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { stubClient } from './stub-client.js'

const tasks = () =>
  table('tasks', {
    partitionKey: 'pk',
    indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' }, gsi2: { partitionKey: 'gsi2pk' } },
  })
const schema = z.object({
  id: z.string(),
  status: z.enum(['open', 'late', 'done']),
  archived: z.boolean(),
  manager: z.string().optional(),
  due: z.string().optional(),
  team: z.string(),
})
const Task = entity('Task', {
  table: tasks(),
  schema,
  key: { partitionKey: 'TASK#{id}' },
  indexes: {
    todo: {
      index: 'gsi1',
      partitionKey: 'TODO#{team}',
      sortKey: '{due}',
      when: { status: ['open', 'late'], archived: false },
    },
    done: { index: 'gsi1', partitionKey: 'DONE#{team}', sortKey: '{id}', when: { status: 'done' } },
    orphaned: { index: 'gsi2', partitionKey: 'ORPHANED#{team}', when: { manager: absent } },
  },
})
const task = { id: '1', status: 'open', archived: false, team: 't', due: '2026', manager: 'm' } as const
const keysOf = (input: object) =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([name]) => name.startsWith('gsi'))
      .map(([name, value]) => [name, (value as { S: string }).S]),
  )
const put = (item: Parameters<typeof Task.put>[0]) => keysOf((Task.put(item).request().input as { Item: object }).Item)

describe('an item is in the indexes that hold it, and in no other', () => {
  test.each<[string, object, object]>([
    ['todo', {}, { gsi1pk: 'TODO#t', gsi1sk: '2026' }],
    ['another value', { status: 'late' }, { gsi1pk: 'TODO#t', gsi1sk: '2026' }],
    ['none', { archived: true }, {}],
    ['another entry of the same index', { status: 'done', archived: true }, { gsi1pk: 'DONE#t', gsi1sk: '1' }],
    ['absence', { archived: true, manager: undefined }, { gsi2pk: 'ORPHANED#t' }],
  ])('%s', (_, changes, keys) => {
    expect(put({ ...task, ...changes })).toEqual(keys)
  })

  test('one that it holds needs all components', () => {
    expect(() => put({ ...task, due: undefined })).toThrow(
      'Task.put: due: expected a value: an index holds this item, and its key gsi1sk is made of it, received nothing.',
    )
  })
})

describe('updates keep that true', () => {
  const update = (changes: object) => {
    const { input } = (Task.update as (key: object, changes: object) => ReturnType<typeof Task.update>)(
      { id: '1' },
      changes,
    ).request()
    const { UpdateExpression, ExpressionAttributeNames, ExpressionAttributeValues } = input as {
      UpdateExpression: string
      ExpressionAttributeNames: Record<string, string>
      ExpressionAttributeValues: Record<string, object>
    }
    return UpdateExpression.replace(/#\d+/g, (name) => ExpressionAttributeNames[name]!).replace(/:\d+/g, (value) =>
      JSON.stringify(Object.values(ExpressionAttributeValues[value]!)[0]),
    )
  }

  test('leaving needs nothing but the value that leaves', () => {
    expect(update({ set: { archived: true, status: 'open' } })).toBe(
      'SET archived = true, status = "open" REMOVE gsi1pk, gsi1sk',
    )
  })

  test('entering needs what decides, and all components', () => {
    expect(() => update({ set: { status: 'open' } })).toThrow('Task.update: expected archived too, in set or in given')
    expect(() => update({ set: { status: 'open' }, given: { archived: false } })).toThrow('expected team too')
    expect(update({ set: { status: 'open' }, given: task })).toBe(
      'SET status = "open", gsi1pk = "TODO#t", gsi1sk = "2026"',
    )
    expect(update({ set: { status: 'done' }, given: { team: 't' } })).toBe(
      'SET status = "done", gsi1pk = "DONE#t", gsi1sk = "1"',
    )
    expect(() => update({ set: { status: 'open', archived: false }, given: { team: 't', due: undefined } })).toThrow(
      'due: expected a value: an index holds this item',
    )
  })

  test('what it rests on is guarded', () => {
    const { input } = Task.update({ id: '1' }, { set: { status: 'open' }, given: task }).request()
    expect(input).toMatchObject({
      ConditionExpression: '(attribute_exists(#3)) AND (#4 = :3) AND (#5 = :4) AND (#6 = :5)',
      ExpressionAttributeNames: { '#4': 'archived', '#5': 'team', '#6': 'due' },
    })
  })

  test('absence and presence', () => {
    expect(update({ remove: ['manager'], given: { team: 't' } })).toBe('SET gsi2pk = "ORPHANED#t" REMOVE manager')
    expect(update({ set: { manager: 'm' } })).toBe('SET manager = "m" REMOVE gsi2pk')
  })
})

test('a query drops items that another entry put at the same place', async () => {
  const Item = entity('Item', {
    table: tasks(),
    schema,
    key: { partitionKey: 'ITEM#{id}' },
    indexes: {
      managed: { index: 'gsi1', partitionKey: 'T#{team}', sortKey: '{id}', when: { manager: present } },
      orphaned: { index: 'gsi1', partitionKey: 'T#{team}', sortKey: '{id}', when: { manager: absent } },
    },
  })
  const row = (manager?: string) => ({
    pk: { S: 'ITEM#1' },
    gsi1pk: { S: 'T#t' },
    gsi1sk: { S: '1' },
    _entity: { S: 'Item' },
    id: { S: '1' },
    status: { S: 'open' },
    archived: { BOOL: false },
    team: { S: 't' },
    ...(manager !== undefined && { manager: { S: manager } }),
  })
  const db = connect({ client: stubClient(() => ({ Items: [row(), row('m')] })), tables: { tasks: 'x' } })
  expect((await db.all(Item.query.managed({ team: 't' }))).map(({ manager }) => manager)).toEqual(['m'])
  expect((await db.all(Item.query.orphaned({ team: 't' }))).map(({ manager }) => manager)).toEqual([undefined])
})

describe('computed attributes', () => {
  const Payment = entity('Payment', {
    table: tasks(),
    schema: z.object({ id: z.string(), amount: z.number(), due: z.string().optional() }),
    computed: {
      size: computed(['amount'], z.enum(['small', 'large']), ({ amount }: { amount: number }) =>
        amount < 100 ? 'small' : 'large',
      ),
    },
    key: { partitionKey: 'PAYMENT#{id}' },
    indexes: { bySize: { index: 'gsi1', partitionKey: 'SIZE#{size}', sortKey: '{due}#{id}' } },
  })

  test('are parts of keys, and of nothing else', () => {
    expect(Payment.put({ id: '1', amount: 99, due: 'd' }).request().input).toEqual({
      TableName: 'tasks',
      Item: {
        pk: { S: 'PAYMENT#1' },
        gsi1pk: { S: 'SIZE#small' },
        gsi1sk: { S: 'd#1' },
        _entity: { S: 'Payment' },
        id: { S: '1' },
        amount: { N: '99' },
        due: { S: 'd' },
      },
    })
    expect(Payment.query.bySize({ size: 'large' }).request().input).toMatchObject({
      ExpressionAttributeValues: { ':0': { S: 'SIZE#large' } },
    })
    expect(() => Payment.put({ id: '1', amount: 1, size: 'large' } as never)).toThrow(InputError)
  })

  test('follow their sources', () => {
    expect(Payment.update({ id: '1' }, { set: { amount: 100 } }).request().input).toMatchObject({
      UpdateExpression: 'SET #0 = :0, #1 = :1',
      ExpressionAttributeNames: { '#0': 'amount', '#1': 'gsi1pk' },
      ExpressionAttributeValues: { ':1': { S: 'SIZE#large' } },
    })
    expect(() => Payment.update({ id: '1' }, { add: { amount: 1 } })).toThrow('no arithmetic')
  })

  test('that are named like their key follow their sources too', () => {
    const levels = table('levels', { partitionKey: 'pk', indexes: { byLevel: { partitionKey: 'level' } } })
    const Task = entity('Task', {
      table: levels,
      schema: z.object({ id: z.string(), amount: z.number() }),
      computed: { level: computed(['amount'], z.string(), ({ amount }: { amount: number }) => `L${amount}`) },
      key: { partitionKey: 'TASK#{id}' },
      indexes: { byLevel: { index: 'byLevel', partitionKey: '{level}' } },
    })
    expect(Task.put({ id: '1', amount: 1 }).request().input).toMatchObject({ Item: { level: { S: 'L1' } } })
    expect(Task.update({ id: '1' }, { set: { amount: 2 } }).request().input).toMatchObject({
      ExpressionAttributeNames: { '#0': 'amount', '#1': 'level' },
      ExpressionAttributeValues: { ':1': { S: 'L2' } },
    })
  })

  const refused = (options: object) => () =>
    (entity as unknown as (name: string, options: object) => unknown)('P', {
      table: tasks(),
      schema,
      key: { partitionKey: 'P#{id}' },
      ...options,
    })
  const size = computed(['id'], z.string(), ({ id }: { id: string }) => id)

  test.each<[string, object, string]>([
    ['a name of the schema', { computed: { team: size } }, 'computed.team: the schema has an attribute of this name'],
    [
      'an unknown source',
      { computed: { x: computed(['nope'], z.string(), () => '') } },
      'computed.x: nope is not an attribute of the schema',
    ],
    ['something else', { computed: { x: { from: ['id'] } } }, 'computed.x: this is no computed attribute'],
    [
      'a schema that can not be stored',
      { computed: { x: computed(['id'], z.date(), () => new Date()) } },
      'DynamoDB has no dates',
    ],
    [
      'stored under a name that is taken',
      { storedAs: { team: 'x' }, computed: { x: computed(['id'], z.string(), () => '', { store: true }) } },
      'computed.x: another attribute is stored under this name',
    ],
    [
      'another option',
      { computed: { x: computed(['id'], z.string(), () => '', { stored: true } as never) } },
      'computed.x.stored: there is no such option. Use store.',
    ],
    [
      'a store that is no boolean',
      { computed: { x: computed(['id'], z.string(), () => '', { store: 'yes' as never }) } },
      'computed.x.store: it is no boolean',
    ],
    ['in the table key', { computed: { size }, key: { partitionKey: 'P#{size}' } }, '{size} is optional'],
    [
      'an unknown when',
      { indexes: { x: { index: 'gsi2', partitionKey: 'X', when: { nope: 1 } } } },
      'indexes.x.when.nope: it is not an attribute',
    ],
    [
      'a when of another type',
      { indexes: { x: { index: 'gsi2', partitionKey: 'X', when: { archived: 'no' } } } },
      'expected a boolean, received a string',
    ],
    [
      'whens that do not exclude each other',
      {
        indexes: {
          x: { index: 'gsi2', partitionKey: 'X', when: { archived: false } },
          y: { index: 'gsi2', partitionKey: 'Y', when: { status: 'open' } },
        },
      },
      'another index of this entity uses gsi2',
    ],
    [
      'a when on an attribute that is the key',
      {
        table: table('t', { partitionKey: 'pk', indexes: { byTeam: { partitionKey: 'team' } } }),
        indexes: { x: { index: 'byTeam', partitionKey: '{team}', when: { archived: false } } },
      },
      'the attribute team is the key itself',
    ],
  ])('%s is refused', (_, options, text) => {
    expect(refused(options)).toThrow(DefinitionError)
    expect(refused(options)).toThrow(text)
  })
})
