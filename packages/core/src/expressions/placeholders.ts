// The one allocator of a request: every name and value of all its expressions gets its placeholder here.
import type { AttributeValue } from '../types/attribute-value.js'
import { checkSubstitutes } from './limits.js'

/** Counters, so that no text of a user reaches an expression. */
export class Placeholders {
  readonly #placeholders = new Map<string, string>()
  readonly #names: Record<string, string> = {}
  readonly #values: Record<string, AttributeValue> = {}
  #valueCount = 0

  /** `#0` for an attribute name; the same name gets the same placeholder. */
  name(attribute: string): string {
    const known = this.#placeholders.get(attribute)
    if (known !== undefined) return known
    const placeholder = `#${this.#placeholders.size}`
    this.#placeholders.set(attribute, placeholder)
    this.#names[placeholder] = attribute
    return placeholder
  }

  /** `:0` for a value. */
  value(value: AttributeValue): string {
    const placeholder = `:${this.#valueCount++}`
    this.#values[placeholder] = value
    return placeholder
  }

  /** Refuses more than DynamoDB takes. */
  check(): void {
    checkSubstitutes(this.#placeholders.keys(), Object.values(this.#values))
  }

  /** The maps that go with the expressions; DynamoDB refuses empty ones, so they are left out. */
  attributes(): {
    ExpressionAttributeNames?: Record<string, string>
    ExpressionAttributeValues?: Record<string, AttributeValue>
  } {
    return {
      ...(this.#placeholders.size > 0 && { ExpressionAttributeNames: this.#names }),
      ...(this.#valueCount > 0 && { ExpressionAttributeValues: this.#values }),
    }
  }
}
