// The bounds of the retry loop, checked and with their defaults.
import { InputError } from '../errors/input-error.js'
import { checkOptions } from '../operations/options.js'
import type { RetryOptions, Scheduler } from '../types/running.js'
import { kindOf } from '../values/codec.js'
import { realTime } from './scheduler.js'

/** The bounds of the retry loop. */
export interface Retry {
  readonly attempts: number
  readonly attemptTimeout: number
  readonly baseDelay: number
  readonly maxDelay: number
  readonly budget: number
  readonly scheduler: Scheduler
}

const defaults: Retry = {
  attempts: 8,
  attemptTimeout: 5_000,
  baseDelay: 25,
  maxDelay: 2_000,
  budget: 20,
  scheduler: realTime,
}

const mostAttempts = 100
// What timers can wait at most.
const longest = 2 ** 31 - 1

/** The bounds that a caller wants. Throws `InputError`. */
export function retryOf(options: RetryOptions | undefined): Retry {
  if (options === undefined) return defaults
  checkOptions('connect.retry', options, Object.keys(defaults))
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const retry: Retry = { ...defaults, ...Object.fromEntries(given) }
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= mostAttempts
  check('attempts', retry.attempts, `a whole number from 1 to ${mostAttempts}`, isCount)
  for (const name of ['attemptTimeout', 'baseDelay', 'maxDelay'] as const)
    check(name, retry[name], 'milliseconds, more than 0', (value) => value > 0 && value <= longest)
  check('budget', retry.budget, 'a number from 0', (budget) => budget >= 0)
  const { now, after } = Object(retry.scheduler) as Partial<Scheduler>
  if (typeof now !== 'function' || typeof after !== 'function')
    throw new InputError('connect.retry', ['scheduler'], 'an object with now() and after()', kindOf(retry.scheduler))
  return retry
}

function check(name: keyof Retry, value: unknown, expected: string, fits: (value: number) => boolean): void {
  if (typeof value === 'number' && fits(value)) return
  throw new InputError('connect.retry', [name], expected, kindOf(value))
}
