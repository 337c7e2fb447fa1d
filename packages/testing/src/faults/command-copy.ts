// The same command with another input.

/** A copy that shares the middleware of a command, whichever client it is made for; the original stays as it is. */
export function copyCommand<Command extends object>(command: Command, input: object): Command {
  const copy = Object.create(
    Object.getPrototypeOf(command) as object,
    Object.getOwnPropertyDescriptors(command),
  ) as Command
  Object.defineProperty(copy, 'input', { value: input, writable: true, enumerable: true, configurable: true })
  // The document client's commands hand on the one that they wrap.
  if ('clientCommand' in copy && typeof copy.clientCommand === 'object' && copy.clientCommand !== null) {
    const clientCommand = copyCommand(copy.clientCommand, input)
    Object.defineProperty(copy, 'clientCommand', { value: clientCommand, enumerable: true })
  }
  return copy
}
