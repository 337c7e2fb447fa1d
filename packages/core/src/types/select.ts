// Selections in types: what may be selected of an item, and what is left of it.

type KeysOf<Value> = Value extends unknown ? keyof Value : never
type At<Value, Name> = Value extends unknown ? (Name extends keyof Value ? Value[Name] : never) : never
type Present<Value> = Exclude<Value, undefined | null>

/** Values that have no parts to select. */
type Undivided = string | number | bigint | boolean | null | Date | Uint8Array | ReadonlySet<unknown>

/** What may be selected of a value: all of it, or parts by name, of a list by position. */
export type SelectOf<Value> = [Value] extends [Undivided]
  ? true
  : Value extends readonly (infer Element)[]
    ? true | { readonly [position: number]: SelectOf<Present<Element>> }
    : Value extends object
      ? true | PartsOf<Value>
      : true

type PartsOf<Value> = { readonly [Name in keyof Value]?: SelectOf<Present<Value[Name]>> }

/** What `select` takes: names with `true`, or with what is wanted inside. */
export type Selectable<Item> = { readonly [Name in KeysOf<Item>]?: SelectOf<Present<At<Item, Name>>> }

/** Refuses names that are not there, at the very name. */
export type Known<Select, Value> = [Value] extends [readonly (infer Element)[]]
  ? {
      readonly [Position in keyof Select]: Position extends number | `${number}`
        ? KnownPart<Select[Position], Element>
        : never
    }
  : string extends keyof Value
    ? unknown
    : { readonly [Name in Exclude<keyof Select, KeysOf<Value>>]: never } & {
        readonly [Name in keyof Select & KeysOf<Value> as Select[Name] extends true ? never : Name]?: KnownPart<
          Select[Name],
          At<Value, Name>
        >
      }

type KnownPart<Select, Value> = Select extends true ? true : Known<Select, Present<Value>>

/** What is left of an item. */
export type Selected<Item, Select> = Item extends unknown
  ? { [Name in keyof Item as Name extends keyof Select ? Name : never]: Part<Item[Name], Select[Name & keyof Select]> }
  : never

type Part<Value, Select> = undefined extends Select
  ? Part<Value, Exclude<Select, undefined>> | undefined
  : Select extends true
    ? Value
    : Value extends undefined | null
      ? Value
      : Value extends readonly (infer Element)[]
        ? Part<Element, Select[keyof Select]>[]
        : Value extends object
          ? string extends keyof Value
            ? { -readonly [Name in keyof Select]?: Part<Value[Name & keyof Value], Select[Name]> }
            : Selected<Value, Select>
          : Value

/** The item, or what is left of it where something was selected. */
export type Chosen<Item, Select> = [Select] extends [never] ? Item : Selected<Item, Select>
