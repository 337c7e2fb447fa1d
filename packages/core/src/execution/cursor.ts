// Cursors: where a page ended, bound to the query that it belongs to. As base64url.
//
// A readable one is: 1 of format; 4 of a hash of table, index and entity, 4 of the key definition, 8 of direction, key condition and
// scope; 8 of a checksum; the position as JSON. It can be forged, but only into another position of the same query. A sealed one is:
// 2 of format; 4 of the key's id, 12 of a nonce; then, encrypted, the same hashes, the last of 16 bytes, 6 of an expiry, the position.
import { CursorError, type CursorFailure } from '../errors/cursor-error.js'
import { fnv1a } from '../model/text-formats.js'
import type { ReadPlan } from '../operations/read-plan.js'
import { fromBase64Url, toBase64Url } from '../values/base64.js'
import type { Connection } from './connection.js'
import { type CursorKeyRing, equal, joined } from './cursor-keys.js'
import { parsePosition, printPosition } from './cursor-position.js'
import type { Position } from './position.js'

/** What a cursor depends on besides its query. */
export type CursorContext = Pick<Connection, 'clock' | 'cursorKeys'> & { readonly scope: string | undefined }

const readable = Uint8Array.of(1)
const sealed = Uint8Array.of(2)
const hashBytes = 4
const expiryBytes = 6
const checksumBytes = 8
const maxLength = 8192
const noExpiry = 2 ** 48 - 1

type Bytes = Uint8Array<ArrayBuffer>

/** The cursor of a position. Throws `CursorError` where the keys are too long for one. */
export async function encodeCursor(plan: ReadPlan, context: CursorContext, position: Position): Promise<string> {
  const payload = new TextEncoder().encode(printPosition(plan, position))
  const { cursorKeys, clock, scope } = context
  const bytes =
    cursorKeys === undefined
      ? await readableBytes(await bindingBytes(plan, scope, 8), payload)
      : await sealedBytes(cursorKeys, await bindingBytes(plan, scope, 16), clock(), payload)
  const text = toBase64Url(bytes)
  if (text.length > maxLength) throw new CursorError(plan.operation, 'too-long')
  return text
}

async function readableBytes(binding: Bytes, payload: Bytes): Promise<Bytes> {
  return joined(readable, binding, await checksum(joined(readable, binding, payload)), payload)
}

async function sealedBytes(keys: CursorKeyRing, binding: Bytes, now: number, payload: Bytes): Promise<Bytes> {
  const expiry = keys.maxAge === undefined ? noExpiry : Math.floor(now + keys.maxAge)
  return joined(sealed, await keys.seal(sealed, joined(binding, expiryOf(expiry), payload)))
}

/** The position of a cursor of this very query. Throws `CursorError`. */
export async function decodeCursor(plan: ReadPlan, context: CursorContext, cursor: unknown): Promise<Position> {
  const found = await positionIn(plan, context, cursor)
  if (typeof found === 'string') throw new CursorError(plan.operation, found)
  return found
}

async function positionIn(plan: ReadPlan, context: CursorContext, cursor: unknown): Promise<Position | CursorFailure> {
  const bytes = typeof cursor === 'string' && cursor.length <= maxLength ? fromBase64Url(cursor) : undefined
  if (bytes === undefined || bytes.length === 0) return 'malformed'
  const { cursorKeys, clock, scope } = context
  // Where cursors are sealed a readable one is none: anybody can make it.
  const format = cursorKeys === undefined ? readable : sealed
  if (bytes[0] !== format[0]) return 'stale'
  const content =
    cursorKeys === undefined ? await readableContent(bytes) : await sealedContent(cursorKeys, clock(), bytes)
  if (typeof content === 'string') return content
  const binding = await bindingBytes(plan, scope, cursorKeys === undefined ? 8 : 16)
  const bound = content.slice(0, binding.length)
  const same = (from: number, to?: number): boolean => equal(bound.slice(from, to), binding.slice(from, to))
  if (!same(0, hashBytes)) return 'other-query'
  if (!same(hashBytes, 2 * hashBytes)) return 'stale'
  if (!same(2 * hashBytes)) return 'other-query'
  return parsePosition(plan, new TextDecoder().decode(content.slice(binding.length)))
}

/** The binding and the position, where the checksum is right. */
async function readableContent(bytes: Bytes): Promise<Bytes | CursorFailure> {
  const head = 1 + 2 * hashBytes + 8
  const bound = bytes.slice(0, head)
  const payload = bytes.slice(head + checksumBytes)
  const right = await checksum(joined(bound, payload))
  return equal(right, bytes.slice(head, head + checksumBytes)) ? joined(bound.slice(1), payload) : 'malformed'
}

/** The binding and the position, where the seal is whole and has not expired. */
async function sealedContent(keys: CursorKeyRing, now: number, bytes: Bytes): Promise<Bytes | CursorFailure> {
  const content = await keys.open(sealed, bytes.slice(1))
  if (content === 'unknown-key') return 'stale'
  if (content === 'changed') return 'malformed'
  const head = 2 * hashBytes + 16
  const expiry = expiryIn(content.slice(head, head + expiryBytes))
  if (expiry !== noExpiry && now > expiry) return 'stale'
  return joined(content.slice(0, head), content.slice(head + expiryBytes))
}

async function bindingBytes(plan: ReadPlan, scope: string | undefined, queryBytes: number): Promise<Bytes> {
  const binding = plan.binding()
  const query = await sha256(new TextEncoder().encode(JSON.stringify([binding.query, scope ?? null])))
  const hashes = new DataView(new ArrayBuffer(2 * hashBytes))
  hashes.setUint32(0, fnv1a(binding.subject))
  hashes.setUint32(hashBytes, fnv1a(binding.definition))
  return joined(new Uint8Array(hashes.buffer), query.slice(0, queryBytes))
}

async function checksum(content: Bytes): Promise<Bytes> {
  return (await sha256(content)).slice(0, checksumBytes)
}

async function sha256(content: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', content))
}

function expiryOf(time: number): Bytes {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(Math.min(time, noExpiry)))
  return new Uint8Array(view.buffer.slice(2))
}

function expiryIn(bytes: Uint8Array): number {
  let time = 0
  for (const byte of bytes) time = time * 256 + byte
  return time
}
