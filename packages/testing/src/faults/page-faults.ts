// Pages that are empty, come twice, or lead nowhere.
import { isDeepStrictEqual } from 'node:util'
import type { Exchange, Fields } from './exchange.js'

/** Passes the pages of queries and scans on, and spoils some. */
export interface PageFaults {
  /** Sends a request for a page as it is, or from where an empty page has really ended. */
  pass<Answer>(exchange: Exchange<Answer>): Promise<Answer>
  /** Undefined: this page can't be empty, such as the last one. */
  empty<Answer>(exchange: Exchange<Answer>): Promise<Answer | undefined>
  /** Undefined: no page came before. */
  repeat<Answer>(exchange: Exchange<Answer>): Answer | undefined
  /** Undefined: it is the first page. */
  repeatKey<Answer>(exchange: Exchange<Answer>): Promise<Answer | undefined>
}

interface Read {
  readonly operation: string
  /** The input without its start. */
  readonly rest: Fields
  readonly start: unknown
}

/** An empty page's position, and where a read that goes on from it has to start. */
interface Detour extends Read {
  readonly from: unknown
}

interface SeenPage extends Read {
  readonly output: Fields
}

const mostPages = 100
const startName = 'ExclusiveStartKey'
const endName = 'LastEvaluatedKey'

/** Remembers at most the last hundred pages. */
export function pageFaults(): PageFaults {
  const detours: Detour[] = []
  const seen: SeenPage[] = []

  // An empty page gives the position of its first row. That row has still to come: once.
  async function pass<Answer>(exchange: Exchange<Answer>): Promise<Answer> {
    const read = readOf(exchange)
    const detour = detours.find((known) => isSame(known, read))
    const from = detour === undefined ? read.start : detour.from
    const { output, answer } = await exchange.read(await exchange.send(inputFrom(read.rest, from)))
    if (output === undefined) return answer
    // Only now: a request whose answer was lost is sent again.
    if (detour !== undefined) detours.splice(detours.indexOf(detour), 1)
    remember(seen, { ...read, output })
    return answer
  }

  return {
    pass,
    async empty(exchange) {
      const read = readOf(exchange)
      // A page of one row ends where the empty one did: that would be a repeated position.
      if (read.rest['Limit'] === 1 || detours.some((known) => isSame(known, read))) return undefined
      const first = await exchange.send({ ...inputFrom(read.rest, read.start), Limit: 1 })
      const { output } = await exchange.read(first)
      if (output?.[endName] === undefined) return undefined
      remember(detours, { ...read, start: output[endName], from: read.start })
      const none = 'Items' in output ? { Items: [] } : {}
      return exchange.answer({ ...output, ...none, Count: 0, ScannedCount: 0 })
    },
    repeat(exchange) {
      const { operation, rest, start } = readOf(exchange)
      if (start === undefined) return undefined
      const before = seen.findLast((page) =>
        isSame({ operation, rest, start }, { ...page, start: page.output[endName] }),
      )
      return before === undefined ? undefined : exchange.answer({ ...before.output })
    },
    async repeatKey(exchange) {
      const { start } = readOf(exchange)
      if (start === undefined) return undefined
      const { output, answer } = await exchange.read(await pass(exchange))
      return output === undefined ? answer : exchange.answer({ ...output, [endName]: start })
    },
  }
}

function readOf({ operation, input }: Exchange<unknown>): Read {
  const { [startName]: start, ...rest } = input
  return { operation, rest, start }
}

function inputFrom(rest: Fields, start: unknown): Fields {
  return start === undefined ? rest : { ...rest, [startName]: start }
}

function isSame(one: Read, other: Read): boolean {
  return (
    one.operation === other.operation &&
    isDeepStrictEqual(one.start, other.start) &&
    isDeepStrictEqual(one.rest, other.rest)
  )
}

function remember<Entry>(list: Entry[], entry: Entry): void {
  list.push(entry)
  if (list.length > mostPages) list.shift()
}
