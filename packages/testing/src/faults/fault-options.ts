// What to inject where, checked, and as one line that can be printed and read back.
import { allFaults, defaultFaults, hits, itemOperations, type Fault } from './fault.js'
import { freshSeed } from './random.js'

/** The passing of time, for delays; the machine's unless a test brings its own. */
export interface FaultScheduler {
  /** Calls back once, that many milliseconds later, unless what it returns is called before. */
  after(milliseconds: number, callback: () => void): () => void
}

/** One fault at one request. */
export interface ScriptedFault {
  /** Which operation's requests are counted: all of them unless said otherwise. */
  readonly operation?: string | undefined
  /** Which of them is hit, from 1. */
  readonly nth: number
  readonly fault: Fault
}

/** What is injected: by seed and rate, by script, or both. */
export interface FaultOptions {
  /** Which requests are hit, and how, follows from it: `KEYLOOM_SEED`, else another each time. */
  readonly seed?: number | undefined
  /** How many of the requests are hit, from 0 to 1: none unless said otherwise. */
  readonly rate?: number | undefined
  /** By which kinds; by those that networks and the service produce unless said otherwise. A kind named twice is twice as likely. */
  readonly faults?: readonly Fault[] | undefined
  /** Of which operations (`UpdateItem`, …): those on items unless said otherwise. Others are passed on and not counted. */
  readonly operations?: readonly string[] | undefined
  /** Faults at certain requests. */
  readonly script?: readonly ScriptedFault[] | undefined
  /** Milliseconds of `delay` and `late-answer`: 100 unless said otherwise. */
  readonly delay?: number | undefined
  /** When a late write arrives: once the next request is answered, or that many milliseconds later. */
  readonly late?: 'next' | number | undefined
  readonly scheduler?: FaultScheduler | undefined
}

/** A fault that can't be injected as it was asked for. */
export class FaultOptionsError extends Error {
  override readonly name: string = 'FaultOptionsError'
  readonly code: 'fault-options' = 'fault-options' as const
}

/** Options with every value in place. */
export interface FaultSettings {
  readonly seed: number
  readonly rate: number
  readonly faults: readonly Fault[]
  readonly operations: readonly string[]
  readonly script: readonly ScriptedFault[]
  readonly delay: number
  readonly late: 'next' | number
  readonly scheduler: FaultScheduler
}

const realTime: FaultScheduler = {
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    return () => {
      clearTimeout(timer)
    }
  },
}

/** Fills in what was left out; throws FaultOptionsError for what can't be. */
export function settingsOf(options: FaultOptions): FaultSettings {
  const settings: FaultSettings = {
    seed: options.seed ?? freshSeed(),
    rate: options.rate ?? 0,
    faults: options.faults ?? defaultFaults,
    operations: options.operations ?? itemOperations,
    script: options.script ?? [],
    delay: options.delay ?? 100,
    late: options.late ?? 'next',
    scheduler: options.scheduler ?? realTime,
  }
  checkOption(Number.isInteger(settings.seed), 'seed', 'an integer')
  checkOption(settings.rate >= 0 && settings.rate <= 1, 'rate', 'a number from 0 to 1')
  checkOption(settings.delay >= 0 && settings.delay < 2 ** 31, 'delay', 'milliseconds')
  checkOption(
    settings.late === 'next' || (settings.late >= 0 && settings.late < 2 ** 31),
    'late',
    "'next' or milliseconds",
  )
  checkOption(settings.rate === 0 || settings.faults.length > 0, 'faults', 'one kind at least')
  for (const fault of settings.faults) checkFault(fault, 'faults')
  for (const { operation, nth, fault } of settings.script) {
    checkFault(fault, 'script')
    checkOption(Number.isInteger(nth) && nth >= 1, 'script', 'nth from 1')
    if (operation === undefined) continue
    checkOption(settings.operations.includes(operation), 'script', `an operation that is counted, not '${operation}'`)
    checkOption(hits(fault, operation), 'script', `a fault that ${operation} can meet, not '${fault}'`)
  }
  return settings
}

function checkFault(fault: Fault, option: string): void {
  checkOption(allFaults.includes(fault), option, `a kind of fault, not '${fault}': ${allFaults.join(', ')}`)
}

/** Throws FaultOptionsError unless an option is right. */
export function checkOption(isRight: boolean, option: string, expected: string): void {
  if (!isRight) throw new FaultOptionsError(`The option ${option} must be ${expected}`)
}

/** The options as one line, from which `parseFaults` makes them again. The scheduler is left out: it is code. */
export function printFaults(options: FaultOptions): string {
  const { seed, rate, faults, operations, script, delay, late } = settingsOf(options)
  const parts = [`seed=${seed}`, `rate=${rate}`]
  if (options.faults !== undefined) parts.push(`faults=${faults.join(',')}`)
  if (options.operations !== undefined) parts.push(`operations=${operations.join(',')}`)
  if (script.length > 0) parts.push(`script=${script.map(printScripted).join(',')}`)
  if (options.delay !== undefined) parts.push(`delay=${delay}`)
  if (options.late !== undefined) parts.push(`late=${late}`)
  return parts.join(' ')
}

function printScripted({ operation = '*', nth, fault }: ScriptedFault): string {
  return `${operation}#${nth}:${fault}`
}

/**
 * The options of a printed line: `faultClient(client, parseFaults(line))` injects the same faults again.
 *
 * @throws FaultOptionsError when it is no such line.
 * @example
 * ```ts
 * const broken = faultClient(client, parseFaults('seed=7 rate=0.1 script=UpdateItem#3:lost-answer-after'))
 * ```
 */
export function parseFaults(line: string): FaultOptions {
  const options: Record<string, unknown> = {}
  for (const part of line.trim().split(/\s+/)) {
    const separator = part.indexOf('=')
    const value = part.slice(separator + 1)
    const name = part.slice(0, Math.max(separator, 0))
    if (name === 'seed' || name === 'rate' || name === 'delay') options[name] = numberOf(value, name)
    else if (name === 'late') options[name] = value === 'next' ? value : numberOf(value, name)
    else if (name === 'faults' || name === 'operations') options[name] = value.split(',')
    else if (name === 'script') options[name] = value.split(',').map(parseScripted)
    else throw new FaultOptionsError(`'${part}' is no part of a line of faults`)
  }
  settingsOf(options)
  return options
}

function parseScripted(text: string): ScriptedFault {
  const [, operation, nth, fault] = /^([A-Za-z]+|\*)#(\d+):(.+)$/.exec(text) ?? []
  if (operation === undefined) throw new FaultOptionsError(`'${text}' is no scripted fault, such as UpdateItem#3:delay`)
  const scripted = { nth: Number(nth), fault: fault as Fault }
  return operation === '*' ? scripted : { operation, ...scripted }
}

function numberOf(text: string, name: string): number {
  const value = Number(text)
  if (text === '' || Number.isNaN(value)) throw new FaultOptionsError(`${name}=${text} is not a number`)
  return value
}
