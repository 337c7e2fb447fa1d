// The tagged template for a condition in DynamoDB's own words: what stands between its texts becomes placeholders.
import type { Condition } from '../types/condition.js'
import { anyCodec } from '../values/any.js'
import { type Codec, kindOf, rethrowAt, ValueProblem } from '../values/codec.js'
import { bigintCodec } from '../values/numbers.js'
import { asCondition, type ConditionTree, isCondition, type Operand, treeOf } from './condition.js'
import { isField, nodeOf } from './field.js'
import { referenceOf } from './operand.js'

/** Makes a condition of a tagged template. The texts are the program's own; everything else is a placeholder. */
export function rawCondition(texts: unknown, ...parts: readonly unknown[]): Condition {
  if (!isTemplate(texts) || texts.length !== parts.length + 1)
    throw new ValueProblem('a template: raw`size(${o.tags}) > ${2}`', kindOf(texts))
  checkTexts(texts)
  return asCondition({ type: 'raw', texts: withoutEnclosing(texts), parts: parts.map(partOf) })
}

function isTemplate(texts: unknown): texts is readonly string[] {
  // What came from JSON has no property raw on an array.
  return Array.isArray(texts) && Array.isArray((texts as { readonly raw?: unknown }).raw)
}

/** Refuses a text that could end the parentheses around it, or name what it has not been given. */
function checkTexts(texts: readonly string[]): void {
  const whole = texts.join('')
  if (whole.trim() === '') throw new ValueProblem('a template with text', 'none')
  if (/[^\n -~]/.test(whole)) throw new ValueProblem('a template of plain ASCII', 'another character')
  if (/[#:]/.test(whole)) throw new ValueProblem('fields and values in ${…}', 'a placeholder in the text')
  let open = 0
  for (const [parenthesis] of whole.matchAll(/[()]/g)) {
    open += parenthesis === '(' ? 1 : -1
    if (open < 0) break
  }
  if (open !== 0) throw new ValueProblem('a template whose parentheses are closed', 'one whose are not')
}

/** DynamoDB refuses parentheses in parentheses, and each clause gets its own. */
function withoutEnclosing(texts: readonly string[]): readonly string[] {
  const inner = texts.map((text, position) => {
    const start = position === 0 ? text.trimStart() : text
    return position === texts.length - 1 ? start.trimEnd() : start
  })
  const first = inner.at(0) ?? ''
  const last = inner.at(-1) ?? ''
  if (!first.startsWith('(') || !last.endsWith(')') || !isOnePair(inner.join('\n'))) return inner
  const open = inner.with(0, first.slice(1))
  return withoutEnclosing(open.with(-1, (open.at(-1) ?? '').slice(0, -1)))
}

/** Whether the first parenthesis is closed by the last. */
function isOnePair(text: string): boolean {
  let open = 0
  for (const { 0: parenthesis, index } of text.matchAll(/[()]/g)) {
    open += parenthesis === '(' ? 1 : -1
    if (open === 0) return index === text.length - 1
  }
  return false
}

function partOf(part: unknown, position: number): Operand | ConditionTree {
  if (isCondition(part)) return treeOf(part)
  if (isField(part)) return referenceOf(nodeOf(part))
  try {
    const codec: Codec = typeof part === 'bigint' ? bigintCodec : anyCodec
    const encoded = codec.encode(part)
    if (encoded === undefined) throw new ValueProblem('a value', kindOf(part))
    return encoded
  } catch (error) {
    rethrowAt(error, position)
  }
}
