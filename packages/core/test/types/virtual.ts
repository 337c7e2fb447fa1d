// Modules that exist in memory only, compiled beside the type tests with the repository's own options.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const folder = dirname(fileURLToPath(import.meta.url))
const root = join(folder, '../../../..')

/** The path of a module in memory: it can import what the type tests can. */
export const pathOf = (name: string): string => join(folder, name)

/** Texts by file name. */
export type Modules = Readonly<Record<string, string>>

function optionsWith(replaced: ts.CompilerOptions): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object
  }
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, root).options, ...replaced }
}

// Parsing the library and the SDK is most of the work, and they are the same for every program.
const parsed = new Map<string, ts.SourceFile | undefined>()

/** A program of modules in memory, and of what they import. */
export function programOf(modules: Modules, replaced: ts.CompilerOptions = {}): ts.Program {
  const texts = new Map(Object.entries(modules).map(([name, text]) => [pathOf(name), text]))
  const options = optionsWith(replaced)
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path)
    if (text !== undefined) return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
    if (!parsed.has(path)) parsed.set(path, getSourceFile.call(host, path, ...rest))
    return parsed.get(path)
  }
  host.fileExists = (path) => texts.has(path) || fileExists.call(host, path)
  return ts.createProgram([...texts.keys()], options, host)
}

/** What the compiler finds wrong with one of the modules, its declarations included. */
export function errorsOf(program: ts.Program, name: string): readonly string[] {
  const source = program.getSourceFile(pathOf(name))
  const found = [...program.getSemanticDiagnostics(source), ...program.getDeclarationDiagnostics(source)]
  return found.map(
    ({ code, messageText }) => `TS${String(code)} ${ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 300)}`,
  )
}

/** The declarations of one of the modules, as `declaration: true` writes them. */
export function declarationsOf(program: ts.Program, name: string): string {
  let declarations = ''
  program.emit(program.getSourceFile(pathOf(name)), (_path, text) => (declarations = text), undefined, true)
  return declarations
}

/** A language service over one module in memory, as an editor has it open. */
export function serviceOf(name: string, text: string): ts.LanguageService {
  const file = pathOf(name)
  return ts.createLanguageService({
    getCompilationSettings: () => optionsWith({}),
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot(path) {
      const content = path === file ? text : ts.sys.readFile(path)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: (path) => (path === file ? text : ts.sys.readFile(path)),
    readDirectory: (...args) => ts.sys.readDirectory(...args),
    directoryExists: (path) => ts.sys.directoryExists(path),
    getDirectories: (path) => ts.sys.getDirectories(path),
    ...(ts.sys.realpath === undefined ? {} : { realpath: ts.sys.realpath }),
  })
}
