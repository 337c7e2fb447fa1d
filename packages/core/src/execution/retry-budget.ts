// How many repeats a client may make: a share of its calls, so that a service in trouble is not asked twice as often.
import type { Client } from '../types/running.js'

/** What a call adds to the budget. With it the repeats of a long outage stay at a tenth of the calls. */
const share = 0.1

/** The repeats that a client has left. All connections over one client share it. */
export class RetryBudget {
  #left: number
  constructor(readonly capacity: number) {
    this.#left = capacity
  }
  /** A call began. */
  earn(): void {
    this.#add(share)
  }
  /** Whether one repeat more is within the budget; then it is taken off. */
  spend(): boolean {
    if (this.#left < 1) return false
    this.#left--
    return true
  }
  /** A repeat was worth it: the failure was the network's or one server's, not the service's. */
  refund(): void {
    this.#add(1)
  }
  #add(repeats: number): void {
    this.#left = Math.min(this.capacity, this.#left + repeats)
  }
}

const budgets = new WeakMap<Client, RetryBudget>()

/** The budget of a client; the connection that uses it first says how large it is. */
export function budgetOf(client: Client, capacity: number): RetryBudget {
  let budget = budgets.get(client)
  if (budget === undefined) budgets.set(client, (budget = new RetryBudget(capacity)))
  return budget
}
