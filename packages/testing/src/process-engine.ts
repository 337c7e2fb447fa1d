// Starts an engine that is a program: on a port of its own, until it answers, and never longer than this process.
import { spawn, type ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'
import { defaultStartupTimeoutMs } from './engine.js'
import { freePort } from './free-port.js'
import { listTablesStatus } from './list-tables.js'
import { poll } from './poll.js'
import { watchProcess } from './watchdog.js'

export interface Program {
  /** What messages call it. */
  readonly name: string
  readonly file: string
  readonly args: (port: number) => readonly string[]
  readonly startupTimeoutMs?: number | undefined
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** Picks a port; tests replace it. */
  readonly pickPort?: () => Promise<number>
}

export interface RunningProgram {
  readonly endpoint: string
  readonly pid: number
  /** What it has printed so far, at most the last 4,000 characters. */
  output(): string
  stop(): Promise<void>
}

const mostPorts = 5
const stopTimeoutMs = 5_000
const portIsTaken = /in use|EADDRINUSE|BindException|failed to bind/i

/**
 * Starts a program and waits until it answers; tries other ports while the one it got is taken.
 * @throws Error that says how it ended and what it printed.
 */
export async function startProgram(program: Program): Promise<RunningProgram> {
  const pickPort = program.pickPort ?? freePort
  for (let attempt = 1; ; attempt += 1) {
    const port = await pickPort()
    const started = launch(program, port)
    const problem = await untilReady(program, started)
    if (problem === undefined) return started
    await started.stop()
    if (attempt === mostPorts || !portIsTaken.test(started.output())) {
      const printed = started.output().trim()
      throw new Error(printed === '' ? problem : `${problem}; it printed:\n${printed}`)
    }
  }
}

interface LaunchedProgram extends RunningProgram {
  /** How it ended, or undefined while it runs. */
  ended(): string | undefined
  /** From now on its end is worth a warning, unless it was stopped. */
  markReady(): void
}

function launch({ name, file, args, environment }: Program, port: number): LaunchedProgram {
  const child = spawn(file, args(port), {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A session of its own: Ctrl-C is for the test run, which still wants to drop its tables.
    detached: true,
    windowsHide: true,
    env: { ...process.env, DDB_LOCAL_TELEMETRY: '0', ...environment },
  })
  const watchdog = child.pid === undefined ? undefined : watchProcess(child.pid)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-4_000)
    })
    // Neither the engine nor its pipes keep a script alive that forgot to stop it: the watchdog ends it then.
    if (stream instanceof Socket) stream.unref()
  }
  child.unref()

  let end: string | undefined
  let isExpected = true
  const exited = new Promise<void>((resolve) => {
    const finish = (how: string): void => {
      end ??= how
      watchdog?.release()
      if (!isExpected) process.emitWarning(`The ${name} engine ended by itself: ${how}`, { detail: printed })
      resolve()
    }
    child.once('error', (error) => {
      finish(error.message)
    })
    // 'close' rather than 'exit': by then everything that it printed has been read.
    child.once('close', (code, signal) => {
      finish(signal === null ? `${name} exited with code ${String(code)}` : `${name} was ended by ${signal}`)
    })
  })
  return {
    endpoint: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    output: () => printed,
    ended: () => end,
    markReady: () => {
      isExpected = false
    },
    stop: async () => {
      isExpected = true
      if (end === undefined) await terminate(child, exited)
    },
  }
}

async function terminate(child: ChildProcess, exited: Promise<void>): Promise<void> {
  // The wait holds the process: unref'd, it could end before the engine has.
  child.ref()
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await exited
  clearTimeout(timer)
}

/** Undefined when it answers, else what went wrong. */
async function untilReady({ name, startupTimeoutMs }: Program, started: LaunchedProgram): Promise<string | undefined> {
  const timeoutMs = startupTimeoutMs ?? defaultStartupTimeoutMs
  const answer = await poll(async (leftMs) => {
    if (started.ended() !== undefined) return 'ended'
    const status = await listTablesStatus(started.endpoint, Math.min(leftMs, 1_000))
    return status === 200 && started.ended() === undefined ? 'ready' : undefined
  }, timeoutMs)
  if (answer === 'ready') {
    started.markReady()
    return undefined
  }
  return started.ended() ?? `${name} did not answer ListTables within ${timeoutMs} ms`
}
