// A client that is another one but for some members.

/** Anything that sends commands: a `DynamoDBClient`, a `DynamoDBDocumentClient`, a fake. */
export interface AnyClient {
  send(...args: never[]): unknown
}

/** What a client's `send` is told beside the command. */
export interface SendOptions {
  readonly abortSignal?: AbortSignal
}

/** Sends on the client itself. */
export function sendOn(client: AnyClient, command: object, ...args: unknown[]): unknown {
  return (client.send as (...args: unknown[]) => unknown).call(client, command, ...args)
}

/** The client with these members in the place of its own; all others, and its class, stay. */
export function clientWith<Client extends AnyClient, Members extends object>(
  client: Client,
  members: Members,
): Client & Members {
  return new Proxy(client, {
    get: (target, name, receiver) =>
      Object.hasOwn(members, name)
        ? (Reflect.get(members, name) as unknown)
        : (Reflect.get(target, name, receiver) as unknown),
    has: (target, name) => Object.hasOwn(members, name) || Reflect.has(target, name),
  }) as Client & Members
}
