// The keys that seal cursors: AES-256-GCM by WebCrypto, the current one and those before it.
import { InputError } from '../errors/input-error.js'
import { checkOptions } from '../operations/options.js'
import type { CursorKey, CursorKeys } from '../types/running.js'
import { kindOf } from '../values/codec.js'

const idBytes = 4
const nonceBytes = 12
const tagBytes = 16
const leastBytes = 32

type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

interface SealingKey {
  readonly id: Uint8Array
  readonly key: ImportedKey
}

/** Seals with the current key, and opens what that one or an earlier one has sealed. */
export class CursorKeyRing {
  /** Milliseconds that a cursor is good for; without end where absent. */
  readonly maxAge: number | undefined
  readonly #secrets: readonly CursorKey[]
  #keys: Promise<readonly SealingKey[]> | undefined

  constructor(given: CursorKey | CursorKeys) {
    const { current, previous = [], maxAge } = isRing(given) ? checkRing(given) : { current: given }
    if (!Array.isArray(previous)) throw refusal(['cursorKey', 'previous'], 'a list of earlier keys', previous)
    if (maxAge !== undefined && !(maxAge > 0))
      throw refusal(['cursorKey', 'maxAge'], 'milliseconds, more than 0', maxAge)
    this.maxAge = maxAge
    this.#secrets = [current, ...(previous as CursorKey[])]
    for (const secret of this.#secrets) checkSecret(secret)
  }

  /** The id of the key, the nonce, and the content encrypted; `head` is authenticated with it. */
  async seal(head: Uint8Array<ArrayBuffer>, content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    const [current] = await this.#imported()
    if (current === undefined) throw new Error('a key ring has a current key')
    const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
    const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: joined(head, current.id) }
    return joined(current.id, nonce, new Uint8Array(await crypto.subtle.encrypt(algorithm, current.key, content)))
  }

  /** The content; why not where no key of the ring has sealed it as it is. */
  async open(
    head: Uint8Array<ArrayBuffer>,
    sealed: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer> | 'unknown-key' | 'changed'> {
    if (sealed.length < idBytes + nonceBytes + tagBytes) return 'changed'
    const id = sealed.slice(0, idBytes)
    const found = (await this.#imported()).find((candidate) => equal(candidate.id, id))
    if (found === undefined) return 'unknown-key'
    const iv = sealed.slice(idBytes, idBytes + nonceBytes)
    try {
      const algorithm = { name: 'AES-GCM', iv, additionalData: joined(head, id) }
      return new Uint8Array(await crypto.subtle.decrypt(algorithm, found.key, sealed.slice(idBytes + nonceBytes)))
    } catch {
      return 'changed'
    }
  }

  /** Imported when first needed: making a connection awaits nothing. */
  #imported(): Promise<readonly SealingKey[]> {
    return (this.#keys ??= Promise.all(this.#secrets.map(imported)))
  }
}

async function imported(secret: CursorKey): Promise<SealingKey> {
  const bytes = bytesOf(secret)
  const key = await digest('keyloom cursor key', bytes)
  const id = (await digest('keyloom cursor key id', bytes)).slice(0, idBytes)
  return { id, key: await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']) }
}

async function digest(purpose: string, secret: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(bytesOf(purpose), secret)))
}

function bytesOf(secret: CursorKey): Uint8Array<ArrayBuffer> {
  return typeof secret === 'string' ? new TextEncoder().encode(secret) : new Uint8Array(secret)
}

function isRing(given: CursorKey | CursorKeys): given is CursorKeys {
  return Object(given) === given && !ArrayBuffer.isView(given)
}

function checkRing(ring: CursorKeys): CursorKeys {
  checkOptions('connect', ring, ['current', 'previous', 'maxAge'])
  return ring
}

function checkSecret(secret: unknown): void {
  const isSecret = typeof secret === 'string' || secret instanceof Uint8Array
  if (isSecret && bytesOf(secret).length >= leastBytes) return
  const received = isSecret ? `${kindOf(secret)} of fewer` : kindOf(secret)
  throw new InputError('connect', ['cursorKey'], `a secret of ${leastBytes} random bytes or more`, received)
}

function refusal(path: readonly string[], expected: string, given: unknown): InputError {
  return new InputError('connect', path, expected, kindOf(given))
}

/** Bytes one after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

/** Whether two texts of bytes are the same. */
export function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}
