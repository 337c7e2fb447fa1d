// An entity with every kind of attribute that a condition or an update can name.
import { codec, entity, table } from '@keyloom/core'
import * as z from 'zod'

export const library = table('library', { partitionKey: 'pk' })

export const Doc = entity('Doc', {
  table: library,
  schema: z.object({
    id: z.string(),
    title: z.string(),
    subtitle: z.string().nullable(),
    note: z.string().optional(),
    pages: z.number(),
    limit: z.number(),
    copies: z.bigint().optional(),
    rating: z.number().positive().optional(),
    draft: z.boolean(),
    at: codec.date(),
    cover: codec.bytes(),
    tags: z.set(z.string()).optional(),
    numbers: z.set(z.number()).optional(),
    days: z.set(codec.date()).optional(),
    lines: z.array(z.object({ sku: z.string(), quantity: z.number(), on: codec.date().optional() })),
    log: z.array(z.string()).optional(),
    pair: z.tuple([z.string(), z.number()]),
    address: z.object({
      city: z.string(),
      zip: z.string().optional(),
      geo: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
    }),
    home: z.object({ city: z.string(), zip: z.string().optional() }).optional(),
    spot: z.object({ geo: z.object({ latitude: z.number(), longitude: z.number() }) }),
    counters: z.record(z.string(), z.number()),
    people: z.record(z.string(), z.object({ name: z.string(), age: z.number().optional() })),
    anything: z.unknown(),
    '#x': z.string().optional(),
    'a.b': z.string().optional(),
    ['constructor']: z.string().optional(),
  }),
  key: { partitionKey: 'DOC#{id}' },
  // The types ask for `constructor` too, which every object has.
  storedAs: { note: 'n', home: 'h', constructor: 'constructor' },
})

export const id = { id: 'd-1' }
export const at: Date = new Date('2026-02-16T10:00:00.000Z')

export const doc = {
  id: 'd-1',
  title: 'Paths',
  subtitle: null,
  pages: 12,
  limit: 20,
  copies: 3n,
  draft: false,
  at,
  cover: new Uint8Array([1, 2, 3]),
  tags: new Set(['x', 'y']),
  numbers: new Set([1, 2]),
  days: new Set([at]),
  lines: [
    { sku: 'a', quantity: 1, on: at },
    { sku: 'b', quantity: 2 },
  ],
  pair: ['p', 7] as [string, number],
  address: { city: 'Köln', zip: '50667' },
  spot: { geo: { latitude: 0, longitude: 2 } },
  counters: { 'a.b': 1, '#x': 2, constructor: 3, plain: 5 },
  people: { ada: { name: 'Ada', age: 36 } },
  anything: { deep: ['x', { y: 1 }] },
  'a.b': 'dotted',
  '#x': 'hash',
  constructor: 'made',
}
