// What an index holds of an entity, in types.
import type { KeySpec, IndexSpec, PlaceholdersOf } from './templates.js'

type AttributeName<Key> = Key extends string
  ? Key
  : Key extends { readonly name: infer Name }
    ? Name
    : Key extends readonly (infer Each)[]
      ? AttributeName<Each>
      : never

/** The names of the key attributes of a table or index. */
type KeyAttributes<Definition> =
  | (Definition extends { readonly partitionKey: infer Key } ? AttributeName<Key> : never)
  | (Definition extends { readonly sortKey: infer Key } ? AttributeName<Key> : never)

/** The definition of one index of a table. */
type IndexOf<Definition, Name> = Definition extends { readonly indexes: infer Indexes }
  ? Name extends keyof Indexes
    ? Indexes[Name]
    : never
  : never

/** The key attributes of an index; a local one has the table's partition key. */
type IndexAttributes<Definition, Name> =
  | KeyAttributes<IndexOf<Definition, Name>>
  | (IndexOf<Definition, Name> extends { readonly partitionKey: unknown }
      ? never
      : Definition extends { readonly partitionKey: infer Key }
        ? AttributeName<Key>
        : never)

/** The attributes that an index holds by name, keys included; `never` where it holds all. */
type Projected<Definition, Name> =
  IndexOf<Definition, Name> extends { readonly projection: infer Projection }
    ? Projection extends 'all'
      ? never
      : | IndexAttributes<Definition, Name>
        | KeyAttributes<Definition>
        | (Projection extends readonly (infer Attribute)[] ? Attribute : never)
    : never

// The formats whose texts can be read back.
type Readable<Placeholder> = Placeholder extends `${infer Name}:${infer Format}`
  ? Format extends `${'' | '+' | '-'}0${bigint}` | 'number' | 'raw' | 'escaped'
    ? Name
    : never
  : Placeholder

/** The attributes that can be read back from a key. */
type ReadableOf<Spec> =
  | (Spec extends { partitionKey: infer Template } ? Readable<PlaceholdersOf<Template>> : never)
  | (Spec extends { sortKey: infer Template } ? Readable<PlaceholdersOf<Template>> : never)

/** Whether an index holds whole rows. */
export type IsWhole<Definition, Name> = [Projected<Definition, Name>] extends [never] ? true : false

// A shard or a bucket says little of the value: others are in the same partition.
type Decisive<Placeholder> = Placeholder extends `${string}:${'shard(' | 'year' | 'month' | 'day' | 'hour'}${string}`
  ? never
  : Placeholder extends `${infer Name}:${string}`
    ? Name
    : Placeholder

/** The components of a template that each have one value in all that it makes alike. */
export type Deciding<Template> = Decisive<PlaceholdersOf<Template>>

type StoredName<Name, StoredAs> = Name extends keyof StoredAs ? StoredAs[Name] : Name

/** What an index holds of an item; the item itself where it holds all. */
export type HeldBy<Item, Definition, Spec extends IndexSpec, Key extends KeySpec, StoredAs, KeyOnly> = [
  Projected<Definition, Spec['index']>,
] extends [never]
  ? Item
  : HeldNames<Item, Projected<Definition, Spec['index']>, ReadableOf<Key> | ReadableOf<Spec>, StoredAs, KeyOnly>

/** What the rows of an index have of an item by name: what is in keys alone can't be filtered. */
export type StoredIn<Item, Definition, Spec extends IndexSpec, StoredAs, KeyOnly> = HeldNames<
  Item,
  Projected<Definition, Spec['index']>,
  never,
  StoredAs,
  KeyOnly
>

type HeldNames<Item, Attributes, Readable, StoredAs, KeyOnly> = Item extends unknown
  ? string extends Attributes
    ? Partial<Item>
    : {
        [
          Name in keyof Item as Name extends Readable
            ? Name
            : Name extends KeyOnly
              ? never
              : StoredName<Name, StoredAs> extends Attributes
                ? Name
                : never
        ]: Item[Name]
      }
  : never
