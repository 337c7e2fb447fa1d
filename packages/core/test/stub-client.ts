// A client that answers what a test says, and remembers what it was asked.
import type { Client } from '@keyloom/core'

interface Sent {
  readonly operation: string
  readonly input: Record<string, unknown>
  readonly signal: AbortSignal | undefined
}

export interface StubClient extends Client {
  readonly sent: Sent[]
}

type Answer = (sent: Sent, count: number) => unknown

export function stubClient(answer: Answer = () => ({})): StubClient {
  const sent: Sent[] = []
  return {
    sent,
    async send(command, options) {
      const request = {
        operation: command.constructor.name.replace(/Command$/, ''),
        input: (command as { input: Record<string, unknown> }).input,
        signal: options?.abortSignal,
      }
      sent.push(request)
      return answer(request, sent.length)
    },
  }
}

/** An error as the SDK throws it. */
export function serviceError(name: string, status = 400, more: object = {}): Error {
  const error = new Error(`SECRET of ${name}`)
  return Object.assign(error, { name, $metadata: { httpStatusCode: status, requestId: 'r-1', attempts: 1 }, ...more })
}
