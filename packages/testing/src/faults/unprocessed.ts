// A batch of which some parts are left undone, as the service does it.
import type { Exchange } from './exchange.js'

type Parts = Readonly<Record<string, Part>>
// BatchWriteItem has a list for each table, BatchGetItem a list of keys beside settings.
type Part = readonly unknown[] | { readonly Keys?: readonly unknown[] }

/** Sends some parts of a batch and returns the others as unprocessed. At least one is left undone. */
export async function leaveUnprocessed<Answer>(
  exchange: Exchange<Answer>,
  random: (text: string) => number,
): Promise<Answer> {
  const name = exchange.operation === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems'
  const all = (exchange.input['RequestItems'] ?? {}) as Parts
  const chosen = choose(all, random)
  const kept = filter(all, (index) => !chosen.has(index))
  const left = filter(all, (index) => chosen.has(index))
  if (Object.keys(kept).length === 0) {
    return exchange.answer(name === 'UnprocessedKeys' ? { Responses: {}, [name]: left } : { [name]: left })
  }
  const { output, answer } = await exchange.read(await exchange.send({ ...exchange.input, RequestItems: kept }))
  if (output === undefined) return answer
  return exchange.answer({ ...output, [name]: merge((output[name] ?? {}) as Parts, left) })
}

// The service does one part at least, unless there is but one.
function choose(parts: Parts, random: (text: string) => number): Set<number> {
  const count = Object.values(parts).reduce((sum, part) => sum + entriesOf(part).length, 0)
  const chosen = new Set<number>()
  for (let index = 0; index < count; index += 1) if (random(`part ${index}`) < 0.5) chosen.add(index)
  const one = Math.floor(random('one') * count)
  if (chosen.size === 0) chosen.add(one)
  if (chosen.size === count && count > 1) chosen.delete(one)
  return chosen
}

function filter(parts: Parts, isWanted: (index: number) => boolean): Parts {
  const found: Record<string, Part> = {}
  let index = 0
  for (const [table, part] of Object.entries(parts)) {
    const entries = entriesOf(part).filter(() => isWanted(index++))
    if (entries.length > 0) found[table] = withEntries(part, entries)
  }
  return found
}

function merge(first: Parts, second: Parts): Parts {
  const merged: Record<string, Part> = { ...first }
  for (const [table, part] of Object.entries(second)) {
    const before = merged[table]
    merged[table] = before === undefined ? part : withEntries(part, [...entriesOf(before), ...entriesOf(part)])
  }
  return merged
}

function entriesOf(part: Part): readonly unknown[] {
  return isList(part) ? part : (part.Keys ?? [])
}

function withEntries(part: Part, entries: readonly unknown[]): Part {
  return isList(part) ? entries : { ...part, Keys: entries }
}

// Array.isArray does not tell readonly arrays.
function isList(part: Part): part is readonly unknown[] {
  return Array.isArray(part)
}
