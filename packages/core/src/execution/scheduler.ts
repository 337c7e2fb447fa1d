// Time as the retry loop sees it: how much has passed, and what happens later.
import type { Scheduler } from '../types/running.js'
import { onAbort } from './on-abort.js'

/** The time of the machine. It never goes back, as a wall clock may. */
export const realTime: Scheduler = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    return () => {
      clearTimeout(timer)
    }
  },
}

/** Waits. Ends early, without an error, when the signal aborts. */
export function pause(scheduler: Scheduler, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel()
      stopWatching?.()
      resolve()
    }
    const cancel = scheduler.after(milliseconds, end)
    const stopWatching = signal && onAbort(signal, end)
  })
}
