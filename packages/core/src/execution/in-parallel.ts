// Does the same to several things at the same time, but not to too many.

/** The results in the order of the inputs. The first failure ends it: what was not begun is left. */
export async function inParallel<Input, Result>(
  concurrency: number,
  inputs: readonly Input[],
  work: (input: Input) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const open = inputs.entries()
  let failed = false
  const worker = async (): Promise<void> => {
    for (const [index, input] of open) {
      if (failed) return
      try {
        results[index] = await work(input)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, inputs.length) }, worker))
  return results
}
