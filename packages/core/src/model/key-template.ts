// Key templates: parsed once, then filled from stored attributes.
import type { Attributes } from '../types/attribute-value.js'
import { ownValue, rethrowAt } from '../values/codec.js'
import { type Format, formatNamed, plain } from './component.js'

/** A placeholder: the attribute it names and the way it is written. */
export interface Component {
  readonly attribute: string
  readonly format: Format
}

/** `literals[0] component[0] literals[1] …`: always one literal more than there are components. */
export interface KeyTemplate {
  readonly text: string
  readonly literals: readonly string[]
  readonly components: readonly Component[]
  /** The attribute, where the template is one bare placeholder: the key attribute then holds its own value and type. */
  readonly native: string | undefined
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

/** Parses a template and checks that no two different keys can look the same. Throws a `TemplateProblem`. */
export function parseTemplate(text: string): KeyTemplate {
  const literals: string[] = []
  const components: Component[] = []
  let native: string | undefined
  let rest = text
  for (;;) {
    const match = /^([^{}]*)\{([^{}]*)\}/.exec(rest)
    if (match === null) break
    const [whole, literal = '', placeholder = ''] = match
    const [attribute = '', ...formats] = placeholder.split(':')
    literals.push(literal)
    components.push({ attribute, format: formatOf(placeholder, formats) })
    if (placeholder === text.slice(1, -1) && formats.length === 0) native = attribute
    rest = rest.slice(whole.length)
  }
  if (/[{}]/.test(rest)) throw new TemplateProblem('a brace has no partner', 'Write placeholders as {attribute}')
  if (text === '') throw new TemplateProblem('a key can not be empty', 'Give it a literal or a placeholder')
  literals.push(rest)
  refuseAmbiguity(literals, components)
  return { text, literals, components, native }
}

function formatOf(placeholder: string, formats: readonly string[]): Format {
  const [name] = formats
  if (name === undefined) return plain
  const format = formats.length === 1 ? formatNamed(name) : undefined
  if (format !== undefined) return format
  throw new TemplateProblem(
    `{${placeholder}} has an unknown format`,
    'Use one such as {n:010}, which pads to 10 digits',
  )
}

function refuseAmbiguity(literals: readonly string[], components: readonly Component[]): void {
  components.forEach(({ attribute, format }, position) => {
    if (format.fixedWidth) return
    const following = literals[position + 1] ?? ''
    const isLast = position === components.length - 1 && following === ''
    if (isLast || following.startsWith('#')) return
    const [problem, fix] =
      following === ''
        ? [`nothing stands between {${attribute}} and the placeholder after it`, 'Put a # between them']
        : [`the text after {${attribute}} does not begin with #`, 'Begin it with #, which no component contains']
    throw new TemplateProblem(problem, fix)
  })
}

/** The text of the template up to its component number `depth`, the literal before it included. */
export function fillTemplate(
  template: KeyTemplate,
  values: Attributes,
  depth: number = template.components.length,
): string {
  let text = template.literals[0] ?? ''
  for (let position = 0; position < depth; position++)
    text += componentText(template, position, values) + (template.literals[position + 1] ?? '')
  return text
}

/** The text of one component. Throws a `ValueProblem` whose path is the attribute. */
export function componentText(template: KeyTemplate, position: number, values: Attributes): string {
  const component = template.components[position]
  const value = component === undefined ? undefined : ownValue(values, component.attribute)
  if (component === undefined || value === undefined) throw new Error(`no value for a component of ${template.text}`)
  try {
    return component.format.write(value)
  } catch (error) {
    rethrowAt(error, component.attribute)
  }
}
