// Accounts and their money: transfers together or not at all, e-mails that are unique, changes that don't overwrite each other.
import { type Db, entity, type Input, type Item, isError, table, ulid } from '@keyloom/core'
import * as z from 'zod'

export const bank = table('bank', { partitionKey: 'pk', sortKey: 'sk' })

/** Money is whole cents: numbers with a fraction don't add up. */
const cents = z.int()

export const Account = entity('Account', {
  table: bank,
  schema: z.object({ accountId: z.string().default(() => ulid()), email: z.string(), balance: cents.default(0) }),
  key: { partitionKey: 'ACCOUNT#{accountId}', sortKey: 'ACCOUNT' },
  unique: { email: '{email:lower}' },
  version: 'version',
})
export type Account = Item<typeof Account>

/** A line of an account's statement. The id sorts by the time it was made. */
export const Entry = entity('Entry', {
  table: bank,
  schema: z.object({ accountId: z.string(), transferId: z.string(), amount: cents, other: z.string() }),
  key: { partitionKey: 'ACCOUNT#{accountId}', sortKey: 'ENTRY#{transferId}' },
})
export type Entry = Item<typeof Entry>

/** What several people may edit at once. */
export const Settings = entity('Settings', {
  table: bank,
  schema: z.object({ accountId: z.string(), language: z.string(), alerts: z.boolean() }),
  key: { partitionKey: 'ACCOUNT#{accountId}', sortKey: 'SETTINGS' },
  version: 'version',
})
export type Settings = Item<typeof Settings>

/** What a transfer came to. */
export type Outcome = 'done' | 'too little money' | 'no such account'

export interface Transfer {
  /** Made by the caller, once for a transfer: the same transfer under the same id happens once. */
  readonly transferId: string
  readonly from: string
  readonly to: string
  readonly amount: number
}

export function accountsOf(db: Db) {
  const accounts = db.for(Account)
  const entries = db.for(Entry)
  const settings = db.for(Settings)
  return {
    /** Opens an account. An e-mail that somebody has, in whatever spelling, is refused. */
    open: (email: string) => accounts.create({ email }),

    get: (accountId: string) => accounts.get({ accountId }, { consistent: true }),

    /** Changes the e-mail of an account as it was read: the old one is free from then on. */
    changeEmail: (account: Account, email: string) => accounts.update(account, { set: { email }, given: account }),

    /**
     * Adds money that came in, once for each receipt, whatever becomes of the answer and however often it is called within ten
     * minutes. Tokens are of the whole AWS account, so a receipt is an id that nothing else has.
     */
    deposit: (accountId: string, amount: number, receipt: string) =>
      accounts.update({ accountId }, { add: { balance: amount }, once: { token: receipt } }),

    /** Moves money: two balances and two lines of statements, all of them or none. */
    async transfer({ transferId, from, to, amount }: Transfer): Promise<Outcome> {
      if (amount <= 0) throw new RangeError('a transfer moves money, and from the one who has it')
      try {
        await db.transactWrite(
          {
            debit: Account.update(
              { accountId: from },
              { add: { balance: -amount }, condition: (account, { gte }) => gte(account.balance, amount) },
            ),
            credit: Account.update({ accountId: to }, { add: { balance: amount } }),
            paid: Entry.create({ accountId: from, transferId, amount: -amount, other: to }),
            received: Entry.create({ accountId: to, transferId, amount, other: from }),
          },
          { token: transferId },
        )
        return 'done'
      } catch (error) {
        if (!isError(error, 'transaction-canceled')) throw error
        const { debit, credit, paid } = error.reasons
        // DynamoDB knows a token for ten minutes. After that the entry says that it is done.
        if (paid?.reason === 'already-exists') return 'done'
        if (debit?.reason === 'condition') return 'too little money'
        if (debit?.reason === 'not-found' || credit?.reason === 'not-found') return 'no such account'
        throw error
      }
    },

    /** The statement, newest first. */
    statement: (accountId: string) => entries.query({ accountId }, { reverse: true }),

    /** What a form shows. */
    settings: (accountId: string) => settings.get({ accountId }, { consistent: true }),

    /** Saves settings: new ones, or those that were read, changed. Who read them before somebody else's change is told so. */
    async saveSettings(changed: Input<typeof Settings>): Promise<Saved> {
      try {
        return { saved: await settings.put(changed) }
      } catch (error) {
        if (!isError(error, 'condition-failed') || error.reason !== 'version') throw error
        // The error has what is stored now, so that nothing needs to be read to show it.
        return { current: error.itemOf(Settings) }
      }
    },
  }
}

export type Saved = { readonly saved: Settings } | { readonly current: Settings | undefined }
