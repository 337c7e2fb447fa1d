// What a schema means for its users: the item that is read, and the input that a put takes.

/** The part of a zod object that the types read: its definition and its output. */
export interface ItemSchema {
  readonly _zod: { readonly def: { readonly type: 'object'; readonly shape: object }; readonly output: object }
}

/** The item as it is read: the schema's output. */
export type ItemOf<Schema extends ItemSchema> = Schema['_zod']['output']

// zod marks what may be left out on `optin`. Constraining by zod's classes instead costs 88,743 instantiations an entity.
type OptionalIn<Schema> = Schema extends { _zod: infer Internals }
  ? 'optin' extends keyof Internals
    ? Internals['optin']
    : undefined
  : undefined

type OptionalNames<Shape> = {
  [Name in keyof Shape]-?: undefined extends OptionalIn<Shape[Name]> ? never : Name
}[keyof Shape]

// `infer Whole` is what makes the hover flat.
type Flat<Type> = Type extends infer Whole ? { [Name in keyof Whole]: Whole[Name] } : never

/** What a put takes: application values, with defaults optional at every depth. */
export type InputOf<Schema> = Schema extends { _zod: { def: infer Definition; output: infer Output } }
  ? InputOfDefinition<Definition, Output>
  : never

type InputOfDefinition<Definition, Output> = Definition extends { type: 'object'; shape: infer Shape }
  ? Flat<
      { -readonly [Name in Exclude<keyof Shape, OptionalNames<Shape>>]: InputOf<Shape[Name]> } & {
        -readonly [Name in OptionalNames<Shape> & keyof Shape]?: InputOf<Shape[Name]> | undefined
      }
    >
  : Definition extends { type: 'array'; element: infer Element }
    ? InputOf<Element>[]
    : Definition extends { type: 'default' | 'prefault' | 'optional'; innerType: infer Inner }
      ? InputOf<Inner>
      : Output

/** The names of the attributes that an item may lack. */
export type OptionalKeys<Item> = { [Name in keyof Item]-?: undefined extends Item[Name] ? Name : never }[keyof Item]

/** The names of the attributes that hold a number. */
export type NumberKeys<Item> = {
  [Name in keyof Item]-?: [Exclude<Item[Name], undefined>] extends [number | bigint] ? Name : never
}[keyof Item]
