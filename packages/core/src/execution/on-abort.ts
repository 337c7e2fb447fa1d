// Who waits for a caller's signal. A signal may serve many calls at once, and Node warns of more than ten listeners.

interface Watch {
  readonly callbacks: Set<() => void>
  readonly fire: () => void
}

const watches = new WeakMap<AbortSignal, Watch>()

/** Calls back when the signal aborts, unless what it returns is called before. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let watch = watches.get(signal)
  if (watch === undefined) {
    const callbacks = new Set<() => void>()
    const fire = (): void => {
      for (const call of [...callbacks]) call()
    }
    watches.set(signal, (watch = { callbacks, fire }))
  }
  const { callbacks, fire } = watch
  if (callbacks.size === 0) signal.addEventListener('abort', fire)
  callbacks.add(callback)
  return () => {
    if (callbacks.delete(callback) && callbacks.size === 0) signal.removeEventListener('abort', fire)
  }
}
