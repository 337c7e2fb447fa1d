// The fields that conditions name, made once an entity.
import { fieldBrand, type FieldNode } from '../expressions/condition.js'
import type { Property } from '../values/codec.js'

/** What the top level of an item is called in its row. */
export interface TopLevel {
  readonly storedAs: ReadonlyMap<string, string>
  readonly keyOnly: ReadonlyMap<string, unknown>
}

/**
 * A field for each property, nested maps included; none for what is stored in keys alone. Names are own properties, so that
 * `constructor` is a name like any other.
 */
export function fieldTree(
  node: FieldNode,
  properties: ReadonlyMap<string, Property> | undefined,
  topLevel?: TopLevel,
): object {
  const fields = Object.create(null) as object
  Object.defineProperty(fields, fieldBrand, { value: node })
  // The whole item's own path is that of its partition key, which says whether it exists; its fields don't hang below it.
  const parent = node.codec === undefined ? [] : node.path
  for (const [name, { codec }] of properties ?? []) {
    if (topLevel?.keyOnly.has(name) === true) continue
    const path = [...parent, topLevel?.storedAs.get(name) ?? name]
    let field: object | undefined
    // Made when it is asked for: a recursive schema has fields without end.
    const get = (): object => (field ??= fieldTree({ path, codec }, codec.properties))
    Object.defineProperty(fields, name, { enumerable: true, get })
  }
  return Object.freeze(fields)
}
