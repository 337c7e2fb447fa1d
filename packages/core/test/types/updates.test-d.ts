import { codec, entity, table } from '@keyloom/core'
import { describe, test } from 'vitest'
import * as z from 'zod'

const library = table('library', { partitionKey: 'pk' })

const Doc = entity('Doc', {
  table: library,
  schema: z.object({
    id: z.string(),
    title: z.string(),
    status: z.enum(['draft', 'done']),
    subtitle: z.string().nullable(),
    pages: z.number(),
    limit: z.number().optional(),
    copies: z.bigint(),
    at: codec.date(),
    tags: z.set(z.string()).optional(),
    log: z.array(z.string()).optional(),
    lines: z.array(z.object({ sku: z.string(), on: codec.date().optional() })),
    address: z.object({ city: z.string(), geo: z.object({ latitude: z.number() }).optional() }).optional(),
    counters: z.record(z.string(), z.number()),
    people: z.record(z.string(), z.object({ name: z.string(), age: z.number() })),
  }),
  key: { partitionKey: 'DOC#{id}' },
})

const id = { id: 'd' }
const now = new Date(0)

describe('apply', () => {
  test('values, fields and computations of the type of the field', () => {
    Doc.update(id, { apply: (o, { set }) => [set(o.title, 'a'), set(o.status, 'done'), set(o.subtitle, null)] })
    Doc.update(id, { apply: (o, { set, at }) => [set(at(o.lines, 0).on, now), set(at(o.counters, 'a.b'), 1)] })
    Doc.update(id, { apply: (o, { set }) => [set(o.pages, o.limit), set(o.subtitle, o.title)] })
    Doc.update(id, {
      apply: (o, { set, plus, minus }) => [set(o.pages, plus(o.limit, 5)), set(o.copies, minus(o.copies, 1n))],
    })
    Doc.update(id, { apply: (o, { set, plus, ifNotExists }) => [set(o.limit, plus(ifNotExists(o.limit, o.pages), 1))] })
    Doc.update(id, { apply: (o, { set, append, ifNotExists }) => [set(o.log, append(ifNotExists(o.log, []), ['x']))] })
    Doc.update(id, { apply: (o, { set, prepend }) => [set(o.lines, prepend(o.lines, [{ sku: 'a' }]))] })
    Doc.update(id, { apply: (o, { addTo, deleteFrom }) => [addTo(o.tags, ['x']), deleteFrom(o.tags, new Set(['x']))] })
    Doc.update(id, { apply: (o, { remove, at }) => [remove(o.tags), remove(at(o.lines, 0))] })
    Doc.update(id, { apply: (o, { merge }) => [merge(o.address, { geo: { latitude: 1 } })] })
    Doc.update(id, {
      apply: (o, { merge, ifNotExists }) => [merge(o.address, { city: ifNotExists(o.title, 'x') }, { orCreate: {} })],
    })
    Doc.update(id, {
      apply: (o, { merge }) => [merge(o.counters, { a: 1 }), merge(o.people, { ada: { name: 'A', age: 1 } })],
    })
    Doc.update(id, {
      set: { title: 'a' },
      add: { pages: 1 },
      apply: (o, { set }) => [set(o.limit, 1)],
      returning: 'new',
    })
  })

  test('what must not compile', () => {
    // @ts-expect-error another type
    Doc.update(id, { apply: (o, { set }) => [set(o.title, 1)] })
    // @ts-expect-error an operator out of JSON
    Doc.update(id, { apply: (o, { set }) => [set(o.pages, { $add: 1 })] })
    // @ts-expect-error another value
    Doc.update(id, { apply: (o, { set }) => [set(o.status, 'lost')] })
    // @ts-expect-error undefined
    Doc.update(id, { apply: (o, { set }) => [set(o.tags, undefined)] })
    // @ts-expect-error a field of another type
    Doc.update(id, { apply: (o, { set }) => [set(o.pages, o.title)] })
    // @ts-expect-error null may be there
    Doc.update(id, { apply: (o, { set }) => [set(o.title, o.subtitle)] })
    // @ts-expect-error a computation of another type
    Doc.update(id, { apply: (o, { set, plus }) => [set(o.title, plus(o.pages, 1))] })
    // @ts-expect-error arithmetic on text
    Doc.update(id, { apply: (o, { set, plus }) => [set(o.title, plus(o.title, 'x'))] })
    // @ts-expect-error a number and a bigint
    Doc.update(id, { apply: (o, { set, plus }) => [set(o.pages, plus(o.pages, 1n))] })
    // @ts-expect-error DynamoDB computes once a value
    Doc.update(id, { apply: (o, { set, plus }) => [set(o.pages, plus(plus(o.pages, 1), 1))] })
    // @ts-expect-error another element
    Doc.update(id, { apply: (o, { set, append }) => [set(o.log, append(o.log, [1]))] })
    // @ts-expect-error another member
    Doc.update(id, { apply: (o, { addTo }) => [addTo(o.tags, [1])] })
    // @ts-expect-error no set
    Doc.update(id, { apply: (o, { addTo }) => [addTo(o.log, ['x'])] })
    // @ts-expect-error no such part
    Doc.update(id, { apply: (o, { merge }) => [merge(o.address, { town: 'x' })] })
    // @ts-expect-error a part of another type
    Doc.update(id, { apply: (o, { merge }) => [merge(o.address, { city: 1 })] })
    // @ts-expect-error an entry of a record is given whole
    Doc.update(id, { apply: (o, { merge }) => [merge(o.people, { ada: { name: 'A' } })] })
    // @ts-expect-error no such attribute
    Doc.update(id, { apply: (o, { set }) => [set(o.address.town, 'x')] })
    // @ts-expect-error one action is no list
    Doc.update(id, { apply: (o, { set }) => set(o.title, 'x') })
    // @ts-expect-error a computation is no action
    Doc.update(id, { apply: (o, { plus }) => [plus(o.pages, 1)] })
  })
})
