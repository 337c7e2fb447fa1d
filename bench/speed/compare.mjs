// Interleaved rounds over isolated processes, one adapter in each: no shared inline caches, no shared heap. In a round every
// adapter runs once, one at a time, from a rotating start; a ratio is taken against the bare SDK in the same round, and the
// median over the rounds is reported. CPU time is the measure: on a shared machine wall time measures the neighbours.
import { fork } from 'node:child_process'

export const operations = ['put', 'get', 'update', 'query', 'batch', 'transact']

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** One adapter in a process of its own, asked over IPC. */
export class Contestant {
  #process
  #waiting = new Map()
  #next = 0

  static async start(id, { args = [], flags = [] } = {}) {
    const contestant = new Contestant()
    contestant.id = id
    contestant.#process = fork(new URL('./child.mjs', import.meta.url), [id, ...args], {
      execArgv: ['--no-warnings', ...flags],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    await new Promise((resolve, reject) => {
      contestant.#process.once('message', resolve)
      contestant.#process.once('exit', () => reject(new Error(`${id} ended while it started`)))
    })
    contestant.#process.on('message', ({ id: call, result, error }) => {
      const { resolve, reject } = contestant.#waiting.get(call)
      contestant.#waiting.delete(call)
      if (error === undefined) resolve(result)
      else reject(new Error(`${id}: ${error}`))
    })
    return Object.assign(contestant, await contestant.ask({ command: 'info' }))
  }

  ask(message) {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#process.send({ ...message, id })
    })
  }

  stop() {
    this.#process.kill()
  }
}

/** Microseconds of CPU an operation, and its ratio to the bare SDK, for each adapter and operation. */
export async function compare(contestants, message, names, { rounds, milliseconds, warm }) {
  const figures = {}
  for (const operation of names) {
    const able = contestants.filter(({ unsupported }) => unsupported?.[operation] === undefined)
    const samples = new Map(able.map(({ id }) => [id, []]))
    for (const contestant of able) await contestant.ask({ ...message, operation, milliseconds: warm })
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < able.length; turn++) {
        const contestant = able[(turn + round) % able.length]
        samples.get(contestant.id).push(await contestant.ask({ ...message, operation, milliseconds }))
      }
    }
    figures[operation] = Object.fromEntries(
      able.map(({ id }) => {
        const cpu = samples.get(id).map((sample) => sample.cpu)
        const raw = samples.get('raw').map((sample) => sample.cpu)
        return [
          id,
          {
            microseconds: median(cpu) / 1000,
            ratio: median(cpu.map((value, round) => value / raw[round])),
            ratioOfMinima: Math.min(...cpu) / Math.min(...raw),
          },
        ]
      }),
    )
  }
  return figures
}

/** Bytes allocated for a page of 1,000 items, and bytes that stay while it is kept: exact, in a fresh process. */
export async function allocations(ids) {
  const figures = {}
  for (const id of ids) {
    // The young generation is larger than a page, so that nothing is collected in between.
    const flags = ['--expose-gc', '--max-semi-space-size=512', '--min-semi-space-size=512']
    const contestant = await Contestant.start(id, { flags })
    figures[id] = await contestant.ask({ command: 'heap' })
    contestant.stop()
  }
  return figures
}
