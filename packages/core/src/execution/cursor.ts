// Cursors: where a page ended, bound to the query that it belongs to.
//
// The bytes are: 1 of format version, 8 of a hash of the query, 8 of a checksum, then the position as JSON; as base64url. A
// cursor is readable and can be forged, but only into another position of the same query: see `checkPosition`.
import { CursorError } from '../errors/cursor-error.js'
import { satisfies } from '../model/key-condition.js'
import type { QueryPlan } from '../operations/query.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue, setOwn } from '../values/codec.js'

const version = 1
const hashBytes = 8
const headBytes = 1 + 2 * hashBytes
const maxLength = 8192

/** The cursor of a position: only what the query does not already fix is in it. */
export async function encodeCursor(plan: QueryPlan, position: Attributes): Promise<string> {
  const values = openNames(plan).map((name) => ownValue(position, name) ?? { NULL: true as const })
  const payload = Buffer.from(JSON.stringify(values.map(toJson)))
  const bound = Buffer.concat([Buffer.of(version), await hash(plan.binding), payload])
  const checksum = await hash(bound)
  return Buffer.concat([bound.subarray(0, 1 + hashBytes), checksum, payload]).toString('base64url')
}

/** The position of a cursor of this very query. Throws `CursorError`. */
export async function decodeCursor(plan: QueryPlan, cursor: unknown): Promise<Attributes> {
  const bytes = typeof cursor === 'string' && cursor.length <= maxLength ? Buffer.from(cursor, 'base64url') : undefined
  if (bytes === undefined || bytes.length <= headBytes || bytes.toString('base64url') !== cursor)
    throw new CursorError(plan.operation, 'malformed')
  if (bytes[0] !== version) throw new CursorError(plan.operation, 'version')
  const bound = bytes.subarray(0, 1 + hashBytes)
  const payload = bytes.subarray(headBytes)
  const checksum = await hash(Buffer.concat([bound, payload]))
  if (!checksum.equals(bytes.subarray(1 + hashBytes, headBytes))) throw new CursorError(plan.operation, 'malformed')
  if (!bound.subarray(1).equals(await hash(plan.binding))) throw new CursorError(plan.operation, 'other-query')
  return checkPosition(plan, parse(payload.toString()))
}

/** The position that a forged cursor may give at most: one inside the query's own range. */
function checkPosition(plan: QueryPlan, values: unknown): Attributes {
  const names = openNames(plan)
  const position: Attributes = { ...plan.range.fixed }
  if (!Array.isArray(values) || values.length !== names.length) throw new CursorError(plan.operation, 'malformed')
  names.forEach((name, index) => {
    const value = fromJson(values[index])
    if (value === undefined || !Object.hasOwn(value, plan.positionKinds.get(name) ?? ''))
      throw new CursorError(plan.operation, 'malformed')
    setOwn(position, name, value)
  })
  if (!satisfies(plan.range.conditions, position)) throw new CursorError(plan.operation, 'other-query')
  return position
}

function openNames({ positionKinds, range }: QueryPlan): string[] {
  return [...positionKinds.keys()].filter((name) => !Object.hasOwn(range.fixed, name))
}

async function hash(content: string | Uint8Array): Promise<Buffer> {
  const bytes = Buffer.from(content)
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, hashBytes)
}

function toJson(value: AttributeValue): object {
  return value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') }
}

function fromJson(value: unknown): AttributeValue | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined
  const { S, N, B } = value as { S?: unknown; N?: unknown; B?: unknown }
  if (typeof S === 'string') return { S }
  if (typeof N === 'string' && isDecimal(N)) return { N }
  return typeof B === 'string' ? { B: new Uint8Array(Buffer.from(B, 'base64')) } : undefined
}

function isDecimal(text: string): boolean {
  return /^-?\d{1,130}(\.\d{1,130})?$/.test(text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
