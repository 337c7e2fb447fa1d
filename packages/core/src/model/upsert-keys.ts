// The index keys of an item that an upsert may make: true for the one that it makes, and for the one that is there.
import { type Change, defaultChange } from '../expressions/update.js'
import type { Attributes } from '../types/attribute-value.js'
import { ownValue, ValueProblem } from '../values/codec.js'
import { type AttributeChanges, maintainIndexKeys, propertiesOf } from './index-maintenance.js'
import type { Model } from './model.js'

/** What an upsert does to attributes, and the whole row that it makes where there is none. */
export interface UpsertedAttributes {
  readonly change: AttributeChanges
  readonly made: Attributes
  /** The properties that are set where they are absent. */
  readonly defaulted: ReadonlySet<string>
}

/** The changes of key attributes. Throws a `ValueProblem` that names what one would have to know of a row that may be there. */
export function upsertIndexKeys(model: Model, { change, made, defaulted }: UpsertedAttributes): readonly Change[] {
  const { changes } = maintainIndexKeys(model, change)
  const further: Change[] = []
  for (const key of model.keyAttributes) {
    const value = ownValue(made, key.name)
    const isTable = Object.hasOwn(change.key, key.name) || isTableKey(model, key.name)
    if (value === undefined || isTable || key.variants.some(({ part }) => part.isOwnAttribute)) continue
    const others = [...new Set(propertiesOf(model, key))].filter((property) => !Object.hasOwn(change.key, property))
    if (others.some((property) => isTouched(change, property))) continue
    const [only] = others
    const isPlain = key.variants.every(({ when }) => when.length === 0)
    if (only === undefined) further.push({ action: 'set', path: [key.name], value })
    // Where the one part is there so is the key, and where it is absent both are made.
    else if (others.length === 1 && defaulted.has(only) && isPlain) further.push(defaultChange([key.name], value))
    else
      throw new ValueProblem(`${others.join(', ')} too, in set or remove: the key ${key.name} is made of it`, 'nothing')
  }
  return [...changes, ...further]
}

function isTableKey({ table }: Model, name: string): boolean {
  return [...table.partitionKey, ...table.sortKey].some((key) => key.name === name)
}

function isTouched({ set, removed, added }: AttributeChanges, property: string): boolean {
  return Object.hasOwn(set, property) || removed.has(property) || added.has(property)
}
