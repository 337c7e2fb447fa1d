// An entity bound to a connection: its verbs run at once, its queries wait for how they are to be read.
import type { Model } from '../model/model.js'
import type { ReadPlan } from '../operations/read-plan.js'
import { verbsOf } from '../operations/verbs.js'
import type { ModifyOptions } from '../types/modify.js'
import type { BoundQuery, CallOptions, ReadOptions } from '../types/running.js'
import type { Connection } from './connection.js'
import { modify } from './modify.js'
import { move } from './move.js'
import { readAll, readCount, readFirst, readItems, readPage } from './read.js'
import { run } from './run.js'
import { withinVerbs } from './within-verbs.js'

/** The verbs of a model as promises; what is wrong with an argument rejects, so that there is one way to fail. */
export function repositoryOf(connection: Connection, model: Model, defaults: CallOptions): object {
  // A check alone would do nothing.
  const { check: _check, ...verbs } = verbsOf(model, {
    operation: async (make) => run(connection, make(), defaults),
    query: (make) => boundQuery(connection, make(), defaults),
  }) as { readonly check: unknown }
  const all = {
    ...verbs,
    modify: async (key: unknown, change: unknown, options?: ModifyOptions<string>) =>
      modify(connection, model, key, change, { ...defaults, ...options }),
    move: async (key: unknown, changes: unknown, options?: CallOptions) =>
      move(connection, model, key, changes, { ...defaults, ...options }),
  }
  return Object.freeze(connection.within === undefined ? all : withinVerbs(model, connection.within, all))
}

function boundQuery(connection: Connection, plan: ReadPlan, defaults: CallOptions): BoundQuery<object> {
  const merged = (options: ReadOptions | undefined): ReadOptions => ({ ...defaults, ...options })
  return Object.freeze<BoundQuery<object>>({
    all: (options) => readAll(connection, plan, merged(options)),
    first: (options) => readFirst(connection, plan, merged(options)),
    count: (options) => readCount(connection, plan, merged(options)),
    items: (options) => readItems(connection, plan, merged(options)),
    page: (options) => readPage(connection, plan, merged(options)),
    [Symbol.asyncIterator]: () => readItems(connection, plan, defaults),
  })
}
