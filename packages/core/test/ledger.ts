// A table and entities for what faults do to writes: numbers that count, ids made for each write.
import { entity, table, ulid } from '@keyloom/core'
import * as z from 'zod'

export const ledger = table('ledger', { partitionKey: 'pk', sortKey: 'sk' })

/** Counts up, or collects what was written to it. */
export const Counter = entity('Counter', {
  table: ledger,
  schema: z.object({
    name: z.string(),
    count: z.number().default(0),
    last: z.string().optional(),
    writes: z.set(z.string()).optional(),
  }),
  key: { partitionKey: 'COUNTER#{name}', sortKey: 'COUNTER' },
})

/** Has an id that its default makes, and that its key holds. */
export const Receipt = entity('Receipt', {
  table: ledger,
  schema: z.object({ receiptId: z.string().default(ulid), account: z.string(), amount: z.number() }),
  key: { partitionKey: 'ACCOUNT#{account}', sortKey: 'RECEIPT#{receiptId}' },
})

/** Has a key of its users' choice, and an id beside it that its default makes. */
export const Account = entity('Account', {
  table: ledger,
  schema: z.object({
    name: z.string(),
    claimId: z.string().default(() => crypto.randomUUID()),
    plan: z.string().default('00000000-0000-4000-8000-000000000000'),
    owner: z.string(),
  }),
  key: { partitionKey: 'NAME#{name}', sortKey: 'NAME' },
})
