// Updates in types: what may change, and which siblings an index key needs when one of its components does.
import type { ComponentNames, IsNative } from './templates.js'

declare const problemText: unique symbol

/** Stands where a call cannot be right; its text says what to do. */
export interface Problem<Text extends string> {
  readonly [problemText]: Text
}

/** The property that a placeholder names, or names a part of. */
export type PropertyOf<Item, Name> = Name extends keyof Item
  ? Name
  : Name extends `${infer First}.${string}`
    ? First & keyof Item
    : never

// All at once where no placeholder is a path: one after the other costs four times as much.
type PropertiesOf<Item, Names> = [Names] extends [keyof Item] ? Names : PropertyOf<Item, Names>

type Group<Template, Item, KeyNames> = Template extends string
  ? IsNative<Template> extends true
    ? never
    : [PropertiesOf<Item, Exclude<ComponentNames<Template>, KeyNames>>]
  : Template extends readonly [infer First, ...infer Rest]
    ? Group<First, Item, KeyNames> | Group<Rest, Item, KeyNames>
    : never

// With a `when`, what an update needs depends on values: that is checked when it is built.
type GroupsOf<Spec, Item, KeyNames> = Spec extends { when: object }
  ? never
  : Spec extends { partitionKey?: infer Partition; sortKey?: infer Sort }
    ? Group<Partition, Item, KeyNames> | Group<Sort, Item, KeyNames>
    : never

/** One group for each composed key attribute of an index: the properties that it is made of, less those of the table key. */
type IndexGroups<Indexes, Item, KeyNames> = {
  [Index in keyof Indexes]: GroupsOf<Indexes[Index], Item, KeyNames>
}[keyof Indexes]

type NamesIn<Groups> = Groups extends readonly [infer Names] ? Names : never

type GroupsWith<Groups, Name> = Groups extends readonly [infer Names] ? (Name extends Names ? Names : never) : never

/** The properties that composed index keys are made of, each with all those of the index keys that it is a part of. */
export type IndexComponents<Indexes, Item, KeyNames> =
  IndexGroups<Indexes, Item, KeyNames> extends infer Groups
    ? { [Name in NamesIn<Groups> & PropertyKey]: GroupsWith<Groups, Name> }
    : never

type Ask<Names> = [Names] extends [never]
  ? unknown
  : Problem<`this changes an index key: give ${Names & string} too, in set or given`>

/** Nothing where all siblings of the touched components are known, else the text that names the missing ones. */
export type AskForSiblings<Components, Touched, Known> = Ask<
  Exclude<Components[keyof Components & Touched], Touched | Known>
>
