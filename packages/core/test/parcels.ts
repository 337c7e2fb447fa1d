// A table whose indexes hold parts of rows, and an entity with parts of every kind.
import { codec, entity, table } from '@keyloom/core'
import * as z from 'zod'

export const depot = table('depot', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    keys: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk', projection: 'keys' },
    some: { partitionKey: 'gsi2pk', sortKey: 'weight_', projection: ['_entity', 's', 'note'] },
    near: { sortKey: { name: 'ordinal', type: 'number' }, projection: 'keys' },
  },
})

export const Parcel = entity('Parcel', {
  table: depot,
  schema: z.object({
    ownerId: z.string(),
    parcelId: z.string(),
    state: z.enum(['open', 'sent']),
    ordinal: z.number(),
    weight: z.int().min(0),
    note: z.string().optional(),
    hub: z.string(),
    secret: z.string().optional(),
    labels: z.set(z.string()),
    address: z.object({ city: z.string(), zip: z.string().optional() }),
    sender: z.object({ name: z.string().optional(), mail: z.string().optional() }).optional(),
    lines: z.array(z.object({ sku: z.string(), note: z.string().optional() })).default([{ sku: 'none' }]),
    stops: z.array(z.object({ at: codec.date(), note: z.string().optional() })),
    marks: z.record(z.string(), z.number()),
    size: z.union([z.object({ width: z.number(), depth: z.number() }), z.string()]),
  }),
  key: { partitionKey: 'OWNER#{ownerId}', sortKey: 'PARCEL#{parcelId}' },
  indexes: {
    byState: { index: 'keys', partitionKey: 'STATE#{state}', sortKey: '{hub:lower}#{parcelId}' },
    byHub: { index: 'some', partitionKey: 'HUB#{hub:lower}', sortKey: '{weight:05}' },
    byOrdinal: { index: 'near', sortKey: '{ordinal}' },
  },
  storedAs: { state: 's', hub: 'h' },
  keyOnly: ['parcelId'],
})

export const parcel = {
  ownerId: 'o-1',
  parcelId: 'p-1',
  state: 'open' as const,
  ordinal: 1,
  weight: 12,
  note: 'fragile',
  hub: 'Köln',
  secret: 'x',
  labels: new Set(['a']),
  address: { city: 'Bonn', zip: '53111' },
  sender: { name: 'Ann' },
  lines: [{ sku: 'a', note: 'n' }, { sku: 'b' }],
  stops: [{ at: new Date(0), note: 'first' }, { at: new Date(1) }, { at: new Date(2) }],
  marks: { 'a.b': 1, c: 2 },
  size: { width: 1, depth: 2 },
}

export const parcelKey = { ownerId: 'o-1', parcelId: 'p-1' }
