// The rules of the source tree: each takes files and returns what breaks it, with what to do.
import ts from 'typescript'
import {
  entriesOf,
  importsOf,
  insideSource,
  manifestOf,
  packageOf,
  parse,
  resolveImport,
  sourcePaths,
  type Files,
  type Import,
} from './files.js'

export interface Violation {
  readonly file: string
  readonly found: string
  readonly fix: string
}

export type Rule = (files: Files) => Violation[]

export function print({ file, found, fix }: Violation): string {
  return `${file} ${found}. ${fix}`
}

const core = 'packages/core'

// From the ground up. Folders of one inner list see each other; lists of one floor are blind to each other.
const floors: readonly (readonly (readonly string[])[])[] = [
  [['errors', 'types']],
  [['values']],
  [['schema'], ['expressions']],
  [['model']],
  [['operations']],
  [['execution']],
]

interface Place {
  readonly floor: number
  readonly room: string
}

function placeOf(path: string): Place | undefined {
  const inside = insideSource(path)
  const name = inside.split('/')[0]?.replace(/\.ts$/, '') ?? ''
  const isFile = !inside.includes('/')
  for (const [floor, rooms] of floors.entries()) {
    // Above the ground a file directly in src is public skin, whatever its name.
    if (isFile && floor > 0) break
    const room = rooms.find((folders) => folders.includes(name))
    if (room !== undefined) return { floor, room: room.join(' and ') }
  }
  return isFile ? { floor: floors.length, room: 'the public skin' } : undefined
}

/** Core is built in floors: a file imports from lower floors and from its own folder. */
export const checkFloors: Rule = (files) => {
  const violations: Violation[] = []
  for (const path of sourcePaths(files).filter((source) => packageOf(source) === core)) {
    const place = placeOf(path)
    if (place === undefined) {
      violations.push({
        file: path,
        found: 'is in a folder that has no floor',
        fix: 'Move it into one that has, or give the folder a floor in test/architecture/rules.ts by an ADR',
      })
      continue
    }
    for (const [{ specifier, line }, target] of localImports(files, path)) {
      const other = placeOf(target)
      if (other === undefined || other.floor < place.floor) continue
      if (other.floor === place.floor && other.room === place.room) continue
      const relation = other.floor === place.floor ? 'beside' : 'above'
      violations.push({
        file: path,
        found: `(F${place.floor}, ${place.room}) imports '${specifier}' (F${other.floor}, ${other.room}) on line ${line}, which is ${relation} it`,
        fix: 'Move what both need to a lower floor, or let the caller pass it in',
      })
    }
  }
  return violations
}

/** No two files need each other, not even for a type. */
export const checkRings: Rule = (files) => {
  const graph = new Map<string, string[]>()
  for (const path of sourcePaths(files)) {
    graph.set(
      path,
      localImports(files, path).map(([, target]) => target),
    )
  }
  const violations: Violation[] = []
  const reported = new Set<string>()
  for (const start of graph.keys()) {
    if (reported.has(start)) continue
    const ring = shortestRing(graph, start)
    if (ring === undefined) continue
    for (const path of ring) reported.add(path)
    violations.push({
      file: start,
      found: `is in a ring of imports: ${[...ring, start].map(insideSource).join(' → ')}`,
      fix: 'Move what they share into a file that imports none of them',
    })
  }
  return violations
}

function shortestRing(graph: ReadonlyMap<string, string[]>, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    for (const next of graph.get(path) ?? []) {
      if (next === start) {
        const ring = [path]
        for (let back = path; back !== start;) {
          back = cameFrom.get(back) ?? start
          ring.unshift(back)
        }
        return ring
      }
      if (cameFrom.has(next)) continue
      cameFrom.set(next, path)
      queue.push(next)
    }
  }
  return undefined
}

/** Only a package's own entries gather what other files export. */
export const checkBarrels: Rule = (files) => {
  const violations: Violation[] = []
  for (const path of sourcePaths(files)) {
    if ([...entriesOf(files, packageOf(path)).values()].includes(path)) continue
    const source = parse(path, files.get(path) ?? '')
    const star = source.statements.find(
      (statement) =>
        ts.isExportDeclaration(statement) &&
        (statement.exportClause === undefined || ts.isNamespaceExport(statement.exportClause)),
    )
    if (star !== undefined) {
      violations.push({
        file: path,
        found: `has \`${star.getText(source)}\``,
        fix: 'Let the files that need those names import them from where they are declared',
      })
    } else if (onlyReexports(source)) {
      violations.push({
        file: path,
        found: 'exports only what other files declare',
        fix: 'Delete it, and import from the files that declare those names',
      })
    }
  }
  return violations
}

function onlyReexports(source: ts.SourceFile): boolean {
  const imported = new Set<string>()
  let reexports = 0
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const clause = statement.importClause
      if (clause?.name !== undefined) imported.add(clause.name.text)
      const bindings = clause?.namedBindings
      if (bindings !== undefined && ts.isNamespaceImport(bindings)) imported.add(bindings.name.text)
      if (bindings !== undefined && ts.isNamedImports(bindings)) {
        for (const element of bindings.elements) imported.add(element.name.text)
      }
    } else if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause
      const local = statement.moduleSpecifier === undefined && clause !== undefined && ts.isNamedExports(clause)
      if (local && !clause.elements.every((element) => imported.has((element.propertyName ?? element.name).text))) {
        return false
      }
      if (!local || clause.elements.length > 0) reexports += 1
    } else return false
  }
  return reexports > 0
}

const mostLines = 300

/** A file is read in one sitting. */
export const checkLength: Rule = (files) =>
  sourcePaths(files).flatMap((file) => {
    const lines = (files.get(file) ?? '').replace(/\n$/, '').split('\n').length
    if (lines <= mostLines) return []
    return [{ file, found: `has ${lines} lines`, fix: `Split it by what changes together, at most ${mostLines} each` }]
  })

const emptyWords = /^(utils?|helpers?|managers?|base|impl)$/

/** A name says what is in a file, not that something is. */
export const checkNames: Rule = (files) =>
  sourcePaths(files).flatMap((file) => {
    const violations: Violation[] = []
    for (const part of insideSource(file).replace(/\.ts$/, '').split('/')) {
      const word = part.split(/[-_.]/).find((piece) => emptyWords.test(piece))
      if (word !== undefined) {
        violations.push({ file, found: `is named '${word}'`, fix: 'Name it after its main export' })
      } else if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) {
        violations.push({
          file,
          found: `has the name '${part}'`,
          fix: 'Write names in kebab-case, without underscores',
        })
      }
    }
    return violations
  })

/** Packages import their own files and what their manifest promises to users. */
export const checkPackageImports: Rule = (files) => {
  const violations: Violation[] = []
  for (const path of sourcePaths(files)) {
    const manifest = manifestOf(files, packageOf(path))
    const promised = Object.keys({
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.peerDependencies,
    })
    for (const { specifier, line } of importsOf(path, files.get(path) ?? '')) {
      if (specifier.startsWith('.')) {
        const target = resolveImport(files, path, specifier)
        if (target !== undefined && packageOf(target) === packageOf(path)) continue
        const found = `imports '${specifier}' on line ${line}, which is no source file of its package`
        violations.push({ file: path, found, fix: 'Import another package by its name and a file by its path' })
      } else if (!specifier.startsWith('node:') && !promised.some((name) => isFrom(specifier, name))) {
        const found = `imports '${specifier}' on line ${line}, which ${manifest.name} does not depend on`
        const fix = 'Users would not have it, nor its types: do without, or make it a dependency or peer by an ADR'
        violations.push({ file: path, found, fix })
      }
    }
  }
  return violations
}

// One file is the seam to each peer: everything else gets along with its types.
const seams = [
  { specifier: '@aws-sdk', folder: 'execution' },
  { specifier: 'zod', folder: 'schema' },
  // Its own entry: whoever defines with one skin must not load the other.
  { specifier: 'zod/mini', folder: 'schema' },
]

/** At run time core touches each peer in one file. */
export const checkSeams: Rule = (files) => {
  const violations: Violation[] = []
  for (const { specifier, folder } of seams) {
    let seam: string | undefined
    for (const path of sourcePaths(files).filter((source) => packageOf(source) === core)) {
      const loaded = importsOf(path, files.get(path) ?? '').find(
        (found) => !found.typeOnly && seamOf(found.specifier) === specifier,
      )
      if (loaded === undefined) continue
      const found = `loads '${loaded.specifier}' at run time on line ${loaded.line}`
      if (!insideSource(path).startsWith(`${folder}/`)) {
        const fix = `Use \`import type\`, or do it in ${folder}/, the only folder that loads it`
        violations.push({ file: path, found, fix })
      } else if (seam === undefined) seam = path
      else {
        const fix = `Use \`import type\`, or do it in ${insideSource(seam)}: one file is the seam to it`
        violations.push({ file: path, found, fix })
      }
    }
  }
  return violations
}

function seamOf(imported: string): string | undefined {
  return seams.findLast(({ specifier }) => isFrom(imported, specifier))?.specifier
}

function isFrom(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`)
}

function localImports(files: Files, path: string): [Import, string][] {
  return importsOf(path, files.get(path) ?? '').flatMap((found): [Import, string][] => {
    const target = resolveImport(files, path, found.specifier)
    return target === undefined ? [] : [[found, target]]
  })
}

export const rules: Readonly<Record<string, Rule>> = {
  'imports go down the floors only': checkFloors,
  'no ring of imports': checkRings,
  'no barrels but the package entries': checkBarrels,
  [`at most ${mostLines} lines a file`]: checkLength,
  'names say what is in a file': checkNames,
  'packages import what users have': checkPackageImports,
  'peers are loaded in one file': checkSeams,
}
