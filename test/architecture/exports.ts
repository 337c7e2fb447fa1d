// What a package's entries export, by name and kind, resolved by the TypeScript checker.
import ts from 'typescript'
import { entriesOf, manifestOf, resolveImport, type Files } from './files.js'

/** One block an entry, one line a name: `value connect`. */
export function printPublicExports(files: Files, packagePath: string): string {
  const { name } = manifestOf(files, packagePath)
  const entries = entriesOf(files, packagePath)
  const program = createProgram(files, [...entries.values()])
  const blocks = [...entries].map(([subpath, path]) => {
    const header = `# ${name}${subpath.slice(1)}`
    return [header, ...exportLines(program, path)].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

function exportLines(program: ts.Program, path: string): string[] {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(path)
  if (source === undefined) throw new Error(`${path} is named in exports and is not there`)
  const module = checker.getSymbolAtLocation(source)
  if (module === undefined) return []
  const lines = checker.getExportsOfModule(module).map((symbol): [string, string] => {
    return [symbol.name, isValue(checker, symbol) ? 'value' : 'type']
  })
  return lines.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, kind]) => `${kind} ${name}`)
}

function isValue(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  const isTypeOnly = symbol.declarations?.some(
    (declaration) => ts.isExportSpecifier(declaration) && ts.isTypeOnlyExportDeclaration(declaration),
  )
  if (isTypeOnly === true) return false
  if ((symbol.flags & ts.SymbolFlags.Alias) === 0) return (symbol.flags & ts.SymbolFlags.Value) !== 0
  const target = checker.getAliasedSymbol(symbol)
  // What comes from another package is not looked up; without `type` it is a value under verbatimModuleSyntax.
  return target.declarations === undefined || (target.flags & ts.SymbolFlags.Value) !== 0
}

// Only the packages' own files: reading zod's and the SDK's types would take seconds and change no name.
function createProgram(files: Files, entries: string[]): ts.Program {
  const options: ts.CompilerOptions = { noLib: true, types: [], module: ts.ModuleKind.ESNext }
  const host: ts.CompilerHost = {
    fileExists: (path) => files.has(path),
    readFile: (path) => files.get(path),
    getSourceFile: (path, version) => {
      const text = files.get(path)
      return text === undefined ? undefined : ts.createSourceFile(path, text, version, true)
    },
    getDefaultLibFileName: () => 'lib.d.ts',
    getCurrentDirectory: () => '',
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => undefined,
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const path = resolveImport(files, from, text)
        if (path === undefined) return { resolvedModule: undefined }
        return { resolvedModule: { resolvedFileName: path, extension: ts.Extension.Ts } }
      }),
  }
  return ts.createProgram({ rootNames: entries, options, host })
}
