// One attempt: sent once, within its time, and left alone when the caller gives up.
import type { Scheduler } from '../types/running.js'
import { onAbort } from './on-abort.js'

/** Delivers a request. A client may take its time to notice the signal, or ignore it: the caller does not wait for that. */
export function attempt(
  deliver: (signal: AbortSignal) => Promise<unknown>,
  scheduler: Scheduler,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController()
    const finish = (): void => {
      cancel()
      stopWatching?.()
    }
    const stop = (reason: Error): void => {
      finish()
      controller.abort(reason)
      reject(reason)
    }
    const cancel = scheduler.after(milliseconds, () => {
      stop(new DOMException(`no answer within ${milliseconds} ms`, 'TimeoutError'))
    })
    const stopWatching =
      signal &&
      onAbort(signal, () => {
        stop(signal.reason as Error)
      })
    const answered = (output: unknown): void => {
      finish()
      resolve(output)
    }
    const failed = (error: Error): void => {
      finish()
      reject(error)
    }
    // What a client throws at once fails like what it rejects with.
    try {
      deliver(controller.signal).then(answered, failed)
    } catch (error) {
      failed(error as Error)
    }
  })
}
