// Compiles an entity's description into a model. Everything that can be wrong with a description is found here.
import { DefinitionError } from '../errors/definition-error.js'
import { formatPath } from '../errors/path.js'
import { compileSchema } from '../schema/compile.js'
import { SchemaProblem } from '../schema/problems.js'
import type { ZodSchema } from '../schema/zod-schema.js'
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import type { IndexSpec, KeySpec } from '../types/templates.js'
import { type Codec, type Property, setOwn } from '../values/codec.js'
import type { KeyFormat } from './component.js'
import { KeyCompiler, type KeyContext } from './compile-keys.js'
import { checkStoredOnes, compileComputed, type ComputedModel, withStoredOnes } from './computed.js'
import { itemField } from './field-tree.js'
import { refusePoorIndexes } from './held.js'
import { compileManaged, type ManagedDefinition, withManaged } from './managed.js'
import { checkManagedKeys } from './managed-keys.js'
import {
  type Discriminator,
  type EntityIndex,
  type KeyOnly,
  type KeyAttribute,
  type Model,
  namesOf,
  partsOf,
} from './model.js'
import { registerEntity } from './register-entity.js'
import { compileUnique } from './unique.js'
import { keysOf, refuseUnknown, type TableModel } from './table-model.js'

/** What `entity()` takes, as plain data. */
export interface EntityDefinition extends ManagedDefinition {
  readonly schema: object
  readonly key: KeySpec
  readonly indexes?: Readonly<Record<string, IndexSpec>>
  readonly storedAs?: Readonly<Record<string, string | undefined>>
  readonly computed?: Readonly<Record<string, unknown>>
  readonly keyOnly?: readonly PropertyKey[]
  readonly constants?: Readonly<Record<string, string | number | boolean>>
  readonly entityAttribute?: { readonly name?: string; readonly value?: string } | false
  readonly keyFormat?: KeyFormat
  readonly sharesKeys?: boolean
  readonly unique?: Readonly<Record<string, string>>
}

const options = [
  'table',
  'schema',
  'key',
  'indexes',
  'storedAs',
  'computed',
  'keyOnly',
  'constants',
  'entityAttribute',
  'keyFormat',
  'sharesKeys',
  'unique',
  'version',
  'createdAt',
  'updatedAt',
  'nonce',
  'expiresAt',
]

/** The model of an entity, registered with its table. Throws `DefinitionError`. */
export function compileEntity(name: string, table: TableModel, definition: EntityDefinition): Model {
  const subject = `entity ${name}`
  refuseUnknown(subject, '', definition, options)
  if (table.entities.has(name))
    throw new DefinitionError(subject, 'name', `table ${table.name} has an entity of this name`, 'Give it another name')
  const schema = compileItem(subject, definition.schema)
  const declared = schema.properties ?? new Map<string, Property>()
  const storedAs = renamed(subject, declared, definition.storedAs)
  const managed = compileManaged(subject, declared, definition, { table, storedAs })
  const { keyFormat = table.keyFormat, sharesKeys = false } = definition
  const computed = compileComputed(subject, declared, definition.computed ?? {})
  const codec = withStoredOnes(withManaged(schema, managed), computed)
  const properties = codec.properties ?? declared
  const context: KeyContext = {
    subject,
    table,
    properties: withComputedOnes(properties, computed),
    stored: properties,
    storedAs,
    keyFormat,
  }
  const compiler = new KeyCompiler(context)
  const key = compiler.tableKey(definition.key)
  const indexes = new Map<string, EntityIndex>()
  for (const [index, spec] of Object.entries(definition.indexes ?? {}))
    indexes.set(index, compiler.index(index, spec, key))
  const keyAttributes = [...compiler.attributes.values()]
  const keyOnly = keyOnlyOf(subject, declared, key, keyAttributes, definition.keyOnly ?? [])
  const unique = compileUnique(name, table, compiler, definition.unique ?? {}, { computed, keyOnly, managed })
  const components = partsOf(key).flatMap(({ template }) => template.components)
  const constants = constantsOf(subject, definition.constants)
  const discriminator = discriminatorOf(name, table, definition)
  const keyProperties = new Set(components.map(({ path }) => path[0]))
  const keys = { managed, keyProperties, keyAttributes, computed, discriminator, constants }
  const model: Model = {
    name,
    table,
    codec,
    properties,
    storedAs,
    keyOnly,
    constants,
    discriminator,
    sharesKeys,
    components: compiler.components,
    key,
    indexes,
    unique,
    keyAttributes,
    computed,
    keyNames: new Set(namesOf(key)),
    managed,
    keysHoldTimes: checkManagedKeys(subject, keys),
    keyProperties,
    reserved:
      codec.open === true
        ? new Set([
            ...namesOfKeys(table),
            ...(discriminator === undefined ? [] : [discriminator.attribute]),
            ...Object.keys(constants),
            ...storedAs.values(),
            ...computed.keys(),
            ...(managed.nonce === undefined ? [] : [managed.nonce]),
          ])
        : undefined,
    fields: itemField(table.partitionKey[0]?.name ?? '', codec, { storedAs, keyOnly }),
  }
  refuseTakenNames(subject, model)
  refusePoorIndexes(subject, model)
  checkStoredOnes(subject, computed, model)
  registerEntity(subject, model)
  return model
}

function namesOfKeys(table: TableModel): string[] {
  return [table, ...table.indexes.values()].flatMap((keys) => keysOf(keys).map(({ name }) => name))
}

/** What templates may name: computed attributes may have no value, so none is part of a table key that always needs one. */
function withComputedOnes(
  properties: ReadonlyMap<string, Property>,
  computed: ReadonlyMap<string, ComputedModel>,
): ReadonlyMap<string, Property> {
  const all = new Map(properties)
  for (const [name, { codec }] of computed) all.set(name, { codec, optional: true })
  return all
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

function renamed(
  subject: string,
  properties: ReadonlyMap<string, Property>,
  names: Readonly<Record<string, string | undefined>> = {},
): ReadonlyMap<string, string> {
  const storedAs = new Map<string, string>()
  const taken = new Set([...properties.keys()].filter((property) => !Object.hasOwn(names, property)))
  for (const [property, attribute] of Object.entries(names)) {
    const place = formatPath(['storedAs', property])
    if (!properties.has(property))
      throw new DefinitionError(subject, place, 'it is not an attribute of the schema', 'Name one of its attributes')
    if (typeof attribute !== 'string' || attribute === '' || taken.has(attribute))
      throw new DefinitionError(
        subject,
        place,
        'another attribute has this name, or it is none',
        'Give it a name of its own',
      )
    taken.add(attribute)
    storedAs.set(property, attribute)
  }
  return storedAs
}

/** Where each key-only property is read from: the table key if it is there, else an index key. */
function keyOnlyOf(
  subject: string,
  properties: ReadonlyMap<string, Property>,
  key: EntityIndex,
  keyAttributes: readonly KeyAttribute[],
  given: readonly PropertyKey[],
): ReadonlyMap<string, KeyOnly> {
  const inKey = new Set(namesOf(key))
  // One that is made in several ways can't be read without knowing in which.
  const parts = keyAttributes.flatMap(({ variants }) => (variants.length === 1 ? variants.map(({ part }) => part) : []))
  const readable = parts.flatMap((part) =>
    part.template.components.flatMap(({ name, format }, position) =>
      format.isReversible ? [{ name, part, position }] : [],
    ),
  )
  return new Map(
    given.map(String).map((name) => {
      const place = formatPath(['keyOnly', name])
      const property = properties.get(name)
      const found = readable.find((candidate) => candidate.name === name)
      if (property === undefined)
        throw new DefinitionError(subject, place, 'it is not an attribute of the schema', 'Name one of its attributes')
      if (found === undefined)
        throw new DefinitionError(
          subject,
          place,
          'no key holds it so that it can be read back',
          'Store it, or put it into a key without a fold',
        )
      if (!property.optional && !inKey.has(name))
        throw new DefinitionError(
          subject,
          place,
          'only index keys hold it, and they may be absent',
          'Make it optional, or store it',
        )
      return [name, found]
    }),
  )
}

function constantsOf(subject: string, constants: EntityDefinition['constants'] = {}): Attributes {
  const attributes: Attributes = {}
  for (const [name, value] of Object.entries(constants)) setOwn(attributes, name, constantOf(subject, name, value))
  return attributes
}

function constantOf(subject: string, name: string, value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number' && Number.isFinite(value)) return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  const place = formatPath(['constants', name])
  throw new DefinitionError(subject, place, 'it has no such type', 'Use a string, a number or a boolean')
}

function discriminatorOf(
  name: string,
  table: TableModel,
  { entityAttribute }: EntityDefinition,
): Discriminator | undefined {
  if (entityAttribute === false) return undefined
  const attribute = entityAttribute?.name ?? table.entityAttribute
  return attribute === false ? undefined : { attribute, value: entityAttribute?.value ?? name }
}

/** Every attribute of a row has one meaning. */
function refuseTakenNames(subject: string, model: Model): void {
  const stored = new Map<string, string>()
  for (const property of model.properties.keys())
    if (!model.keyOnly.has(property)) stored.set(model.storedAs.get(property) ?? property, property)
  const refuse = (property: string, problem: string, fix: string): never => {
    throw new DefinitionError(subject, formatPath(['schema', property]), problem, fix)
  }
  for (const { name, variants } of model.keyAttributes) {
    const property = stored.get(name)
    if (property !== undefined && !variants.some(({ part }) => part.isOwnAttribute))
      refuse(
        property,
        'it is a key attribute of the table',
        `Give it another name, or make '{${property}}' the key's template`,
      )
  }
  const { discriminator, constants } = model
  const property = discriminator && stored.get(discriminator.attribute)
  if (property !== undefined)
    refuse(property, "it is the table's entity attribute", 'Give it another name, or the table another entityAttribute')
  for (const name of Object.keys(constants)) {
    const isTaken =
      stored.has(name) || model.keyAttributes.some((key) => key.name === name) || discriminator?.attribute === name
    if (isTaken)
      throw new DefinitionError(
        subject,
        formatPath(['constants', name]),
        'the row has an attribute of this name',
        'Give it another name',
      )
  }
}
