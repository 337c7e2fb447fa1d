// An expression with its names and values in the place of the placeholders.
import { printName, printValue } from './plain-value.js'

// A text in it would be a name: DynamoDB's expressions have no quotes, so what follows # or : is a placeholder.
const placeholders = /[#:][A-Za-z0-9_]+/g

/** `SET #0 = :0` as `SET status = "paid"`; a placeholder that nothing stands behind stays. */
export function resolveExpression(
  expression: string,
  names: Readonly<Record<string, string>>,
  values: Readonly<Record<string, unknown>>,
): string {
  const resolved = expression.replaceAll(placeholders, (placeholder) => {
    if (placeholder.startsWith('#'))
      return Object.hasOwn(names, placeholder) ? printName(names[placeholder] ?? '') : placeholder
    return Object.hasOwn(values, placeholder) ? printValue(values[placeholder]) : placeholder
  })
  return resolved.trim()
}
