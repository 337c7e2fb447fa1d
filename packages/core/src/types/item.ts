// What a schema means for its users: the item that is read, and the input that a put takes.

/** The part of a zod object or discriminated union that the types read: its definition and its output. */
export interface ItemSchema {
  readonly _zod: {
    readonly def:
      | { readonly type: 'object'; readonly shape: object }
      | { readonly type: 'union'; readonly options: readonly object[]; readonly discriminator: string }
    readonly output: object
  }
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

/** The properties of an intersection as one object; `infer Whole` is what makes the hover flat. */
export type Flat<Type> = Type extends infer Whole ? { [Name in keyof Whole]: Whole[Name] } : never

/** What a put takes: application values, with defaults optional at every depth. */
export type InputOf<Schema> = Schema extends { _zod: { def: infer Definition; output: infer Output } }
  ? InputOfDefinition<Definition, Output>
  : never

// Most attributes are scalars: their kinds are asked for last, in a list of their own, so that they cost nothing more.
type InputOfDefinition<Definition, Output> = Definition extends { type: 'object'; shape: infer Shape }
  ? Flat<
      { -readonly [Name in Exclude<keyof Shape, OptionalNames<Shape>>]: InputOf<Shape[Name]> } & {
        -readonly [Name in OptionalNames<Shape> & keyof Shape]?: InputOf<Shape[Name]> | undefined
      } & OtherNames<Output>
    >
  : Definition extends { type: 'array'; element: infer Element }
    ? InputOf<Element>[]
    : Definition extends { type: 'default' | 'prefault' | 'optional'; innerType: infer Inner }
      ? InputOf<Inner>
      : Definition extends { type: Wrapping | Choosing | Nesting }
        ? InputOfParts<Definition, Output>
        : Output

type Wrapping = 'nullable' | 'readonly' | 'nonoptional' | 'lazy'
type Choosing = 'union' | 'intersection'
type Nesting = 'tuple' | 'record'

type InputOfParts<Definition, Output> = Definition extends { type: Wrapping }
  ? InputOfWrapped<Definition, Output>
  : Definition extends { type: Choosing }
    ? InputOfChoice<Definition, Output>
    : InputOfNested<Definition, Output>

type InputOfWrapped<Definition, Output> = Definition extends { type: 'nullable'; innerType: infer Inner }
  ? InputOf<Inner> | null
  : Definition extends { type: 'readonly'; innerType: infer Inner }
    ? Readonly<InputOf<Inner>>
    : Definition extends { type: 'nonoptional'; innerType: infer Inner }
      ? Exclude<InputOf<Inner>, undefined>
      : Definition extends { type: 'lazy'; getter: () => infer Inner }
        ? InputOf<Inner>
        : Output

type InputOfChoice<Definition, Output> = Definition extends { type: 'union'; options: readonly (infer Option)[] }
  ? Option extends unknown
    ? InputOf<Option>
    : never
  : Definition extends { type: 'intersection'; left: infer Left; right: infer Right }
    ? Flat<InputOf<Left> & InputOf<Right>>
    : Output

type InputOfNested<Definition, Output> = Definition extends { type: 'tuple'; items: infer Items; rest: infer Rest }
  ? InputOfTuple<Output, Items, Rest>
  : Definition extends { type: 'record'; valueType: infer Value }
    ? InputOfRecord<Output, Value>
    : Output

// Mapped from the output, whose optional elements and names stay optional.
type InputOfTuple<Output, Items, Rest> = {
  [Position in keyof Output]: Position extends keyof Items & `${number}` ? InputOf<Items[Position]> : InputOf<Rest>
}
type InputOfRecord<Output, Value> = { [Name in keyof Output]: InputOf<Value> }

// A loose object, or one with a catchall, has names that its shape has not.
type OtherNames<Output> = string extends keyof Output ? { [name: string]: Output[string & keyof Output] } : unknown

/** The names of the attributes that an item may lack. */
export type OptionalKeys<Item> = { [Name in keyof Item]-?: undefined extends Item[Name] ? Name : never }[keyof Item]
