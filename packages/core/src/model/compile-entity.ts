// Compiles an entity's description into a model. Everything that can be wrong with a description is found here.
import { DefinitionError, formatPath } from '../errors.js'
import { compileSchema } from '../schema/compile.js'
import { SchemaProblem } from '../schema/problems.js'
import type { ZodSchema } from '../schema/zod-schema.js'
import type { IndexSpec, KeySpec } from '../types/templates.js'
import type { Codec, Property } from '../values/codec.js'
import { fieldTree } from './field-tree.js'
import { decodeRow } from './item.js'
import { type KeyTemplate, parseTemplate, TemplateProblem } from './key-template.js'
import { type EntityIndex, isOwnAttribute, type KeyPart, type Model } from './model.js'
import { type PhysicalKey, refuseUnknown, type TableModel } from './table-model.js'

/** What `entity()` takes, as plain data. */
export interface EntityDefinition {
  readonly schema: object
  readonly key: KeySpec
  readonly indexes?: Readonly<Record<string, IndexSpec>>
}

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys
const partitionKeyBytes = 2048
const sortKeyBytes = 1024

/** The model of an entity, registered with its table. Throws `DefinitionError`. */
export function compileEntity(name: string, table: TableModel, definition: EntityDefinition): Model {
  const subject = `entity ${name}`
  refuseUnknown(subject, '', definition, ['table', 'schema', 'key', 'indexes'])
  refuseUnknown(subject, 'key.', definition.key, ['partitionKey', 'sortKey'])
  if (table.decoders.has(name))
    throw new DefinitionError(subject, 'name', `table ${table.name} has an entity of this name`, 'Give it another name')
  const codec = compileItem(subject, definition.schema)
  const compiler = new KeyCompiler(subject, table, codec.properties ?? new Map<string, Property>())
  const key = compiler.tableKey(definition.key)
  const indexes = new Map<string, EntityIndex>()
  for (const [index, spec] of Object.entries(definition.indexes ?? {}))
    indexes.set(index, compiler.index(index, spec, key))
  const model: Model = {
    name,
    table,
    codec,
    properties: compiler.properties,
    key,
    indexes,
    keyParts: [...compiler.parts.values()],
    keyNames: new Set(namesOf(key)),
    fields: fieldTree({ path: [table.partitionKey.name], codec: undefined }, compiler.properties),
  }
  refuseTakenNames(subject, model)
  table.decoders.set(name, (row) => decodeRow(model, row))
  return model
}

function namesOf({ partitionKey, sortKey }: EntityIndex): string[] {
  return [partitionKey, sortKey].flatMap((part) => part?.template.components.map(({ attribute }) => attribute) ?? [])
}

function compileItem(subject: string, schema: object): Codec {
  try {
    const codec = compileSchema(schema as ZodSchema)
    if (codec.properties !== undefined) return codec
    throw new SchemaProblem('an item is an object', 'Use z.object()')
  } catch (error) {
    if (!(error instanceof SchemaProblem)) throw error
    throw new DefinitionError(subject, formatPath(['schema', ...error.path]), error.problem, error.fix)
  }
}

function refuseTakenNames(subject: string, model: Model): void {
  const { entityAttribute } = model.table
  const taken = model.keyParts.filter((part) => !isOwnAttribute(part)).map((part) => part.name)
  for (const attribute of [...taken, entityAttribute]) {
    if (!model.properties.has(attribute)) continue
    const [problem, fix] =
      attribute === entityAttribute
        ? ["it is the table's entity attribute", 'Give it another name, or the table another entityAttribute']
        : ['it is a key attribute of the table', `Give it another name, or make '{${attribute}}' the key's template`]
    throw new DefinitionError(subject, formatPath(['schema', attribute]), problem, fix)
  }
}

class KeyCompiler {
  /** By attribute: one that is the key of several indexes has one template. */
  readonly parts = new Map<string, KeyPart>()
  readonly #usedIndexes = new Set<string>()

  constructor(
    readonly subject: string,
    readonly table: TableModel,
    readonly properties: ReadonlyMap<string, Property>,
  ) {}

  tableKey(spec: KeySpec): EntityIndex {
    const partitionKey = this.#part('key.partitionKey', this.table.partitionKey, spec.partitionKey, partitionKeyBytes)
    const sortKey = this.#sortPart('key', this.table.sortKey, spec.sortKey)
    for (const [place, part] of [['key.partitionKey', partitionKey] as const, ['key.sortKey', sortKey] as const])
      for (const { attribute } of part?.template.components ?? [])
        if (this.properties.get(attribute)?.optional === true)
          this.#refuse(place, `{${attribute}} is optional`, 'A table key needs attributes that every item has')
    return { name: 'the table key', physical: undefined, partitionKey, sortKey }
  }

  index(name: string, spec: IndexSpec, key: EntityIndex): EntityIndex {
    const place = `indexes.${name}`
    refuseUnknown(this.subject, `${place}.`, spec, ['index', 'partitionKey', 'sortKey'])
    const physical = this.table.indexes.get(spec.index)
    if (physical === undefined)
      return this.#refuse(
        `${place}.index`,
        `the table has no index ${JSON.stringify(spec.index)}`,
        this.#knownIndexes(),
      )
    if (this.#usedIndexes.has(spec.index))
      this.#refuse(`${place}.index`, `another index of this entity uses ${spec.index}`, 'Name each physical index once')
    this.#usedIndexes.add(spec.index)
    if (physical.local && spec.partitionKey !== undefined)
      this.#refuse(`${place}.partitionKey`, `${spec.index} is a local index`, "Leave it out: it is the table key's")
    const partitionKey = physical.local
      ? key.partitionKey
      : this.#part(`${place}.partitionKey`, physical.partitionKey, spec.partitionKey, partitionKeyBytes)
    return { name, physical, partitionKey, sortKey: this.#sortPart(place, physical.sortKey, spec.sortKey) }
  }

  #knownIndexes(): string {
    const names = [...this.table.indexes.keys()]
    return names.length === 0 ? 'Declare it in table()' : `Its indexes are ${names.join(', ')}`
  }

  #sortPart(place: string, physical: PhysicalKey | undefined, template: string | undefined): KeyPart | undefined {
    if (physical !== undefined) return this.#part(`${place}.sortKey`, physical, template, sortKeyBytes)
    if (template !== undefined)
      this.#refuse(
        `${place}.sortKey`,
        'there is no sort key to fill',
        'Leave it out, or declare the sort key in table()',
      )
    return undefined
  }

  #part(place: string, physical: PhysicalKey, text: string | undefined, maxBytes: number): KeyPart {
    const known = this.parts.get(physical.name)
    if (text === undefined)
      return known ?? this.#refuse(place, `${physical.name} has no template`, "Give it one, such as 'ORDER#{orderId}'")
    const template = this.#template(place, text)
    if (known !== undefined && known.template.text !== text)
      this.#refuse(place, `${physical.name} has the template '${known.template.text}' elsewhere`, 'Use the same')
    this.#checkKinds(place, physical, template)
    const part = known ?? { ...physical, template, maxBytes }
    this.parts.set(physical.name, part)
    return part
  }

  #template(place: string, text: string): KeyTemplate {
    if (typeof text !== 'string') this.#refuse(place, 'a template is text', "Write one such as 'ORDER#{orderId}'")
    try {
      return parseTemplate(text)
    } catch (error) {
      if (!(error instanceof TemplateProblem)) throw error
      return this.#refuse(place, error.problem, error.fix)
    }
  }

  #checkKinds(place: string, { name, kind }: PhysicalKey, template: KeyTemplate): void {
    for (const { attribute, format } of template.components) {
      const property = this.properties.get(attribute)
      if (property === undefined)
        return this.#refuse(place, `{${attribute}} is not an attribute of the schema`, 'Name one of its attributes')
      const { kind: stored } = property.codec
      if (template.native !== undefined) {
        if (stored !== kind)
          this.#refuse(
            place,
            `${name} is a key of type ${kind} and {${attribute}} is stored as ${stored}`,
            'Let them agree',
          )
      } else if (format.fixedWidth ? stored !== 'N' : stored === 'N')
        this.#refuse(
          place,
          `{${attribute}} is stored as ${stored}`,
          stored === 'N' ? `Give it a format, such as {${attribute}:010}` : 'Take its format away: it is for numbers',
        )
      else if (stored !== 'S' && stored !== 'BOOL' && stored !== 'N')
        this.#refuse(place, `{${attribute}} is stored as ${stored}`, 'Use a string, a number or a boolean')
    }
    if (template.native === undefined && kind !== 'S')
      this.#refuse(place, `${name} is a key of type ${kind} and the template makes text`, 'Use one bare placeholder')
  }

  #refuse(place: string, problem: string, fix: string): never {
    throw new DefinitionError(this.subject, place, problem, fix)
  }
}
