// Which operation a command is, whichever client it is made for.

const documentNames: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  BatchGet: 'BatchGetItem',
  BatchWrite: 'BatchWriteItem',
  TransactGet: 'TransactGetItems',
  TransactWrite: 'TransactWriteItems',
}

/** `UpdateItem` of an UpdateItemCommand and of the document client's UpdateCommand. */
export function operationName(command: object): string {
  // The document client's commands wrap the service's: a bundler may have renamed either.
  const name = command.constructor.name.replace(/^_+/, '').replace(/Command(\$\d+)?$/, '')
  return documentNames[name] ?? name
}
