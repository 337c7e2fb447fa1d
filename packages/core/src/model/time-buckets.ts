// Time buckets by number, so that those between two times can be named one by one.
import { ValueProblem } from '../values/codec.js'

interface Unit {
  /** The number of the bucket with a text. */
  readonly numberOf: (text: string) => number
  readonly textOf: (number: number) => string
}

const hour = 3_600_000
const day = 24 * hour
const time = (text: string): number => Date.parse(text)
const iso = (milliseconds: number, length: number): string => new Date(milliseconds).toISOString().slice(0, length)
const padded = (value: number, width: number): string => String(value).padStart(width, '0')

const units: Readonly<Record<string, Unit>> = {
  year: { numberOf: Number, textOf: (number) => padded(number, 4) },
  month: {
    numberOf: (text) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1,
    textOf: (number) => `${padded(Math.floor(number / 12), 4)}-${padded((number % 12) + 1, 2)}`,
  },
  day: { numberOf: (text) => time(text) / day, textOf: (number) => iso(number * day, 10) },
  hour: { numberOf: (text) => time(`${text}:00Z`) / hour, textOf: (number) => iso(number * hour, 13) },
}

/** A bucket by its text, such as `2026-02-16`. */
export interface TimeBucket {
  readonly text: string
  readonly number: number
}

/** The bucket of a text. Throws a `ValueProblem` for one that no calendar has. */
export function bucketOfText(unit: string, text: string): TimeBucket {
  const number = units[unit]?.numberOf(text) ?? NaN
  if (Number.isSafeInteger(number) && bucketText(unit, number) === text) return { text, number }
  throw new ValueProblem(`a time whose ${unit} the calendar has`, 'another')
}

/** The text of the bucket with a number; buckets that follow each other have numbers that do. */
export function bucketText(unit: string, number: number): string {
  return units[unit]?.textOf(number) ?? ''
}

/** The buckets of the years 0000 to 9999, first and last. */
export function allBuckets(unit: string): { readonly first: number; readonly last: number } {
  const ends: Readonly<Record<string, readonly [string, string]>> = {
    year: ['0000', '9999'],
    month: ['0000-01', '9999-12'],
    day: ['0000-01-01', '9999-12-31'],
    hour: ['0000-01-01T00', '9999-12-31T23'],
  }
  const [first = '', last = ''] = ends[unit] ?? []
  return { first: bucketOfText(unit, first).number, last: bucketOfText(unit, last).number }
}

/** The first moment of a bucket, as a date is stored. */
export function startOfBucket(unit: string, number: number): string {
  const text = bucketText(unit, number)
  const rest: Readonly<Record<string, string>> = { year: '-01-01', month: '-01', day: '', hour: '' }
  const date = text.slice(0, 10) + (rest[unit] ?? '')
  return new Date(`${date}T${unit === 'hour' ? text.slice(11) : '00'}:00:00.000Z`).toISOString()
}
