// How a table is described: its key attributes and its indexes.

/** The DynamoDB type of a key attribute: S, N or B. */
export type KeyType = 'string' | 'number' | 'binary'

/** A key attribute: its name alone means a string. */
export type KeyAttribute = string | { readonly name: string; readonly type: KeyType }

/** A secondary index: with a partition key it is a global one, without it a local one on the table's partition key. */
export interface IndexDefinition {
  /** Several attributes make a multi-attribute key: up to 4, each given by equality in a query. */
  readonly partitionKey?: KeyAttribute | readonly KeyAttribute[]
  /** Several attributes make a multi-attribute key: up to 4, given from the left in a query. */
  readonly sortKey?: KeyAttribute | readonly KeyAttribute[]
  /**
   * What the index holds: whole rows unless said otherwise; `'keys'` its own keys and the table's; a list these and some attributes,
   * by the names that they are stored under.
   */
  readonly projection?: 'all' | 'keys' | readonly string[]
}

/** What `table()` takes. */
export interface TableDefinition {
  readonly partitionKey: KeyAttribute
  readonly sortKey?: KeyAttribute
  readonly indexes?: Readonly<Record<string, IndexDefinition>>
  /**
   * The attribute that tells the rows of several entities apart; `_entity` unless said otherwise. With `false` there is none, and
   * rows are told apart by the shape of their keys.
   */
  readonly entityAttribute?: string | false
  /** `raw` leaves key components as they are, for tables with keys already written. `escaped` unless said otherwise. */
  readonly keyFormat?: 'escaped' | 'raw'
  /** The attribute that DynamoDB's time to live reads. Items that have it store it as seconds since 1970. */
  readonly expiresAt?: string
}

declare const definitionType: unique symbol

/** A table's physical keys and indexes, made by `table()`. */
export interface Table<out Definition extends TableDefinition = TableDefinition> {
  /** The logical name; `connect()` is told the physical one. */
  readonly name: string
  readonly [definitionType]: Definition
}

/** The definition that a table was made from. */
export type DefinitionOf<Of extends Table> = Of[typeof definitionType]

/** The sort key of a table's definition; `undefined` where it has none. */
export type SortKeyOf<Definition> = Definition extends { sortKey: infer SortKey } ? SortKey : undefined

/** The names of a table's indexes. */
export type IndexNames<Definition> = Definition extends { indexes: infer Indexes } ? keyof Indexes & string : never

type KeyAttributeNames<Key> = Key extends string
  ? Key
  : Key extends { name: infer Name }
    ? Name
    : Key extends readonly (infer Each)[]
      ? KeyAttributeNames<Each>
      : never

type NamesOfKeys<Keys> = Keys extends { partitionKey?: infer Partition; sortKey?: infer Sort }
  ? KeyAttributeNames<Partition> | KeyAttributeNames<Sort>
  : never

/** The names of the key attributes of a table, or with an index of that one: a local one has the table's partition key. */
export type KeyAttributesOf<Definition, Index = never> = [Index] extends [never]
  ? NamesOfKeys<Definition>
  : Definition extends { partitionKey: infer Partition; indexes: infer Indexes }
    ? Indexes[Index & keyof Indexes] extends infer Keys
      ? NamesOfKeys<Keys> | (Keys extends { partitionKey: unknown } ? never : KeyAttributeNames<Partition>)
      : never
    : never

/** The names of a table's local indexes: those without a partition key of their own. */
export type LocalIndexNames<Definition> = Definition extends { indexes: infer Indexes }
  ? { [Name in keyof Indexes]: Indexes[Name] extends { partitionKey: unknown } ? never : Name }[keyof Indexes]
  : never
