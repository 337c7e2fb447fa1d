// The source tree as data: texts by path, and what each file imports.
import { readFileSync, readdirSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** Texts by path from the repository's root, with `/` between folders. */
export type Files = ReadonlyMap<string, string>

export interface Import {
  readonly specifier: string
  /** Whether nothing of it is left at run time. */
  readonly typeOnly: boolean
  readonly line: number
}

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

/** All sources and manifests of the packages. */
export function readPackages(root = repositoryRoot): Files {
  const files = new Map<string, string>()
  const add = (path: string): void => {
    files.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'))
  }
  for (const name of readdirSync(join(root, 'packages')).sort()) {
    const folder = join(root, 'packages', name)
    add(join(folder, 'package.json'))
    for (const entry of readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && entry.name.endsWith('.ts')) add(join(entry.parentPath, entry.name))
    }
  }
  return files
}

export function sourcePaths(files: Files): string[] {
  return [...files.keys()].filter((path) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path)).sort()
}

/** `packages/core` of `packages/core/src/values/encode.ts`. */
export function packageOf(path: string): string {
  return path.split('/').slice(0, 2).join('/')
}

/** The path below `src`: `values/encode.ts`. */
export function insideSource(path: string): string {
  return path.split('/').slice(3).join('/')
}

export interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export function manifestOf(files: Files, packagePath: string): Manifest {
  const text = files.get(`${packagePath}/package.json`)
  if (text === undefined) throw new Error(`${packagePath} has no package.json`)
  return JSON.parse(text) as Manifest
}

/** The source files that a package's `exports` name, by subpath. */
export function entriesOf(files: Files, packagePath: string): Map<string, string> {
  const entries = new Map<string, string>()
  for (const [subpath, target] of Object.entries(manifestOf(files, packagePath).exports)) {
    if (target.endsWith('.ts')) entries.set(subpath, posix.join(packagePath, target))
  }
  return entries
}

export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS)
}

/** Everything that a file imports: statements, re-exports, `import()` as an expression and as a type. */
export function importsOf(path: string, text: string): Import[] {
  const source = parse(path, text)
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return
    const line = source.getLineAndCharacterOfPosition(specifier.getStart(source)).line + 1
    found.push({ specifier: specifier.text, typeOnly, line })
  }
  const visit = (node: ts.Node): void => {
    // `import { type A }` still loads the module under verbatimModuleSyntax: only the clause's own `type` counts.
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    } else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The file that a relative specifier names, or undefined for a package or a file that is not there. */
export function resolveImport(files: Files, from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  const path = posix.join(posix.dirname(from), specifier)
  return [path.replace(/\.js$/, '.ts'), path, `${path}.ts`, `${path}/index.ts`].find((candidate) =>
    files.has(candidate),
  )
}
