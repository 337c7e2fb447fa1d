// Updates in types: what may change, and which siblings an index key needs when one of its components does.
import type { ComponentNames, IsNative } from './templates.js'

declare const problemText: unique symbol

/** Stands where a call cannot be right; its text says what to do. */
export interface Problem<Text extends string> {
  readonly [problemText]: Text
}

/** For each composed key attribute of each index, the attributes that it is made of, less those of the table key. */
export type IndexComponents<Indexes, KeyNames> = {
  readonly [Index in keyof Indexes]: {
    readonly [Part in keyof Indexes[Index] & ('partitionKey' | 'sortKey')]: IsNative<Indexes[Index][Part]> extends true
      ? never
      : Exclude<ComponentNames<Indexes[Index][Part]>, KeyNames>
  }
}

/** All attributes that a composed index key is made of. */
export type ComponentsOf<Groups> = {
  [Index in keyof Groups]: Groups[Index][keyof Groups[Index]]
}[keyof Groups]

type MissingIn<Group, Touched, Known> = {
  [Part in keyof Group]: [Extract<Group[Part], Touched>] extends [never] ? never : Exclude<Group[Part], Touched | Known>
}[keyof Group]

type Missing<Groups, Touched, Known> = {
  [Index in keyof Groups]: MissingIn<Groups[Index], Touched, Known>
}[keyof Groups]

type Ask<Names> = [Names] extends [never]
  ? unknown
  : Problem<`this changes an index key: give ${Names & string} too, in set or in given`>

/** Nothing where all siblings of the touched components are known, else the text that names the missing ones. */
export type AskForSiblings<Groups, Touched, Known> = Ask<Missing<Groups, Touched, Known>>
