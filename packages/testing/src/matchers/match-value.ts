// Whether a value is what a test expects of it: fields that it does not name may be anything.
import {
  ExactNumber,
  fromAttribute,
  fromNative,
  isAttribute,
  isMatcher,
  PlainSet,
  printValue,
} from '../requests/plain-value.js'

/** Where a value is not as expected, first of all; undefined where it is. Both are plain. */
export function mismatch(actual: unknown, expected: unknown, path = ''): string | undefined {
  if (isMatcher(expected)) return expected.asymmetricMatch(native(actual)) ? undefined : said(path, actual, expected)
  if (isPlainObject(expected)) {
    if (!isPlainObject(actual)) return said(path, actual, expected)
    for (const [name, field] of Object.entries(expected)) {
      const inner = path === '' ? name : `${path}.${name}`
      const found = mismatch(Object.hasOwn(actual, name) ? actual[name] : undefined, field, inner)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return said(path, actual, expected)
    for (const [index, field] of expected.entries()) {
      const found = mismatch(actual[index], field, `${path}[${index}]`)
      if (found !== undefined) return found
    }
    return undefined
  }
  return printValue(actual) === printValue(expected) ? undefined : said(path, actual, expected)
}

function said(path: string, actual: unknown, expected: unknown): string {
  return `${path === '' ? 'it' : path} is ${printValue(actual)}, not ${printValue(expected)}`
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isMatcher(value)) return false
  return ![ExactNumber, PlainSet, Uint8Array, Date].some((kind) => value instanceof kind)
}

/** What a test expects as plain values, in either notation; `undefined` stays, and means absent. */
export function plainExpectation(expected: object): Record<string, unknown> {
  const given = Object.entries(expected)
  const isWire = given.length > 0 && given.every(([, value]) => value === undefined || isAttribute(value))
  return Object.fromEntries(given.map(([name, value]) => [name, isWire ? fromAttribute(value) : fromNative(value)]))
}

// Matchers of a test framework know numbers, not our exact ones.
function native(value: unknown): unknown {
  if (value instanceof ExactNumber) {
    const number = Number(value.digits)
    return new ExactNumber(String(number)).digits === value.digits ? number : value.digits
  }
  if (value instanceof PlainSet) return new Set(value.members.map(native))
  if (Array.isArray(value)) return value.map(native)
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, native(field)]))
}
