// Passes requests on, each with the fault that is planned for it.
import { randomUUID } from 'node:crypto'
import type { Exchange, Fields } from './exchange.js'
import type { Fault } from './fault.js'
import { printFaults, settingsOf, type FaultOptions, type FaultSettings } from './fault-options.js'
import { faultPlan, type InjectedFault, type PlannedRequest } from './fault-plan.js'
import { pageFaults } from './page-faults.js'
import { abortError, refusalOf } from './refusal.js'
import { leaveUnprocessed } from './unprocessed.js'

/** What a fault client or handler tells of itself. */
export interface FaultReport {
  /** What was injected so far, in order. */
  readonly log: readonly InjectedFault[]
  /** One line from which `parseFaults` makes the options that inject the same faults again. */
  readonly replay: string
  /** Sends what is still late, and waits for it. */
  settle(): Promise<void>
}

export interface FaultRun extends FaultReport {
  pass<Answer>(exchange: Exchange<Answer>): Promise<Answer>
}

interface LateWrite {
  send(): Promise<unknown>
  readonly entry: InjectedFault
}

/** Starts to count. */
export function faultRun(options: FaultOptions): FaultRun {
  const settings = settingsOf(options)
  const plan = faultPlan(settings)
  const pages = pageFaults()
  const log: InjectedFault[] = []
  const waiting = new Set<LateWrite>()
  const sending = new Set<Promise<void>>()

  // The log says what became of it; nobody else waits for an answer.
  function arrive(write: LateWrite): Promise<void> {
    if (!waiting.delete(write)) return Promise.resolve()
    const sent = write.send().then(
      () => void (write.entry.late = 'applied'),
      (error: unknown) => void (write.entry.late = error instanceof Error ? error.name : 'Error'),
    )
    sending.add(sent)
    return sent.finally(() => sending.delete(sent))
  }

  function postpone(write: LateWrite): void {
    waiting.add(write)
    if (settings.late !== 'next') settings.scheduler.after(settings.late, () => void arrive(write))
  }

  // A page may have to be read from elsewhere than its request says.
  function through<Answer>(exchange: Exchange<Answer>): Promise<Answer> {
    return isPage(exchange) ? pages.pass(exchange) : exchange.send()
  }

  async function inject<Answer>(
    exchange: Exchange<Answer>,
    fault: Fault,
    planned: PlannedRequest,
    entry: InjectedFault,
  ): Promise<Answer | undefined> {
    const { operation, input } = exchange
    switch (fault) {
      case 'connection-refused':
        throw exchange.disconnect('refused')
      case 'lost-answer-before':
        throw exchange.disconnect('reset')
      case 'timeout-before':
        throw exchange.disconnect('timeout')
      case 'lost-answer-after':
        throw await afterSending(exchange, 'reset')
      case 'timeout-after':
        throw await afterSending(exchange, 'timeout')
      case 'late-write':
        postpone({ entry, send: () => exchange.sendLate() })
        throw exchange.disconnect('reset')
      case 'late-duplicate': {
        const same = withToken(operation, input)
        const answer = await exchange.send(same)
        postpone({ entry, send: () => exchange.sendLate(same) })
        return answer
      }
      case 'delay':
        await pause(settings, exchange.signal)
        return through(exchange)
      case 'late-answer': {
        const answer = await through(exchange)
        await pause(settings, exchange.signal)
        return answer
      }
      case 'unprocessed':
        return leaveUnprocessed(exchange, (text) => planned.random(text))
      case 'empty-page':
        return pages.empty(exchange)
      case 'repeated-page':
        return pages.repeat(exchange)
      case 'repeated-key':
        return pages.repeatKey(exchange)
      default: {
        if (fault === 'server-error-after') await afterSending(exchange, 'reset')
        const refusal = refusalOf(fault, operation, input, planned.random('part'))
        return refusal === undefined ? undefined : exchange.refuse(refusal)
      }
    }
  }

  async function perform<Answer>(exchange: Exchange<Answer>, planned: PlannedRequest): Promise<Answer> {
    const { operation, request, nth, fault } = planned
    if (fault !== undefined) {
      const entry: InjectedFault = { request, operation, nth, fault }
      log.push(entry)
      const answer = await inject(exchange, fault, planned, entry)
      if (answer !== undefined) return answer
      // It could not be: the last page can't be empty, the first not be repeated.
      log.splice(log.indexOf(entry), 1)
    }
    return through(exchange)
  }

  return {
    log,
    replay: printFaults({ ...options, seed: settings.seed }),
    async pass(exchange) {
      const planned = plan.next(exchange.operation)
      if (planned === undefined) return exchange.send()
      const due = settings.late === 'next' ? [...waiting] : []
      try {
        return await perform(exchange, planned)
      } finally {
        for (const write of due) await arrive(write)
      }
    },
    async settle() {
      for (const write of waiting) await arrive(write)
      await Promise.all(sending)
    },
  }
}

function isPage({ operation }: Exchange<unknown>): boolean {
  return operation === 'Query' || operation === 'Scan'
}

// An answer that is lost may have been a refusal too.
async function afterSending<Answer>(exchange: Exchange<Answer>, kind: 'reset' | 'timeout'): Promise<Error> {
  // Read to its end, or its connection would stay in use: with fifty of them nothing would be sent any more.
  await exchange
    .send()
    .then((answer) => exchange.read(answer))
    .catch(() => undefined)
  return exchange.signal?.aborted === true ? abortError() : exchange.disconnect(kind)
}

// The SDK makes a token for each time it is asked to send: a duplicate on the wire has the same.
function withToken(operation: string, input: Fields): Fields {
  if (operation !== 'TransactWriteItems' || input['ClientRequestToken'] !== undefined) return input
  return { ...input, ClientRequestToken: randomUUID() }
}

function pause({ scheduler, delay }: FaultSettings, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      cancel()
      signal?.removeEventListener('abort', abort)
    }
    const abort = (): void => {
      finish()
      reject(abortError())
    }
    const cancel = scheduler.after(delay, () => {
      finish()
      resolve()
    })
    if (signal?.aborted === true) abort()
    else signal?.addEventListener('abort', abort)
  })
}
