// What managed attributes may be in keys: times in those of indexes, a version in none that is made of it.
import { DefinitionError } from '../errors/definition-error.js'
import { formatPath } from '../errors/path.js'
import type { Model } from './model.js'

type Keys = Pick<Model, 'managed' | 'keyProperties' | 'keyAttributes' | 'computed' | 'discriminator' | 'constants'>

/** Refuses keys that no write could keep up, and says whether some hold times. Throws `DefinitionError`. */
export function checkManagedKeys(subject: string, model: Keys): boolean {
  const { version, names, nonce, expiresAt } = model.managed
  const refuse = (place: readonly string[], problem: string, fix: string): never => {
    throw new DefinitionError(subject, formatPath(place), problem, fix)
  }
  for (const name of names)
    if (model.keyProperties.has(name))
      refuse(['key'], `${name} is made when a write is sent`, 'Use an attribute with a default for the key')
  const made = new Set<string>()
  for (const { variants } of model.keyAttributes)
    for (const { part, when } of variants) {
      if (part.isOwnAttribute) continue
      for (const { path } of part.template.components) made.add(path[0])
      for (const { property } of when) made.add(property)
    }
  for (const [name, { from }] of model.computed) {
    const source = from.find((property) => names.has(property) || property === expiresAt?.name)
    if (source !== undefined) refuse(['computed', name], `${source} is kept up by writes`, 'Compute it from others')
  }
  if (version !== undefined && made.has(version))
    refuse(['version'], 'an index key is made of it, but nobody knows it before it is written', 'Use another attribute')
  if (nonce !== undefined) {
    const taken =
      model.discriminator?.attribute === nonce ||
      Object.hasOwn(model.constants, nonce) ||
      model.keyAttributes.some(({ name }) => name === nonce)
    if (taken) refuse(['nonce'], 'the row has an attribute of this name', 'Give it another name')
  }
  return [...names].some((name) => made.has(name))
}
