// Makes an entity known to its table: a row can be read as whichever it is, and no two may have one key unawares.
import { DefinitionError } from '../errors/definition-error.js'
import { formatPath } from '../errors/path.js'
import { decodeRow } from './item.js'
import { type KeyShape, overlap } from './key-overlap.js'
import { type Model, partsOf } from './model.js'

/** Registers an entity and the markers of its unique values. Throws `DefinitionError` where keys could be another's. */
export function registerEntity(subject: string, model: Model): void {
  const { name, table, key, sharesKeys, discriminator } = model
  const shape: KeyShape = partsOf(key).map(({ template }) => template)
  if (sharesKeys && discriminator === undefined)
    throw new DefinitionError(
      subject,
      'sharesKeys',
      'nothing tells the rows apart',
      'Give the entity an entityAttribute',
    )
  refuseOverlap(subject, model, 'key', shape, sharesKeys)
  for (const { name: constraint, marker, parts } of model.unique) {
    const markers: KeyShape = parts.map(({ template }) => template)
    const place = formatPath(['unique', constraint])
    if (overlap(shape, markers))
      throw new DefinitionError(
        subject,
        place,
        'its markers may have keys of the entity itself',
        'Begin its keys with a literal',
      )
    refuseOverlap(subject, model, place, markers, false)
    // Nobody's item, whoever reads it.
    table.entities.set(marker, { name: marker, decode: () => undefined, shape: markers, sharesKeys: false })
  }
  table.entities.set(name, { name, decode: (row) => decodeRow(model, row), shape, sharesKeys })
}

function refuseOverlap(subject: string, { table }: Model, place: string, shape: KeyShape, sharesKeys: boolean): void {
  for (const other of table.entities.values()) {
    if ((sharesKeys && other.sharesKeys) || !overlap(shape, other.shape)) continue
    throw new DefinitionError(
      subject,
      place,
      `it can make a key that entity ${other.name} makes too`,
      'Begin one of the keys with another literal, or say sharesKeys: true in both',
    )
  }
}
