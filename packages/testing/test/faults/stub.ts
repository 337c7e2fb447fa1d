// A client that answers what a test says, and remembers what it was asked; commands without an SDK.

export class UpdateItemCommand {
  constructor(readonly input: object = {}) {}
}
export class PutItemCommand {
  constructor(readonly input: object = {}) {}
}
export class GetItemCommand {
  constructor(readonly input: object = {}) {}
}
export class QueryCommand {
  constructor(readonly input: object = {}) {}
}
export class CreateTableCommand {
  constructor(readonly input: object = {}) {}
}

export interface Stub {
  readonly sent: string[]
  send(command: { readonly input: object }, options?: { abortSignal?: AbortSignal }): Promise<Record<string, unknown>>
}

export function stub(answer: (input: object) => Record<string, unknown> = () => ({})): Stub {
  const sent: string[] = []
  return {
    sent,
    async send(command) {
      sent.push(`${command.constructor.name.replace('Command', '')} ${JSON.stringify(command.input)}`)
      return answer(command.input)
    },
  }
}
