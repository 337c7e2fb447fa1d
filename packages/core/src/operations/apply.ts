// apply: changes of paths, as the callback of an update says them.
import { InputError } from '../errors/input-error.js'
import { formatPath, type Path } from '../errors/path.js'
import { type FieldNode, overlap } from '../expressions/field.js'
import type { Change } from '../expressions/update.js'
import { actionOf, type FieldChange, updateOperators } from '../expressions/update-operators.js'
import { computedFrom } from '../model/computed.js'
import { refusing } from '../model/item.js'
import { type Model, partsOf } from '../model/model.js'
import { kindOf } from '../values/codec.js'

/** One action: what it changes, and the map that it makes where that is missing. */
export interface AppliedAction {
  readonly changes: readonly FieldChange[]
  readonly orCreate?: FieldChange
}

/** What the callback's actions are. Throws `InputError`. */
export function appliedActions(
  model: Model,
  operation: string,
  fields: object,
  callback: unknown,
): readonly AppliedAction[] {
  if (callback === undefined) return []
  if (typeof callback !== 'function')
    throw new InputError(
      operation,
      ['apply'],
      'a callback such as (o, { set }) => [set(o.name, value)]',
      kindOf(callback),
    )
  return refusing(operation, ['apply'], () => {
    const actions = (callback as (...args: object[]) => unknown)(fields, updateOperators)
    if (!Array.isArray(actions)) throw new InputError(operation, ['apply'], 'an array of actions', kindOf(actions))
    const made = Array.from(actions, actionOf)
    for (const { changes } of made) for (const { node } of changes) checkTarget(model, operation, node)
    return made
  })
}

function checkTarget(model: Model, operation: string, { names, isTag }: FieldNode): void {
  const components = partsOf(model.key).flatMap(({ template }) => template.components)
  if (components.some(({ path }) => overlap(path, names))) throw tableKeyChange(operation, ['apply', ...names])
  if (model.managed.names.has(String(names[0]))) throw managedChange(operation, ['apply', ...names])
  const computed = model.computed.get(String(names[0]))
  if (computed !== undefined) throw new InputError(operation, ['apply', ...names], computedFrom(computed), 'a change')
  if (isTag === true && names.length > 1)
    throw new InputError(operation, ['apply', ...names], 'no change of what tells variants apart: set the whole', 'one')
}

/** The error of a change of what the table key is made of. */
export function tableKeyChange(operation: string, path: Path): InputError {
  return new InputError(
    operation,
    path,
    'no part of the table key: db.move() gives an item another key, and db.modify() changes the rest',
    'one',
  )
}

/** The error of a change of what writes keep up by themselves. */
export function managedChange(operation: string, path: Path): InputError {
  return new InputError(operation, path, 'nothing: writes keep it up by themselves', 'a change')
}

function twoChanges(operation: string, place: Path, other: Path): InputError {
  const [option, ...names] = other
  return new InputError(
    operation,
    place,
    'one change of an attribute',
    `another one in ${option}, of ${formatPath(names)}`,
  )
}

/** A change, and what it is called where it clashes with another. */
export interface NamedChange {
  readonly change: Change
  readonly place: Path
}

/** Refuses two changes of which one is of a part of the other: DynamoDB makes one change of a path. */
export function refuseOverlaps(operation: string, changes: readonly NamedChange[]): void {
  const whole = new Map<string, Path>()
  const inside = new Map<string, Path>()
  for (const { change, place } of changes) {
    const steps = change.path.map((step) => JSON.stringify(step))
    const prefixes = steps.map((_, position) => steps.slice(0, position + 1).join())
    const other =
      prefixes.map((prefix) => whole.get(prefix)).find((found) => found !== undefined) ??
      inside.get(prefixes.at(-1) ?? '')
    if (other !== undefined) throw twoChanges(operation, place, other)
    for (const prefix of prefixes) inside.set(prefix, place)
    whole.set(prefixes.at(-1) ?? '', place)
  }
}
