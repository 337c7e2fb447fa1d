// Attributes that writes keep up by themselves: version, times, nonce, expiry.
import { DefinitionError } from '../errors/definition-error.js'
import { codec as codecs } from '../schema/codecs.js'
import { compileSchema } from '../schema/compile.js'
import type { ZodSchema } from '../schema/zod-schema.js'
import type { AttributeValue } from '../types/attribute-value.js'
import { changedCodec, type Codec, ownValue, problemAt, type Property, rethrowAt, setOwn } from '../values/codec.js'
import { encodeProperty, isObject } from '../values/containers.js'
import { numberCodec } from '../values/scalars.js'
import { refuseUnknown, type TableModel } from './table-model.js'

/** What an entity says of its managed attributes, as plain data. */
export interface ManagedDefinition {
  readonly version?: string
  readonly createdAt?: string
  readonly updatedAt?: string
  readonly nonce?: string
  readonly expiresAt?: string | { readonly attribute: string; readonly read?: 'show' | 'hide' }
}

/** The managed attributes of an entity, by the names that items have for them. */
export interface Managed {
  readonly version: string | undefined
  readonly createdAt: string | undefined
  readonly updatedAt: string | undefined
  /** An attribute of rows alone. */
  readonly nonce: string | undefined
  /** What DynamoDB's time to live reads, and whether rows past it count as gone. */
  readonly expiresAt: { readonly name: string; readonly hides: boolean } | undefined
  /** What only writes themselves change: version and times. */
  readonly names: ReadonlySet<string>
  /** Those that the schema doesn't have. */
  readonly added: ReadonlyMap<string, Property>
}

/** Where the rows of an entity are, and what its attributes are called there. */
interface Stored {
  readonly table: Pick<TableModel, 'name' | 'expiresAt'>
  readonly storedAs: ReadonlyMap<string, string>
}

const options = ['version', 'createdAt', 'updatedAt', 'nonce'] as const

/** Compiles what an entity says of its managed attributes. Throws `DefinitionError`. */
export function compileManaged(
  subject: string,
  schema: ReadonlyMap<string, Property>,
  definition: ManagedDefinition,
  { table, storedAs }: Stored,
): Managed {
  const taken = new Set<string>()
  const named = (option: string, name: unknown): string | undefined => {
    if (name === undefined) return undefined
    if (typeof name !== 'string' || name === '' || taken.has(name))
      throw new DefinitionError(subject, option, 'it is no name, or another one has it', 'Name an attribute of its own')
    taken.add(name)
    return name
  }
  const [version, createdAt, updatedAt, nonce] = options.map((option) => named(option, definition[option]))
  const expiry = expiryOf(subject, schema, definition.expiresAt, { table, storedAs })
  const expiresAt = expiry && { ...expiry, name: named('expiresAt', expiry.name) ?? '' }
  if (nonce !== undefined && schema.has(nonce))
    throw new DefinitionError(subject, 'nonce', 'the schema has an attribute of this name', 'Give it another name')
  const added = new Map<string, Property>()
  const declare = (option: string, name: string | undefined, make: () => Property, example: unknown): void => {
    if (name === undefined) return
    const property = schema.get(name)
    if (property === undefined) added.set(name, make())
    else if (!stores(property.codec, example))
      throw new DefinitionError(subject, option, `the schema has ${name} as something else`, fixes[option] ?? '')
  }
  const date = (): Property => ({ codec: compiled(codecs.date()), optional: false })
  declare('version', version, () => ({ codec: numberCodec, optional: false }), 1)
  declare('createdAt', createdAt, date, new Date(0))
  declare('updatedAt', updatedAt, date, new Date(0))
  if (expiresAt !== undefined && !schema.has(expiresAt.name))
    added.set(expiresAt.name, { codec: compiled(codecs.epochSeconds()), optional: true })
  const names = new Set([version, createdAt, updatedAt].filter((name) => name !== undefined))
  return { version, createdAt, updatedAt, nonce, expiresAt, names, added }
}

const fixes: Readonly<Record<string, string>> = {
  version: 'Make it a z.number(), or leave it out of the schema',
  createdAt: 'Make it a codec.date(), or leave it out of the schema',
  updatedAt: 'Make it a codec.date(), or leave it out of the schema',
}

function compiled(schema: object): Codec {
  return compileSchema(schema as ZodSchema)
}

function stores(codec: Codec, example: unknown): boolean {
  try {
    return (codec.unchecked ?? codec).encode(example) !== undefined
  } catch {
    return false
  }
}

function expiryOf(
  subject: string,
  schema: ReadonlyMap<string, Property>,
  given: ManagedDefinition['expiresAt'],
  { table, storedAs }: Stored,
): { readonly name: string; readonly hides: boolean } | undefined {
  if (given === undefined) {
    // An entity whose items have no such attribute never expires.
    const own = [...schema.keys()].find((name) => (storedAs.get(name) ?? name) === table.expiresAt)
    return own === undefined ? undefined : checked(own, 'show')
  }
  if (typeof given === 'string') return checked(given, 'show')
  refuseUnknown(subject, 'expiresAt.', given, ['attribute', 'read'])
  return checked(given.attribute, given.read ?? 'show')

  function checked(name: string, read: string): { readonly name: string; readonly hides: boolean } {
    const property = schema.get(name)
    if (property !== undefined && !storesSeconds(property.codec))
      throw new DefinitionError(
        subject,
        'expiresAt',
        `${name} isn't stored as seconds since 1970, which is all that DynamoDB reads`,
        'Make it a codec.epochSeconds() or a z.number()',
      )
    if (table.expiresAt !== undefined && (storedAs.get(name) ?? name) !== table.expiresAt)
      throw new DefinitionError(
        subject,
        'expiresAt',
        `the time to live of table ${table.name} is the attribute ${table.expiresAt}`,
        'Name that, or store yours under its name with storedAs',
      )
    if (read !== 'show' && read !== 'hide')
      throw new DefinitionError(subject, 'expiresAt.read', 'there is no such way to read', "Use 'show' or 'hide'")
    return { name, hides: read === 'hide' }
  }
}

function storesSeconds(codec: Codec): boolean {
  if (codec.kind !== 'N') return false
  const second = new Date(1000)
  try {
    return !stores(codec, second) || (codec.unchecked ?? codec).encode(second)?.N === '1'
  } catch {
    return false
  }
}

// The year 5138 in seconds, and 1973 in milliseconds.
const mostSeconds = 1e11

/** Refuses a time of expiry that DynamoDB would take for one in thousands of years. Throws a `ValueProblem`. */
export function checkExpiry(name: string, value: AttributeValue | undefined): void {
  if (value?.N === undefined || Number(value.N) < mostSeconds) return
  throw problemAt(name, 'seconds since 1970', 'more of them: milliseconds')
}

/** The codec of items with the managed attributes that the schema doesn't have. Where a caller gives none they are left out. */
export function withManaged(codec: Codec, { added }: Managed): Codec {
  if (added.size === 0) return codec
  const properties = new Map([...(codec.properties ?? []), ...added])
  return changedCodec(
    codec,
    {
      write(value, sink, depth) {
        if (!isObject(value)) return codec.write(value, sink, depth)
        const others = { ...value } as Record<string, unknown>
        // Another prototype is one that the codec itself refuses.
        Object.setPrototypeOf(others, Object.getPrototypeOf(value) as object | null)
        for (const name of added.keys()) Reflect.deleteProperty(others, name)
        const written = codec.write(others, sink, depth)
        // Items are rows: they are never written as anything else.
        const { M: attributes = {} } = written as AttributeValue
        for (const [name, property] of added) {
          const given = ownValue(value as Record<string, unknown>, name)
          const part = encodeProperty({ ...property, optional: true }, name, given)
          if (part !== undefined) setOwn(attributes, name, part)
        }
        return written
      },
      decode(row, depth = 0) {
        const others = { ...row.M }
        for (const name of added.keys()) Reflect.deleteProperty(others, name)
        const item = codec.decode({ M: others }, depth) as Record<string, unknown>
        for (const [name, property] of added) {
          const value = ownValue(row.M ?? {}, name)
          if (value !== undefined) setOwn(item, name, decodeAt(name, property.codec, value, depth))
          else if (!property.optional) throw problemAt(name, 'a value', 'nothing')
        }
        return item
      },
    },
    { properties, part: (step) => added.get(String(step))?.codec ?? codec.part?.(step) },
  )
}

function decodeAt(name: string, codec: Codec, value: AttributeValue, depth: number): unknown {
  try {
    return codec.decode(value, depth + 1)
  } catch (error) {
    rethrowAt(error, name)
  }
}
