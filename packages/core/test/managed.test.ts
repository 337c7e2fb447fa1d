// Managed attributes: what each verb sends for versions, times, nonces and expiry.
import { DefinitionError, entity, InputError, table } from '@keyloom/core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { desk, first, second, Ticket, ticketRow } from './tickets.js'

const ticketId = 't-1'
const ticket = { ticketId, status: 'open' as const, priority: 3, version: 4, createdAt: first, updatedAt: first }

interface Input {
  readonly Item?: unknown
  readonly ConditionExpression?: string
  readonly UpdateExpression?: string
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>
}

/** A request's expressions with their placeholders filled in. */
function spelled(request: { readonly input: object }) {
  const {
    ExpressionAttributeNames: names = {},
    ExpressionAttributeValues: values = {},
    ...input
  } = request.input as Input
  const fill = (text: string | undefined): string | undefined =>
    text
      ?.replace(/#\d+/g, (name) => names[name] ?? name)
      .replace(/:\d+/g, (name) => JSON.stringify(Object.values(values[name] as object)[0]))
  return { condition: fill(input.ConditionExpression), update: fill(input.UpdateExpression), item: input.Item }
}

const seconds = Math.floor(second.getTime() / 1000)
const isThere = `(attribute_exists(pk)) AND (NOT (ttl <= "${seconds}"))`
const isAbsent = `(attribute_not_exists(pk)) OR (ttl <= "${seconds}")`
const at = { now: second, nonce: 'n-2' }

describe('put and create', () => {
  test('a new item has version 1, and asks that none is there', () => {
    const { condition, item } = spelled(Ticket.put({ ticketId }).request({ now: first, nonce: 'n-1' }))
    expect(item).toEqual(ticketRow)
    expect(condition).toBe(isAbsent.replace(String(seconds), String(first.getTime() / 1000)))
    expect(spelled(Ticket.create({ ticketId }).request({ now: first, nonce: 'n-1' })).item).toEqual(ticketRow)
  })

  test('an item that was read is put over the version that it has, and keeps its creation', () => {
    const { condition, item } = spelled(Ticket.put({ ...ticket, note: 'x' }).request(at))
    expect(condition).toBe(`(version = "4") AND (createdAt = "${first.toISOString()}")`)
    const times = { createdAt: { S: first.toISOString() }, updatedAt: { S: second.toISOString() } }
    expect(item).toMatchObject({ version: { N: '5' }, gsi1sk: times.updatedAt, ...times, nonce: { S: 'n-2' } })
  })

  test('given says which version is there', () => {
    expect(spelled(Ticket.put({ ticketId }, { given: ticket }).request(at))).toMatchObject({
      condition: `(version = "4") AND (createdAt = "${first.toISOString()}")`,
      item: { version: { N: '5' }, createdAt: { S: first.toISOString() } },
    })
    expect(() => Ticket.put({ ticketId }, { given: { status: 'open' } })).toThrow(InputError)
  })

  test('the times are those of the run, whatever time the operation was made', () => {
    const operation = Ticket.put({ ticketId })
    expect(operation.request(at)).toEqual(operation.request(at))
    expect(operation.request(at)).not.toEqual(operation.request({ ...at, now: first }))
  })

  test('without a look at the version it is an update of all that is known', () => {
    const { condition, update } = spelled(Ticket.put({ ...ticket, note: 'x' }, { ignoreVersion: true }).request(at))
    expect(condition).toBeUndefined()
    const created = second.toISOString()
    expect(update).toBe(
      'SET ticketId = "t-1", status = "open", priority = "3", note = "x", ' +
        `gsi1pk = "STATUS#open", gsi1sk = "${created}", schema = "1", _entity = "Ticket", ` +
        `createdAt = if_not_exists(createdAt, "${created}"), updatedAt = "${created}", nonce = "n-2" ` +
        'REMOVE visits, ttl ADD version "1"',
    )
  })

  test('an import writes what is given', () => {
    const { condition, item } = spelled(Ticket.put(ticket, { import: true }).request(at))
    expect(condition).toBeUndefined()
    expect(item).toMatchObject({ version: { N: '4' }, updatedAt: { S: first.toISOString() } })
    expect(() => Ticket.put({ ticketId }, { import: true })).toThrow('version: expected a value')
  })
})

describe('replace, update, upsert, delete and check', () => {
  test('replace asks for the item and for its version', () => {
    const { condition, update } = spelled(Ticket.replace(ticket).request(at))
    expect(condition).toBe(
      `(version = "4") AND (createdAt = "${first.toISOString()}") AND (${isThere.replace(/^/, '')})`,
    )
    expect(update).toContain('REMOVE visits, note, ttl ADD version "1"')
  })

  test('update raises the version, and checks the one that is given', () => {
    const plain = spelled(Ticket.update({ ticketId }, { set: { note: 'x' } }).request(at))
    expect(plain.condition).toBe(isThere)
    expect(plain.update).toBe(
      `SET note = "x", gsi1sk = "${second.toISOString()}", updatedAt = "${second.toISOString()}", nonce = "n-2" ADD version "1"`,
    )
    const guarded = spelled(Ticket.update({ ticketId }, { set: { note: 'x' }, given: ticket }).request(at))
    expect(guarded.condition).toBe(`(${isThere}) AND (version = "4") AND (createdAt = "${first.toISOString()}")`)
  })

  test('upsert gives what a new item needs, as far as it is absent', () => {
    const time = second.toISOString()
    const operation = Ticket.upsert({ ticketId }, { set: { status: 'closed' }, add: { visits: 1 } })
    expect(spelled(operation.request(at))).toMatchObject({
      condition: undefined,
      update:
        'SET status = "closed", ticketId = "t-1", priority = if_not_exists(priority, "3"), schema = "1", ' +
        `_entity = "Ticket", gsi1pk = "STATUS#closed", gsi1sk = "${time}", ` +
        `createdAt = if_not_exists(createdAt, "${time}"), updatedAt = "${time}", nonce = "n-2" ` +
        'ADD visits "1", version "1"',
    })
    const defaulted = spelled(Ticket.upsert({ ticketId }, { add: { visits: 1 } }).request(at))
    expect(defaulted.update).toContain('gsi1pk = if_not_exists(gsi1pk, "STATUS#open")')
  })

  test('delete checks the version of an item, and all that is given without one', () => {
    expect(spelled(Ticket.delete({ ticketId }).request(at)).condition).toBeUndefined()
    expect(spelled(Ticket.delete(ticket).request(at)).condition).toBe(
      `(version = "4") AND (createdAt = "${first.toISOString()}")`,
    )
    expect(spelled(Ticket.delete({ ticketId }, { given: { status: 'open' } }).request(at)).condition).toBe(
      `(${isThere}) AND (status = "open")`,
    )
  })

  test('check asks that the item is there, or for a condition', () => {
    const { operation, input } = Ticket.check({ ticketId }).request(at)
    expect(operation).toBe('ConditionCheck')
    expect(spelled({ input }).condition).toBe(isThere)
    const condition = spelled(Ticket.check({ ticketId }, (o, { eq }) => eq(o.status, 'open')).request(at)).condition
    expect(condition).toBe('status = "open"')
    expect(() => Ticket.check({ ticketId }, undefined)).toThrow(InputError)
  })

  test('the stored row can be left out of a refusal', () => {
    const { input } = Ticket.update({ ticketId }, { set: { note: 'x' }, returnOnFailure: false }).request()
    expect(input).not.toHaveProperty('ReturnValuesOnConditionCheckFailure')
  })

  test.each<[string, () => unknown, string]>([
    // @ts-expect-error What writes keep up can't be set.
    ['a version in set', () => Ticket.update({ ticketId }, { set: { version: 2 } }), 'set.version: expected nothing'],
    ['a version that is none', () => Ticket.put({ ...ticket, version: 1.5 }), 'version: expected a whole number'],
    ['milliseconds of expiry', () => Ticket.update({ ticketId }, { set: { ttl: second } }), 'set.ttl: expected'],
    [
      'ignoreVersion beside given',
      () => Ticket.replace(ticket, { ignoreVersion: true, given: ticket }),
      'given: expected no such option beside ignoreVersion',
    ],
  ])('%s is refused', (_, work, message) => {
    expect(work).toThrow(InputError)
    expect(work).toThrow(message)
  })
})

describe('definitions', () => {
  const schema = z.object({ id: z.string(), at: z.string(), ttl: z.number().optional() })
  const key = { partitionKey: 'X#{id}', sortKey: 'X' } as const
  const other = table('other', { partitionKey: 'pk', sortKey: 'sk' })

  test.each<[string, () => unknown]>([
    ['a schema that has the version as text', () => entity('A', { table: other, schema, key, version: 'at' })],
    ['one name for two', () => entity('A', { table: other, schema, key, createdAt: 't', updatedAt: 't' })],
    ['an expiry that is text', () => entity('A', { table: other, schema, key, expiresAt: 'at' })],
    ['an expiry beside that of the table', () => entity('A', { table: desk, schema, key, expiresAt: 'other' })],
    ['a nonce in the schema', () => entity('A', { table: other, schema, key, nonce: 'at' })],
  ])('%s is refused', (_, define) => {
    expect(define).toThrow(DefinitionError)
  })

  test('seconds may be numbers, and milliseconds are no seconds', () => {
    const A = entity('A', { table: other, schema, key, expiresAt: 'ttl' })
    expect(A.put({ id: '1', at: 'x', ttl: 1_771_236_000 }).request().input).toMatchObject({
      Item: { ttl: { N: '1771236000' } },
    })
    expect(() => A.put({ id: '1', at: 'x', ttl: 1_771_236_000_000 })).toThrow('ttl: expected seconds since 1970')
  })
})
