// Bytes as base64 text, on every platform alike.

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** The bytes of a base64 text; `undefined` for any text that `toBase64` does not make. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  let decoded: string
  try {
    decoded = atob(text)
  } catch {
    return undefined
  }
  // Other texts than the canonical one may decode to the same bytes.
  if (btoa(decoded) !== text) return undefined
  return Uint8Array.from(decoded, (character) => character.charCodeAt(0))
}

/** Bytes as base64url, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The bytes of a base64url text; `undefined` for any text that `toBase64Url` does not make. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined
  const padding = '='.repeat((4 - (text.length % 4)) % 4)
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + padding)
}
