// Compiles the key templates of an entity against its table and its schema.
import { DefinitionError } from '../errors/definition-error.js'
import type { IndexSpec, KeySpec, TemplateSpec } from '../types/templates.js'
import type { Property } from '../values/codec.js'
import type { KeyFormat } from './component.js'
import { type Component, type KeyTemplate, parseTemplate, TemplateProblem } from './key-template.js'
import { type EntityIndex, type KeyAttribute, type KeyPart, storedName } from './model.js'
import { type PhysicalIndex, type PhysicalKey, refuseUnknown, type TableModel } from './table-model.js'
import { compileWhen, exclude, type When } from './when.js'

/** What the templates of an entity are compiled against. */
export interface KeyContext {
  readonly subject: string
  readonly table: TableModel
  /** Those of the schema and the computed ones. */
  readonly properties: ReadonlyMap<string, Property>
  /** Those of rows: a computed one is among them if it is stored. */
  readonly stored: ReadonlyMap<string, Property>
  readonly storedAs: ReadonlyMap<string, string>
  readonly keyFormat: KeyFormat
}

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys
const partitionKeyBytes = 2048
const sortKeyBytes = 1024

/** Compiles one key after the other, and remembers what they share. */
export class KeyCompiler {
  /** By attribute: one that is the key of several indexes has one template, unless they hold different items. */
  readonly attributes: Map<string, KeyAttribute> = new Map<string, KeyAttribute>()
  /** By name of the placeholder. */
  readonly components: Map<string, Property> = new Map<string, Property>()
  /** What each physical index is used for, by which entries. */
  readonly #whens = new Map<string, When[]>()

  constructor(readonly context: KeyContext) {}

  tableKey(spec: KeySpec): EntityIndex {
    const { table, properties } = this.context
    refuseUnknown(this.context.subject, 'key.', spec, ['partitionKey', 'sortKey'])
    const partitionKey = this.#parts('key.partitionKey', table.partitionKey, spec.partitionKey, partitionKeyBytes)
    const sortKey = this.#parts('key.sortKey', table.sortKey, spec.sortKey, sortKeyBytes)
    for (const [place, parts] of [['key.partitionKey', partitionKey] as const, ['key.sortKey', sortKey] as const])
      for (const { name, path } of parts.flatMap(({ template }) => template.components))
        if (this.#isOptional(properties, path))
          this.#refuse(place, `{${name}} is optional`, 'A table key needs attributes that every item has')
    return { name: 'the table key', physical: undefined, partitionKey, sortKey, when: [] }
  }

  index(name: string, spec: IndexSpec, key: EntityIndex): EntityIndex {
    const place = `indexes.${name}`
    refuseUnknown(this.context.subject, `${place}.`, spec, ['index', 'partitionKey', 'sortKey', 'when'])
    const when = compileWhen(this.context.subject, `${place}.when`, this.context.properties, { ...spec.when })
    const physical = this.#physical(place, spec, when)
    const partitionKey = physical.local
      ? key.partitionKey
      : this.#parts(`${place}.partitionKey`, physical.partitionKey, spec.partitionKey, partitionKeyBytes, when)
    const sortKey = this.#parts(`${place}.sortKey`, physical.sortKey, spec.sortKey, sortKeyBytes, when)
    return { name, physical, partitionKey, sortKey, when }
  }

  /** The text of a key that is not the entity's own, such as a marker's: its placeholders are checked like those of any key. */
  textKey(place: string, physical: PhysicalKey, text: string, kind: 'partition' | 'sort'): KeyPart {
    const template = this.#template(place, text)
    this.#checkKinds(place, physical, template)
    const maxBytes = kind === 'partition' ? partitionKeyBytes : sortKeyBytes
    return { ...physical, template, maxBytes, isOwnAttribute: false }
  }

  #physical(place: string, spec: IndexSpec, when: When): PhysicalIndex {
    const { indexes } = this.context.table
    const physical = indexes.get(spec.index)
    if (physical === undefined) {
      const fix = indexes.size === 0 ? 'Declare it in table()' : `Its indexes are ${[...indexes.keys()].join(', ')}`
      return this.#refuse(`${place}.index`, `the table has no index ${JSON.stringify(spec.index)}`, fix)
    }
    const others = this.#whens.get(spec.index) ?? []
    if (others.some((other) => !exclude(other, when)))
      this.#refuse(
        `${place}.index`,
        `another index of this entity uses ${spec.index}`,
        'Name each physical index once, or give both a when that excludes the other',
      )
    this.#whens.set(spec.index, [...others, when])
    if (physical.local && spec.partitionKey !== undefined)
      this.#refuse(`${place}.partitionKey`, `${spec.index} is a local index`, "Leave it out: it is the table key's")
    return physical
  }

  #parts(
    place: string,
    keys: readonly PhysicalKey[],
    spec: TemplateSpec | undefined,
    maxBytes: number,
    when: When = [],
  ): KeyPart[] {
    const templates = spec === undefined || typeof spec === 'string' ? [spec] : spec
    if (keys.length === 0 && spec !== undefined)
      this.#refuse(place, 'there is no sort key to fill', 'Leave it out, or declare the sort key in table()')
    if (!Array.isArray(templates)) this.#refuse(place, 'a template is text', "Write one such as 'ORDER#{orderId}'")
    if (spec !== undefined && templates.length !== keys.length)
      this.#refuse(
        place,
        `it has ${templates.length} templates for ${keys.length} attributes`,
        'Give each its template',
      )
    return keys.map((physical, position) => this.#part(place, physical, templates[position], maxBytes, when))
  }

  #part(place: string, physical: PhysicalKey, text: string | undefined, maxBytes: number, when: When): KeyPart {
    const { variants = [] } = this.attributes.get(physical.name) ?? {}
    // What another key makes for all items is inherited, or must be the same.
    const known = variants.find((variant) => variant.when.length === 0)?.part
    if (text === undefined)
      return known ?? this.#refuse(place, `${physical.name} has no template`, "Give it one, such as 'ORDER#{orderId}'")
    if (known !== undefined && known.template.text !== text)
      this.#refuse(place, `${physical.name} has the template '${known.template.text}' elsewhere`, 'Use the same')
    if (known !== undefined) return known
    if (variants.some((variant) => !exclude(variant.when, when)))
      this.#refuse(place, `${physical.name} is the key of two indexes that hold one item`, 'Give each a key of its own')
    const template = this.#template(place, text)
    this.#checkKinds(place, physical, template)
    const { native } = template
    const isOwnAttribute =
      native !== undefined && this.context.stored.has(native) && storedName(this.context, native) === physical.name
    if (isOwnAttribute && when.length > 0)
      this.#refuse(place, `the attribute ${physical.name} is the key itself`, 'Take the when away: it would remove it')
    const part: KeyPart = { ...physical, template, maxBytes, isOwnAttribute }
    this.attributes.set(physical.name, { ...physical, variants: [...variants, { part, when }] })
    return part
  }

  #template(place: string, text: string): KeyTemplate {
    if (typeof text !== 'string') this.#refuse(place, 'a template is text', "Write one such as 'ORDER#{orderId}'")
    try {
      return parseTemplate(text, this.context.keyFormat, (name) => this.context.properties.has(name))
    } catch (error) {
      if (!(error instanceof TemplateProblem)) throw error
      return this.#refuse(place, error.problem, error.fix)
    }
  }

  #checkKinds(place: string, { name: attribute, kind }: PhysicalKey, template: KeyTemplate): void {
    for (const component of template.components) {
      const { name, format } = component
      const property = this.#property(place, component)
      this.components.set(name, property)
      const { kind: stored } = property.codec
      if (template.native !== undefined) {
        if (stored !== kind)
          this.#refuse(
            place,
            `${attribute} is a key of type ${kind} and {${name}} is stored as ${stored}`,
            'Let them agree',
          )
      } else if (!format.kinds.includes(stored))
        this.#refuse(place, `{${name}} is stored as ${stored}`, fixFor(component, stored))
    }
    if (template.native === undefined && kind !== 'S')
      this.#refuse(
        place,
        `${attribute} is a key of type ${kind} and the template makes text`,
        'Use one bare placeholder',
      )
  }

  #property(place: string, { name, path }: Component): Property {
    let properties: ReadonlyMap<string, Property> | undefined = this.context.properties
    let property: Property | undefined
    for (const step of path) {
      property = properties?.get(step)
      properties = property?.codec.properties
    }
    return property ?? this.#refuse(place, `{${name}} is not an attribute of the schema`, 'Name one of its attributes')
  }

  #isOptional(properties: ReadonlyMap<string, Property>, path: readonly string[]): boolean {
    const [first = '', ...rest] = path
    const property = properties.get(first)
    if (property === undefined || property.optional) return true
    return rest.length > 0 && this.#isOptional(property.codec.properties ?? new Map<string, Property>(), rest)
  }

  #refuse(place: string, problem: string, fix: string): never {
    throw new DefinitionError(this.context.subject, place, problem, fix)
  }
}

function fixFor({ name, format }: Component, stored: string): string {
  if (stored === 'N') return `Give it a format, such as {${name}:010}`
  if (format.kinds.includes('N') && !format.kinds.includes('S') && stored === 'S')
    return 'Take its format away: it is for numbers'
  return 'Use a string, a number or a boolean'
}
