// One request as a fault sees it, whatever carries it: a client's `send`, or HTTP.
import type { Refusal } from './refusal.js'

/** The input or the output of an operation. */
export type Fields = Readonly<Record<string, unknown>>

/** A request that is about to be sent, and what it can be answered with. */
export interface Exchange<Answer> {
  readonly operation: string
  readonly input: Fields
  readonly signal: AbortSignal | undefined
  /** Sends it, with another input where one is given. */
  send(input?: Fields): Promise<Answer>
  /** Sends it whatever the caller does meanwhile. */
  sendLate(input?: Fields): Promise<unknown>
  /** The answer of a service that refuses: it may be an error that is thrown. */
  refuse(refusal: Refusal): Promise<Answer>
  /** The error of a connection that fails. */
  disconnect(kind: 'reset' | 'timeout' | 'refused'): Error
  /** What an answer says; no output where the service refused. The answer that is returned can still be handed on. */
  read(answer: Answer): Promise<{ readonly output: Fields | undefined; readonly answer: Answer }>
  /** An answer that says this. */
  answer(output: Fields): Answer
}
