import { InputError } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import { key, Order, order, row } from '../orders.js'

describe('put and create', () => {
  test('put sends the whole item with its keys', () => {
    expect(Order.put(order).request()).toEqual({ operation: 'PutItem', input: { TableName: 'shop', Item: row } })
  })

  test('the physical table name is the one given', () => {
    expect(Order.put(order).request({ tables: { shop: 'shop-1' } }).input).toMatchObject({ TableName: 'shop-1' })
  })

  test('an item takes the place in an index that its attributes say, and none where one is missing', () => {
    const { Item } = Order.put({ ...order, carrier: 'DHL', total: 5 }).request().input as { Item: object }
    expect(Item).toMatchObject({ gsi2pk: { S: 'CARRIER#DHL' }, gsi2sk: { S: '0000000005' } })
  })

  test('create asks that nothing is there', () => {
    expect(Order.create(order).request().input).toEqual({
      TableName: 'shop',
      Item: row,
      ConditionExpression: 'attribute_not_exists(#0)',
      ExpressionAttributeNames: { '#0': 'pk' },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    })
  })

  test('put on a condition, with the old item returned', () => {
    const operation = Order.put(order, { condition: (o, { ne }) => ne(o.status, 'paid'), returning: 'old' })
    expect(operation.request().input).toEqual({
      TableName: 'shop',
      Item: row,
      ConditionExpression: '#0 <> :0',
      ExpressionAttributeNames: { '#0': 'status' },
      ExpressionAttributeValues: { ':0': { S: 'paid' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ReturnValues: 'ALL_OLD',
    })
  })

  test('the input is not mutated, and the operation does not follow it', () => {
    const input = structuredClone({ ...order, lines: [{ sku: 'a' }] })
    const before = structuredClone(input)
    const operation = Order.put(input)
    expect(input).toEqual(before)
    const request = structuredClone(operation.request())
    input.lines[0]!.sku = 'b'
    expect(operation.request()).toEqual(request)
  })
})

describe('get and delete', () => {
  const Key = { pk: row.pk, sk: row.sk }

  test('get', () => {
    expect(Order.get(key).request()).toEqual({ operation: 'GetItem', input: { TableName: 'shop', Key } })
    expect(Order.get(key, { consistent: true }).request().input).toMatchObject({ ConsistentRead: true })
  })

  test('an item may stand for its key', () => {
    expect(Order.get(order).request()).toEqual(Order.get(key).request())
  })

  test('delete', () => {
    expect(Order.delete(key).request()).toEqual({ operation: 'DeleteItem', input: { TableName: 'shop', Key } })
    const conditional = Order.delete(key, { condition: (o, { eq }) => eq(o.status, 'pending'), returning: 'old' })
    expect(conditional.request().input).toEqual({
      TableName: 'shop',
      Key,
      ConditionExpression: '#0 = :0',
      ExpressionAttributeNames: { '#0': 'status' },
      ExpressionAttributeValues: { ':0': { S: 'pending' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ReturnValues: 'ALL_OLD',
    })
  })
})

describe('update', () => {
  test('sets, adds and removes, and asks that the item exists', () => {
    const operation = Order.update(key, {
      set: { address: { city: 'Köln' }, total: 9 },
      remove: ['tags', 'carrier'],
      condition: (o, { gt }) => gt(o.total, 0),
      returning: 'new',
    })
    expect(operation.request().input).toEqual({
      TableName: 'shop',
      Key: { pk: row.pk, sk: row.sk },
      UpdateExpression: 'SET #0 = :0, #1 = :1, #5 = :2 REMOVE #2, #3, #4',
      ConditionExpression: '(attribute_exists(#6)) AND (#1 > :3)',
      ExpressionAttributeNames: {
        '#0': 'address',
        '#1': 'total',
        '#2': 'tags',
        '#3': 'carrier',
        '#4': 'gsi2pk',
        '#5': 'gsi2sk',
        '#6': 'pk',
      },
      ExpressionAttributeValues: {
        ':0': { M: { city: { S: 'Köln' } } },
        ':1': { N: '9' },
        ':2': { S: '0000000009' },
        ':3': { N: '0' },
      },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    })
  })

  test('an index key follows the attributes that it is made of', () => {
    expect(Order.update(key, { set: { status: 'paid', region: 'us' } }).request().input).toMatchObject({
      UpdateExpression: 'SET #0 = :0, #1 = :1, #2 = :2',
      ExpressionAttributeNames: { '#0': 'status', '#1': 'region', '#2': 'gsi1pk', '#3': 'pk' },
      ExpressionAttributeValues: { ':0': { S: 'paid' }, ':1': { S: 'us' }, ':2': { S: 'STATUS#paid#us' } },
      ConditionExpression: 'attribute_exists(#3)',
    })
  })

  test('what is given is guarded', () => {
    expect(Order.update(key, { set: { status: 'paid' }, given: { region: 'eu' } }).request().input).toMatchObject({
      UpdateExpression: 'SET #0 = :0, #1 = :1',
      ExpressionAttributeNames: { '#0': 'status', '#1': 'gsi1pk', '#2': 'pk', '#3': 'region' },
      ExpressionAttributeValues: { ':0': { S: 'paid' }, ':1': { S: 'STATUS#paid#eu' }, ':2': { S: 'eu' } },
      ConditionExpression: '(attribute_exists(#2)) AND (#3 = :2)',
    })
  })

  test('a set that becomes empty is removed', () => {
    expect(Order.update(key, { set: { tags: new Set() } }).request().input).toMatchObject({
      UpdateExpression: 'REMOVE #0',
      ExpressionAttributeNames: { '#0': 'tags', '#1': 'pk' },
    })
  })

  test('the default of returning is nothing', () => {
    expect(Order.update(key, { set: { carrier: 'UPS' } }).request().input).toMatchObject({ ReturnValues: 'NONE' })
  })
})

// What a type checker refuses is given on purpose.
const loose = Order as unknown as Record<
  'get' | 'put' | 'create' | 'update' | 'delete',
  (...input: unknown[]) => unknown
>

describe('input that is refused before anything is sent', () => {
  test.each<[string, () => unknown, string]>([
    ['put: nothing', () => loose.put(undefined), 'Order.put: expected an object, received undefined.'],
    [
      'put: missing',
      () => loose.put({ ...order, region: undefined }),
      'Order.put: region: expected a string, received undefined.',
    ],
    [
      'put: unknown',
      () => loose.put({ ...order, colour: 'red' }),
      'Order.put: colour: expected an attribute of the schema, received a name that it does not have.',
    ],
    [
      'put: a composed key',
      () => loose.put({ ...order, pk: 'x' }),
      'Order.put: pk: expected an attribute of the schema, received a name that it does not have.',
    ],
    [
      'put: nested',
      () => loose.put({ ...order, lines: [{ sku: 1 }] }),
      'Order.put: lines[0].sku: expected a string, received a number.',
    ],
    [
      'put: empty key',
      () => loose.put({ ...order, customerId: '' }),
      'Order.put: customerId: expected a text that is not empty: it is part of a key, received an empty string.',
    ],
    [
      'put: too long a key',
      () => loose.put({ ...order, customerId: 'x'.repeat(2049) }),
      'Order.put: expected a key attribute pk of 1 to 2048 bytes (CUSTOMER#{customerId}), received one of 2058 bytes.',
    ],
    [
      'put: overflow',
      () => loose.put({ ...order, carrier: 'x', total: 12345678901 }),
      'Order.put: total: expected a whole number from 0 to 9999999999: it is part of a key, received a number outside of it.',
    ],
    [
      'put: unknown option',
      () => loose.put(order, { where: 1 }),
      'Order.put: where: expected one of the options condition, given, ignoreVersion, import, returning, returnOnFailure, once, received another name.',
    ],
    [
      'put: vanished condition',
      () => loose.put(order, { condition: undefined }),
      'Order.put: condition: expected a value: leave it out if there is none, received undefined.',
    ],
    [
      'put: condition as data',
      () => loose.put(order, { condition: { status: 'paid' } }),
      'Order.put: condition: expected a callback such as (o, { eq }) => eq(o.status, "open"), received an object.',
    ],
    [
      'put: returning',
      () => loose.put(order, { returning: 'all' }),
      'Order.put: returning: expected one of new, old, received a string.',
    ],
    [
      'get: no key',
      () => loose.get('c-1'),
      'Order.get: expected an object with customerId, placedAt, orderId, received a string.',
    ],
    [
      'get: half a key',
      () => loose.get({ customerId: 'c-1' }),
      'Order.get: placedAt: expected a value, received undefined.',
    ],
    [
      'get: wrong type',
      () => loose.get({ ...key, placedAt: '2026' }),
      'Order.get: placedAt: expected a date, received a string.',
    ],
    [
      'get: unknown',
      () => loose.get({ ...key, id: 1 }),
      'Order.get: id: expected an attribute of Order, received a name that it does not have.',
    ],
    [
      'update: nothing',
      () => loose.update(key, {}),
      'Order.update: expected something to change in set, add, remove or apply, received nothing.',
    ],
    ['update: no options', () => loose.update(key), 'Order.update: expected an object of options, received undefined.'],
    [
      'update: undefined',
      () => loose.update(key, { set: { carrier: undefined } }),
      'Order.update: set.carrier: expected a value: name the attribute in remove to take it away, received undefined.',
    ],
    [
      'update: table key',
      () => loose.update(key, { set: { orderId: 'x' } }),
      'Order.update: set.orderId: expected no part of the table key: db.move() gives an item another key, and db.modify() changes the rest, received one.',
    ],
    [
      'update: siblings',
      () => loose.update(key, { set: { status: 'paid' } }),
      'Order.update: expected region too, in set or in given: the key gsi1pk is made of it, received nothing.',
    ],
    [
      'update: twice',
      () => loose.update(key, { set: { carrier: 'x' }, remove: ['carrier'] }),
      'Order.update: remove.carrier: expected one change of an attribute, received another one in set, of carrier.',
    ],
    [
      'update: remove required',
      () => loose.update(key, { remove: ['region'] }),
      'Order.update: remove.region: expected an optional attribute, received one that every item must have.',
    ],
    [
      'update: remove no list',
      () => loose.update(key, { remove: 'carrier' }),
      'Order.update: remove: expected an array of attribute names, received a string.',
    ],
    [
      'update: add to text',
      () => loose.update(key, { add: { carrier: 1 } }),
      'Order.update: add.carrier: expected an attribute that holds a number, received one stored as S.',
    ],
    [
      'update: add to a component',
      () => loose.update(key, { add: { total: 1 } }),
      'Order.update: add.total: expected no arithmetic, because the key gsi2sk is made of it: read the item, set the sum, give what was read, received an addition.',
    ],
    [
      'update: operator from JSON',
      () => loose.update(key, { set: { carrier: { eq: 1 } } }),
      'Order.update: set.carrier: expected a string, received an object.',
    ],
    [
      'update: unknown given',
      () => loose.update(key, { set: { carrier: 'x' }, given: { colour: 1 } }),
      'Order.update: given.colour: expected an attribute of Order, received a name that it does not have.',
    ],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(InputError)
    expect(work).toThrow(message)
  })
})
