// Whether two encoded values are the same, part by part.
import type { AttributeValue } from '../types/attribute-value.js'

/** Whether two encoded values are the same. The order of a map's entries says nothing, that of lists and sets does. */
export function isEqual(one: AttributeValue, other: AttributeValue): boolean {
  return isSamePart(one, other)
}

function isSamePart(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSamePart(Reflect.get(one, name), Reflect.get(other, name)))
  )
}
