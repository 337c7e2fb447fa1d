// Many clients and a service that has half of the room they need: the load stays near what was offered, and ends with the trouble.
import { connect, type Client } from '@keyloom/core'
import { expect, test } from 'vitest'
import { key, Order } from '../orders.js'
import { randomFrom } from '../random.js'
import { serviceError } from '../stub-client.js'

/** `KEYLOOM_STORM_CLIENTS` raises the number of clients. */
const clients = Number(process.env['KEYLOOM_STORM_CLIENTS'] ?? 25)
const callsPerSecond = 10
const seed = Number(process.env['KEYLOOM_SEED'] ?? 4711)

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** Events in order of their time; all that one causes happens before the next. */
class Simulation {
  time = 0
  readonly #heap: Timer[] = []
  readonly #off = new Set<Timer>()
  at(at: number, callback: () => void): () => void {
    const timer = { at, callback }
    const heap = this.#heap
    let place = heap.push(timer) - 1
    for (let parent = (place - 1) >> 1; place > 0 && heap[parent]!.at > at; place = parent, parent = (place - 1) >> 1)
      [heap[place], heap[parent]] = [heap[parent]!, timer]
    return () => this.#off.add(timer)
  }
  async run(end: number): Promise<void> {
    for (let next = this.#pop(); next !== undefined && next.at <= end; next = this.#pop()) {
      if (this.#off.delete(next)) continue
      this.time = next.at
      next.callback()
      // Promises are quicker than any wait, so nothing is missed.
      await new Promise(setImmediate)
    }
  }
  #pop(): Timer | undefined {
    const heap = this.#heap
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    heap[0] = last
    for (let place = 0, child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && heap[child + 1]!.at < heap[child]!.at) child++
      if (heap[child]!.at >= last.at) break
      heap[place] = heap[child]!
      heap[child] = last
      place = child
    }
    return first
  }
}

test.each(['ProvisionedThroughputExceededException', 'InternalServerError'])(
  'a storm of %s',
  async (name) => {
    const simulation = new Simulation()
    const random = randomFrom(seed)
    const offeredPerTick = (clients * callsPerSecond) / 10
    const trouble = 60_000
    let room = 0
    let tick = -1
    let load = 0
    const service: Client['send'] = () => {
      const now = Math.floor(simulation.time / 100)
      if (now !== tick) {
        tick = now
        room = simulation.time < trouble ? offeredPerTick / 2 : offeredPerTick * 2
      }
      if (simulation.time < trouble) load++
      if (--room >= 0) return Promise.resolve({})
      return Promise.reject(serviceError(name, name === 'InternalServerError' ? 500 : 400))
    }
    const scheduler = {
      now: () => simulation.time,
      after: (milliseconds: number, callback: () => void) => simulation.at(simulation.time + milliseconds, callback),
    }
    let offered = 0
    let lastFailure = 0
    const length = trouble + 15_000
    for (let client = 0; client < clients; client++) {
      const db = connect({ client: { send: service }, tables: { shop: 's' }, random, retry: { scheduler } })
      const call = () => {
        const began = simulation.time
        if (began < trouble) offered++
        db.run(Order.get(key)).catch(() => {
          lastFailure = Math.max(lastFailure, began)
        })
        simulation.at(simulation.time + 1_000 / callsPerSecond, call)
      }
      simulation.at(random() * 1_000, call)
    }
    await simulation.run(length)
    const ratio = load / offered
    const recovery = Math.max(0, lastFailure - trouble)
    console.info(
      `[figures] ${name}: ${clients} clients, ${callsPerSecond} calls/s, room for half during ${trouble / 1_000} s: load ${ratio.toFixed(3)} of the offered, recovery ${recovery.toFixed(0)} ms, KEYLOOM_SEED=${seed}`,
    )
    expect(ratio).toBeLessThanOrEqual(1.2)
    expect(recovery).toBeLessThanOrEqual(10_000)
  },
  600_000,
)
