// What the tracker does with its table: numbers, pages that mix kinds of items, stars.
import { collection, type Db, isError, lt } from '@keyloom/core'
import { Comment, Issue, Repo, Star, User } from './entities.js'

/** What names a repository. */
export interface RepoKey {
  readonly owner: string
  readonly name: string
}

/** What names an issue. */
export interface IssueKey extends RepoKey {
  readonly number: number
}

const repoPage = collection({ Repo, Issue })
const account = collection({ User, Repo, Star }, { index: 'gsi1' })

export function trackerOf(db: Db) {
  const users = db.for(User)
  const repos = db.for(Repo)
  const issues = db.for(Issue)
  const comments = db.for(Comment)
  const stars = db.for(Star)
  return {
    join: (username: string, fullName: string) => users.create({ username, fullName }),
    createRepo: (repo: RepoKey) => repos.create(repo),

    /** Opens an issue under the next number. If that fails half-way a number is left out, and none is given twice. */
    async open({ owner, name }: RepoKey, issue: { readonly title: string; readonly author: string }): Promise<Issue> {
      const { lastNumber } = await repos.update({ owner, name }, { add: { lastNumber: 1 }, returning: 'new' })
      return issues.create({ ...issue, owner, name, number: lastNumber })
    },

    /** Closes an open issue: it moves to another partition of the index. */
    close: (issue: IssueKey) =>
      issues.update(issue, { set: { state: 'closed' }, condition: (i, { eq }) => eq(i.state, 'open') }),

    /** A repository with its newest issues: one request for both. */
    async page({ owner, name }: RepoKey, take = 10): Promise<{ repo: Repo | undefined; issues: Issue[] }> {
      const query = repoPage.query({ owner, name }, { to: Issue.at({ owner, name }) })
      const found = await db.groups(query, { take: take + 1 })
      return { repo: found.Repo[0], issues: found.Issue }
    },

    /** Issues below a number, newest first. */
    issuesBelow: ({ owner, name, number }: IssueKey) => issues.query({ owner, name, number: lt(number) }),

    /** Open or closed issues, newest first. */
    issuesIn: ({ owner, name }: RepoKey, state: Issue['state']) => issues.query.byState({ owner, name, state }),

    /** Adds a comment and counts it, together or not at all. */
    async comment({ owner, name, number }: IssueKey, author: string, text: string): Promise<Comment> {
      const { made } = await db.transactWrite({
        made: Comment.create({ owner, name, number, author, text }),
        count: Issue.update({ owner, name, number }, { add: { comments: 1 } }),
      })
      return made
    },

    /** The comments of an issue, oldest first. */
    comments: ({ owner, name, number }: IssueKey) => comments.query({ owner, name, number }),

    /** Stars a repository, and says whether it was not starred before. */
    star: ({ owner, name }: RepoKey, username: string, starredAt: Date) =>
      unless('already-exists', () =>
        db.transactWrite({
          star: Star.create({ owner, name, username, starredAt }),
          count: Repo.update({ owner, name }, { add: { stars: 1 } }),
        }),
      ),

    /** Takes a star back, and says whether there was one. */
    unstar: ({ owner, name }: RepoKey, username: string) =>
      unless('not-found', () =>
        db.transactWrite({
          star: Star.delete({ owner, name, username }, { condition: (star, { exists }) => exists(star) }),
          count: Repo.update({ owner, name }, { add: { stars: -1 } }),
        }),
      ),

    /** Who starred a repository, by name. */
    stargazers: ({ owner, name }: RepoKey) => stars.query({ owner, name }),

    /** What somebody starred, the latest first. */
    starredBy: (username: string) => stars.query.byAccount({ username }, { reverse: true }),

    /** A user with all repositories and stars: three kinds of items, one request. */
    account: (username: string) => db.groups(account.query({ username })),
  }
}

// Whether the transaction was made, or its star was refused for this reason.
async function unless(reason: 'already-exists' | 'not-found', transaction: () => Promise<unknown>): Promise<boolean> {
  try {
    await transaction()
    return true
  } catch (error) {
    if (isError(error, 'transaction-canceled') && error.reasons['star']?.reason === reason) return false
    throw error
  }
}
