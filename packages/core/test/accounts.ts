// Entities that have the partitions of a table and of an overloaded index in common.
import { codec, collection, entity, table } from '@keyloom/core'
import * as z from 'zod'

export const forge = table('forge', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: {
    gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    gsi2: { partitionKey: 'gsi2pk', projection: 'keys' },
  },
})

export const User = entity('User', {
  table: forge,
  schema: z.object({ username: z.string(), plan: z.enum(['free', 'paid']) }),
  key: { partitionKey: 'ACCOUNT#{username}', sortKey: '#ACCOUNT' },
  indexes: { byAccount: { index: 'gsi1', partitionKey: 'ACCOUNT#{username}', sortKey: 'A' } },
})

export const Repo = entity('Repo', {
  table: forge,
  schema: z.object({ owner: z.string(), name: z.string(), stars: z.int().min(0), updatedAt: codec.date() }),
  key: { partitionKey: 'ACCOUNT#{owner}', sortKey: 'REPO#{name}' },
  indexes: { byActivity: { index: 'gsi1', partitionKey: 'ACCOUNT#{owner}', sortKey: 'U#{updatedAt}' } },
})

export const Star = entity('Star', {
  table: forge,
  schema: z.object({ username: z.string(), repo: z.string() }),
  key: { partitionKey: 'ACCOUNT#{username}', sortKey: 'STAR#{repo}' },
})

export const Ghost = entity('Ghost', {
  table: forge,
  schema: z.object({ username: z.string(), id: z.string() }),
  key: { partitionKey: 'ACCOUNT#{username}', sortKey: 'GHOST#{id}' },
  indexes: { byAccount: { index: 'gsi1', partitionKey: 'ACCOUNT#{username}', sortKey: 'G#{id}' } },
})

export const account = collection({ User, Repo, Star })
export const activity = collection({ User, Repository: Repo }, { index: 'gsi1' })
