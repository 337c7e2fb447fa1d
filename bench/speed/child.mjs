// One adapter in its own process, told over IPC what to run.
import { performance } from 'node:perf_hooks'
import { loadAdapter } from './adapters.mjs'
import { stubConfig } from './stub.mjs'
import { keyOf, makeOrders, makeQuery, makeTx, makeUpdate, TABLE } from './workload.mjs'

const [, , id, endpoint, table = TABLE] = process.argv
const adapter = await loadAdapter(id)
const count = 64
const orders = makeOrders(count)
const several = (make) => Array.from({ length: count }, (_, index) => make(index))
const inputs = {
  put: orders,
  get: orders.map(keyOf),
  update: orders.map(makeUpdate),
  query: several(() => makeQuery()),
  batch: several((index) => makeOrders(25, index * 25)),
  transact: several((index) => makeTx(makeOrders(10, index * 10))),
}

// Results escape into a ring: else V8 takes away the allocations that are measured.
const ring = new Array(16).fill(undefined)
let used = 0
const use = (result) => {
  ring[used++ & 15] = result
}

const config =
  endpoint === undefined
    ? stubConfig(25, adapter.bookkeeping).config
    : { region: 'eu-central-1', endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 }
const instance = await adapter.create({ config, table })
let pages
const pageReader = async () =>
  (pages ??= await adapter.create({ config: stubConfig(1000, adapter.bookkeeping).config, table: TABLE }))

const cpuSince = (start) => {
  const { user, system } = process.cpuUsage(start)
  return (user + system) * 1000
}

/** Nanoseconds of CPU a call. The budget is CPU time: by wall time a starved process would run fewer calls. */
async function timed(work, values, milliseconds) {
  const first = work(values[0])
  const waits = typeof first?.then === 'function'
  use(waits ? await first : first)
  let block = 1
  let calls = 0
  const start = process.cpuUsage()
  while (cpuSince(start) < milliseconds * 1e6) {
    const begun = process.hrtime.bigint()
    for (let index = 0; index < block; index++) {
      const result = work(values[(calls + index) % values.length])
      use(waits ? await result : result)
    }
    calls += block
    if (process.hrtime.bigint() - begun < 2_000_000n && block < 4096) block *= 2
  }
  return { cpu: cpuSince(start) / calls }
}

/** The same against a server: a wall budget, many callers at once. */
async function loaded(work, values, milliseconds, concurrency) {
  const start = process.cpuUsage()
  const end = performance.now() + milliseconds
  let calls = 0
  const caller = async () => {
    while (performance.now() < end) use(await work(values[calls++ % values.length]))
  }
  await Promise.all(Array.from({ length: concurrency }, caller))
  return { cpu: cpuSince(start) / calls }
}

async function heap() {
  const reader = await pageReader()
  const read = () => reader.run.query(inputs.query[0])
  for (let warm = 0; warm < 8; warm++) use((await read()).length)
  const collect = () => {
    globalThis.gc()
    globalThis.gc()
  }
  collect()
  const before = process.memoryUsage().heapUsed
  use((await read()).length)
  const after = process.memoryUsage().heapUsed
  ring.fill(undefined)
  const kept = [await read()]
  collect()
  const one = process.memoryUsage().heapUsed
  for (let more = 0; more < 4; more++) kept.push(await read())
  collect()
  const five = process.memoryUsage().heapUsed
  return { allocated: after - before, retained: (five - one) / (kept.length - 1) }
}

const commands = {
  info: async () => ({ name: adapter.name, unsupported: adapter.unsupported }),
  build: ({ operation, milliseconds }) => {
    const build = instance.build[operation]
    const { toAV } = instance
    // Peers that build a DocumentClient's input do the marshalling too that it would do.
    const whole = (value) => {
      const input = build(value)
      if (toAV === undefined) return input
      return typeof input?.then === 'function' ? input.then((made) => toAV(operation, made)) : toAV(operation, input)
    }
    return timed(whole, inputs[operation], milliseconds)
  },
  send: ({ operation, milliseconds }) => timed(instance.run[operation], inputs[operation], milliseconds),
  decode: async ({ milliseconds }) => timed((await pageReader()).run.query, inputs.query, milliseconds),
  server: ({ operation, milliseconds, concurrency }) =>
    loaded(instance.run[operation], inputs[operation], milliseconds, concurrency),
  seed: async () => {
    for (const order of orders) await instance.run.put(order)
  },
  heap,
}

process.on('message', async ({ id: call, ...message }) => {
  try {
    process.send({ id: call, result: await commands[message.command](message) })
  } catch (error) {
    process.send({ id: call, error: String(error?.stack ?? error) })
  }
})
process.on('disconnect', () => process.exit(0))
process.send({ ready: true })
