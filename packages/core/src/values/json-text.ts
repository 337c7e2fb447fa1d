// Requests and answers as JSON text: DynamoDB's values as they are, bytes as base64.
import type { AttributeValue } from '../types/attribute-value.js'
import { fromBase64, toBase64 } from './base64.js'
import { isBytes } from './binary.js'
import { setOwn } from './codec.js'

// What JSON writes with a backslash, and half surrogate pairs, which it writes as numbers.
// eslint-disable-next-line no-control-regex -- control characters are the point
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/

/** The JSON of what a request consists of. What is `undefined` is left out. */
export function toJsonText(value: unknown): string {
  if (typeof value === 'string') return escaped.test(value) ? JSON.stringify(value) : `"${value}"`
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(toJsonText).join()}]`
  if (isBytes(value)) return `"${toBase64(value)}"`
  let text = ''
  for (const name of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[name]
    if (part !== undefined) text += `${text === '' ? '' : ','}${toJsonText(name)}:${toJsonText(part)}`
  }
  return `{${text}}`
}

/** The answer that a JSON text is, with bytes where values are bytes. */
export function fromJsonText(text: string): object {
  const answer = JSON.parse(text) as object
  // A quote inside of a string has a backslash before it, so these are names, and what follows says that they are values.
  if (text.includes('"B":"') || text.includes('"BS":[')) reviveBytes(answer)
  return answer
}

function reviveBytes(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const { B, BS } = value as { readonly B?: unknown; readonly BS?: unknown }
  if (typeof B === 'string') setOwn(value as Record<string, unknown>, 'B', bytesOf(B))
  else if (Array.isArray(BS)) setOwn(value as Record<string, unknown>, 'BS', BS.map(bytesOf))
  else for (const part of Object.values(value)) reviveBytes(part)
}

function bytesOf(text: unknown): AttributeValue['B'] {
  const bytes = typeof text === 'string' ? fromBase64(text) : undefined
  if (bytes === undefined) throw new SyntaxError('Bytes in an answer are no base64')
  return bytes
}
