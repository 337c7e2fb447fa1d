// Checks of how a query or scan is to be read.
import { InputError } from '../errors/input-error.js'
import type { ReadPlan } from '../operations/read-plan.js'
import type { ReadOptions } from '../types/running.js'
import { kindOf } from '../values/codec.js'

/** The options of reads, besides those of every call. */
export const readOptionNames = [
  'take',
  'pageSize',
  'maxPages',
  'cursor',
  'scope',
  'onInvalid',
  'onForeign',
  'prefetch',
  'readUnitsPerSecond',
  'onProgress',
] as const

/** Refuses what can't bound a read, or would not. */
export function checkReadOptions({ operation, width }: ReadPlan, options: ReadOptions): void {
  for (const name of ['take', 'pageSize', 'maxPages'] as const) {
    const value = options[name]
    if (value === undefined || (Number.isSafeInteger(value) && value > 0)) continue
    throw new InputError(operation, [name], 'a whole number from 1', kindOf(value))
  }
  const { onForeign } = options
  if (![undefined, 'skip', 'report'].includes(onForeign as string | undefined) && typeof onForeign !== 'function')
    throw new InputError(operation, ['onForeign'], "'skip', 'report' or a callback", kindOf(onForeign))
  const { onInvalid, scope, prefetch, readUnitsPerSecond = Infinity, onProgress, maxPages = Infinity } = options
  if (maxPages < width)
    throw new InputError(operation, ['maxPages'], `${width} or more: one for each partition`, 'fewer')
  if (![undefined, 'throw', 'report'].includes(onInvalid as string | undefined) && typeof onInvalid !== 'function')
    throw new InputError(operation, ['onInvalid'], "'throw', 'report' or a callback", kindOf(onInvalid))
  if (scope !== undefined && typeof scope !== 'string')
    throw new InputError(operation, ['scope'], 'a string', kindOf(scope))
  if (prefetch !== undefined && typeof prefetch !== 'boolean')
    throw new InputError(operation, ['prefetch'], 'true or false', kindOf(prefetch))
  if (!(typeof readUnitsPerSecond === 'number' && readUnitsPerSecond > 0))
    throw new InputError(operation, ['readUnitsPerSecond'], 'a number, more than 0', kindOf(readUnitsPerSecond))
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw new InputError(operation, ['onProgress'], 'a callback', kindOf(onProgress))
}

/** Without a page nobody would see what is only reported. */
export function refuseReport({ operation }: ReadPlan, { onInvalid, onForeign }: ReadOptions): void {
  if (onForeign === 'report')
    throw new InputError(operation, ['onForeign'], 'a callback: only a page lists foreign rows', "'report'")
  if (onInvalid === 'report')
    throw new InputError(operation, ['onInvalid'], 'a callback: only a page has issues', "'report'")
}
