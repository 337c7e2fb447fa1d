// Unique constraints: values that no two items of an entity share, each held by a marker row of its own.
import { DefinitionError } from '../errors/definition-error.js'
import { formatPath } from '../errors/path.js'
import type { Attributes } from '../types/attribute-value.js'
import { setOwn } from '../values/codec.js'
import type { KeyCompiler } from './compile-keys.js'
import { keyValue } from './key-value.js'
import type { Discriminator, Model, UniqueConstraint } from './model.js'
import { keysOf, type TableModel } from './table-model.js'

/** The attribute of a marker that holds the key of the item whose value it is. */
export const ownerAttribute: string = 'owner'

/** Compiles the constraints of an entity. The format of markers is stored, and never changes. Throws `DefinitionError`. */
export function compileUnique(
  entity: string,
  table: TableModel,
  compiler: KeyCompiler,
  specs: Readonly<Record<string, string>>,
  { computed, keyOnly, managed }: Pick<Model, 'computed' | 'keyOnly' | 'managed'>,
): readonly UniqueConstraint[] {
  const subject = `entity ${entity}`
  return Object.entries(specs).map(([name, template]) => {
    const place = formatPath(['unique', name])
    const refuse = (problem: string, fix: string): never => {
      throw new DefinitionError(subject, place, problem, fix)
    }
    const keys = keysOf(table)
    if (typeof template !== 'string') refuse('a template is text', "Write one such as '{email:lower}'")
    if (keys.some(({ kind }) => kind !== 'S'))
      refuse('its markers are texts, and the table has a key of another type', 'Use a table with keys of strings')
    if (keys.some((key) => key.name === ownerAttribute))
      refuse(`the table has a key attribute ${ownerAttribute}, which markers need`, 'Use another table')
    const marker = `UNIQUE#${entity}#${name}`
    if (/[{}]/.test(marker)) refuse('its name has a brace', 'Use another name')
    const parts = keys.map((key, position) =>
      compiler.textKey(place, key, `${marker}#${template}`, position === 0 ? 'partition' : 'sort'),
    )
    const properties = [
      ...new Set(parts.flatMap(({ template: { components } }) => components.map(({ path }) => path[0]))),
    ]
    if (properties.length === 0) refuse('it has no placeholder, so there could be one item only', 'Name an attribute')
    if (managed.expiresAt?.name === ownerAttribute)
      refuse(`the items expire by an attribute ${ownerAttribute}, which markers need`, 'Use another attribute')
    for (const property of properties) {
      if (managed.names.has(property)) refuse(`{${property}} is kept up by writes`, 'Name another attribute')
      if (computed.has(property))
        refuse(`{${property}} is computed`, 'Name what it is computed from, in a format such as {email:lower}')
      if (keyOnly.has(property) && compiler.context.properties.get(property)?.optional === true)
        refuse(`{${property}} is optional and stored in keys alone`, 'Store it')
    }
    return { name, marker, parts, properties }
  })
}

/** The key of the marker of an item's value; `undefined` where a component is absent: then nothing is claimed. */
export function markerKey({ parts }: UniqueConstraint, values: Attributes): Attributes | undefined {
  const key: Attributes = {}
  for (const part of parts) {
    const value = keyValue(part, values)
    if (value === undefined) return undefined
    setOwn(key, part.name, value)
  }
  return key
}

/** The whole row of a marker. */
export function markerRow(
  { marker }: UniqueConstraint,
  key: Attributes,
  owner: Attributes,
  discriminator: Discriminator | undefined,
): Attributes {
  const row: Attributes = { ...key, [ownerAttribute]: { M: owner } }
  if (discriminator !== undefined) setOwn(row, discriminator.attribute, { S: marker })
  return row
}
