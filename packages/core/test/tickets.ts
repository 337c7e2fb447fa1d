// An entity with every managed attribute, for the tests of writes.
import { codec, entity, table } from '@keyloom/core'
import * as z from 'zod'

export const desk = table('desk', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
  expiresAt: 'ttl',
})

export const Ticket = entity('Ticket', {
  table: desk,
  schema: z.object({
    ticketId: z.string(),
    status: z.enum(['open', 'closed']).default('open'),
    priority: z.number().default(3),
    visits: z.number().optional(),
    note: z.string().optional(),
    ttl: codec.epochSeconds().optional(),
  }),
  key: { partitionKey: 'TICKET#{ticketId}', sortKey: 'TICKET' },
  indexes: { byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}', sortKey: '{updatedAt}' } },
  constants: { schema: '1' },
  version: 'version',
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
  nonce: 'nonce',
  expiresAt: { attribute: 'ttl', read: 'hide' },
})

export const first = new Date('2026-02-16T10:00:00.000Z')
export const second = new Date('2026-02-16T11:00:00.500Z')

/** What `Ticket.put({ ticketId: 't-1' })` stores at the first time. */
export const ticketRow = {
  pk: { S: 'TICKET#t-1' },
  sk: { S: 'TICKET' },
  gsi1pk: { S: 'STATUS#open' },
  gsi1sk: { S: first.toISOString() },
  _entity: { S: 'Ticket' },
  schema: { S: '1' },
  ticketId: { S: 't-1' },
  status: { S: 'open' },
  priority: { N: '3' },
  version: { N: '1' },
  createdAt: { S: first.toISOString() },
  updatedAt: { S: first.toISOString() },
  nonce: { S: 'n-1' },
}
