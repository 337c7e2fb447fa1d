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

type Group<Template, Item, KeyNames> = Template extends readonly [infer First, ...infer Rest]
  ? Group<First, Item, KeyNames> | Group<Rest, Item, KeyNames>
  : Template extends string
    ? IsNative<Template> extends true
      ? never
      : [PropertyOf<Item, Exclude<ComponentNames<Template>, KeyNames>>]
    : never

/** One group for each composed key attribute of an index: the properties that it is made of, less those of the table key. */
export type IndexComponents<Indexes, Item, KeyNames> = {
  // With a `when`, what an update needs depends on values: that is checked when it is built.
  [Index in keyof Indexes]: Indexes[Index] extends { when: object }
    ? never
    : {
        [Part in keyof Indexes[Index] & ('partitionKey' | 'sortKey')]: Group<Indexes[Index][Part], Item, KeyNames>
      }[keyof Indexes[Index] & ('partitionKey' | 'sortKey')]
}[keyof Indexes]

/** All properties that a composed index key is made of. */
export type ComponentsOf<Groups> = Groups extends readonly [infer Names] ? Names : never

type Missing<Groups, Touched, Known> = Groups extends readonly [infer Names]
  ? [Extract<Names, Touched>] extends [never]
    ? never
    : Exclude<Names, Touched | Known>
  : never

type Ask<Names> = [Names] extends [never]
  ? unknown
  : Problem<`this changes an index key: give ${Names & string} too, in set or in given`>

/** Nothing where all siblings of the touched components are known, else the text that names the missing ones. */
export type AskForSiblings<Groups, Touched, Known> = Ask<Missing<Groups, Touched, Known>>
