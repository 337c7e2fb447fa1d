// The comparisons of an expression, read as far as the rules need them: no parser, the engine has one.

export type Names = Readonly<Record<string, string>> | undefined

/** `operator` is `=`, `<` and so on, `BETWEEN`, `IN`, or the name of a function. */
export interface Comparison {
  readonly operator: string
  /** Paths with their names in place, placeholders of values as they are; `undefined` for what is computed. */
  readonly operands: readonly (string | undefined)[]
}

const token = /:\w+|#?\w+(?:\[\d+\])*(?:\.#?\w+(?:\[\d+\])*)*|<>|<=|>=|[=<>(),]/g
const operators = new Set(['=', '<>', '<', '<=', '>', '>='])
const functions = new Set(['begins_with', 'contains', 'attribute_type'])

/** The comparisons of a condition, or the assignments of an update. */
export function comparisonsOf(expression: string, names: Names): Comparison[] {
  const tokens = [...(expression.match(token) ?? [])]
  const comparisons: Comparison[] = []
  const operandAt = (index: number): string | undefined => {
    const text = tokens[index]
    if (text === undefined || !/^[:#\w]/.test(text) || tokens[index + 1] === '(') return undefined
    return text.startsWith(':') ? text : resolvePath(text, names)
  }
  for (const [index, text] of tokens.entries()) {
    const word = text.toUpperCase()
    if (operators.has(text)) {
      comparisons.push({ operator: text, operands: [operandAt(index - 1), operandAt(index + 1)] })
    } else if (word === 'BETWEEN' && tokens[index + 2]?.toUpperCase() === 'AND') {
      comparisons.push({ operator: word, operands: [index - 1, index + 1, index + 3].map(operandAt) })
    } else if ((word === 'IN' || functions.has(text)) && tokens[index + 1] === '(') {
      const end = tokens.indexOf(')', index)
      const members = Array.from({ length: Math.ceil((end - index - 2) / 2) }, (_, at) => operandAt(index + 2 + 2 * at))
      comparisons.push({
        operator: word === 'IN' ? word : text,
        operands: word === 'IN' ? [operandAt(index - 1), ...members] : members,
      })
    }
  }
  return comparisons
}

/** The attributes of the item that an expression names. */
export function attributesOf(expression: string, names: Names): string[] {
  return (expression.match(token) ?? []).flatMap((text, index, tokens) => {
    const isWord = /^(?:AND|OR|NOT|IN|BETWEEN)$/i.test(text)
    if (isWord || tokens[index + 1] === '(' || !/^[#\w]/.test(text)) return []
    const [first = ''] = text.split(/[.[]/)
    return [names?.[first] ?? first]
  })
}

// A name may have dots in it: the parts are kept apart by what no name is likely to hold.
function resolvePath(path: string, names: Names): string {
  return path
    .split('.')
    .map((part) => part.replace(/^#\w+/, (name) => names?.[name] ?? name))
    .join('\u0000')
}
