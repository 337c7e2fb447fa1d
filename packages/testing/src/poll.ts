// Asks again and again until there is an answer or the time is up.

/**
 * Calls `ask` until it returns something other than undefined, with growing pauses; undefined when the time is up.
 * The pauses do not keep the process alive by themselves longer than the deadline.
 */
export async function poll<Answer>(
  ask: (leftMs: number) => Promise<Answer | undefined>,
  timeoutMs: number,
  longestPauseMs = 100,
): Promise<Answer | undefined> {
  const deadline = Date.now() + timeoutMs
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const leftMs = deadline - Date.now()
    if (leftMs <= 0) return undefined
    const answer = await ask(leftMs)
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, Math.min(pauseMs, Math.max(deadline - Date.now(), 0))))
  }
}
