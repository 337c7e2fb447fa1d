// The table and what is in it: users, repositories, issues, comments, stars.
import { codec, entity, type Item, table, ulid } from '@keyloom/core'
import * as z from 'zod'

export const tracker = table('tracker', {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
})

export const User = entity('User', {
  table: tracker,
  schema: z.object({ username: z.string(), fullName: z.string() }),
  key: { partitionKey: 'USER#{username:lower}', sortKey: 'USER' },
  // With the user's repositories and stars in one partition of the index: the account page is one request.
  indexes: { byAccount: { index: 'gsi1', partitionKey: 'ACCOUNT#{username:lower}', sortKey: 'ACCOUNT' } },
})
export type User = Item<typeof User>

export const Repo = entity('Repo', {
  table: tracker,
  schema: z.object({
    owner: z.string(),
    name: z.string(),
    stars: z.int().default(0),
    /** The number of the newest issue. */
    lastNumber: z.int().default(0),
  }),
  // INFO sorts before ISSUE, and ISSUE before STAR: a page of a repository is a range of its partition.
  key: { partitionKey: 'REPO#{owner:lower}#{name:lower}', sortKey: 'INFO' },
  indexes: { byAccount: { index: 'gsi1', partitionKey: 'ACCOUNT#{owner:lower}', sortKey: 'REPO#{name:lower}' } },
})
export type Repo = Item<typeof Repo>

export const Issue = entity('Issue', {
  table: tracker,
  schema: z.object({
    owner: z.string(),
    name: z.string(),
    number: z.int(),
    title: z.string(),
    author: z.string(),
    state: z.enum(['open', 'closed']).default('open'),
    comments: z.int().default(0),
  }),
  // The newest first, though DynamoDB reads upwards: after the repository come its newest issues.
  key: { partitionKey: 'REPO#{owner:lower}#{name:lower}', sortKey: 'ISSUE#{number:-08}' },
  indexes: {
    byState: { index: 'gsi1', partitionKey: 'ISSUES#{owner:lower}#{name:lower}#{state}', sortKey: '{number:-08}' },
  },
})
export type Issue = Item<typeof Issue>

export const Comment = entity('Comment', {
  table: tracker,
  schema: z.object({
    owner: z.string(),
    name: z.string(),
    number: z.int(),
    commentId: z.string().default(() => ulid()),
    author: z.string(),
    text: z.string(),
  }),
  key: { partitionKey: 'ISSUE#{owner:lower}#{name:lower}#{number:08}', sortKey: 'COMMENT#{commentId}' },
})
export type Comment = Item<typeof Comment>

/** Read from both sides: who starred a repository, and what somebody starred. */
export const Star = entity('Star', {
  table: tracker,
  schema: z.object({ owner: z.string(), name: z.string(), username: z.string(), starredAt: codec.date() }),
  key: { partitionKey: 'REPO#{owner:lower}#{name:lower}', sortKey: 'STAR#{username:lower}' },
  indexes: {
    byAccount: {
      index: 'gsi1',
      partitionKey: 'ACCOUNT#{username:lower}',
      sortKey: 'STAR#{starredAt}#{owner:lower}#{name:lower}',
    },
  },
})
export type Star = Item<typeof Star>
