// Which items an index holds: those whose attributes have certain values.
import { DefinitionError } from '../errors/definition-error.js'
import { formatPath } from '../errors/path.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { Absent, Present } from '../types/computed.js'
import { type Codec, ownValue, type Property, ValueProblem } from '../values/codec.js'
import { compareKeyValues } from './key-order.js'

const absentMark: unique symbol = Symbol.for('keyloom.absent') as never
const presentMark: unique symbol = Symbol.for('keyloom.present') as never

/** An index holds the items that don't have the attribute: `when: { manager: absent }`. */
export const absent: Absent = Object.freeze({ [absentMark]: true }) as never

/** An index holds the items that have the attribute: `when: { manager: present }`. */
export const present: Present = Object.freeze({ [presentMark]: true }) as never

/** One attribute's part: the values that it may have, or whether it is there. */
export interface WhenTest {
  readonly property: string
  readonly values: readonly AttributeValue[] | 'absent' | 'present'
}

export type When = readonly WhenTest[]

/** Compiles a `when`. Throws `DefinitionError`. */
export function compileWhen(
  subject: string,
  place: string,
  properties: ReadonlyMap<string, Property>,
  when: Readonly<Record<string, unknown>>,
): When {
  return Object.entries(when).map(([name, expected]) => {
    const property = properties.get(name)
    const at = formatPath([...place.split('.'), name])
    if (property === undefined)
      throw new DefinitionError(subject, at, 'it is not an attribute of the schema', 'Name one of its attributes')
    if (isMark(expected, absentMark)) return { property: name, values: 'absent' }
    if (isMark(expected, presentMark)) return { property: name, values: 'present' }
    const values = (Array.isArray(expected) ? expected : [expected]).map((value) =>
      stored(subject, at, property.codec, value),
    )
    return { property: name, values }
  })
}

function isMark(value: unknown, mark: symbol): boolean {
  return typeof value === 'object' && value !== null && mark in value
}

function stored(subject: string, place: string, codec: Codec, value: unknown): AttributeValue {
  try {
    const encoded = codec.encode(value)
    if (encoded?.S !== undefined || encoded?.N !== undefined || encoded?.BOOL !== undefined) return encoded
    throw new ValueProblem('a string, a number or a boolean', 'another value')
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error
    const fix = 'Use values of the attribute, absent or present'
    throw new DefinitionError(subject, place, `expected ${error.expected}, received ${error.received}`, fix)
  }
}

/** Whether the item that has these attributes is in the index. */
export function holds(when: When, attributes: Attributes): boolean {
  return when.every((test) => passes(test, ownValue(attributes, test.property)))
}

/** Whether an attribute's value, or its absence, is one that the index holds. */
export function passes({ values }: WhenTest, value: AttributeValue | undefined): boolean {
  if (value === undefined || values === 'absent') return value === undefined && values === 'absent'
  return values === 'present' || values.some((expected) => isSame(expected, value))
}

/** Whether no item can be in both. */
export function exclude(one: When, other: When): boolean {
  return one.some((test) =>
    other.some((counterpart) => test.property === counterpart.property && isDisjoint(test, counterpart)),
  )
}

function isDisjoint({ values }: WhenTest, { values: others }: WhenTest): boolean {
  if (values === 'absent' || others === 'absent') return values !== others
  if (values === 'present' || others === 'present') return false
  return !values.some((value) => others.some((other) => isSame(value, other)))
}

function isSame(one: AttributeValue, other: AttributeValue): boolean {
  if (one.BOOL !== undefined || other.BOOL !== undefined) return one.BOOL === other.BOOL
  if ((one.S === undefined) !== (other.S === undefined)) return false
  return compareKeyValues(one, other) === 0
}
