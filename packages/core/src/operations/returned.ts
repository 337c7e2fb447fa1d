// What an update returns, by its option.
import { decodeRow, decoding } from '../model/item.js'
import type { Model } from '../model/model.js'
import { attributesOf } from '../model/row.js'
import type { Attributes } from '../types/attribute-value.js'
import { ownValue } from '../values/codec.js'
import { decodeProperties } from '../values/containers.js'

/** DynamoDB's names of the options. */
export const returnValues = {
  none: 'NONE',
  new: 'ALL_NEW',
  old: 'ALL_OLD',
  updatedNew: 'UPDATED_NEW',
  updatedOld: 'UPDATED_OLD',
} as const

export type Returning = keyof typeof returnValues

/** The item, or the part of it that changed. Throws `DecodeError`. */
export function decodeReturned(model: Model, returning: Returning, row: Attributes | undefined): object | undefined {
  if (returning === 'none') return undefined
  if (returning === 'new' || returning === 'old') return row === undefined ? undefined : decodeRow(model, row)
  return decodePart(model, row ?? {})
}

function decodePart(model: Model, row: Attributes): object {
  const attributes = attributesOf(model, row)
  const present = [...model.properties].filter(([name]) => ownValue(attributes, name) !== undefined)
  return decoding(model, () => decodeProperties(new Map(present), attributes))
}
