// The identity of a stored item as text: equal for equal keys, however they are written.
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { toBase64 } from '../values/base64.js'
import { ownValue } from '../values/codec.js'
import { canonicalDecimal } from '../values/decimal.js'

/** Where the item with these key attributes is: for finding it again, and for finding it named twice. */
export function itemIdentity(table: string, keyNames: readonly string[], row: Attributes): string {
  return JSON.stringify([table, ...keyNames.map((name) => canonical(ownValue(row, name)))])
}

// The service gives numbers back as it writes them.
function canonical(value: AttributeValue | undefined): readonly [string, string | undefined] {
  if (value?.N !== undefined) return ['N', canonicalDecimal(value.N)]
  if (value?.B !== undefined) return ['B', toBase64(value.B)]
  return ['S', value?.S]
}
