// Time that passes when nothing else happens: waits take none, and still follow each other in order.
import type { Scheduler } from '@keyloom/core'

interface Timer {
  readonly at: number
  readonly asked: number
  readonly callback: () => void
}

export interface VirtualTime extends Scheduler {
  /** The waits that were asked for and not called off, in milliseconds. */
  readonly waited: number[]
  /** Timers that neither fired nor were called off. */
  pending(): number
}

export function virtualTime(): VirtualTime {
  let time = 0
  let isDue = false
  const timers = new Set<Timer>()
  const waited: number[] = []
  const fire = (): void => {
    isDue = false
    let next: Timer | undefined
    for (const timer of timers) if (next === undefined || timer.at < next.at) next = timer
    if (next === undefined) return
    timers.delete(next)
    waited.push(next.asked)
    time = next.at
    next.callback()
    later()
  }
  // Everything that can happen now happens before time goes on.
  const later = (): void => {
    if (isDue || timers.size === 0) return
    isDue = true
    setImmediate(fire)
  }
  return {
    waited,
    pending: () => timers.size,
    now: () => time,
    after(milliseconds, callback) {
      const timer = { at: time + milliseconds, asked: milliseconds, callback }
      timers.add(timer)
      later()
      return () => timers.delete(timer)
    },
  }
}
