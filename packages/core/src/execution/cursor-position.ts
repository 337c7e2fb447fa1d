// Positions as the text inside of a cursor: only what the query does not fix.
import type { CursorFailure } from '../errors/cursor-error.js'
import { satisfies } from '../model/key-condition.js'
import type { ReadPlan, ReadSource } from '../operations/read-plan.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { fromBase64, toBase64 } from '../values/base64.js'
import { ownValue, setOwn } from '../values/codec.js'
import type { Mark, Position } from './position.js'

/**
 * The values of the open key attributes where there is one source. Where there are several, the number of the first source that
 * isn't begun, then for each that is under way its number and its values.
 */
export function printPosition(plan: ReadPlan, { next, marks }: Position): string {
  const values = ({ ordinal, key }: Mark): unknown[] => {
    if (key === undefined) return []
    return openNames(plan.source(ordinal)).map((name) => toJson(ownValue(key, name) ?? { NULL: true }))
  }
  const [only] = marks
  const content =
    plan.count === 1 && only !== undefined
      ? values(only)
      : [next, ...marks.map((mark) => [mark.ordinal, ...values(mark)])]
  return JSON.stringify(content)
}

/** The position of a text, and nothing outside of the plan's own ranges; or why there is none. */
export function parsePosition(plan: ReadPlan, text: string): Position | CursorFailure {
  const content = parse(text)
  if (!Array.isArray(content)) return 'malformed'
  if (plan.count === 1 && typeof content[0] !== 'number') {
    const key = keyOf(plan.source(0), content)
    return typeof key === 'string' ? key : { next: 1, marks: [{ ordinal: 0, key }] }
  }
  const [next, ...parts] = content as unknown[]
  if (!isWhole(next) || next > plan.count) return 'malformed'
  const marks: Mark[] = []
  for (const part of parts) {
    if (!Array.isArray(part)) return 'malformed'
    const [ordinal, ...values] = part as unknown[]
    if (!isWhole(ordinal) || ordinal >= next || marks.some((mark) => mark.ordinal === ordinal)) return 'malformed'
    const source = plan.source(ordinal)
    // Only a source without an order may be under way with nothing read of it.
    const key = values.length === 0 && source.order === undefined ? undefined : keyOf(source, values)
    if (typeof key === 'string') return key
    marks.push({ ordinal, key })
  }
  return fits(plan, next, marks) ? { next, marks } : 'malformed'
}

/** Sources with an order are under way in one stage only, the last that is begun. */
function fits(plan: ReadPlan, next: number, marks: readonly Mark[]): boolean {
  const { count, width } = plan
  if (plan.source(0).order === undefined) return true
  if (next !== count && next % width !== 0) return false
  const first = (Math.ceil(next / width) - 1) * width
  return marks.every(({ ordinal }) => ordinal >= first)
}

function keyOf(source: ReadSource, values: readonly unknown[]): Attributes | CursorFailure {
  const names = openNames(source)
  if (values.length !== names.length) return 'malformed'
  const key: Attributes = { ...source.fixed }
  for (const [index, name] of names.entries()) {
    const value = fromJson(values[index])
    if (value === undefined || !Object.hasOwn(value, source.positionKinds.get(name) ?? '')) return 'malformed'
    setOwn(key, name, value)
  }
  return satisfies(source.conditions, key) ? key : 'other-query'
}

function openNames({ positionKinds, fixed }: ReadSource): string[] {
  return [...positionKinds.keys()].filter((name) => !Object.hasOwn(fixed, name))
}

function toJson(value: AttributeValue): object {
  return value.B === undefined ? value : { B: toBase64(value.B) }
}

function fromJson(value: unknown): AttributeValue | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined
  const { S, N, B } = value as { S?: unknown; N?: unknown; B?: unknown }
  if (typeof S === 'string') return { S }
  if (typeof N === 'string' && isDecimal(N)) return { N }
  const bytes = typeof B === 'string' ? fromBase64(B) : undefined
  return bytes && { B: bytes }
}

function isDecimal(text: string): boolean {
  return /^-?\d{1,130}(\.\d{1,130})?$/.test(text)
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
