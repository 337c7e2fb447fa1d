// Decimal texts compared by value: DynamoDB normalises what it stores, so 1e21 comes back with all its zeros.

/** The parts of a decimal: its value is the digits times ten to the power, and the digits have no outer zeros. */
export interface Decimal {
  readonly negative: boolean
  /** Empty for zero. */
  readonly digits: string
  readonly power: number
}

/** The parts of a decimal text, `undefined` for any other text. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const all = whole + fraction
  // By hand: a pattern for zeros at the end tries again at each zero before it, in quadratic time.
  let end = all.length
  while (end > 0 && all[end - 1] === '0') end--
  let start = 0
  while (start < end && all[start] === '0') start++
  const power = Number(exponent) - fraction.length + (all.length - end)
  return { negative: sign === '-' && end > 0, digits: all.slice(start, end), power }
}

/** The canonical form of a decimal text: sign, digits without outer zeros, exponent. Equal values have equal forms. */
export function canonicalDecimal(text: string): string | undefined {
  const decimal = parseDecimal(text)
  if (decimal === undefined) return undefined
  const { negative, digits, power } = decimal
  return digits === '' ? '0' : `${negative ? '-' : ''}${digits}e${power}`
}

/** The order of two decimal texts by value: negative, zero or positive. Both must be decimals. */
export function compareDecimals(left: string, right: string): number {
  const a = parts(left)
  const b = parts(right)
  if (a.sign !== b.sign) return a.sign - b.sign
  if (a.magnitude !== b.magnitude) return a.sign * (a.magnitude - b.magnitude)
  if (a.digits === b.digits) return 0
  return a.digits < b.digits ? -a.sign : a.sign
}

// With the same magnitude, digits without outer zeros compare as text: the shorter is as if filled with zeros.
function parts(text: string): { sign: number; magnitude: number; digits: string } {
  const { negative = false, digits = '', power = 0 } = parseDecimal(text) ?? {}
  if (digits === '') return { sign: 0, magnitude: 0, digits }
  return { sign: negative ? -1 : 1, magnitude: digits.length + power, digits }
}

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const mostDigits = 38
const lowestPowerOfFirstDigit = -130
const highestPowerOfFirstDigit = 125

/** Whether DynamoDB can store a number exactly: 38 digits, from 1E-130 to 9.99…E+125. */
export function isStorable({ digits, power }: Decimal): boolean {
  const first = digits.length + power - 1
  return (
    digits === '' ||
    (digits.length <= mostDigits && first >= lowestPowerOfFirstDigit && first <= highestPowerOfFirstDigit)
  )
}

/** A decimal that can be stored, written out: no exponent, no zeros that say nothing. As DynamoDB writes it. */
export function plainDecimal({ negative, digits, power }: Decimal): string {
  if (digits === '') return '0'
  const sign = negative ? '-' : ''
  if (power >= 0) return sign + digits + '0'.repeat(power)
  const whole = digits.length + power
  return whole > 0
    ? `${sign}${digits.slice(0, whole)}.${digits.slice(whole)}`
    : `${sign}0.${'0'.repeat(-whole)}${digits}`
}
