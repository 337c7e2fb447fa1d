// Texts made from texts for keys: time buckets, shards, folds. Stored keys live for ever: no rule in this file can change.
import { ValueProblem } from '../values/codec.js'

/** How many characters of an ISO time name a bucket of it. */
const bucketLengths: Readonly<Record<string, number>> = { year: 4, month: 7, day: 10, hour: 13 }

/** `{at:day}`: the bucket that a time lies in, in UTC; `undefined` if there is no bucket of that name. */
export function timeBucket(name: string): ((iso: string) => string) | undefined {
  const length = Object.hasOwn(bucketLengths, name) ? bucketLengths[name] : undefined
  if (length === undefined) return undefined
  return (iso) => {
    // An offset would put two texts of one moment into different buckets.
    const match = /^(\d{4}-\d{2}-\d{2})(T\d{2}(:\d{2}(:\d{2}([.,]\d+)?)?)?Z)?$/.exec(iso)
    if (match === null) throw new ValueProblem(`an ISO time in UTC: its ${name} is part of a key`, 'another text')
    if (name === 'hour' && match[2] === undefined)
      throw new ValueProblem('an ISO time with its hour: it is part of a key', 'a day without a time')
    return iso.slice(0, length)
  }
}

/** How many characters the bucket's text has. */
export function bucketWidth(name: string): number | undefined {
  return bucketLengths[name]
}

const encoder = new TextEncoder()

/** FNV-1a, 32 bit, over UTF-8. http://www.isthe.com/chongo/tech/comp/fnv/ gives offset, prime and test values. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

/** `{id:shard(10)}`: the number of a write shard, padded to the width of the last one. */
export function shardOf(count: number): (text: string) => string {
  const width = shardWidth(count)
  return (text) => String(fnv1a(text) % count).padStart(width, '0')
}

/** How many digits the number of a shard has. */
export function shardWidth(count: number): number {
  return String(count - 1).length
}

/** Folds that a user may ask for; none is ever applied unasked. */
export const folds: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  nfc: (text) => text.normalize('NFC'),
}
