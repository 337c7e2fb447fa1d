// Runs the measures in the project that bench.mjs has made, prints a table for each, and says which bars are missed.
import { writeFileSync } from 'node:fs'
import { bars } from './bars.mjs'
import { checkAll } from './check.mjs'
import { allocations, compare, Contestant, operations } from './compare.mjs'
import { defineTimes } from './define.mjs'
import { createTables, startServer } from './server.mjs'

const settings = JSON.parse(process.argv[2])
const ids = settings.only.split(',')
const measures = settings.measure.split(',')
const times = { rounds: Number(settings.rounds), milliseconds: Number(settings.ms), warm: Number(settings.warm) }
const figures = { settings }
const titles = {
  build: 'Building the request, down to AttributeValues',
  send: 'A call through the SDK, with a transport that answers at once',
  decode: 'Reading a page of 1,000 items',
}

if (measures.includes('check')) await checkAll(ids)

const local = measures.filter((measure) => ['build', 'send', 'decode'].includes(measure))
if (local.length > 0) {
  const contestants = []
  for (const id of ids) contestants.push(await Contestant.start(id))
  for (const measure of local) {
    const names = measure === 'decode' ? ['query1000'] : operations
    figures[measure] = await compare(contestants, { command: measure }, names, times)
    print(titles[measure], figures[measure])
  }
  for (const contestant of contestants) contestant.stop()
}
if (measures.includes('heap')) {
  figures.heap = await allocations(ids)
  console.log('\nA page of 1,000 items: MB allocated, MB that stay while it is kept')
  console.table(
    mapped(figures.heap, ({ allocated, retained }) => ({
      allocated: (allocated / 2 ** 20).toFixed(1),
      retained: (retained / 2 ** 20).toFixed(1),
    })),
  )
}
if (measures.includes('define')) {
  figures.define = await defineTimes(ids, times.rounds)
  console.log('\nMilliseconds of CPU to define 200 entities, and to make a first put input of each besides')
  console.table(mapped(figures.define, ({ define, first }) => ({ define: define.toFixed(2), first: first.toFixed(2) })))
}
if (measures.includes('server')) {
  const server = await startServer()
  await createTables(server.endpoint, ids)
  const contestants = []
  for (const id of ids) {
    const contestant = await Contestant.start(id, { args: [server.endpoint, `app-${id}`] })
    await contestant.ask({ command: 'seed' })
    contestants.push(contestant)
  }
  for (const concurrency of [1, 32]) {
    const message = { command: 'server', concurrency }
    figures[`server${concurrency}`] = await compare(contestants, message, ['get', 'query', 'put'], times)
    print(`Against a server, ${concurrency} at once: client CPU`, figures[`server${concurrency}`])
  }
  for (const contestant of contestants) contestant.stop()
  server.stop()
}

writeFileSync('figures.json', JSON.stringify(figures))
report()
process.exit(0)

function mapped(object, map) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]))
}

function print(title, table) {
  console.log(`\n${title}: microseconds of CPU, ratio to the bare SDK`)
  const rows = {}
  for (const [operation, byId] of Object.entries(table))
    for (const [id, { microseconds, ratio }] of Object.entries(byId))
      (rows[id] ??= {})[operation] = `${microseconds.toPrecision(3)} (${ratio.toFixed(2)}x)`
  console.table(rows)
}

function report() {
  const rows = bars(figures)
  if (rows.length === 0) return
  console.log('\nBars')
  console.table(rows)
}
