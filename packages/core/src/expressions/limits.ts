// DynamoDB's limits of expressions, checked before anything is sent.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters
import type { AttributeValue } from '../types/attribute-value.js'
import { ValueProblem } from '../values/codec.js'

const mostBytes = 4096
const mostOperators = 300
const mostValueBytes = 2 * 1024 * 1024

// The AND of a BETWEEN is a part of it, and so is the parenthesis of an IN or NOT.
const operator = /\bBETWEEN\b.*?\bAND\b|\b(?:AND|OR|NOT|IN)\b *\(?|<>|<=|>=|[<>]|\w+\(|[+-]/gi
const equality = /[^<>]=/g

/** Refuses an expression that is too long or has too many operators. A printed expression is ASCII: a character is a byte. */
export function checkText(text: string): string {
  if (text.length > mostBytes)
    throw new ValueProblem(
      `an expression of at most ${mostBytes} bytes, which is all that DynamoDB takes`,
      `one of ${text.length}`,
    )
  // Each takes three characters with its operand at least.
  if (text.length > mostOperators * 3) {
    const count = (text.match(operator)?.length ?? 0) + (isUpdate(text) ? 0 : (text.match(equality)?.length ?? 0))
    if (count > mostOperators)
      throw new ValueProblem(
        `at most ${mostOperators} operators in an expression, which is all that DynamoDB takes`,
        `${count}`,
      )
  }
  return text
}

/** In an update an equals sign is no operator. */
function isUpdate(text: string): boolean {
  return /^(?:SET|REMOVE|ADD|DELETE) /.test(text)
}

/** Refuses names and values that are more than all expressions of a request may have. */
export function checkSubstitutes(names: Iterable<string>, values: Iterable<AttributeValue>): void {
  let bytes = 0
  for (const name of names) bytes += name.length
  for (const value of values) bytes += sizeOf(value)
  if (bytes > mostValueBytes)
    throw new ValueProblem(
      `names and values of at most ${mostValueBytes} bytes in all, which is all that DynamoDB takes in expressions`,
      `at least ${bytes}`,
    )
}

/** A lower bound of the bytes that a value takes. */
function sizeOf(value: AttributeValue): number {
  if (value.S !== undefined) return value.S.length
  if (value.B !== undefined) return value.B.byteLength
  if (value.SS !== undefined) return value.SS.reduce((sum, member) => sum + member.length, 0)
  if (value.BS !== undefined) return value.BS.reduce((sum, member) => sum + member.byteLength, 0)
  if (value.L !== undefined) return value.L.reduce((sum, element) => sum + 1 + sizeOf(element), 0)
  if (value.M !== undefined)
    return Object.entries(value.M).reduce((sum, [name, entry]) => sum + 1 + name.length + sizeOf(entry), 0)
  return 1
}
