// Key templates in types: their placeholders, and the texts of what is wrong with one.

/** `'n:010'` names the attribute `n`. */
type Name<Placeholder extends string> = Placeholder extends `${infer Attribute}:${string}` ? Attribute : Placeholder

/** The placeholders of a template, in order: `'A#{b}#{n:010}'` gives `['b', 'n:010']`. */
type Placeholders<Template extends string> = Template extends `${string}{${infer First}}${infer Rest}`
  ? [First, ...Placeholders<Rest>]
  : []

type Names<Parts extends readonly string[]> = { [Position in keyof Parts]: Name<Parts[Position]> }

/** The attributes that a template is made of, in order. */
export type Components<Template> = Template extends string ? Names<Placeholders<Template>> : []

/** The attributes that a template is made of, as a union. */
export type ComponentNames<Template> = Components<Template>[number]

/** Whether the template is one placeholder and nothing else: the key attribute then holds the attribute's own value. */
export type IsNative<Template> = Template extends `{${infer Only}}`
  ? Only extends `${string}}${string}` | `${string}:${string}`
    ? false
    : true
  : false

type PlaceholderProblem<Placeholder extends string, Item, Required, Native> =
  Name<Placeholder> extends keyof Item
    ? undefined extends Item[Name<Placeholder>]
      ? Required extends true
        ? `{${Name<Placeholder>}} is optional: a table key needs attributes that every item has`
        : NumberProblem<Placeholder, Exclude<Item[Name<Placeholder>], undefined>, Native>
      : NumberProblem<Placeholder, Item[Name<Placeholder>], Native>
    : `{${Name<Placeholder>}} is not an attribute of the schema`

type NumberProblem<Placeholder extends string, Value, Native> = Native extends true
  ? never
  : [Value] extends [number | bigint]
    ? Placeholder extends `${string}:${string}`
      ? never
      : `{${Placeholder}} is a number: give it a format, such as {${Placeholder}:010}`
    : never

// The problem is looked for first and the template only then returned: `Template & Check<Template>` would read `never`.
type CheckTemplate<Template, Item, Required> = Template extends string
  ? [PlaceholderProblem<Placeholders<Template>[number], Item, Required, IsNative<Template>>] extends [never]
    ? Template
    : PlaceholderProblem<Placeholders<Template>[number], Item, Required, IsNative<Template>>
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
}

/** The table key's templates, each replaced by the text of what is wrong with it. */
export type CheckKey<Key, Item, SortKey> = {
  [Part in keyof Key]: Part extends 'partitionKey'
    ? CheckTemplate<Key[Part], Item, true>
    : Part extends 'sortKey'
      ? [SortKey] extends [undefined]
        ? 'this table has no sort key'
        : CheckTemplate<Key[Part], Item, true>
      : never
}

/** The indexes' templates and index names, each replaced by the text of what is wrong with it. */
export type CheckIndexes<Indexes, Item, Names> = {
  [Index in keyof Indexes]: {
    [Part in keyof Indexes[Index]]: Part extends 'index'
      ? Indexes[Index][Part] extends Names
        ? Indexes[Index][Part]
        : `${Indexes[Index][Part] & string} is not an index of the table`
      : Part extends 'partitionKey' | 'sortKey'
        ? CheckTemplate<Indexes[Index][Part], Item, false>
        : never
  }
}
