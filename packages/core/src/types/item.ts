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
interface MayBeLeftOut {
  readonly _zod: { readonly optin: 'optional' | 'defaulted' }
}

// A schema whose values are given as they are read, at every depth. To ask for it, of recursive schemas too, costs the checker one
// comparison without instantiations. What is not in the list is looked at in detail.
interface Unchanged {
  readonly _zod: { readonly def: UnchangedDefinition }
}
type UnchangedDefinition =
  | { readonly type: Scalar }
  | { readonly type: 'optional' | 'nullable' | 'readonly' | 'nonoptional'; readonly innerType: Unchanged }
  | { readonly type: 'array'; readonly element: Unchanged }
  | { readonly type: 'object'; readonly shape: Readonly<Record<string, Unchanged>> }
type Scalar =
  | 'string'
  | 'number'
  | 'bigint'
  | 'boolean'
  | 'null'
  | 'enum'
  | 'literal'
  | 'template_literal'
  | 'set'
  | 'unknown'
  | 'any'
  | 'pipe'
  | 'custom'

/** The properties of an intersection as one object; `infer Whole` is what makes the hover flat. */
export type Flat<Type> = Type extends infer Whole ? { [Name in keyof Whole]: Whole[Name] } : never

/** What a put takes: application values, with defaults optional at every depth. */
export type InputOf<Schema> = Schema extends { _zod: { def: infer Definition; output: infer Output } }
  ? InputOfDefinition<Definition, Output>
  : never

// Most attributes are given as they are read: those are taken from the output all at once. Kinds of scalars are asked for last.
type InputOfDefinition<Definition, Output> = Definition extends { type: 'object'; shape: infer Shape }
  ? InputOfObject<Shape, Output, ChangedNames<Shape>>
  : Definition extends { type: 'array'; element: infer Element }
    ? InputOf<Element>[]
    : Definition extends { type: 'default' | 'prefault' | 'optional'; innerType: infer Inner }
      ? InputOf<Inner>
      : Definition extends { type: Wrapping | Choosing | Nesting }
        ? InputOfParts<Definition, Output>
        : Output

type InputOfObject<Shape, Output, Changed> = [Changed] extends [never]
  ? Output
  : string extends keyof Output
    ? Flat<InputOfShape<Shape> & { [name: string]: Output[string & keyof Output] }>
    : Flat<Part<Output, Exclude<keyof Output, Changed>> & InputOfShape<Shape, Changed & keyof Shape>>

type Part<Whole, Names extends keyof Whole> = { [Name in Names]: Whole[Name] }

type InputOfShape<Shape, Names extends keyof Shape = keyof Shape> = {
  -readonly [Name in Names as Shape[Name] extends MayBeLeftOut ? never : Name]: InputOf<Shape[Name]>
} & {
  -readonly [Name in Names as Shape[Name] extends MayBeLeftOut ? Name : never]?: InputOf<Shape[Name]> | undefined
}

/** The names of the attributes that are not given as they are read. */
type ChangedNames<Shape> = keyof { [Name in keyof Shape as Shape[Name] extends Unchanged ? never : Name]: never }

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

/** The names of the attributes that an item may lack. */
export type OptionalKeys<Item> = { [Name in keyof Item]-?: undefined extends Item[Name] ? Name : never }[keyof Item]
