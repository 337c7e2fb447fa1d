// Values that an operation generated for itself: a row that has one can only have come from it.
import { type Model, storedName } from '../model/model.js'
import type { Attributes } from '../types/attribute-value.js'
import { ownValue } from '../values/codec.js'

/** A property that the caller left out and a default filled in. */
interface Generated {
  readonly property: string
  /** What was written; absent where the property is stored in keys alone. */
  readonly text: string | undefined
  readonly makeDefault: () => unknown
}

/** The properties of an item that its defaults filled in, as they were written. */
export function generatedIn(model: Model, item: unknown, row: Attributes): readonly Generated[] {
  const generated: Generated[] = []
  for (const [property, { makeDefault }] of model.properties) {
    if (makeDefault === undefined) continue
    if (ownValue(item as Readonly<Record<string, unknown>>, property) !== undefined) continue
    generated.push({ property, text: ownValue(row, storedName(model, property))?.S, makeDefault })
  }
  return generated
}

// Ids with enough chance in them that two never meet, alone or behind a prefix: a ULID, a UUID.
const unique =
  /(?:^|[^0-9a-z])(?:[0-7][0-9a-hjkmnp-tv-z]{25}|[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/i

/** Whether a stored row has a value that was generated for this very operation, and that no default gives twice. */
export function isGenerated(model: Model, { property, text, makeDefault }: Generated, stored: Attributes): boolean {
  if (text === undefined || !unique.test(text)) return false
  if (ownValue(stored, storedName(model, property))?.S !== text) return false
  // A default that is always the same proves nothing, whatever it looks like.
  return makeDefault() !== text
}
