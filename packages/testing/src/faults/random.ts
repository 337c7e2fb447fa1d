// Numbers that look random and follow from a seed.

/** A number in [0, 1) that follows from a seed and a text alone: the order of calls does not matter. */
export type Random = (text: string) => number

/** A source of such numbers. */
export function randomFrom(seed: number): Random {
  return (text) => mix(hash(`${seed}/${text}`))
}

// FNV-1a over UTF-16 code units.
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}

// One step of mulberry32: neighbouring texts must not give neighbouring numbers.
function mix(seed: number): number {
  let value = (seed + 0x6d2b79f5) | 0
  value = Math.imul(value ^ (value >>> 15), value | 1)
  value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
  return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
}

/** A seed that nobody has chosen: `KEYLOOM_SEED`, else another each time. */
export function freshSeed(): number {
  const given = Number(process.env['KEYLOOM_SEED'] ?? Number.NaN)
  return Number.isInteger(given) ? given : Math.floor(Math.random() * 2 ** 31)
}
