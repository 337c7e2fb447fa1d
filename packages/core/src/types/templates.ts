// Key templates in types: their placeholders, and the texts of what is wrong with one.

/** `'n:010'` names the attribute or path `n`. */
type Name<Placeholder extends string> = Placeholder extends `${infer Path}:${string}` ? Path : Placeholder

type FormatOf<Placeholder extends string> = Placeholder extends `${string}:${infer Format}` ? Format : ''

/** The placeholders of a template, in order: `'A#{b}#{n:010}'` gives `['b', 'n:010']`. */
type Placeholders<Template extends string> = Template extends `${string}{${infer First}}${infer Rest}`
  ? [First, ...Placeholders<Rest>]
  : []

type Names<Parts extends readonly string[]> = { [Position in keyof Parts]: Name<Parts[Position]> }

/** The attributes and paths that a template, or a list of them, is made of, in order. */
export type Components<Template> = Template extends string
  ? Names<Placeholders<Template>>
  : Template extends readonly [infer First, ...infer Rest]
    ? [...Components<First>, ...Components<Rest>]
    : []

/** The attributes and paths that a template, or a list of them, is made of, as a union. */
export type ComponentNames<Template> = Components<Template>[number]

/** The attribute or path that a placeholder names. */
export type NameOf<Placeholder> = Placeholder extends string ? Name<Placeholder> : never

/** The placeholders of a template, or a list of them, with their formats, as a union. */
export type PlaceholdersOf<Template> = Template extends string
  ? Placeholders<Template>[number]
  : Template extends readonly unknown[]
    ? PlaceholdersOf<Template[number]>
    : never

/** Whether the template is one placeholder and nothing else: the key attribute then holds the attribute's own value. */
export type IsNative<Template> = Template extends `{${infer Only}}`
  ? Only extends `${string}}${string}` | `${string}:${string}` | `${string}.${string}`
    ? false
    : true
  : false

declare const notFound: unique symbol

/** Stands for the value of a path that the item does not have. */
export interface NotFound {
  readonly [notFound]: true
}

/** The value at the end of a placeholder's path; `undefined` is part of it where an attribute on the way is optional. */
export type ValueAt<Item, Path> = Path extends keyof Item
  ? Item[Path]
  : Path extends `${infer First}.${infer Rest}`
    ? First extends keyof Item
      ? ValueAt<Exclude<Item[First], undefined>, Rest> | Extract<Item[First], undefined>
      : NotFound
    : NotFound

type Padding = `0${bigint}` | `+0${bigint}` | `-0${bigint}` | 'number'
type ForAll = 'raw' | 'escaped' | `shard(${bigint})` | `${string}:shard(${bigint})`

type PlaceholderProblem<Placeholder extends string, Item, Required, Native> = ValueProblemOf<
  Placeholder,
  ValueAt<Item, Name<Placeholder>>,
  Required,
  Native
>

type ValueProblemOf<Placeholder extends string, Value, Required, Native> = [Value] extends [NotFound]
  ? `{${Name<Placeholder>}} is not an attribute of the schema`
  : undefined extends Value
    ? Required extends true
      ? `{${Name<Placeholder>}} is optional: a table key needs attributes that every item has`
      : KindProblem<Placeholder, Exclude<Value, undefined>, Native>
    : KindProblem<Placeholder, Value, Native>

type KindProblem<Placeholder extends string, Value, Native> = Native extends true
  ? never
  : [Value] extends [number | bigint]
    ? FormatOf<Placeholder> extends Padding | ForAll
      ? never
      : `{${Name<Placeholder>}} is a number: give it a format, such as {${Name<Placeholder>}:010}`
    : FormatOf<Placeholder> extends Padding
      ? `{${Name<Placeholder>}} is no number: take its format away`
      : [Value] extends [string | boolean | Date]
        ? never
        : [Value] extends [object | null]
          ? `{${Name<Placeholder>}} can be no part of a key: use a string, a number, a boolean or a date`
          : never

/** Values that have one text whatever the template says. */
type Plain = string | boolean | Date

// Most templates name plain attributes only. All of them at once is a tenth of what one after the other costs.
type ProblemOf<Template, Item, Required> = Template extends string
  ? ProblemOfNames<Template, Placeholders<Template>[number], Item, Required>
  : Template extends readonly unknown[]
    ? { [Position in keyof Template]: ProblemOf<Template[Position], Item, Required> }[number]
    : never

type ProblemOfNames<Template extends string, Names, Item, Required> = [Names] extends [keyof Item]
  ? [Item[Names & keyof Item]] extends [Plain]
    ? never
    : PlaceholderProblem<Names & string, Item, Required, IsNative<Template>>
  : PlaceholderProblem<Names & string, Item, Required, IsNative<Template>>

type CheckTemplate<Template, Item, Required> = Template extends string
  ? [ProblemOf<Template, Item, Required>] extends [never]
    ? Template
    : ProblemOf<Template, Item, Required>
  : Template extends readonly unknown[]
    ? { [Position in keyof Template]: CheckTemplate<Template[Position], Item, Required> }
    : never

/** A template, or one for each attribute of a multi-attribute key. */
export type TemplateSpec = string | readonly string[]

/** The key templates of a table key. */
export interface KeySpec {
  partitionKey: string
  sortKey?: string
}

/** The key templates of an index; a local index has no partition key of its own. */
export interface IndexSpec {
  index: string
  partitionKey?: TemplateSpec
  sortKey?: TemplateSpec
  when?: object
}

/**
 * The table key where all is right with it, else its templates with each replaced by the text of what is wrong with it. It is
 * inferred from where it stands alone: through the texts, which take it to pieces, it would cost twice as much.
 */
export type CheckKey<Key, Item, SortKey> = [KeyProblem<Key, Item, SortKey>] extends [never]
  ? Key
  : NoInfer<KeyTexts<Key, Item, SortKey>>

type KeyProblem<Key, Item, SortKey> = Key extends { partitionKey: infer Partition; sortKey?: infer Sort }
  ? | ([keyof Key] extends ['partitionKey' | 'sortKey'] ? never : true)
    | ProblemOf<Partition, Item, true>
    | (Sort extends string ? ([SortKey] extends [undefined] ? true : ProblemOf<Sort, Item, true>) : never)
  : true

type KeyTexts<Key, Item, SortKey> = {
  [Part in keyof Key]: Part extends 'partitionKey'
    ? CheckTemplate<Key[Part], Item, true>
    : Part extends 'sortKey'
      ? [SortKey] extends [undefined]
        ? 'this table has no sort key'
        : CheckTemplate<Key[Part], Item, true>
      : never
}

/** The templates of unique constraints where all is right with them, else the texts of what is wrong. They are parts of longer keys. */
export type CheckUnique<Unique, Item> = [
  { [Name in keyof Unique]: UniqueProblem<Unique[Name], Item> }[keyof Unique],
] extends [never]
  ? Unique
  : NoInfer<{
      [Name in keyof Unique]: [UniqueProblem<Unique[Name], Item>] extends [never]
        ? Unique[Name]
        : UniqueProblem<Unique[Name], Item>
    }>

type UniqueProblem<Template, Item> = Template extends string ? ProblemOf<`#${Template}`, Item, false> : never

/** The indexes where all is right with them, else their templates and names with each replaced by the text of what is wrong with it. */
export type CheckIndexes<Indexes, Item, Names, When> = [
  { [Index in keyof Indexes]: IndexProblem<Indexes[Index], Item, Names, When> }[keyof Indexes],
] extends [never]
  ? Indexes
  : NoInfer<IndexTexts<Indexes, Item, Names, When>>

type IndexProblem<Spec, Item, Names, When> = Spec extends {
  index: infer Index
  partitionKey?: infer Partition
  sortKey?: infer Sort
  when?: infer Filter
}
  ? | ([Index] extends [Names] ? never : true)
    | (Filter extends object ? ([Filter] extends [When] ? never : true) : never)
    | ([keyof Spec] extends [keyof IndexSpec] ? never : true)
    | ProblemOf<Partition, Item, false>
    | ProblemOf<Sort, Item, false>
  : true

type IndexTexts<Indexes, Item, Names, When> = {
  [Index in keyof Indexes]: {
    [Part in keyof Indexes[Index]]: Part extends 'index'
      ? Indexes[Index][Part] extends Names
        ? Indexes[Index][Part]
        : `${Indexes[Index][Part] & string} is not an index of the table`
      : Part extends 'partitionKey' | 'sortKey'
        ? CheckTemplate<Indexes[Index][Part], Item, false>
        : Part extends 'when'
          ? When
          : never
  }
}
