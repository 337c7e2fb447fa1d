// The first question to a server: does it answer ListTables?

// No engine for tests checks the signature; a server that does has answered all the same.
function headers(): Record<string, string> {
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const credential = `probe/${now.slice(0, 8)}/us-east-1/dynamodb/aws4_request`
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=0`,
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-date': now,
    'x-amz-target': 'DynamoDB_20120810.ListTables',
    // A socket that is kept would end in a reset when the engine stops.
    connection: 'close',
  }
}

/** The HTTP status of the answer to a ListTables request; undefined when nothing answers in time. */
export async function listTablesStatus(endpoint: string, timeoutMs: number): Promise<number | undefined> {
  try {
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)))
    const response = await fetch(endpoint, { method: 'POST', headers: headers(), body: '{}', signal })
    await response.arrayBuffer()
    return response.status
  } catch {
    return undefined
  }
}
