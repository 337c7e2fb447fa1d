// What a change sets where nothing is stored: the value of an attribute of a new item.
import type { UpdateValue } from '../expressions/update.js'
import { isPlain } from '../expressions/update.js'
import type { AttributeValue } from '../types/attribute-value.js'

/** The value that an absent attribute gets; `undefined` where the change would fail. */
export function createdValue(value: UpdateValue): AttributeValue | undefined {
  if (isPlain(value)) return value
  // A field of the same item, which is absent too.
  if (!('type' in value)) return undefined
  if (value.type === 'if-not-exists') return createdValue(value.otherwise)
  if (value.type === 'list-append') {
    const first = createdValue(value.first)?.L
    const second = createdValue(value.second)?.L
    return first === undefined || second === undefined ? undefined : { L: [...first, ...second] }
  }
  const left = createdValue(value.left)?.N
  const right = createdValue(value.right)?.N
  if (left === undefined || right === undefined) return undefined
  const sum = value.type === '+' ? Number(left) + Number(right) : Number(left) - Number(right)
  return { N: String(sum) }
}
