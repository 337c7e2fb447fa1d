// Checks of options: what a type checker would refuse is refused at run time too.
import { InputError } from '../errors/input-error.js'
import { kindOf } from '../values/codec.js'

// Where one of these is there and `undefined`, a protection has got lost on the way.
const protections: ReadonlySet<string> = new Set([
  'condition',
  'filter',
  'given',
  'ignoreVersion',
  'is',
  'once',
  'select',
  'token',
])

/** Refuses options that don't exist: a misspelt condition must not become an unconditional write. */
export function checkOptions(operation: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null)
    throw new InputError(operation, [], 'an object of options', kindOf(options))
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name))
      throw new InputError(operation, [name], `one of the options ${known.join(', ')}`, 'another name')
    if (value === undefined && protections.has(name))
      throw new InputError(operation, [name], 'a value: leave it out if there is none', 'undefined')
  }
}

/** One of the values that an option may have. */
export function oneOf<Value extends string>(
  operation: string,
  name: string,
  value: Value,
  known: readonly Value[],
): Value {
  if (known.includes(value)) return value
  throw new InputError(operation, [name], `one of ${known.join(', ')}`, kindOf(value))
}

/** An option that is true or false. */
export function flag(operation: string, name: string, value: unknown, otherwise: boolean): boolean {
  if (value === undefined) return otherwise
  if (typeof value === 'boolean') return value
  throw new InputError(operation, [name], 'true or false', kindOf(value))
}
