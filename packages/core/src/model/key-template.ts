// Key templates: parsed once, then filled from stored attributes.
import type { Attributes, AttributeValue } from '../types/attribute-value.js'
import { ownValue, rethrowAt, ValueProblem } from '../values/codec.js'
import { meet, span } from './alphabet.js'
import { type Format, formatOf, type KeyFormat } from './component.js'

/** A placeholder: the attribute or path that it names, and the way it is written. */
export interface Component {
  /** As the template says it, without formats: `forkSource.owner`. */
  readonly name: string
  /** The property of the item, and those inside of it. */
  readonly path: readonly [string, ...string[]]
  readonly format: Format
  /** A character that a raw text may not contain, because the template could not be read back. */
  readonly refuses: string | undefined
}

/** `literals[0] component[0] literals[1] …`: always one literal more than there are components. */
export interface KeyTemplate {
  readonly text: string
  readonly literals: readonly string[]
  readonly components: readonly Component[]
  /** The attribute, where the template is one bare placeholder: the key attribute then holds its own value and type. */
  readonly native: string | undefined
  /** The raw component that may contain the literal after it: prefixes that end on it match too much. */
  readonly permissive: Component | undefined
}

/** Something is wrong with a template; the text goes into a `DefinitionError`. */
export class TemplateProblem extends Error {
  constructor(
    readonly problem: string,
    readonly fix: string,
  ) {
    super(problem)
  }
}

type Parsed = Omit<Component, 'refuses'>

// Each takes a byte at least, and no key has more:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys
const mostPlaceholders = 2048

/** Parses a template and checks that no two different keys can look the same. Throws a `TemplateProblem`. */
export function parseTemplate(
  text: string,
  keyFormat: KeyFormat = 'escaped',
  isProperty: (name: string) => boolean = () => false,
): KeyTemplate {
  const literals: string[] = []
  const parsed: Parsed[] = []
  let native: string | undefined
  let rest = text
  for (;;) {
    const match = /^([^{}]*)\{([^{}]*)\}/.exec(rest)
    if (match === null) break
    if (parsed.length === mostPlaceholders)
      throw new TemplateProblem(`it has more than ${mostPlaceholders} placeholders`, 'No key has as many bytes')
    const [whole, literal = '', placeholder = ''] = match
    const [name = '', ...formats] = placeholder.split(':')
    literals.push(literal)
    parsed.push({
      name,
      path: isProperty(name) ? [name] : pathOf(name),
      format: required(placeholder, formats, keyFormat),
    })
    if (placeholder === text.slice(1, -1) && formats.length === 0 && isSingle(parsed[0])) native = name
    rest = rest.slice(whole.length)
  }
  if (/[{}]/.test(rest)) throw new TemplateProblem('a brace has no partner', 'Write placeholders as {attribute}')
  if (text === '') throw new TemplateProblem('a key can not be empty', 'Give it a literal or a placeholder')
  literals.push(rest)
  return { text, literals, native, ...disambiguated(literals, parsed) }
}

function pathOf(name: string): readonly [string, ...string[]] {
  const [first = '', ...rest] = name.split('.')
  return [first, ...rest]
}

function isSingle(component: Parsed | undefined): boolean {
  return component?.path.length === 1
}

function required(placeholder: string, formats: readonly string[], keyFormat: KeyFormat): Format {
  const format = formatOf(formats, keyFormat)
  if (format !== undefined) return format
  throw new TemplateProblem(
    `{${placeholder}} has an unknown format`,
    'Use 010, +010, -010 or number; day, month, hour or year; shard(10); lower, upper or nfc; raw or escaped',
  )
}

/** A template is read from both ends: what stands between two texts must not be taken for either of them. */
function disambiguated(
  literals: readonly string[],
  parsed: readonly Parsed[],
): { components: readonly Component[]; permissive: Component | undefined } {
  const lastRaw = parsed.findLastIndex(({ format }) => format.isRaw && format.width === undefined)
  const components = parsed.map((component, position): Component => {
    const { format, name } = component
    const literal = literals[position + 1] ?? ''
    const isLast = position === parsed.length - 1 && literal === ''
    if (format.width !== undefined || isLast) return { ...component, refuses: undefined }
    if (literal === '')
      throw new TemplateProblem(`nothing stands between {${name}} and the placeholder after it`, 'Put a # between them')
    if (!format.isRaw && !literal.startsWith('#'))
      throw new TemplateProblem(
        `the text after {${name}} does not begin with #`,
        `Begin it with #, which no component contains, or write {${name}:raw} for keys that exist already`,
      )
    const [delimiter = ''] = literal
    const isPermissive =
      position === lastRaw && parsed.slice(position + 1).every(({ format: later }) => excludes(later, delimiter))
    return { ...component, refuses: format.isRaw && !isPermissive ? delimiter : undefined }
  })
  const permissive = components.find(
    ({ format, refuses }, position) =>
      format.isRaw && format.width === undefined && refuses === undefined && (literals[position + 1] ?? '') !== '',
  )
  return { components, permissive }
}

/** Whether no text of the format holds the character. */
function excludes({ isRaw, alphabet }: Format, character: string): boolean {
  return !isRaw && !meet(alphabet, [span(character)])
}

/** The text of the template up to its component number `depth`, the literal before it included. */
export function fillTemplate(
  template: KeyTemplate,
  values: Attributes,
  depth: number = template.components.length,
): string {
  const { literals, components } = template
  let text = literals[0] ?? ''
  for (let position = 0; position < depth; position++)
    text += componentText(components[position] as Component, values) + (literals[position + 1] ?? '')
  return text
}

/** The text of one component. Throws a `ValueProblem` whose path is the component's. */
export function componentText(component: Component, values: Attributes): string {
  const value = componentValue(component, values)
  if (value === undefined) throw new Error(`no value for the component ${component.name}`)
  try {
    return writeComponent(component, value)
  } catch (error) {
    rethrowAt(error, component.name)
  }
}

/** The text of a component's value. Throws a `ValueProblem`. */
export function writeComponent({ format, refuses }: Component, value: AttributeValue): string {
  const text = format.write(value)
  if (refuses !== undefined && text.includes(refuses))
    throw new ValueProblem(`a text without ${JSON.stringify(refuses)}, which ends it in the key`, 'one with it')
  return text
}

/** The stored value of a component: under its name, as in the key of a query, or along its path, as in an item. */
export function componentValue({ name, path }: Component, values: Attributes): AttributeValue | undefined {
  const named = ownValue(values, name)
  if (named !== undefined || path.length === 1) return named
  let value: AttributeValue | undefined = { M: values }
  for (const step of path) value = value?.M === undefined ? undefined : ownValue(value.M, step)
  return value
}
