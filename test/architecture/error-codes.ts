// The stable codes of the error classes, and the sections that explain them.
import ts from 'typescript'
import { parse, type Files } from './files.js'

const errorFile = /^packages\/core\/src\/errors(\.ts|\/.*\.ts)$/

/** Every literal that a class declares as its `code`. */
export function errorCodes(files: Files): string[] {
  const codes = new Set<string>()
  for (const [path, text] of files) {
    if (!errorFile.test(path)) continue
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === 'code') {
        for (const part of [node.initializer, node.type]) if (part !== undefined) collectLiterals(part, codes)
      }
      ts.forEachChild(node, visit)
    }
    visit(parse(path, text))
  }
  return [...codes].sort()
}

function collectLiterals(node: ts.Node, codes: Set<string>): void {
  if (ts.isStringLiteralLike(node)) codes.add(node.text)
  ts.forEachChild(node, (child) => {
    collectLiterals(child, codes)
  })
}

/** The codes that have a section of their own: "## `input`". */
export function documentedCodes(markdown: string): string[] {
  return [...markdown.matchAll(/^## `([^`]+)`/gm)].map(([, code]) => code ?? '').sort()
}
