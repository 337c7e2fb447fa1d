// The one allocator of a request: every name and value of all its expressions gets its placeholder here.
import type { AttributeValue } from '../types/attribute-value.js'
import { checkSubstitutes } from './limits.js'

/** Counters, so that no text of a user reaches an expression. */
export class Placeholders {
  readonly #names = new Map<string, string>()
  readonly #values: AttributeValue[] = []

  /** `#0` for an attribute name; the same name gets the same placeholder. */
  name(attribute: string): string {
    const known = this.#names.get(attribute)
    if (known !== undefined) return known
    const placeholder = `#${this.#names.size}`
    this.#names.set(attribute, placeholder)
    return placeholder
  }

  /** `:0` for a value. */
  value(value: AttributeValue): string {
    return `:${this.#values.push(value) - 1}`
  }

  /** Refuses more than DynamoDB takes. */
  check(): void {
    checkSubstitutes(this.#names.keys(), this.#values)
  }

  /** The maps that go with the expressions; DynamoDB refuses empty ones, so they are left out. */
  attributes(): {
    ExpressionAttributeNames?: Record<string, string>
    ExpressionAttributeValues?: Record<string, AttributeValue>
  } {
    return {
      ...(this.#names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries(
          [...this.#names].map(([name, placeholder]) => [placeholder, name]),
        ),
      }),
      ...(this.#values.length > 0 && {
        ExpressionAttributeValues: Object.fromEntries(this.#values.map((value, index) => [`:${index}`, value])),
      }),
    }
  }
}
