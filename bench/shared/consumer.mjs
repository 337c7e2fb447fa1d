// A folder like a user's project: the packages it installed, Keyloom's as they are published, and its own sources.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The compilers by version. Those of the root check the repository; the others are there for users who have them. */
export const compilers = {
  5.4: join(root, 'bench/node_modules/ts54/lib/tsc.js'),
  5.9: join(root, 'bench/node_modules/ts59/lib/tsc.js'),
  6: realpathSync(join(root, 'node_modules/typescript/lib/tsc.js')),
  7: join(root, 'node_modules/typescript7/bin/tsc'),
}

/** A folder for one run; it is deleted when the process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'keyloom-types-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Emits the declarations of core, its code too if asked, and gives the folder of a package like the one that is published. */
export function publishedCore(folder, { code = false } = {}) {
  const core = join(root, 'packages/core')
  const target = join(folder, 'published/@keyloom/core')
  mkdirSync(target, { recursive: true })
  const flags = [...(code ? [] : ['--emitDeclarationOnly']), '--composite', 'false', '--tsBuildInfoFile', 'null']
  const args = [compilers[7], '-p', core, '--outDir', join(target, 'dist'), ...flags]
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The declarations of core cannot be emitted:\n${stdout}`)
  const { publishConfig, ...manifest } = JSON.parse(readFileSync(join(core, 'package.json'), 'utf8'))
  writeFileSync(join(target, 'package.json'), JSON.stringify({ ...manifest, ...publishConfig }))
  return target
}

/** Makes the project `name`: sources by file name, packages by name and the folder they are in. */
export function makeProject(folder, name, { files, packages, compilerOptions = {} }) {
  const project = join(folder, name)
  for (const [dependency, from] of Object.entries(packages)) {
    const place = join(project, 'node_modules', dependency)
    mkdirSync(dirname(place), { recursive: true })
    // Ours is copied: behind a link it would look for zod where it is, not where the project has it.
    if (dependency.startsWith('@keyloom/')) cpSync(from, place, { recursive: true })
    else symlinkSync(realpathSync(from), place, 'dir')
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  const settings = { ...userOptions, ...compilerOptions }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: settings, include: ['**/*.ts'] }))
  return project
}

// What a careful user of any supported compiler has.
const userOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  target: 'ES2022',
  lib: ['ES2023'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  types: ['node'],
}

/** The folder of a package that this workspace package, core, testing or the root has. */
export function installed(name) {
  const places = ['bench', 'packages/core', 'packages/testing', '.'].map((from) =>
    join(root, from, 'node_modules', name),
  )
  const found = places.find((place) => existsSync(place))
  if (found === undefined) throw new Error(`${name} is not installed`)
  return found
}

/** Compiles a project: its errors, and what `--extendedDiagnostics` says of it. */
export function compile(project, version, flags = ['--extendedDiagnostics']) {
  const start = process.hrtime.bigint()
  const args = ['--max-old-space-size=8192', compilers[version], '-p', project, '--pretty', 'false', ...flags]
  const { stdout, stderr, error } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (error !== undefined) throw error
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  const errors = stdout.split('\n').filter((line) => /error TS\d/.test(line))
  const figure = (name) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1])
  const instantiations = figure('Instantiations')
  if (Number.isNaN(instantiations) && flags.length > 0)
    throw new Error(`TypeScript ${version} failed:\n${stdout}${stderr}`)
  return {
    errors,
    seconds,
    instantiations,
    checkSeconds: figure('Check time'),
    megabytes: figure('Memory used') / 1024,
  }
}
