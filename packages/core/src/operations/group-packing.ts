// Packs groups of writes into few transactions, without splitting one and without changing what happens to an item after what.
import { mostBytes, mostItems, type TransactionPart } from './transaction.js'

/** Writes that happen together or not at all. */
export interface Group {
  /** Its place in the input. */
  readonly position: number
  readonly parts: readonly TransactionPart[]
}

interface Open {
  readonly groups: Group[]
  count: number
  size: number
}

/** The groups of each transaction: the first that has room, but none before another group that touches one of its items. */
export function packGroups(groups: readonly Group[]): readonly (readonly Group[])[] {
  const transactions: Open[] = []
  const lastOf = new Map<string, number>()
  for (const group of groups) {
    const identities = group.parts.flatMap((part) => part.identities)
    const count = group.parts.reduce((sum, { items }) => sum + items.length, 0)
    const size = group.parts.reduce((sum, part) => sum + part.size, 0)
    let at = Math.max(-1, ...identities.map((identity) => lastOf.get(identity) ?? -1)) + 1
    for (; at < transactions.length; at++) {
      const open = transactions[at]
      if (open !== undefined && open.count + count <= mostItems && open.size + size <= mostBytes) break
    }
    const open = (transactions[at] ??= { groups: [], count: 0, size: 0 })
    open.groups.push(group)
    open.count += count
    open.size += size
    for (const identity of identities) lastOf.set(identity, at)
  }
  return transactions.map((open) => open.groups)
}
