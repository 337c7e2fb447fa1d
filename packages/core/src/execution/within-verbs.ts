// The verbs of an entity within a connection that is bound to components of its key: these are filled in.
import { type Model, namesOf } from '../model/model.js'
import { isBoundBy, type Within } from '../model/within.js'
import { setOwn } from '../values/codec.js'

type Verb = (first: unknown, ...others: unknown[]) => unknown

/** The verbs with what is bound filled in. Those that would reach further are left out; what remains is checked as it runs. */
export function withinVerbs(model: Model, within: Within, verbs: object): object {
  const bound: Record<string, unknown> = {}
  const named = new Set([...model.properties.keys(), ...model.keyNames])
  for (const [name, verb] of Object.entries(verbs) as [string, Verb][])
    if (name !== 'scan' && name !== 'query') bound[name] = filling(within, named, verb)
  bound['query'] = withinQueries(model, within, (verbs as { query: Verb }).query)
  return bound
}

function withinQueries(model: Model, within: Within, queries: Verb): Verb {
  const found = filling(within, new Set(namesOf(model.key)), queries)
  for (const [name, index] of model.indexes) {
    if (!isBoundBy(within, index.partitionKey)) continue
    const query = (queries as unknown as Record<string, Verb>)[name]
    if (query === undefined) continue
    const value = filling(within, new Set(namesOf(index)), query)
    Object.defineProperty(found, name, { value, enumerable: true, configurable: true })
  }
  return Object.freeze(found)
}

function filling(within: Within, names: ReadonlySet<string>, verb: Verb): Verb {
  return (first, ...others) => verb(filled(within, names, first), ...others)
}

/** What a caller gives, with what is bound. What it says itself stays, and is found out where it is another value. */
function filled(within: Within, names: ReadonlySet<string>, given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
  const prototype: unknown = Object.getPrototypeOf(given)
  if (prototype !== Object.prototype && prototype !== null) return given
  const all: Record<string, unknown> = { ...given }
  for (const [name, value] of within) if (names.has(name) && !Object.hasOwn(all, name)) setOwn(all, name, value)
  return all
}
