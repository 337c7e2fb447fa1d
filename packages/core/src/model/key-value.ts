// The value of a key attribute, out of the attributes that it is made of.
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue, ValueProblem } from '../values/codec.js'
import { textSize } from '../values/size.js'
import { componentValue, fillTemplate } from './key-template.js'
import type { KeyPart, KeyVariant } from './model.js'

/** The key attribute's value; `undefined` where a component is absent. Throws a `ValueProblem`. */
export function keyValue(part: KeyPart, values: Attributes): AttributeValue | undefined {
  const { template } = part
  if (template.components.some((component) => componentValue(component, values) === undefined)) return undefined
  const value =
    template.native === undefined ? { S: fillTemplate(template, values) } : ownValue(values, template.native)
  if (value !== undefined) checkKeyValue(part, value)
  return value
}

/** The key attribute's value for an item that the index holds: where it holds some items only, they need all components. */
export function variantValue({ part, when }: KeyVariant, values: Attributes): AttributeValue | undefined {
  const value = keyValue(part, values)
  if (value !== undefined || when.length === 0) return value
  const missing = part.template.components.find((component) => componentValue(component, values) === undefined)
  const problem = new ValueProblem(
    `a value: an index holds this item, and its key ${part.name} is made of it`,
    'nothing',
  )
  problem.path.push(missing?.name ?? part.name)
  throw problem
}

/** Refuses what DynamoDB refuses as a key: empty values, and more bytes than fit. Names the attribute, never the value. */
export function checkKeyValue(part: KeyPart, value: AttributeValue): void {
  const size = value.S === undefined ? value.B?.byteLength : textSize(value.S)
  if (size === undefined || (size > 0 && size <= part.maxBytes)) return
  const problem = new ValueProblem(
    `a key attribute ${part.name} of 1 to ${part.maxBytes} bytes (${part.template.text})`,
    size === 0 ? 'an empty one' : `one of ${size} bytes`,
  )
  if (part.template.native !== undefined) problem.path.push(part.template.native)
  throw problem
}
