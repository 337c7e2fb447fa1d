// A race: rounds of reading and writing, until nobody came between.
import { ConditionFailedError } from '../errors/condition-failed-error.js'
import type { CallOptions } from '../types/running.js'
import { backoff } from './backoff.js'
import type { Connection } from './connection.js'
import { pause } from './scheduler.js'

// A marker that is not the item's was given up between read and write; or it is missing, and will be the next time too.
const mostMissed = 5

/**
 * Makes rounds, each of which gives its write, until one is not refused for what another writer changed. Throws the last refusal where
 * the time is used up.
 */
export async function race<Result>(
  connection: Connection,
  options: CallOptions,
  round: () => Promise<() => Promise<Result>>,
): Promise<Result> {
  const { scheduler } = connection.retry
  const end = scheduler.now() + (options.timeout ?? connection.timeout)
  let missed = 0
  for (let count = 1; ; count++) {
    const write = await round()
    try {
      return await write()
    } catch (error) {
      if (!(error instanceof ConditionFailedError) || (error.reason !== 'version' && error.reason !== 'condition'))
        throw error
      if (error.constraint !== undefined && ++missed >= mostMissed) throw error
      const delay = backoff(connection, count, false)
      if (scheduler.now() + delay >= end) throw error
      await pause(scheduler, delay, options.signal)
    }
  }
}
