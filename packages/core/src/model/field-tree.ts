// The fields that conditions and updates name, made once an entity.
import { fieldBrand, type FieldNode } from '../expressions/field.js'
import type { Codec, Property } from '../values/codec.js'

/** What the top level of an item is called in its row. */
export interface TopLevel {
  readonly storedAs: ReadonlyMap<string, string>
  readonly keyOnly: ReadonlyMap<string, unknown>
}

type Node = Omit<FieldNode, 'child'>

/** The field of the whole item, with a field for each property; that of one that is stored in keys alone is refused where it is used. */
export function itemField(partitionKey: string, codec: Codec, { storedAs, keyOnly }: TopLevel): object {
  const properties = codec.properties ?? new Map<string, Property>()
  const whole: Node = { path: [partitionKey], codec: undefined, names: [], optional: false }
  return fieldTree(whole, properties, (name) => {
    const property = typeof name === 'string' ? properties.get(name) : undefined
    const other = property?.codec ?? codec.part?.(name)
    if (other === undefined) return undefined
    const path = [storedAs.get(String(name)) ?? name]
    const isInKeysAlone = keyOnly.has(String(name))
    return { path, codec: other, names: [name], optional: property?.optional ?? true, isInKeysAlone }
  })
}

/** A field for what is stored at a path, with one for each property of a map. Names are own properties: `constructor` is one like others. */
function fieldTree(
  node: Node,
  properties: ReadonlyMap<string, Property> | undefined,
  inside: (step: string | number) => Node | undefined = (step) => partOf(node, step),
): object {
  const fields = Object.create(null) as object
  const known = new Map<string | number, object | undefined>()
  // Made when it is asked for: a recursive schema has fields without end.
  const child = (step: string | number): object | undefined => {
    if (known.has(step)) return known.get(step)
    const part = inside(step)
    const field = part && fieldTree(part, part.codec?.properties)
    // A list has positions without end, and a record names.
    if (known.size < mostKnown) known.set(step, field)
    return field
  }
  Object.defineProperty(fields, fieldBrand, { value: { ...node, child } satisfies FieldNode })
  for (const name of properties?.keys() ?? [])
    Object.defineProperty(fields, name, { enumerable: true, get: () => child(name) })
  Object.freeze(fields)
  return node.codec === undefined || node.codec.part === undefined ? fields : withSteps(fields, node.codec, child)
}

const mostKnown = 1000

function partOf({ path, names, codec }: Node, step: string | number): Node | undefined {
  const property = typeof step === 'string' ? codec?.properties?.get(step) : undefined
  const isPlace = typeof step === 'number' ? codec?.reads.has('L') && isPosition(step) : codec?.reads.has('M')
  const part = isPlace === true ? (property?.codec ?? codec?.part?.(step)) : undefined
  if (part === undefined) return undefined
  // An entry that only its name makes one of the map may be taken away, and so may an element of a list that has any number of them.
  const optional = property?.optional ?? (typeof step === 'string' || codec?.member !== undefined)
  const isTag = codec?.variants?.tag === step
  return { path: [...path, step], codec: part, names: [...names, step], optional, ...(isTag && { isTag }) }
}

// DynamoDB's paths have no greater positions.
function isPosition(step: number): boolean {
  return Number.isInteger(step) && step >= 0 && step < 2 ** 31
}

/** Fields whose names are data: positions of a list, names of a record. */
function withSteps(fields: object, codec: Codec, child: (step: string | number) => object | undefined): object {
  return new Proxy(fields, {
    get(target, name) {
      if (typeof name === 'symbol' || Object.hasOwn(target, name)) return Reflect.get(target, name) as unknown
      const position = codec.reads.has('L') && /^(?:0|[1-9]\d{0,9})$/.test(name) ? Number(name) : name
      return child(position)
    },
  })
}
