// Whether a history of operations on one object can be put in an order that explains all answers: Wing and Gong's search, with Lowe's
// memory of where it has been.

/** One operation of a history. */
export interface Call<Op> {
  readonly op: Op
  /** When it began, and when its answer came; an answer that was lost never came, and what it would have said doesn't count. */
  readonly began: number
  readonly ended: number
}

/** How an object behaves: the state after an operation; `undefined` where the operation can't have answered as it did. */
export type Behaviour<State, Op> = (state: State, op: Op) => { readonly state: State } | undefined

const mostSteps = 1_000_000

/**
 * `undefined` where the search was given up. An operation whose answer was lost (`ended: Infinity`) may take effect at any time after
 * it began, or never.
 */
export function isLinearizable<State, Op>(
  history: readonly Call<Op>[],
  initial: State,
  behave: Behaviour<State, Op>,
): boolean | undefined {
  const calls = [...history].sort((a, b) => a.began - b.began)
  const bits = calls.map((_, index) => 1n << BigInt(index))
  const seen = new Set<string>()
  const stack: { readonly done: bigint; readonly state: State }[] = [{ done: 0n, state: initial }]
  for (let steps = 0; steps < mostSteps; steps++) {
    const place = stack.pop()
    if (place === undefined) return false
    // Whatever comes next began before the earliest end of those that are left.
    let horizon = Infinity
    for (const [index, { ended }] of calls.entries())
      if (ended < horizon && (place.done & bits[index]!) === 0n) horizon = ended
    if (horizon === Infinity) return true
    const next: { readonly done: bigint; readonly state: State; readonly ended: number }[] = []
    for (const [index, { op, began, ended }] of calls.entries()) {
      if (began > horizon) break
      if ((place.done & bits[index]!) !== 0n) continue
      const after = behave(place.state, op)
      if (after === undefined) continue
      const done = place.done | bits[index]!
      const name = `${done.toString(36)} ${JSON.stringify(after.state)}`
      if (seen.has(name)) continue
      seen.add(name)
      next.push({ done, state: after.state, ended })
    }
    // The likeliest first: what ended earliest. What may never have been applied comes last.
    stack.push(...next.sort((a, b) => b.ended - a.ended))
  }
  return undefined
}
