// Decimal texts compared by value: DynamoDB normalises what it stores, so 1e21 comes back with all its zeros.

/** The canonical form of a decimal text: sign, digits without outer zeros, exponent. Equal values have equal forms. */
export function canonicalDecimal(text: string): string | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  const power = Number(exponent) - fraction.length + (digits.length - significant.length)
  return `${sign === '-' ? '-' : ''}${significant}e${power}`
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
  const match = /^(-?)(\d+)e(-?\d+)$/.exec(canonicalDecimal(text) ?? '')
  if (match === null) return { sign: 0, magnitude: 0, digits: '' }
  const [, sign, digits = '', power] = match
  return { sign: sign === '-' ? -1 : 1, magnitude: digits.length + Number(power), digits }
}
