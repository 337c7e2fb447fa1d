// How many cases the property tests of keys run, and from which seed: printed, so that a run can be repeated.
import fc from 'fast-check'

const seed = Number(process.env['KEYLOOM_SEED'] ?? Date.now() % 2 ** 31)

/** `KEYLOOM_KEY_RUNS` raises the number of cases, `KEYLOOM_SEED` repeats a run. */
export const numRuns = Number(process.env['KEYLOOM_KEY_RUNS'] ?? 100_000)

/** 100,000 cases take 1 to 4 s; under load, and with more of them, as long as they need up to this bound, in milliseconds. */
export const timeout = 600_000

/** Fixes the seed of the file's properties and prints it. */
export function announce(what: string): void {
  fc.configureGlobal({ seed })
  console.info(`[figures] ${what}: ${numRuns} cases a property, KEYLOOM_SEED=${seed}`)
}
