// What an update changes, as data: values to set, numbers to add, attributes to remove.
import type { Path } from '../errors/path.js'
import type { AttributeValue } from '../types/attribute-value.js'

/** A change of one attribute or path. */
export type Change =
  | { readonly action: 'set' | 'add'; readonly path: Path; readonly value: AttributeValue }
  | { readonly action: 'remove'; readonly path: Path }
