// What several clients see of one item, with faults on the wire, is what one after the other would see.
import { connect, isError } from '@keyloom/core'
import { createTableInput } from '@keyloom/core/infra'
import { faultHandler } from '@keyloom/testing'
import { test } from '@keyloom/testing/vitest'
import { expect } from 'vitest'
import { Counter, ledger } from '../ledger.js'
import { type Behaviour, type Call, isLinearizable } from '../linearizable.js'
import { randomFrom } from '../random.js'

/** `KEYLOOM_LINEAR_KEYS=200 KEYLOOM_FAULT_SEEDS=6` is the long run. */
const keys = Number(process.env['KEYLOOM_LINEAR_KEYS'] ?? 20)
const seeds = Number(process.env['KEYLOOM_FAULT_SEEDS'] ?? 1)
const firstSeed = Number(process.env['KEYLOOM_SEED'] ?? 1)
const clients = 8
const operations = 20
const rate = 0.1

/** What was done, and what was answered. */
type Op =
  | { readonly kind: 'read'; readonly text: string | undefined; readonly count: number }
  | { readonly kind: 'put'; readonly text: string }
  | { readonly kind: 'swap'; readonly from: string | undefined; readonly to: string }
  | { readonly kind: 'refused'; readonly from: string | undefined; readonly text: string | undefined }
  | { readonly kind: 'add' }

interface State {
  readonly text: string | undefined
  readonly count: number
}

const behave: Behaviour<State, Op> = (state, op) => {
  switch (op.kind) {
    case 'read':
      return op.text === state.text && op.count === state.count ? { state } : undefined
    case 'put':
      return { state: { text: op.text, count: 0 } }
    case 'swap':
      return op.from === state.text ? { state: { ...state, text: op.to } } : undefined
    case 'refused':
      return op.text === state.text && op.from !== state.text ? { state } : undefined
    case 'add':
      return { state: { ...state, count: state.count + 1 } }
  }
}

test.for(Array.from({ length: seeds }, (_, index) => firstSeed + index))(
  `${keys} items, ${clients} clients, ${operations} operations each, seed %i`,
  { timeout: 3_600_000 },
  async (seed, { dynamodb }) => {
    const name = await dynamodb.createTable(createTableInput(ledger, { tableName: 'ledger' }))
    const requestHandler = faultHandler(dynamodb.createClient().config.requestHandler, { seed, rate, delay: 2 })
    const db = connect({
      client: dynamodb.createClient({ requestHandler }),
      tables: { ledger: name },
      retry: { budget: 1_000_000, baseDelay: 1, maxDelay: 8 },
    })
    const calm = connect({ client: dynamodb.client, tables: { ledger: name } })
    const counters = db.for(Counter)
    const random = randomFrom(seed)
    let written = 0

    async function step(key: { name: string }, seen: State): Promise<Call<Op>> {
      const began = performance.now()
      const ended = (op: Op): Call<Op> => ({ op, began, ended: performance.now() })
      const lost = (op: Op): Call<Op> => ({ op, began, ended: Infinity })
      const text = `t-${written++}`
      const dice = random()
      if (dice < 0.3) {
        const item = await counters.get(key, { consistent: true })
        return ended({ kind: 'read', text: item?.last, count: item?.count ?? 0 })
      }
      const from = seen.text
      const [op, write]: [Op, () => Promise<unknown>] =
        dice < 0.5
          ? [{ kind: 'put', text }, () => counters.put({ ...key, last: text })]
          : dice < 0.75
            ? [
                { kind: 'swap', from, to: text },
                () =>
                  counters.update(key, {
                    set: { last: text },
                    condition: (o, { eq, notExists }) => (from === undefined ? notExists(o.last) : eq(o.last, from)),
                  }),
              ]
            : [{ kind: 'add' }, () => counters.update(key, { add: { count: 1 }, ...(dice < 0.85 && { once: true }) })]
      try {
        await write()
        return ended(op)
      } catch (error) {
        if (isError(error, 'ambiguous-write')) return lost(op)
        if (isError(error, 'condition-failed') && error.outcome === 'not-applied')
          return ended({ kind: 'refused', from, text: (error.item as { last?: string }).last })
        throw error
      }
    }

    const histories = await Promise.all(
      Array.from({ length: keys }, async (_, index) => {
        const key = { name: `k-${index}` }
        await calm.for(Counter).put(key)
        const history: Call<Op>[] = []
        await Promise.all(
          Array.from({ length: clients }, async () => {
            let seen: State = { text: undefined, count: 0 }
            for (let count = 0; count < operations; count++) {
              const call = await step(key, seen)
              history.push(call)
              if (call.op.kind === 'read') seen = call.op
              if (call.op.kind === 'refused') seen = { ...seen, text: call.op.text }
              if (call.op.kind === 'put') seen = { ...seen, text: call.op.text }
              if (call.op.kind === 'swap') seen = { ...seen, text: call.op.to }
            }
          }),
        )
        return history
      }),
    )
    await requestHandler.settle()
    const initial: State = { text: undefined, count: 0 }
    const verdicts = histories.map((history) => ({ history, verdict: isLinearizable(history, initial, behave) }))
    const unknown = verdicts.flatMap(({ history }) => history).filter(({ ended }) => ended === Infinity).length
    const kinds = verdicts.flatMap(({ history }) => history).map(({ op }) => op.kind)
    const figures = {
      linearizable: verdicts.filter(({ verdict }) => verdict === true).length,
      not: verdicts.filter(({ verdict }) => verdict === false).length,
      undecided: verdicts.filter(({ verdict }) => verdict === undefined).length,
      operations: kinds.length,
      unknown,
      refused: kinds.filter((kind) => kind === 'refused').length,
    }
    console.info(
      `[figures] linearizability on ${dynamodb.engine}: ${keys} items, ${clients} clients, ${rate * 100} % faults, seed ${seed}:`,
      JSON.stringify(figures),
    )
    expect(figures).toMatchObject({ linearizable: keys, not: 0, undecided: 0 })
    expect(unknown).toBeGreaterThan(0)
  },
)
