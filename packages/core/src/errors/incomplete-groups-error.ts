// The error of groups of writes that were not all carried out.
import { KeyloomError, type Outcome } from './keyloom-error.js'

/** What became of one group, and why. */
export interface GroupReport {
  readonly outcome: Outcome
  /** What its verbs return, where it was applied. */
  readonly results: unknown
  /** Why it was not, or what is unknown of it; `undefined` where it was never sent, because an earlier failure ended the call. */
  readonly error: unknown
}

/** Not all groups of `transactGroups` were carried out; each was as a whole or not at all. */
export class IncompleteGroupsError extends KeyloomError {
  readonly code = 'incomplete-groups'
  override readonly name = 'IncompleteGroupsError'
  // Private, so that inspect doesn't show them: they hold values.
  readonly #reports: readonly GroupReport[]
  constructor(
    readonly operation: string,
    reports: readonly GroupReport[],
  ) {
    super(`${operation}: ${counted(reports)}. See \`error.reports\`.`)
    this.#reports = reports
  }
  /** What became of each group, in the order of the input. */
  get reports(): readonly GroupReport[] {
    return this.#reports
  }
}

function counted(reports: readonly GroupReport[]): string {
  const count = (wanted: Outcome): number => reports.filter(({ outcome }) => outcome === wanted).length
  const left = `${count('unknown')} unknown and ${count('not-applied')} not applied`
  return `of ${reports.length} groups ${count('applied')} are applied, ${left}`
}
