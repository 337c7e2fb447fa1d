// The operators of `apply`: they take fields and values, and make changes.
import type { AttributeValue } from '../types/attribute-value.js'
import type { UpdateOperators } from '../types/update-operators.js'
import { kindOf, setOwn, ValueProblem } from '../values/codec.js'
import { isObject, plainObject } from '../values/containers.js'
import { arithmetic, checkAlike, computationOf, extended, ifNotExists } from './computation.js'
import { codecOf, type FieldNode, isField, nodeOf, placeOf, stepInto } from './field.js'
import { checkKinds, referenceOf } from './operand.js'
import type { Change, UpdateValue } from './update.js'

/** A change, and the field that it is about. */
export interface FieldChange {
  readonly node: FieldNode
  readonly change: Change
}

/** What one action does. */
export interface ActionNode {
  readonly changes: readonly FieldChange[]
  /** The map that is made where it is missing: then it takes the place of the changes. */
  readonly orCreate?: FieldChange
}

// A symbol, so that nothing that came from JSON can pass for an action; registered, for two copies of the package.
const actionBrand: unique symbol = Symbol.for('keyloom.action') as never

/** What an action that the operators made does; anything else is refused. */
export function actionOf(action: unknown): ActionNode {
  if (typeof action === 'object' && action !== null && actionBrand in action) return action[actionBrand] as ActionNode
  throw new ValueProblem('an action made by the operators, such as set(o.name, value)', kindOf(action))
}

function made(changes: readonly FieldChange[], orCreate?: FieldChange): object {
  return Object.freeze({ [actionBrand]: { changes, ...(orCreate && { orCreate }) } satisfies ActionNode })
}

function problem({ names }: FieldNode, expected: string, received: string): never {
  const found = new ValueProblem(expected, received)
  found.path.push(...names)
  throw found
}

/** A field that an update may change: the whole item is none. */
function targetOf(field: unknown): FieldNode {
  const node = placeOf(field)
  codecOf(node)
  return node
}

/** Sets a field to a value, to what another one holds, or to a computation. */
function changeOf(node: FieldNode, value: unknown): FieldChange {
  const { path } = node
  const stored = storedOf(node, value)
  return { node, change: stored === undefined ? { action: 'remove', path } : { action: 'set', path, value: stored } }
}

function storedOf(node: FieldNode, value: unknown): UpdateValue | undefined {
  const computation = computationOf(value)
  if (computation !== undefined) {
    checkAlike(node, computation.node)
    return computation.value
  }
  if (isField(value)) {
    checkAlike(node, placeOf(value))
    return referenceOf(placeOf(value))
  }
  if (value === undefined) return problem(node, 'a value: remove() takes one away', 'undefined')
  return checkedValue(node, value)
}

/** A value as its schema stores it; an empty set is stored as absence, where there is a place for that. */
function checkedValue(node: FieldNode, value: unknown): AttributeValue | undefined {
  try {
    // Not `unchecked`: what is set is stored.
    const stored = node.codec?.encode(value, node.names.length)
    if (stored === undefined && typeof node.names.at(-1) === 'number')
      throw new ValueProblem('a set with elements: a list can hold no empty one', 'an empty set')
    return stored
  } catch (error) {
    if (error instanceof ValueProblem) error.path.unshift(...node.names)
    throw error
  }
}

function remove(field: unknown): object {
  const node = targetOf(field)
  if (!node.optional) problem(node, 'an optional attribute', 'one that must be there')
  return made([{ node, change: { action: 'remove', path: node.path } }])
}

function members(action: 'add' | 'delete'): (field: unknown, members: unknown) => object {
  return (field, given) => {
    const node = targetOf(field)
    const codec = checkKinds(node, ['SS', 'NS', 'BS'], 'a set')
    const set = Array.isArray(given) ? new Set(given) : given
    try {
      const value = codec.encode(set)
      if (value === undefined) throw new ValueProblem('one member at least', 'none')
      return made([{ node, change: { action, path: node.path, value } }])
    } catch (error) {
      if (error instanceof ValueProblem) error.path.unshift(...node.names)
      throw error
    }
  }
}

/** Sets the parts of a map that are given, leaf by leaf. */
function merge(field: unknown, parts: unknown, options: unknown = {}): object {
  const node = targetOf(field)
  checkKinds(node, ['M'], 'a map')
  const changes = leavesOf(node, parts)
  if (changes.length === 0) problem(node, 'something to merge', 'nothing')
  if (!isObject(options) || Object.keys(options).some((name) => name !== 'orCreate'))
    return problem(node, 'the option orCreate alone', isObject(options) ? 'another one' : kindOf(options))
  if (!('orCreate' in options)) return made(changes)
  const { orCreate } = options as { readonly orCreate: unknown }
  return made(
    changes,
    changeOf(
      node,
      overlaid(
        at(node, () => plainObject(orCreate)),
        plainObject(parts),
      ),
    ),
  )
}

function at<Result>(node: FieldNode, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof ValueProblem) error.path.unshift(...node.names)
    throw error
  }
}

function leavesOf(node: FieldNode, parts: unknown): readonly FieldChange[] {
  return Object.entries(at(node, () => plainObject(parts))).flatMap(([name, value]) => {
    const child = node.child(name)
    const part = child === undefined ? undefined : nodeOf(child)
    if (part === undefined) {
      const found = new ValueProblem('an attribute of the schema', 'a name that it does not have')
      found.path.push(...node.names, name)
      throw found
    }
    return isMap(node, name, part, value) ? leavesOf(part, value) : [changeOf(part, value)]
  })
}

/** Whether a part is merged in its turn. Entries of a record come and go, so that they are set whole. */
function isMap(node: FieldNode, name: string, part: FieldNode, value: unknown): boolean {
  const isDeclared = node.codec?.properties?.has(name) === true
  return (
    isDeclared &&
    part.codec?.properties !== undefined &&
    isObject(value) &&
    !isField(value) &&
    computationOf(value) === undefined
  )
}

/** A map with the values that are merged into it; what DynamoDB would compute from stored values has none here. */
function overlaid(whole: object, parts: object): object {
  const result: Record<string, unknown> = { ...whole }
  for (const [name, value] of Object.entries(parts)) {
    if (isField(value) || computationOf(value) !== undefined) continue
    const below: unknown = Object.hasOwn(result, name) ? result[name] : undefined
    const isBoth = isObject(below) && isObject(value) && Object.getPrototypeOf(value) === Object.prototype
    setOwn(result, name, isBoth ? overlaid(below, value) : value)
  }
  return result
}

/** The operators, as `apply` gets them. Their types stand on the interface. */
export const updateOperators: UpdateOperators = Object.freeze({
  set: (field: unknown, value: unknown) => made([changeOf(targetOf(field), value)]),
  merge,
  append: extended('end'),
  prepend: extended('start'),
  plus: arithmetic('+'),
  minus: arithmetic('-'),
  ifNotExists,
  addTo: members('add'),
  deleteFrom: members('delete'),
  remove,
  at: stepInto,
}) as never
