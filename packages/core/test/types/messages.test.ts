// The texts of compile errors: they are read more often than any page of the documentation.
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { pathOf, programOf } from './virtual.js'

const start = `
import * as z from 'zod'
import { codec, entity, table } from '@keyloom/core'
import { key, Order, shop } from './shop.js'
const schema = z.object({
  id: z.string(), total: z.number(), note: z.string().optional(), at: codec.date(), lines: z.array(z.string()),
  address: z.object({ city: z.string() }),
})
const plain = table('plain', { partitionKey: 'pk' })
const Payment = entity('Payment', {
  table: plain,
  schema: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('card'), id: z.string(), code: z.number(), last4: z.string() }),
    z.object({ kind: z.literal('transfer'), id: z.string(), code: z.string(), iban: z.string() }),
  ]),
  key: { partitionKey: 'PAYMENT#{id}' },
})
const Named = entity('Named', { table: plain, schema, key: { partitionKey: 'N#{id}' }, keyOnly: ['id'] })
void [Named, Payment, schema, plain, key, Order, shop]
`

const startLines = start.split('\n').length

const definitions = {
  'an unknown placeholder': `entity('A', { table: shop, schema, key: { partitionKey: 'A#{nope}', sortKey: 'A' } })`,
  'an optional attribute in the table key': `entity('A', { table: shop, schema, key: { partitionKey: 'A#{note}', sortKey: 'A' } })`,
  'a number without a format': `entity('A', { table: shop, schema, key: { partitionKey: 'A#{id}', sortKey: 'T#{total}' } })`,
  'an unknown index': `entity('A', { table: shop, schema, key: { partitionKey: 'A#{id}', sortKey: 'A' }, indexes: { x: { index: 'gsi9', partitionKey: '{id}' } } })`,
  'an unknown placeholder of an index': `entity('A', { table: shop, schema, key: { partitionKey: 'A#{id}', sortKey: 'A' }, indexes: { x: { index: 'gsi1', partitionKey: 'X#{nope}' } } })`,
  'a fold on a number': `entity('A', { table: shop, schema, key: { partitionKey: 'A#{id}', sortKey: 'T#{total:lower}' } })`,
  'padding on a text': `entity('A', { table: shop, schema, key: { partitionKey: 'A#{id:010}', sortKey: 'A' } })`,
  'padding on a date': `entity('A', { table: shop, schema, key: { partitionKey: 'A#{id}', sortKey: '{at:010}' } })`,
  'a list in a key': `entity('A', { table: shop, schema, key: { partitionKey: 'A#{id}', sortKey: 'L#{lines}' } })`,
  'an unknown path': `entity('A', { table: shop, schema, key: { partitionKey: 'A#{address.town}', sortKey: 'A' } })`,
  'a sort key where the table has none': `entity('A', { table: plain, schema, key: { partitionKey: 'A#{id}', sortKey: 'A' } })`,
}

const calls = {
  'a missing sibling': `Order.update(key, { set: { status: 'paid' } })`,
  'arithmetic on a component': `Order.update(key, { add: { total: 1 } })`,
  'a misspelt attribute': `Order.update(key, { set: { staus: 'paid' } })`,
  'a misspelt field': `Order.delete(key, { condition: (o, { eq }) => eq(o.totl, 1) })`,
  'a wrong value in a condition': `Order.delete(key, { condition: (o, { eq }) => eq(o.total, '1') })`,
  'a wrong value in a key': `Order.get({ ...key, placedAt: 'today' })`,
  'an attribute of another kind': `Payment.update({ id: '1' }, { is: { kind: 'card' }, set: { iban: 'DE' } })`,
  'an attribute in which kinds differ': `Payment.update({ id: '1' }, { set: { code: 'x' } })`,
  'an unknown kind': `Payment.update({ id: '1' }, { is: { kind: 'cash' }, set: { code: 'x' } })`,
  'a kind where there is one': `Order.update(key, { is: { status: 'paid' }, set: { note: 'a' } })`,
  'a field that keys alone hold': `Named.delete({ id: '1' }, { condition: (o, { eq }) => eq(o.id, '1') })`,
  'a hole in a query': `Order.query({ customerId: 'c', orderId: 'o' })`,
}

const snippets = { ...definitions, ...calls }
const messages = compile(Object.values(snippets))

/** The message of each snippet, at the token it stands on. One program for all: each is a line of its own. */
function compile(lines: readonly string[]): readonly string[] {
  const text = start + lines.join('\n')
  const program = programOf({ 'snippet.ts': text })
  const source = program.getSourceFile(pathOf('snippet.ts'))
  const found = new Map<number, string[]>()
  for (const { start = 0, length = 0, messageText } of program.getSemanticDiagnostics(source)) {
    const line = text.slice(0, start).split('\n').length - startLines
    const message = withoutObjects(ts.flattenDiagnosticMessageText(messageText, '\n'))
    found.set(line, [...(found.get(line) ?? []), `${text.slice(start, start + length)} → ${message}`])
  }
  return lines.map((_, index) => (found.get(index) ?? ['it compiles']).join('\n'))
}

/** The order in which the compiler prints an object's properties depends on what it has seen before. */
function withoutObjects(message: string): string {
  const collapsed = message.replace(/\{ (?:[^{}]|\{…\})* \}/g, '{…}')
  return collapsed === message ? message : withoutObjects(collapsed)
}

describe('what a compile error says, and where', () => {
  test.each(Object.keys(snippets).map((name, index) => [name, index] as const))('%s', async (name, index) => {
    await expect(`${Object.values(snippets)[index] ?? ''}\n\n${messages[index] ?? ''}\n`).toMatchFileSnapshot(
      `messages/${name.replaceAll(' ', '-')}.txt`,
    )
  })
})
