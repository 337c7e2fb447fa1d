// A table and an entity whose values are unique: alone, within a scope, and optional.
import { entity, table } from '@keyloom/core'
import * as z from 'zod'

export const people = table('people', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
})

export const User = entity('User', {
  table: people,
  schema: z.object({
    userId: z.string(),
    tenantId: z.string(),
    email: z.string(),
    handle: z.string().optional(),
    profile: z.object({ phone: z.string().optional(), bio: z.string().optional() }).optional(),
    name: z.string().optional(),
  }),
  storedAs: { handle: 'h' },
  key: { partitionKey: 'USER#{userId}', sortKey: 'USER' },
  indexes: { byTenant: { index: 'gsi1', partitionKey: 'TENANT#{tenantId}', sortKey: '{userId}' } },
  unique: { email: '{email:lower}', handle: '{tenantId}#{handle}', phone: '{profile.phone}' },
})

export const sessions = table('sessions', { partitionKey: 'pk', sortKey: 'sk', expiresAt: 'ttl' })

/** Its values are unique while it lasts. */
export const Session = entity('Session', {
  table: sessions,
  schema: z.object({ id: z.string(), code: z.string(), alias: z.string().optional(), note: z.string().optional() }),
  key: { partitionKey: 'SESSION#{id}', sortKey: 'SESSION' },
  version: 'version',
  expiresAt: { attribute: 'ttl', read: 'hide' },
  unique: { code: '{code}', alias: '{alias}' },
})

export const user = { userId: 'u-1', tenantId: 't-1', email: 'Ann@example.org' }
