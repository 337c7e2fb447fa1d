// Sessions of signed-in users: gone when their time is over, longer as long as they are used, all ended at once on demand.
import { createHash, randomBytes } from 'node:crypto'
import { codec, type Db, entity, isError, type Item, table } from '@keyloom/core'
import * as z from 'zod'

export const web = table('web', {
  partitionKey: 'pk',
  indexes: { gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk' } },
  expiresAt: 'expiresAt',
})

export const Session = entity('Session', {
  table: web,
  schema: z.object({
    sessionId: z.string(),
    userId: z.string(),
    device: z.string(),
    startedAt: codec.date(),
    expiresAt: codec.epochSeconds(),
  }),
  key: { partitionKey: 'SESSION#{sessionId}' },
  indexes: { byUser: { index: 'gsi1', partitionKey: 'USER#{userId}', sortKey: 'SESSION#{startedAt}#{sessionId}' } },
  // DynamoDB takes its time, up to days, to delete what has expired. Until then it counts as gone.
  expiresAt: { attribute: 'expiresAt', read: 'hide' },
})
export type Session = Item<typeof Session>

const minute = 60_000
/** A session ends when it was not used for so long, */
export const idle = 30 * minute
/** and after so long in any case. */
export const longest = 12 * 60 * minute

/** Gives sessions by their tokens. The clock is the connection's too. */
export function sessionsOf(db: Db, clock: () => number) {
  const sessions = db.for(Session)
  const endOf = (startedAt: number) => new Date(Math.min(clock() + idle, startedAt + longest))
  return {
    /** Starts a session, and gives the token that stands for it. What is stored doesn't tell the token. */
    async signIn(userId: string, device: string): Promise<string> {
      const token = randomBytes(32).toString('base64url')
      const startedAt = clock()
      await sessions.create({
        sessionId: idOf(token),
        userId,
        device,
        startedAt: new Date(startedAt),
        expiresAt: endOf(startedAt),
      })
      return token
    },

    /** The session of a token, with more time from now on; `undefined` if it has ended. */
    async use(token: string): Promise<Session | undefined> {
      const session = await sessions.get({ sessionId: idOf(token) }, { consistent: true })
      if (session === undefined) return undefined
      const expiresAt = endOf(session.startedAt.getTime())
      // A write for each request would cost more than it is worth.
      if (expiresAt.getTime() - session.expiresAt.getTime() < minute) return session
      try {
        return await sessions.update(session, { set: { expiresAt }, returning: 'new' })
      } catch (error) {
        // It was ended between the two requests: an update never brings anything back.
        if (isError(error, 'condition-failed') && error.reason === 'not-found') return undefined
        throw error
      }
    },

    /** The sessions of a user, newest first, for a list of devices. */
    list: (userId: string) => sessions.query.byUser({ userId }, { reverse: true }),

    signOut: (token: string) => sessions.delete({ sessionId: idOf(token) }),

    /** Ends all sessions of a user, and says how many there were. */
    async signOutEverywhere(userId: string): Promise<number> {
      const all = await sessions.query.byUser({ userId }).all()
      await db.batchWrite(
        all.map((session) => Session.delete(session)),
        // What is deleted stays deleted: repeating that does no harm.
        { repeatUnknown: true },
      )
      return all.length
    },
  }
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
