// Keeps a read below a number of read units a second, whoever else is reading.
import type { Scheduler } from '../types/running.js'
import { pause } from './scheduler.js'

/** Requests wait until what those before them have used is paid off. What a request will use is taken to be what the last one did. */
export class Pace {
  readonly #unitsPerSecond: number
  readonly #scheduler: Scheduler
  #expected = 0
  /** When all that was used is paid off. */
  #free: number

  constructor(unitsPerSecond: number, scheduler: Scheduler) {
    this.#unitsPerSecond = unitsPerSecond
    this.#scheduler = scheduler
    this.#free = scheduler.now()
  }

  /** Waits for a request's turn; gives what it is expected to use. Ends early when the signal aborts. */
  async turn(signal: AbortSignal): Promise<number> {
    const now = this.#scheduler.now()
    const begin = Math.max(now, this.#free)
    const expected = this.#expected
    this.#free = begin + this.#cost(expected)
    if (begin > now) await pause(this.#scheduler, begin - now, signal)
    return expected
  }

  /** Takes note of what a request has used. */
  used(units: number, expected: number): void {
    this.#expected = units
    this.#free += this.#cost(units - expected)
  }

  #cost(units: number): number {
    return (units / this.#unitsPerSecond) * 1000
  }
}
