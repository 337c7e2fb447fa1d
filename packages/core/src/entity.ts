// entity(): a schema and key templates on a table.
import { InputError } from './errors/input-error.js'
import { compileEntity } from './model/compile-entity.js'
import type { Model } from './model/model.js'
import { positionsOf } from './operations/position.js'
import { verbsOf } from './operations/verbs.js'
import { tableModelOf } from './table.js'
import type { ComputedSpec, KeySource, WhenOf } from './types/computed.js'
import type { AnyEntity, Entity } from './types/entity.js'
import type { EntityTypes } from './types/entity-types.js'
import type { ItemOf, ItemSchema } from './types/item.js'
import type { WithManaged } from './types/managed.js'
import type { DefinitionOf, IndexNames, SortKeyOf, Table } from './types/table.js'
import type { CheckIndexes, CheckKey, CheckUnique, IndexSpec, KeySpec } from './types/templates.js'
import { kindOf } from './values/codec.js'

const models = new WeakMap<object, Model>()

/** What `entity()` takes. */
export interface EntityOptions<
  Of extends Table,
  Schema extends ItemSchema,
  Key,
  Indexes,
  KeyOnly,
  Computed,
  SharesKeys,
  Unique,
  Version = never,
  Time = never,
  Expiry = never,
  StoredAs = unknown,
> {
  readonly table: Of
  /** A `z.object` of application values: what a put takes and a get returns. */
  readonly schema: Schema
  /** The templates of the table key: literals and `{attribute}` placeholders. */
  readonly key: CheckKey<Key, KeySource<ItemOf<Schema>, Computed>, SortKeyOf<DefinitionOf<Of>>>
  /** The templates of the indexes, under the names that queries call them by. */
  readonly indexes?: CheckIndexes<
    Indexes,
    KeySource<WithManaged<ItemOf<Schema>, Version & string, Time & string, Expiry & string>, Computed>,
    IndexNames<DefinitionOf<Of>>,
    WhenOf<ItemOf<Schema>>
  >
  /** Attributes that are computed from others, for templates and queries. */
  readonly computed?: Computed & Readonly<Record<string, ComputedSpec<ItemOf<Schema>, unknown>>>
  /** Attributes that are stored under another name: `{ placedAt: 'ts' }`. */
  readonly storedAs?: StoredAs & {
    readonly [Name in keyof StoredAs]: Name extends keyof ItemOf<Schema> ? string : never
  }
  /** Attributes that are stored in keys alone, and read back from them. */
  readonly keyOnly?: readonly (KeyOnly & keyof ItemOf<Schema>)[]
  /** Attributes that are written with every item and are no part of it. */
  readonly constants?: Readonly<Record<string, string | number | boolean>>
  /** Where this entity's name is stored, and as what. With `false` its rows are known by the shape of their keys. */
  readonly entityAttribute?: { readonly name?: string; readonly value?: string } | false
  /** `raw` leaves key components as they are, for keys already written; the table's unless said otherwise. */
  readonly keyFormat?: 'escaped' | 'raw'
  /** Says that another entity may have the same keys. Then each write asks that the row is this one's, or absent. */
  readonly sharesKeys?: SharesKeys
  /**
   * Values that no two items share, as templates: `{ email: '{email:lower}' }`, or `'{tenantId}#{email:lower}'` within a scope. Each
   * is held by a row of its own, written in one transaction with the item.
   */
  readonly unique?: CheckUnique<Unique, ItemOf<Schema>>
  /**
   * The attribute that counts the writes of an item, from 1. A write that gives a version is refused where the item has another
   * one. It is a `number` of the item, unless the schema has the attribute and says more.
   */
  readonly version?: Version
  /** The attribute for the time when an item was made: a `Date`, unless the schema says otherwise. */
  readonly createdAt?: Time
  /** The attribute for the time of the last write: a `Date`, unless the schema says otherwise. */
  readonly updatedAt?: Time
  /** An attribute of rows alone that marks each write, so that one whose answer was lost can be recognised. */
  readonly nonce?: string
  /**
   * The attribute that DynamoDB's time to live reads: a `Date` in whole seconds, unless the schema says otherwise. With
   * `read: 'hide'` rows past it count as gone, although DynamoDB may take days to delete them.
   */
  readonly expiresAt?: Expiry | { readonly attribute: Expiry; readonly read?: 'show' | 'hide' }
}

/**
 * Describes a kind of item: its schema, and how its keys are made from its attributes. The description is compiled at once.
 *
 * @throws DefinitionError for a schema that can't be stored faithfully, or a template that doesn't fit.
 * @example
 * ```ts
 * const Order = entity('Order', {
 *   table: shop,
 *   schema: z.object({ customerId: z.string(), orderId: z.string().default(ulid), status: z.enum(['open', 'paid']) }),
 *   key: { partitionKey: 'CUSTOMER#{customerId}', sortKey: 'ORDER#{orderId}' },
 *   indexes: { byStatus: { index: 'gsi1', partitionKey: 'STATUS#{status}', sortKey: '{orderId}' } },
 * })
 * ```
 */
export function entity<
  const Name extends string,
  Of extends Table,
  Schema extends ItemSchema,
  const Key extends KeySpec,
  // An entity without indexes has none: any wider default would give it an index of every name.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  const Indexes extends Record<string, IndexSpec> = {},
  const KeyOnly extends PropertyKey = never,
  // The same of computed attributes.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  Computed = {},
  SharesKeys extends boolean = false,
  // The same of constraints.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  const Unique extends Readonly<Record<string, string>> = {},
  const Version extends string = never,
  const Time extends string = never,
  const Expiry extends string = never,
  // And of those that are stored under their own names.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  const StoredAs = {},
>(
  name: Name,
  options: EntityOptions<
    Of,
    Schema,
    Key,
    Indexes,
    KeyOnly,
    Computed,
    SharesKeys,
    Unique,
    Version,
    Time,
    Expiry,
    StoredAs
  >,
): Entity<
  EntityTypes<
    Name,
    Schema,
    DefinitionOf<Of>,
    Key,
    Indexes,
    KeyOnly,
    Computed,
    SharesKeys,
    Unique,
    Version,
    Time,
    Expiry,
    StoredAs
  >
> {
  // Without types even the options may be missing: then there is no table in them.
  const { table } = Object(options) as typeof options
  const model = compileEntity(name, tableModelOf(`entity ${name}`, table), options)
  const verbs = verbsOf(model, { operation: (make) => make(), query: (make) => make() })
  const made = Object.freeze({ name, ...verbs, at: positionsOf(model) })
  models.set(made, model)
  // Below this line nothing is generic: the plans are what the types say they are.
  return made as unknown as Entity<
    EntityTypes<
      Name,
      Schema,
      DefinitionOf<Of>,
      Key,
      Indexes,
      KeyOnly,
      Computed,
      SharesKeys,
      Unique,
      Version,
      Time,
      Expiry,
      StoredAs
    >
  >
}

/** The compiled form of an entity. Throws `InputError` for anything else. */
export function modelOf(operation: string, entity: AnyEntity): Model {
  const model = models.get(entity)
  if (model !== undefined) return model
  throw new InputError(operation, [], 'an entity, made by entity() of the same copy of the package', kindOf(entity))
}
