// No `any` comes out of the package: it would switch the checker off wherever it flows.
import ts from 'typescript'
import { expect, test } from 'vitest'
import { pathOf, programOf } from './virtual.js'

const text = `
import * as core from '@keyloom/core'
import * as infra from '@keyloom/core/infra'
import { Order, orders } from './shop.js'
export const everything = { core, infra, Order, orders }
export type Types = core.TypesOf<typeof Order>
export const types = {} as Types
export const found = Order.query({ customerId: 'c' })
export const ranges = { between: core.between(1, 2), range: core.range({ gte: 'a', lt: 'b' }) }
export const operators = (o: core.Fields<Types['Stored']>, operators: core.Operators) => [o, operators]
`

/** The paths from a module's exports to every `any` that can be reached through our own declarations. */
function leaks(module: string): readonly string[] {
  const program = programOf({ 'leaks.ts': module })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(pathOf('leaks.ts')) as ts.SourceFile
  const found: string[] = []
  const seen = new Set<ts.Type>()
  const typeOf = (symbol: ts.Symbol) => checker.getTypeOfSymbolAtLocation(symbol, source)

  function visit(type: ts.Type, path: string): void {
    if ((type.flags & ts.TypeFlags.Any) !== 0) return void found.push(path)
    if (seen.has(type)) return
    seen.add(type)
    if (type.isUnionOrIntersection()) type.types.forEach((one) => visit(one, path))
    for (const argument of argumentsOf(checker, type)) visit(argument, `${path}<>`)
    if (!isOurs(type)) return
    for (const property of type.getProperties()) {
      visit(typeOf(property), `${path}.${property.name}`)
    }
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      signature.parameters.forEach((parameter) => visit(typeOf(parameter), `${path}(${parameter.name})`))
      visit(signature.getReturnType(), `${path}()`)
      for (const parameter of signature.typeParameters ?? []) {
        const constraint = parameter.getConstraint()
        if (constraint !== undefined) visit(constraint, `${path}<${parameter.symbol.name}>`)
      }
    }
  }

  for (const one of checker.getExportsOfModule(checker.getSymbolAtLocation(source) as ts.Symbol)) {
    const isType = (one.flags & ts.SymbolFlags.Type) !== 0
    visit(isType ? checker.getDeclaredTypeOfSymbol(one) : typeOf(one), one.name)
  }
  return found
}

function argumentsOf(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  const references = (type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference
  const isReference = (type.flags & ts.TypeFlags.Object) !== 0 && references !== 0
  const own = isReference ? checker.getTypeArguments(type as ts.TypeReference) : []
  // What a loop returns and is sent is `any` by default of the library, and cannot be given before TypeScript 5.6.
  const isIterable = /^(Async)?Itera(ble|tor)$/.test((type as { symbol?: ts.Symbol }).symbol?.name ?? '')
  return [...(isIterable ? own.slice(0, 1) : own), ...(type.aliasTypeArguments ?? [])]
}

// The library's types and the SDK's are others' to keep clean; what our types make of them is in their arguments.
function isOurs(type: ts.Type): boolean {
  if ((type.flags & ts.TypeFlags.Object) === 0) return false
  // A tuple, say, has no symbol.
  const places = (type as { symbol?: ts.Symbol }).symbol?.declarations ?? []
  return places.every((place) => !/node_modules|\/lib\.[\w.]+\.d\.ts$/.test(place.getSourceFile().fileName))
}

// Here, not in the tests: the first program has everything to parse.
const found = leaks(text)
const leaking = leaks('export const a = { b: (c: any[]): Promise<{ d: any }> => Promise.resolve({ d: c }) }')

test('what is exported, and what the verbs of an entity take and return', () => {
  expect(found).toEqual([])
})

test('a leak would be found', () => {
  expect(leaking).toEqual(['a.b(c)<>', 'a.b()<>.d'])
})
