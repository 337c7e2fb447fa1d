// The fields that conditions name, made once an entity.
import { fieldBrand, type FieldNode } from '../expressions/condition.js'
import type { Property } from '../values/codec.js'

/** A field for each property, nested maps included. Names are own properties, so `constructor` is a name like any other. */
export function fieldTree(node: FieldNode, properties: ReadonlyMap<string, Property> | undefined): object {
  const fields = Object.create(null) as object
  Object.defineProperty(fields, fieldBrand, { value: node })
  for (const [name, { codec }] of properties ?? [])
    Object.defineProperty(fields, name, {
      enumerable: true,
      value: fieldTree({ path: [...rootless(node), name], codec }, codec.properties),
    })
  return Object.freeze(fields)
}

// The whole item's own path is that of its partition key, which says whether the item exists; its fields don't hang below it.
function rootless(node: FieldNode): FieldNode['path'] {
  return node.codec === undefined ? [] : node.path
}
