// What we hold ourselves to, as ratios to the bare SDK in one run.

const build = { put: 25, get: 15, update: 10, query: 15 }
const send = { put: 0.55, get: 0.55, update: 0.55, query: 0.4, batch: 0.45, transact: 0.45 }
const allocatedMegabytes = 9
const middleware = 1.05
const decode = 0.3
const defineMilliseconds = 2
const serverGet = 0.75

/** One row a bar that these figures say something of. */
export function bars(figures) {
  const rows = []
  const add = (measure, found, bar) => {
    if (found !== undefined) rows.push({ measure, found: Number(found.toFixed(2)), bar, held: found <= bar })
  }
  for (const [operation, bar] of Object.entries(build))
    add(`build ${operation}`, figures.build?.[operation].keyloom?.ratio, bar)
  for (const [operation, bar] of Object.entries(send))
    add(`send ${operation}`, figures.send?.[operation].keyloom?.ratio, bar)
  for (const operation of Object.keys(send)) {
    const byId = figures.send?.[operation]
    const [ours, theirs] = [byId?.['keyloom-middleware'], byId?.['raw-middleware']]
    if (ours !== undefined && theirs !== undefined)
      add(`send ${operation}, with a user's middleware`, ours.microseconds / theirs.microseconds, middleware)
  }
  add('decode 1,000 items', figures.decode?.query1000.keyloom?.ratio, decode)
  const allocated = figures.heap?.keyloom?.allocated
  add('decode 1,000 items, MB allocated', allocated && allocated / 2 ** 20, allocatedMegabytes)
  add('define 200 entities, ms', figures.define?.keyloom?.define, defineMilliseconds)
  add('server get, 32 at once', figures.server32?.get.keyloom?.ratio, serverGet)
  return rows
}
