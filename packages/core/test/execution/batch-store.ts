// A client that keeps the items of batches in memory, leaves of them what a test says, and fails where it says so.
import type { StubClient } from '../stub-client.js'
import { stubClient } from '../stub-client.js'

type Row = Record<string, { S?: string }>
type Write = { readonly PutRequest?: { readonly Item: Row }; readonly DeleteRequest?: { readonly Key: Row } }
type Reads = { readonly Keys: readonly Row[] }

export interface BatchStore {
  readonly client: StubClient
  readonly rows: Map<string, Row>
  /** Whether an item is left unprocessed this time. */
  leave: (identity: string) => boolean
  /** May throw: first before anything is written, then after all is. */
  fault: (written: boolean) => void
  mostInFlight: number
  has(name: string): boolean
}

export function batchStore(): BatchStore {
  let inFlight = 0
  const identityOf = (table: string, { pk, sk }: Row) => JSON.stringify([table, pk?.S, sk?.S])
  const store: BatchStore = {
    rows: new Map(),
    leave: () => false,
    fault: () => undefined,
    mostInFlight: 0,
    has: (name) => store.rows.has(JSON.stringify(['ledger-1', `COUNTER#${name}`, 'COUNTER'])),
    client: stubClient(async ({ operation, input }) => {
      store.mostInFlight = Math.max(store.mostInFlight, ++inFlight)
      await Promise.resolve()
      inFlight--
      store.fault(false)
      const answer =
        operation === 'BatchWriteItem'
          ? write(input['RequestItems'] as Record<string, Write[]>)
          : read(input['RequestItems'] as Record<string, Reads>)
      store.fault(true)
      return answer
    }),
  }
  const write = (tables: Record<string, Write[]>) => {
    const left: Record<string, Write[]> = {}
    for (const [table, writes] of Object.entries(tables))
      for (const one of writes) {
        const identity = identityOf(table, one.PutRequest?.Item ?? one.DeleteRequest?.Key ?? {})
        if (store.leave(identity)) (left[table] ??= []).push(one)
        else if (one.PutRequest === undefined) store.rows.delete(identity)
        else store.rows.set(identity, one.PutRequest.Item)
      }
    return { UnprocessedItems: left }
  }
  const read = (tables: Record<string, Reads>) => {
    const left: Record<string, { Keys: Row[] }> = {}
    const found: Record<string, Row[]> = {}
    for (const [table, { Keys }] of Object.entries(tables))
      for (const key of Keys) {
        const identity = identityOf(table, key)
        const row = store.rows.get(identity)
        if (store.leave(identity)) (left[table] ??= { Keys: [] }).Keys.push(key)
        else if (row !== undefined) (found[table] ??= []).push(row)
      }
    // In another order than they were asked for.
    return {
      Responses: Object.fromEntries(Object.entries(found).map(([t, rows]) => [t, rows.toReversed()])),
      UnprocessedKeys: left,
    }
  }
  return store
}
