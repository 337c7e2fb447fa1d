// `pnpm typecheck:matrix`: the type tests against the declarations that we publish, on all that we support.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compile, installed, makeProject, publishedCore, root, temporaryFolder } from '../shared/consumer.mjs'
import { installOnDemand } from '../shared/on-demand.mjs'

// `--offline` leaves out what this repository does not install.
const { values: options } = parseArgs({ options: { offline: { type: 'boolean', default: false } } })

const sdk = ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb']
const newest = { zod: installed('zod'), ...Object.fromEntries(sdk.map((name) => [name, installed(name)])) }
const oldestZod = { ...newest, zod: installed('zod41') }
const rows = [newest, oldestZod]
if (!options.offline) {
  const modules = installOnDemand('oldest', fileURLToPath(new URL('oldest', import.meta.url)))
  rows.push({ ...oldestZod, ...Object.fromEntries(sdk.map((name) => [name, join(modules, name)])) })
}

// The runner is of no interest here, and its own declarations need a newer compiler than our users do.
const runner = `
export { expectTypeOf } from 'expect-type'
export declare function describe(name: string, body: () => void): void
export declare function test(name: string, body: () => void | Promise<void>): void
`

const folder = temporaryFolder()
const core = publishedCore(folder)
const files = testFiles()
const table = {}
const failures = []
for (const [index, packages] of rows.entries()) {
  const project = makeProject(folder, `row${index}`, {
    files: {
      ...files,
      'node_modules/vitest/package.json': '{ "name": "vitest", "type": "module", "exports": "./index.js" }',
      'node_modules/vitest/index.d.ts': runner,
      'node_modules/vitest/index.js': '',
    },
    packages: {
      ...packages,
      '@keyloom/core': core,
      '@types/node': installed('@types/node'),
      'expect-type': installed('expect-type'),
      ulid: installed('ulid'),
    },
  })
  const name = `zod ${versionOf(packages.zod)}, SDK ${versionOf(packages[sdk[0]])}`
  table[name] = {}
  for (const version of ['5.4', '5.9', '6', '7']) {
    const { errors } = compile(project, version, [])
    table[name][`TypeScript ${version}`] = errors.length === 0 ? 'ok' : `${errors.length} errors`
    if (errors.length > 0) failures.push(`TypeScript ${version}, ${name}:`, ...errors.map((error) => `  ${error}`))
  }
}

console.log(`${Object.keys(files).length} files of type tests, against the declarations of @keyloom/core:`)
console.table(table)
for (const line of failures) console.error(line)
process.exitCode = failures.length === 0 ? 0 : 1

/** The type tests and what they import, by their path under packages/core/test. */
function testFiles() {
  const tests = join(root, 'packages/core/test')
  const paths = readdirSync(tests, { recursive: true }).filter((path) => path.endsWith('.ts'))
  const folders = new Set(paths.filter((path) => path.endsWith('.test-d.ts')).map((path) => path.split('/')[0]))
  const wanted = (path) => !path.endsWith('.test.ts') && folders.has(path.split('/')[0])
  return Object.fromEntries(paths.filter(wanted).map((path) => [path, readFileSync(join(tests, path), 'utf8')]))
}

function versionOf(place) {
  return JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')).version
}
