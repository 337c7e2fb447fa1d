// How long to wait before a repeat.
import type { Connection } from './connection.js'

/**
 * Any part of a bound that doubles with each round, so that those who failed together don't come back together; never nothing. A
 * service without room gets more time.
 */
export function backoff({ retry, random }: Connection, round: number, isThrottled: boolean): number {
  const bound = retry.baseDelay * 2 ** (round - 1) * (isThrottled ? 4 : 1)
  return Math.max(1, random() * Math.min(retry.maxDelay, bound))
}
