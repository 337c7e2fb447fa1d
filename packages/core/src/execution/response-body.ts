// The body of a response as text, whatever transport brought it.

/** The text; `undefined` for a body of a kind that only its own SDK knows. It is then untouched. */
export async function textOfBody(body: unknown): Promise<string | undefined> {
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return textOf([body])
  if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body)) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of body as AsyncIterable<unknown>) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body is a stream of bytes')
    chunks.push(chunk)
  }
  return textOf(chunks)
}

function textOf(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  if (chunks.length === 1) return decoder.decode(chunks[0])
  let text = ''
  for (const chunk of chunks) text += decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}
