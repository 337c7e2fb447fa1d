// Attribute values as plain JavaScript, so that what two clients send can be compared and printed alike.

/** A number as DynamoDB holds it: exact, whatever a double can hold. */
export class ExactNumber {
  /** Canonical digits: `1e3`, `1000` and `1000.0` are the same number. */
  readonly digits: string

  constructor(text: string) {
    this.digits = canonical(text)
  }
}

/** A set: what it holds is in order, so that equal sets look equal. */
export class PlainSet {
  readonly members: readonly unknown[]

  constructor(members: readonly unknown[]) {
    this.members = [...members].sort((a, b) => (printValue(a) < printValue(b) ? -1 : 1))
  }
}

const readers: Readonly<Record<string, (content: never) => unknown>> = {
  S: (text: string) => text,
  N: (text: string) => new ExactNumber(text),
  B: (bytes: Uint8Array | string) => plainBytes(bytes),
  BOOL: (value: boolean) => value,
  NULL: () => null,
  SS: (members: string[]) => new PlainSet(members),
  NS: (members: string[]) => new PlainSet(members.map((text) => new ExactNumber(text))),
  BS: (members: (Uint8Array | string)[]) => new PlainSet(members.map(plainBytes)),
  L: (members: unknown[]) => members.map(fromAttribute),
  M: (members: Record<string, unknown>) => mapFields(members, fromAttribute),
}

/** Whether a value is written as DynamoDB does: `{ S: 'a' }`. */
export function isAttribute(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const names = Object.keys(value).filter((name) => Reflect.get(value, name) !== undefined)
  const [type = ''] = names
  if (names.length !== 1 || !Object.hasOwn(readers, type)) return false
  const content = Reflect.get(value, type) as unknown
  if (type === 'S' || type === 'N') return typeof content === 'string'
  if (type === 'BOOL' || type === 'NULL') return typeof content === 'boolean'
  if (type === 'B') return typeof content === 'string' || content instanceof Uint8Array
  return type === 'M' ? typeof content === 'object' && content !== null : Array.isArray(content)
}

/** The plain value of an attribute value. */
export function fromAttribute(value: unknown): unknown {
  if (!isAttribute(value)) return fromNative(value)
  const [type = ''] = Object.keys(value as object).filter((name) => Reflect.get(value as object, name) !== undefined)
  return readers[type]?.(Reflect.get(value as object, type) as never)
}

/** The plain value of a native one, as the document client and Keyloom's items have them. */
export function fromNative(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return new ExactNumber(String(value))
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof ExactNumber || value instanceof PlainSet) return value
  if (value instanceof Set) return new PlainSet([...value].map(fromNative))
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return plainBytes(new Uint8Array(value))
  if (Array.isArray(value)) return value.map(fromNative)
  if (value instanceof Date || isMatcher(value)) return value
  return mapFields(value as Record<string, unknown>, fromNative)
}

/** Plain fields of an item, whichever client it comes from; what is undefined is left out. */
export function plainItem(item: object): Record<string, unknown> {
  const values = Object.values(item).filter((value) => value !== undefined)
  const isWire = values.length > 0 && values.every(isAttribute)
  return mapFields(item as Record<string, unknown>, isWire ? fromAttribute : fromNative)
}

/** One of a test framework's `expect.any(…)`, `expect.stringMatching(…)`, …. */
export function isMatcher(value: unknown): value is { asymmetricMatch(other: unknown): boolean } {
  return typeof value === 'object' && value !== null && 'asymmetricMatch' in value
}

/** For people, and the same text for the same value. */
export function printValue(value: unknown): string {
  if (value instanceof ExactNumber) return value.digits
  if (value instanceof PlainSet) return `set(${value.members.map(printValue).join(', ')})`
  if (value instanceof Uint8Array) return `bytes(${Buffer.from(value).toString('base64')})`
  if (value instanceof Date) return `date(${value.toISOString()})`
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`
  if (isMatcher(value)) return 'what the matcher takes'
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{ ${fields.map(([name, field]) => `${printName(name)}: ${printValue(field)}`).join(', ')} }`.replace(
      '{  }',
      '{}',
    )
  }
  return value === undefined ? 'undefined' : JSON.stringify(value)
}

/** A name as it is, or in quotes where it isn't a word. */
export function printName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name)
}

function plainBytes(bytes: Uint8Array | string): Uint8Array {
  return typeof bytes === 'string' ? new Uint8Array(Buffer.from(bytes, 'base64')) : new Uint8Array(bytes)
}

// Names are data: `__proto__` is one like another.
function mapFields(fields: Record<string, unknown>, map: (value: unknown) => unknown): Record<string, unknown> {
  const mapped: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    Object.defineProperty(mapped, name, { value: map(value), enumerable: true, configurable: true, writable: true })
  }
  return mapped
}

function canonical(text: string): string {
  const [, sign, whole = '', fraction = '', exponent] = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  if (sign === undefined || whole + fraction === '') return text
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  const power = Number(exponent ?? 0) - fraction.length + (digits.length - significant.length)
  const minus = sign === '-' ? '-' : ''
  if (power >= 0 && significant.length + power <= 38) return minus + significant + '0'.repeat(power)
  const point = significant.length + power
  if (power < 0 && point > 0) return `${minus}${significant.slice(0, point)}.${significant.slice(point)}`
  if (power < 0 && point > -6) return `${minus}0.${'0'.repeat(-point)}${significant}`
  return `${minus}${significant}e${power}`
}
