// Reads a key back into the texts of its components.
import { allBut, characterClass } from './alphabet.js'
import type { Component, KeyTemplate } from './key-template.js'

const patterns = new WeakMap<KeyTemplate, RegExp>()

/** The text of each component, by position; `undefined` if the template did not make the key. */
export function readTemplate(template: KeyTemplate, key: string): readonly string[] | undefined {
  const known = patterns.get(template) ?? templatePattern(template)
  patterns.set(template, known)
  const match = known.exec(key)
  return match === null ? undefined : match.slice(1)
}

function templatePattern({ literals, components }: KeyTemplate): RegExp {
  const parts = components.map(
    (component, position) => `(${componentPattern(component)})${literal(literals[position + 1] ?? '')}`,
  )
  return new RegExp(`^${literal(literals[0] ?? '')}${parts.join('')}$`, 'u')
}

function componentPattern({ format, refuses }: Component): string {
  const character = characterClass(refuses === undefined ? format.alphabet : allBut(refuses))
  return character + (format.width === undefined ? '+' : `{${format.width}}`)
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
