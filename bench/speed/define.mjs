// What it costs to define 200 entities, cold: a fresh process each time, in which the library is loaded first.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { loadAdapter } from './adapters.mjs'
import { makeOrder } from './workload.mjs'

const self = fileURLToPath(import.meta.url)
const count = 200

/** Milliseconds of CPU, the median of some runs. */
export async function defineTimes(ids, runs) {
  const figures = {}
  for (const id of ids) {
    const samples = Array.from({ length: runs }, () =>
      JSON.parse(
        execFileSync(process.execPath, ['--no-warnings', self, id], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      ),
    )
    const median = (name) => samples.map((sample) => sample[name]).sort((a, b) => a - b)[runs >> 1]
    figures[id] = { define: median('define'), first: median('first') }
  }
  return figures
}

async function measure(id) {
  const adapter = await loadAdapter(id)
  const context = adapter.defineCtx?.()
  const order = makeOrder(3)
  const start = process.cpuUsage()
  const milliseconds = () => {
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }
  const made = Array.from({ length: count }, (_, index) => adapter.define(index, context))
  const define = milliseconds()
  for (const entity of made) await adapter.firstUse?.(entity, order)
  console.log(JSON.stringify({ define, first: milliseconds() }))
}

if (process.argv[1] === self) await measure(process.argv[2])
